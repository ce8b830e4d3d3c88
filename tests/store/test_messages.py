"""Merging: a message seen again, elsewhere, earlier or later is still one message, at its best state."""

from __future__ import annotations

import random
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.build import ANA, BOB, NOON, PATIENT, inbound, leaving, outbound, send
from tui.store.database import Store
from tui.store.decisions import done
from tui.store.merging import advances
from tui.store.messages import merge_messages, merge_receipts
from tui.store.outbox import outbox_add, outbox_update
from tui.store.rows import FINAL, Message, Receipt


def merge(store: Store, *rows: Message, **facts: object) -> list[Message]:
    store.write_now(merge_messages, rows, **facts)  # type: ignore[arg-type]
    return list(store.thread(ANA).page(0))


def report(store: Store, id: str, state: str, **facts: str) -> None:
    store.write_now(merge_receipts, [Receipt(id, state, **facts)])  # type: ignore[arg-type]


def test_every_field_comes_back(store: Store) -> None:
    full = Message(
        id="C557B56E",
        counterpart=ANA,
        direction="out",
        body="Hi\nthere",
        at=NOON,
        state="failed",
        state_text="Failed",
        code="301",
        error_text="absent subscriber",
        price=Decimal("0.070000"),
        parts=2,
        sender="Acme",
        custom_string="order 7",
        campaign_id=7,
    )
    assert merge(store, full) == [full]
    assert str(store.message("C557B56E").price) == "0.070000"  # type: ignore[union-attr]
    assert store.message("nothing") is None


def test_a_second_sight_adds_what_the_first_had_not(store: Store) -> None:
    merge(store, outbound("M1", state="accepted", price=Decimal("0.07")))
    rows = merge(store, outbound("M1", body="Hi", parts=1, state_text="Sent", sender=""))
    assert rows == [outbound("M1", state="sent", price=Decimal("0.07"), parts=1, state_text="Sent")]


@pytest.mark.parametrize("final", sorted(FINAL - {"received"}))
@pytest.mark.parametrize("pending", ["sending", "unknown", "accepted", "scheduled", "sent"])
def test_a_pending_state_never_overwrites_a_final_one(store: Store, final: str, pending: str) -> None:
    merge(store, outbound("M1", state=final, code="301", error_text="why"))
    report(store, "M1", pending, code="200")
    row = merge(store, outbound("M1", state=pending, code="200"))[0]
    assert (row.state, row.code, row.error_text) == (final, "301", "why")
    assert not advances(final, pending)  # type: ignore[arg-type]


def test_states_go_forward(store: Store) -> None:
    for state in ("sending", "unknown", "scheduled", "accepted", "sent", "failed", "delivered"):
        assert merge(store, outbound("M1", state=state))[0].state == state


def test_words_of_a_state_do_not_swing_between_two_polls(store: Store) -> None:
    merge(store, outbound("M1", state="delivered", state_text="Sent", code="201"))
    report(store, "M1", "delivered", state_text="Success: Message received on handset.", code="201")
    told = merge(store, outbound("M1", state="delivered", state_text="Sent", code="201"))[0].state_text
    assert told == "Success: Message received on handset."
    version = store.write_now(
        merge_messages, [outbound("M1", state="delivered", state_text="Sent", code="201")]
    )
    assert version.changed == frozenset()


def test_the_same_message_twice_in_one_page_is_one(store: Store) -> None:
    merged = store.write_now(merge_messages, [inbound("I1"), inbound("I1")])
    assert merged.new == 1
    assert len(merge(store)) == 1


