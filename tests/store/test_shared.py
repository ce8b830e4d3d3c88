"""Several people at once on one file: who is where, who answered, what is kept, what was done."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.build import ANA, BOB, NOON, inbound, leaving, outbound, send
from tui.core.errors import AnswerLost, ApiError, Refused, Unreachable
from tui.store import audit
from tui.store.database import Store
from tui.store.kept_texts import KeptText, drop_text, keep_text
from tui.store.messages import merge_messages
from tui.store.outbox import outbox_add
from tui.store.presence import EXPIRY_SECONDS, Presence, be_present, leave


@pytest.fixture
def ana(path: Path) -> Iterator[Store]:
    store = Store(path, who="ana@desk")
    yield store
    store.close()


@pytest.fixture
def bob(path: Path) -> Iterator[Store]:
    store = Store(path, who="bob@desk")
    yield store
    store.close()


# Presence


def test_others_see_who_has_it_open_and_one_does_not_see_oneself(ana: Store, bob: Store) -> None:
    ana.write_now(be_present, ANA, NOON)
    assert bob.others(NOON) == {ANA: (Presence("ana@desk", ANA, False, NOON),)}
    assert ana.others(NOON) == {}
    ana.write_now(be_present, BOB, NOON + 1, writing=True)
    assert bob.others(NOON + 1) == {BOB: (Presence("ana@desk", BOB, True, NOON + 1),)}


def test_who_leaves_or_has_nothing_open_is_nowhere(ana: Store, bob: Store) -> None:
    ana.write_now(be_present, ANA, NOON)
    ana.write_now(be_present, "", NOON)
    assert bob.others(NOON) == {}
    ana.write_now(be_present, ANA, NOON)
    ana.write_now(leave)
    assert bob.others(NOON) == {}


def test_who_does_not_say_so_again_is_gone(ana: Store, bob: Store) -> None:
    ana.write_now(be_present, ANA, NOON)
    assert ANA in bob.others(NOON + EXPIRY_SECONDS - 1)
    assert bob.others(NOON + EXPIRY_SECONDS) == {}
    ana.write_now(be_present, ANA, NOON + EXPIRY_SECONDS)
    assert ANA in bob.others(NOON + EXPIRY_SECONDS)


# Answers of others


def test_ones_own_answer_is_not_somebody_elses(ana: Store, bob: Store) -> None:
    ana.write_now(merge_messages, [inbound("I1", NOON)])
    ana.write_now(outbox_add, send(), [leaving(at=NOON + 5)])
    assert ana.answered_since(ANA, NOON) is None
    seen = bob.answered_since(ANA, NOON)
    assert seen is not None
    assert (seen.who, seen.message.id) == ("ana@desk", "box-0")
    assert bob.answered_since(ANA, NOON + 6) is None
    assert bob.answered_since(BOB, NOON) is None


def test_an_answer_from_elsewhere_counts_and_what_was_no_answer_does_not(ana: Store) -> None:
    ana.write_now(
        merge_messages,
        [
            inbound("I1", NOON),
            outbound("C1", NOON + 1, campaign_id=7),
            outbound("R1", NOON + 1, state="rejected"),
            outbound("S1", NOON + 1, state="scheduled"),
        ],
    )
    assert ana.answered_since(ANA, NOON) is None
    ana.write_now(merge_messages, [outbound("O1", NOON + 2)])
    seen = ana.answered_since(ANA, NOON)
    assert seen is not None
    assert (seen.who, seen.message.id) == ("", "O1")


# Kept texts


def test_texts_are_kept_by_kind_and_name(ana: Store, bob: Store) -> None:
    ana.write_now(keep_text, "reply", " Opening  hours", "We open at nine")
    ana.write_now(keep_text, "search", "Bills", "label:billing")
    bob.write_now(keep_text, "reply", "opening HOURS", "We open at ten")
    assert [text.text for text in ana.kept_texts("reply")] == ["We open at ten"]
    assert ana.kept_texts("search") == [KeptText("Bills", "label:billing")]
    ana.write_now(drop_text, "reply", "Opening hours")
    assert bob.kept_texts("reply") == []


# The audit trail


async def test_calls_are_noted_whatever_comes_of_them(ana: Store) -> None:
    async with ana.audited("contacts.create", NOON):
        pass
    failures: list[tuple[type[ApiError], str]] = [
        (Refused, "refused"),
        (Unreachable, "not sent"),
        (AnswerLost, "unknown"),
    ]
    for kind, _ in failures:
        with pytest.raises(kind):
            async with ana.audited("contacts.create", NOON + 1):
                raise kind("No", operation="contacts.create", code="WHY")
    entries = ana.audit().page(0)
    assert [entry.outcome for entry in entries] == [*(word for _, word in reversed(failures)), "done"]
    assert (entries[0].who, entries[0].operation, entries[0].detail) == ("ana@desk", "contacts.create", "WHY")


def test_a_send_is_noted_before_it_leaves(ana: Store) -> None:
    ana.write_now(audit.record, "sms.send", "unknown", NOON, counterpart=ANA, outbox_id="box")
    ana.write_now(audit.record, "contacts.delete", "done", NOON)
    assert [entry.outcome for entry in ana.audit(ANA).page(0)] == ["unknown"]
    ana.write_now(audit.settle, "box", "done")
    assert [entry.outcome for entry in ana.audit(ANA).page(0)] == ["done"]
    assert ana.audit().count() == 2


# Who may read the files


@pytest.mark.parametrize(
    ("folder", "file"), [(0o2770, 0o660), (0o2750, 0o600), (0o770, 0o600), (0o700, 0o600)]
)
def test_a_folder_that_a_group_shares_makes_files_that_it_shares(
    tmp_path: Path, folder: int, file: int
) -> None:
    place = tmp_path / "shared"
    place.mkdir()
    place.chmod(folder)
    before = os.umask(0o077)
    try:
        store = Store(place / "store.db")
        store.write_now(merge_messages, [inbound("M1")])
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(each.stat().st_mode) for each in place.iterdir()}
    names = {each.name for each in place.iterdir()}
    store.close()
    assert names == {"store.db", "store.db-wal", "store.db-shm"}
    assert modes == {file}
