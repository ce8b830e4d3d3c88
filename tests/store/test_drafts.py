"""Drafts of two consoles on one file: what one types never takes the place of what the other typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.build import ANA, inbound
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.messages import merge_messages

ENDED = "{}:999999999:gone.1"


@pytest.fixture
def other(path: Path, store: Store) -> Store:
    found = Store(path, who="bob@desk")
    store.write_now(merge_messages, [inbound("I1")])
    return found


def shows_draft(store: Store) -> bool:
    row = store.conversation(ANA)
    return row is not None and row.draft


def test_what_one_puts_aside_the_other_goes_on_with(store: Store, other: Store) -> None:
    store.write_now(save_draft, ANA, "Sure", [""])
    assert other.draft(ANA) == "Sure"
    other.write_now(save_draft, ANA, "Sure, at nine", ["Sure"])
    assert store.draft(ANA) == other.draft(ANA) == "Sure, at nine"
    other.write_now(save_draft, ANA, "", ["Sure, at nine"])
    assert store.draft(ANA) == ""
    assert not shows_draft(store)
    other.close()


def test_what_both_write_at_once_is_kept_apart(store: Store, other: Store) -> None:
    store.write_now(save_draft, ANA, "Sure", [""])
    other.write_now(save_draft, ANA, "Sorry", [""])
    store.write_now(save_draft, ANA, "Sure, at nine", ["", "Sure"])
    assert (store.draft(ANA), other.draft(ANA)) == ("Sure, at nine", "Sorry")
    store.write_now(save_draft, ANA, "")  # sent
    assert other.draft(ANA) == "Sorry"
    assert shows_draft(store)
    other.write_now(save_draft, ANA, "")
    assert not shows_draft(store)
    other.close()


def test_what_an_ended_console_kept_apart_is_found_by_the_others(store: Store, other: Store) -> None:
    store.write_now(save_draft, ANA, "Sure", [""])
    gone = ENDED.format(store.session.partition(":")[0])
    mine, other.session = other.session, gone
    other.write_now(save_draft, ANA, "Sorry", [""])
    other.session = mine
    assert (store.draft(ANA), other.draft(ANA)) == ("Sure", "Sure")
    store.write_now(save_draft, ANA, "")
    assert store.draft(ANA) == "Sorry"
    assert shows_draft(store)
    store.write_now(save_draft, ANA, "Sorry, no", ["Sorry"])
    assert other.draft(ANA) == "Sorry, no"
    store.write_now(save_draft, ANA, "")
    assert not shows_draft(store)
    other.close()


def test_a_new_message_leaves_the_mark_of_a_draft_that_is_kept_apart(store: Store, other: Store) -> None:
    store.write_now(save_draft, ANA, "Sure", [""])
    other.write_now(save_draft, ANA, "Sorry", [""])
    store.write_now(save_draft, ANA, "")
    store.write_now(merge_messages, [inbound("I2")])
    assert shows_draft(store)
    other.close()


STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from(("open", "type", "empty"))), max_size=20)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_only_who_typed_a_text_takes_it_away(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, str]]
) -> None:
    path = tmp_path_factory.mktemp("drafts") / "store.db"
    stores = (Store(path, who="ana@desk"), Store(path, who="bob@desk"))
    typed, followed = ["", ""], [[""], [""]]
    for n, (second, step) in enumerate(steps):
        here = int(second)
        store = stores[here]
        if step == "open":
            typed[here] = store.draft(ANA)
            followed[here].append(typed[here])
            continue
        before = stores[1 - here].draft(ANA)
        typed[here] = f"{typed[here]}{n}" if step == "type" else ""
        store.write_now(save_draft, ANA, typed[here], followed[here])
        followed[here].append(typed[here])
        if typed[here]:
            assert store.draft(ANA) == typed[here]
        if before not in followed[here]:
            assert stores[1 - here].draft(ANA) == before
    for store in stores:
        store.close()