def test_a_row_that_turns_out_to_be_another_takes_no_third_with_it(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    merge(store, outbound("GUID"))
    rows = merge(store, outbound("O1"), outbound("GUID", custom_string="box-0"), outbound("O2"))
    assert {row.id for row in rows} == {"O1", "GUID", "O2"}


def test_the_earliest_time_of_an_inbound_message_stands(store: Store) -> None:
    merge(store, inbound("I1", NOON + 2))
    assert merge(store, inbound("I1", NOON))[0].at == NOON
    assert merge(store, inbound("I1", NOON + 2))[0].at == NOON
    assert merge(store, inbound("I1", 0))[0].at == NOON


def test_unread_in_one_place_is_unread(store: Store) -> None:
    """History does not say what is unread, the list of unread messages does."""
    merge(store, inbound("I1", read=True), inbound("I2", NOON + 1))
    assert [row.read for row in merge(store, inbound("I1"), inbound("I2", NOON + 1, read=True))] == [
        False,
        False,
    ]


def test_what_a_person_has_read_stays_read(store: Store) -> None:
    merge(store, inbound("I1"))
    store.write_now(done, [ANA], NOON, NOON + 10)
    assert merge(store, inbound("I1"))[0].read
    assert store.conversation(ANA).done  # type: ignore[union-attr]


def test_a_message_that_arrives_opens_what_was_done(store: Store) -> None:
    merge(store, inbound("I1"))
    store.write_now(done, [ANA], NOON, NOON + 10)
    merge(store, inbound("I2", NOON - 100))
    row = store.conversation(ANA)
    assert row is not None
    assert (row.done, row.unread) == (False, 1)


def test_a_message_of_the_past_does_not(store: Store) -> None:
    merge(store, inbound("I1"))
    store.write_now(done, [ANA], NOON, NOON + 10)
    merge(store, inbound("I2", NOON - 100, read=True), outbound("O1", NOON + 9))
    assert store.conversation(ANA).done  # type: ignore[union-attr]


async def test_only_new_unread_messages_ring(store: Store) -> None:
    rung: list[frozenset[str]] = []
    store.subscribe(lambda change: rung.append(change.of("arrived")))
    await store.write(merge_messages, [inbound("I0", counterpart=BOB)])
    await store.write(merge_messages, [inbound("I1"), inbound("I0", counterpart=BOB)], ring_after=0)
    await store.write(merge_messages, [inbound("I2", NOON, BOB), inbound("I3", NOON + 5)], ring_after=NOON)
    await store.write(merge_messages, [inbound("I4", NOON + 9, BOB, read=True)], ring_after=0)
    await store.write(merge_messages, [outbound("O1", NOON + 9, BOB)], ring_after=0)
    assert rung == [frozenset(), {ANA}, {ANA}, frozenset(), frozenset()]


# Our own sends


def answered(id: str = "GUID", **facts: object) -> Message:
    """What ClickSend says of the send in `leaving`."""
    facts = {"custom_string": "box-0", "at": NOON + 1, "state": "accepted", "body": ""} | facts
    return outbound(id, **facts)  # type: ignore[arg-type]


def test_a_send_becomes_one_row_with_the_id_of_clicksend(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving(body="Sure")])
    assert merge(store)[0].id == "box-0"
    rows = merge(store, answered(outbox_id="box"))
    assert [(row.id, row.state, row.body, row.outbox_id) for row in rows] == [
        ("GUID", "accepted", "Sure", "box")
    ]
    assert store.message("box-0") is None
    assert store.conversations("all").count() == 1
    assert store.receipts().count() == 1


