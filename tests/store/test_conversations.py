"""A conversation says what its messages say, after every write."""

from __future__ import annotations

import pytest

from tests.store.build import ANA, BOB, CLEO, NOON, inbound, leaving, outbound, send
from tui.store.account import set_fact
from tui.store.contacts import merge_contacts
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.facts import RECEIPTS_READ_UNTIL
from tui.store.messages import merge_messages
from tui.store.outbox import outbox_add
from tui.store.rows import Contact, Conversation
from tui.store.stops import is_stop


def merge(store: Store, *rows: object, **facts: object) -> Conversation:
    store.write_now(merge_messages, rows, **facts)  # type: ignore[arg-type]
    found = store.conversation(ANA)
    assert found is not None
    return found


def counterparts(store: Store, *asked: object) -> list[str]:
    return [row.counterpart for row in store.conversations(*asked).page(0)]  # type: ignore[arg-type]


def test_it_shows_the_newest_message(store: Store) -> None:
    row = merge(
        store,
        outbound("O1", NOON + 60, body="Yes,\nwe\tare."),
        inbound("I1", NOON, body="Are you open?"),
        numbers={ANA: "+61 411 111 111"},
    )
    assert row == Conversation(
        counterpart=ANA,
        number="+61 411 111 111",
        name="",
        last_at=NOON + 60,
        preview="Yes, we are.",
        last_direction="out",
        last_state="sent",
        unread=1,
        done=False,
        attention="",
        draft=False,
    )
    assert row.title == "+61 411 111 111"


def test_a_number_keeps_its_form_when_it_is_not_told_again(store: Store) -> None:
    merge(store, inbound("I1"), numbers={ANA: "+61 411 111 111"})
    assert merge(store, inbound("I2", NOON + 1)).number == "+61 411 111 111"


@pytest.mark.parametrize("state", ["scheduled", "cancelled"])
def test_what_is_to_be_sent_later_is_not_the_last_word(store: Store, state: str) -> None:
    row = merge(store, inbound("I1"), outbound("O1", NOON + 9000, state=state))
    assert (row.last_at, row.last_direction) == (NOON, "in")


def test_unless_nothing_else_was_said(store: Store) -> None:
    row = merge(store, outbound("O1", NOON + 9000, state="scheduled"))
    assert row.last_state == "scheduled"


def test_a_contact_gives_it_a_name_and_takes_it_away(store: Store) -> None:
    merge(store, inbound("I1"))
    store.write_now(merge_contacts, 1, [Contact(5, 1, "Ana", "Diaz", ANA)])
    named = store.conversation(ANA)
    store.write_now(merge_contacts, 1, [Contact(5, 1, "Ana", "Diaz", BOB)])
    renamed = store.conversation(ANA)
    assert named is not None
    assert renamed is not None
    assert (named.name, named.title, renamed.name) == ("Ana Diaz", "Ana Diaz", "")


def test_a_contact_known_before_names_it_at_once(store: Store) -> None:
    store.write_now(merge_contacts, 1, [Contact(4, 1, phone=ANA), Contact(5, 1, "Ana", phone=ANA)])
    assert merge(store, inbound("I1")).name == "Ana"
    found = store.contact_by_phone(ANA)
    assert found is not None
    assert found.id == 5


def test_failure_of_the_last_message_wants_attention(store: Store) -> None:
    assert merge(store, outbound("O1", state="failed")).attention == "failed"
    assert merge(store, outbound("O2", NOON + 1)).attention == ""


def test_stop_wants_attention_until_they_write_something_else(store: Store) -> None:
    assert merge(store, inbound("I1", body="STOP")).attention == "stop"
    assert store.stopped(ANA)
    assert merge(store, outbound("O1", NOON + 1)).attention == "stop"
    assert merge(store, inbound("I2", NOON + 2, body="START")).attention == ""
    assert not store.stopped(ANA)


def test_an_unknown_outcome_comes_before_everything(store: Store) -> None:
    merge(store, inbound("I1", body="STOP"))
    store.write_now(outbox_add, send(), [leaving(state="unknown")])
    assert merge(store, outbound("O9", NOON + 9, state="failed")).attention == "unknown"
    assert store.counts().unknown == 1


@pytest.mark.parametrize(
    "body", ["STOP", "stop", " Stop. ", "STOPALL", "stop all", "Unsubscribe", "opt-out", "END"]
)
def test_words_that_mean_stop(body: str) -> None:
    assert is_stop(body)


@pytest.mark.parametrize(
    "body", ["", "Stop by at 3?", "Can you stop it", "please don't stop", "ending", "S T O P"]
)
def test_words_that_do_not(body: str) -> None:
    assert not is_stop(body)


def test_a_draft_shows(store: Store) -> None:
    merge(store, inbound("I1"))
    store.write_now(save_draft, ANA, "On my w")
    drafted = store.conversation(ANA)
    assert drafted is not None
    assert drafted.draft
    assert store.draft(ANA) == "On my w"
    store.write_now(save_draft, ANA, "  \n")
    assert store.draft(ANA) == ""
    assert not merge(store, inbound("I2")).draft


def test_a_draft_written_before_the_first_message_shows(store: Store) -> None:
    store.write_now(save_draft, ANA, "Hello")
    assert merge(store, inbound("I1")).draft


def test_next_unread_goes_down_and_round(store: Store) -> None:
    rows = [inbound("1", NOON + 3, ANA), inbound("2", NOON + 2, BOB), inbound("3", NOON + 1, CLEO, read=True)]
    store.write_now(merge_messages, rows)
    assert store.next_unread() == ANA
    assert store.next_unread(ANA) == BOB
    assert store.next_unread(BOB) == ANA
    assert store.next_unread(CLEO) == ANA
    store.write_now(lambda tx: tx.execute("UPDATE conversation SET unread = 0"))
    assert store.next_unread(ANA) == ""


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("diaz", [ANA]),
        ("ANA", [ANA]),
        ("cactus", [BOB]),
        ("cact*", [BOB]),
        ("0411 111 111", [ANA]),
        ("+61 4", [ANA, BOB]),
        ("(405) 555", [CLEO]),
        ("100%", [CLEO]),
        ("' OR 1=1 --", []),
        ("   ", [ANA, BOB, CLEO]),
    ],
)
def test_search_finds_names_numbers_and_anything_said(store: Store, search: str, found: list[str]) -> None:
    store.write_now(
        merge_messages,
        [
            inbound("1", NOON + 9, ANA),
            inbound("2", NOON + 1, BOB, body="The CACTUS died"),
            inbound("3", NOON + 8, BOB, body="Never mind"),
            inbound("4", NOON + 7, CLEO, body="I am 100% sure"),
        ],
    )
    store.write_now(merge_contacts, 1, [Contact(5, 1, "Ana", "Diaz", ANA)])
    assert counterparts(store, "all", search) == found
    assert counterparts(store, "done", search) == []


def test_conditions_keep_the_order_asked_for_and_words_that_of_what_was_said(store: Store) -> None:
    rows = [inbound("1", NOON + 1, ANA), inbound("2", NOON + 2, BOB, read=True)]
    store.write_now(merge_messages, rows)
    assert counterparts(store, "all", "after:2020-01-01") == [BOB, ANA]
    assert counterparts(store, "all", "after:2020-01-01", True) == [ANA, BOB]
    assert counterparts(store, "all", "hello", True) == [BOB, ANA]


def test_only_what_waits_for_somebody_is_open(store: Store) -> None:
    """What we said ourselves, and what was read elsewhere before it came here, is nobody's work."""
    rows = [inbound("1", NOON, ANA), inbound("2", NOON, BOB, read=True), outbound("3", NOON, CLEO)]
    store.write_now(merge_messages, rows)
    assert [row.counterpart for row in store.conversations("open").page(0)] == [ANA]
    store.write_now(merge_messages, [inbound("4", NOON + 1, BOB)])
    assert [row.counterpart for row in store.conversations("open").page(0)] == [BOB, ANA]


def test_counts(store: Store) -> None:
    rows = [
        inbound("1", NOON, ANA),
        inbound("2", NOON, BOB, read=True),
        outbound("3", NOON, CLEO, state="failed"),
        outbound("4", NOON + 50, CLEO, state="rejected"),
    ]
    store.write_now(merge_messages, rows)
    counts = store.counts()
    assert (counts.conversations, counts.open, counts.unread, counts.done) == (3, 1, 1, 2)
    assert counts.failed_receipts == 2
    store.write_now(set_fact, RECEIPTS_READ_UNTIL, str(NOON))
    assert store.counts().failed_receipts == 1


def test_hostile_text_is_only_text(store: Store) -> None:
    body = "'; DROP TABLE message; -- [red]\\ % _ \U0001f4a5 \u202e\x1b[31m\x00 end"
    row = merge(store, inbound("I'1", body=body, counterpart=ANA))
    message = store.message("I'1")
    assert message is not None
    assert message.body == body
    assert row.preview.startswith("'; DROP TABLE message; --")
    assert store.conversations("all", "'; drop").count() == 1