def test_history_may_be_faster_than_the_answer(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    merge(store, answered(state="sent", at=NOON + 1))
    rows = merge(store, answered(state="accepted", outbox_id="box", at=NOON + 7))
    assert [(row.id, row.state, row.outbox_id) for row in rows] == [("GUID", "sent", "box")]


def test_an_answer_lost_after_history_has_it_changes_nothing(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    before = merge(store, answered(state="sent"))
    assert merge(store, leaving(state="unknown", at=NOON + 99)) == before


def test_a_row_of_clicksend_without_our_reference_is_joined_later(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    merge(store, answered(custom_string="", state="sent"))
    assert len(merge(store)) == 2
    rows = merge(store, answered(outbox_id="box"))
    assert [(row.id, row.state, row.outbox_id, row.custom_string) for row in rows] == [
        ("GUID", "sent", "box", "box-0")
    ]
    assert store.receipts().count() == 1


def test_a_receipt_may_be_the_first_to_tell_the_id(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    report(store, "GUID", "delivered", custom_string="box-0")
    rows = merge(store, answered(state="sent"))
    assert [(row.id, row.state) for row in rows] == [("GUID", "delivered")]


def test_a_number_written_differently_by_clicksend_moves_the_message(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving(counterpart="0411111111")])
    merge(store, answered())
    assert store.thread("0411111111").count() == 0
    assert len(merge(store)) == 1


@pytest.mark.parametrize("state", ["unknown", "not sent"])
def test_history_settles_what_was_not_known(store: Store, state: str) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    store.write_now(outbox_update, "box", state, "No answer.")
    rows = merge(store, answered(state="sent"))
    assert [(row.id, row.state, row.outbox_id) for row in rows] == [("GUID", "sent", "box")]
    assert [item.state for item in store.outbox()] == ["accepted"]
    assert store.conversation(ANA).attention == ""  # type: ignore[union-attr]


def test_the_reference_in_an_answer_of_the_counterpart_is_not_our_message(store: Store) -> None:
    store.write_now(outbox_add, send(), [leaving()])
    store.write_now(outbox_update, "box", "unknown")
    rows = merge(store, inbound("I1", NOON + 60, custom_string="box-0"))
    assert [row.id for row in rows] == ["box-0", "I1"]


def test_references_of_others_mean_nothing(store: Store) -> None:
    store.write_now(outbox_add, send("a"), [leaving("a")])
    rows = merge(
        store, outbound("M1", NOON + 1, custom_string="a"), outbound("M2", NOON + 2, custom_string="b-0")
    )
    assert [(row.id, row.outbox_id) for row in rows] == [("a-0", "a"), ("M1", None), ("M2", None)]


# Receipts


def test_a_receipt_before_its_message_waits_for_it(store: Store) -> None:
    report(store, "M1", "sent")
    report(store, "M1", "delivered", code="201")
    report(store, "M1", "sent")
    assert merge(store, outbound("M1", state="accepted"))[0].state == "delivered"
    assert store.write_now(lambda tx: tx.rows("SELECT * FROM early_receipt")) == []


def test_a_receipt_again_is_no_news(store: Store) -> None:
    receipts = [Receipt("M1", "delivered"), Receipt("M2", "failed"), Receipt("M1", "delivered")]
    merge(store, outbound("M1"))
    assert store.write_now(merge_receipts, receipts).changed == {"M1", "M2"}
    assert store.write_now(merge_receipts, receipts).changed == frozenset()


# Any order, any number of times

PEOPLE = (ANA, BOB)
SIGHTS = st.builds(
    lambda n, state, text: outbound(f"O{n}", NOON + n, PEOPLE[n % 2], state=state, state_text=text),
    st.integers(0, 4),
    st.sampled_from(["accepted", "sent", "failed", "delivered", "cancelled"]),
    st.sampled_from(["", "a", "b", "long"]),
) | st.builds(
    lambda n, read: inbound(f"I{n}", NOON + 10 + n, PEOPLE[n % 2], read=read),
    st.integers(0, 4),
    st.booleans(),
)
RECEIPTS = st.builds(
    lambda n, state: Receipt(f"O{n}", state),
    st.integers(0, 4),
    st.sampled_from(["sent", "failed", "delivered"]),
)


def contents(steps: list[list[Message] | list[Receipt]]) -> object:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        for step in steps:
            if step and isinstance(step[0], Receipt):
                store.write_now(merge_receipts, step)  # type: ignore[arg-type]
            else:
                store.write_now(merge_messages, step)  # type: ignore[arg-type]
        rows = [list(store.thread(person).page(0)) for person in PEOPLE]
        found = rows, list(store.conversations("all").page(0)), store.counts()
        store.close()
    return found


@PATIENT
@given(
    st.lists(st.lists(SIGHTS, max_size=6) | st.lists(RECEIPTS, max_size=3), max_size=8),
    st.randoms(use_true_random=False),
)
def test_order_and_repetition_do_not_matter(
    steps: list[list[Message] | list[Receipt]], chance: random.Random
) -> None:
    # Texts of a state that was passed on the way are gone for good in one order and never seen in another.
    steps = [
        [row._replace(state_text="") if isinstance(row, Message) else row for row in step] for step in steps
    ]  # type: ignore[misc]
    shuffled = [list(step) for step in steps] + [list(step) for step in steps if chance.random() < 0.5]
    chance.shuffle(shuffled)
    for step in shuffled:
        chance.shuffle(step)
    assert contents(shuffled) == contents(steps)  # type: ignore[arg-type]


@PATIENT
@given(st.lists(SIGHTS, max_size=20))
def test_merging_again_changes_nothing(rows: list[Message]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        store.write_now(merge_messages, rows)
        before = list(store.conversations("all").page(0))
        kept = [message for person in PEOPLE for message in store.thread(person).page(0)]
        assert store.write_now(merge_messages, kept).changed == frozenset()
        assert list(store.conversations("all").page(0)) == before
        store.close()


@PATIENT
@given(st.lists(st.lists(SIGHTS, max_size=6), max_size=6))
def test_counters_are_what_counting_gives(steps: list[list[Message]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        for number, step in enumerate(steps):
            store.write_now(merge_messages, step)
            store.write_now(done, [PEOPLE[number % 2]], NOON, NOON)
        for view in ("open", "unread", "done", "all"):
            window = store.conversations(view)  # type: ignore[arg-type]
            assert window.count() == len(window.page(0))
        for state in ("", "accepted", "failed", "delivered"):
            receipts = store.receipts(state)  # type: ignore[arg-type]
            assert receipts.count() == len(store.receipts(state, since=0).page(0))  # type: ignore[arg-type]
        store.close()
