"""What ClickSend answers to a send, and what the store then says of each message."""

from __future__ import annotations

import pytest

from tests.sending.conftest import ADA, BOB, DRAFT, NOW, REPLY, TurnableClock, confirmed, states
from tests.sending.faulty import Fault, FaultyClickSend
from tui.sending.draft import MessageDraft
from tui.sending.sender import Sender
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.messages import local_id, merge_messages
from tui.store.outbox import outbox_settle
from tui.store.rows import Message


async def test_each_message_has_its_own_state(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.REJECTS_FIRST]
    result = await sender.send(await confirmed(sender))
    assert [outcome.fate for outcome in result.outcomes] == ["rejected", "accepted"]
    assert result.state == "accepted"
    assert result.detail.startswith("1 rejected, 1 accepted. Sending to this country is not enabled.")
    assert states(store, ADA, BOB) == ["rejected", "accepted"]
    assert "It cost A$0.0792; the quote was A$0.1584." in result.notes
    assert not result.as_quoted


@pytest.mark.parametrize("fault", [Fault.UNCERTAIN_DONE, Fault.UNCERTAIN_UNDONE, Fault.UNLISTED_DONE])
async def test_an_uncertain_status_is_unknown(
    sender: Sender, store: Store, clicksend: FaultyClickSend, fault: Fault
) -> None:
    clicksend.faults = [fault]
    result = await sender.send(await confirmed(sender))
    assert result.state == "unknown"
    assert states(store, ADA, BOB) == ["unknown", "unknown"]
    assert store.outbox_item(result.outbox_id).state == "unknown"  # type: ignore[union-attr]
    assert store.counts().unknown
    await store.write(outbox_settle, result.outbox_id, was_sent=True)
    assert states(store, ADA, BOB) == ["accepted", "accepted"]


async def test_what_differs_from_the_quote_is_noted(sender: Sender, clicksend: FaultyClickSend) -> None:
    confirmation = await confirmed(sender)
    clicksend.answers = {"from": "+61447100999", "message_price": "0.1584", "message_parts": 2}
    result = await sender.send(confirmation)
    assert result.notes == (
        "It cost A$0.3168; the quote was A$0.1584.",
        "It left from +61447100999 and not from +61447100250.",
        "It took 2 parts; the quote was 1.",
    )


async def test_an_answer_that_leaves_a_message_out_makes_it_unknown(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.NO_MESSAGES_DONE]
    assert (await sender.send(await confirmed(sender))).state == "unknown"
    assert states(store, ADA, BOB) == ["unknown", "unknown"]


async def test_one_message_of_unknown_outcome_makes_the_send_unknown(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.FORGETS_LAST]
    result = await sender.send(await confirmed(sender))
    assert (result.state, states(store, ADA, BOB)) == ("unknown", ["accepted", "unknown"])
    assert result.detail.startswith("1 accepted, 1 unknown. ClickSend's answer does not mention it.")


async def test_answers_are_matched_by_reference_where_the_number_comes_back_otherwise(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.answers = {"to": "0411 111 111"}
    assert (await sender.send(await confirmed(sender))).state == "accepted"
    assert states(store, ADA, BOB) == ["accepted", "accepted"]


async def test_answers_are_matched_by_number_where_the_reference_does_not_come_back(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.answers = {"custom_string": ""}
    assert (await sender.send(await confirmed(sender))).state == "accepted"
    assert states(store, ADA, BOB) == ["accepted", "accepted"]


async def test_two_messages_under_one_id_stay_two(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.answers = {"message_id": "SAME"}
    await sender.send(await confirmed(sender))
    assert states(store, ADA, BOB) == ["accepted", "accepted"]


async def test_nothing_hostile_in_an_answer_is_kept(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    confirmation = await confirmed(sender, REPLY)
    clicksend.answers = dict.fromkeys(("from", "status", "message_id"), "\x1b]0;x\x07\x1b[31mevil\u202e")
    result = await sender.send(confirmation)
    (row,) = store.thread(ADA).page(0)
    shown = f"{result} {row} {store.outbox()}"
    assert "evil" in shown
    assert not any(part in shown for part in ("\x1b", "\\x1b", "\\u202e"))


async def test_who_asked_to_stop_is_named_before_confirming(sender: Sender, store: Store) -> None:
    stop = Message("IN-1", ADA, "in", "STOP", NOW - 60, "received")
    await store.write(merge_messages, [stop])
    asked = "asked not to be written to: their last word was STOP."
    assert (await sender.quote(REPLY)).warnings == (f"+61 411 111 111 {asked}",)
    assert (await sender.quote(MessageDraft.sms((BOB,), "Hello"))).warnings == ()
    await store.write(merge_messages, [stop._replace(id="IN-2", counterpart=BOB)])
    assert f"2 of 2 recipients {asked}" in (await sender.quote(DRAFT)).warnings


async def test_nothing_left_keeps_the_text(sender: Sender, store: Store, clicksend: FaultyClickSend) -> None:
    await store.write(save_draft, ADA, REPLY.body)
    clicksend.faults = [Fault.REFUSED]
    seen: list[str] = []
    clicksend.on_send = lambda _: seen.append(store.draft(ADA))
    result = await sender.send(await confirmed(sender, REPLY))
    assert (result.state, seen) == ("not sent", [""])
    assert (states(store, ADA), store.draft(ADA)) == (["none"], REPLY.body)
    item = store.outbox_item(result.outbox_id)
    assert item
    assert (item.state, item.draft["body"]) == ("not sent", REPLY.body)


async def test_a_draft_that_is_not_what_was_sent_is_left_alone(sender: Sender, store: Store) -> None:
    await store.write(save_draft, ADA, "Something else")
    await sender.send(await confirmed(sender, REPLY))
    assert store.draft(ADA) == "Something else"


async def test_what_was_typed_meanwhile_is_not_overwritten(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.REFUSED]
    clicksend.on_send = lambda _: store.write_now(save_draft, ADA, "The next one")
    assert (await sender.send(await confirmed(sender, REPLY))).state == "not sent"
    assert store.draft(ADA) == "The next one"


async def test_a_refused_connection_is_not_sent(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    confirmation = await confirmed(sender)
    await clicksend.stop()
    result = await sender.send(confirmation)
    assert (result.state, states(store, ADA, BOB)) == ("not sent", ["none", "none"])


async def test_a_busy_clicksend_is_asked_again_until_it_takes_it(
    sender: Sender, clicksend: FaultyClickSend, clock: TurnableClock
) -> None:
    clicksend.faults = [Fault.BUSY, Fault.BUSY_SILENT]
    result = await sender.send(await confirmed(sender))
    assert (result.state, clicksend.sends) == ("accepted", 3)
    assert set(clicksend.sent.values()) == {1}
    assert clock.at >= NOW + 20


async def test_a_clicksend_that_stays_busy_gets_nothing(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.BUSY] * 20
    result = await sender.send(await confirmed(sender))
    assert (result.state, clicksend.sent, states(store, ADA)) == ("not sent", {}, ["none"])


async def test_history_that_comes_first_settles_a_lost_answer(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    quote = await sender.quote(REPLY)
    reference = local_id(quote.id, 0)
    seen = Message("ID-9", ADA, "out", REPLY.body, NOW, "sent", custom_string=reference)
    clicksend.on_send = lambda _: store.write_now(merge_messages, [seen]) and None
    clicksend.faults = [Fault.RESET_DONE]
    result = await sender.send(quote.confirm())
    assert result.state == "accepted"
    assert store.outbox_item(quote.id).state == "accepted"  # type: ignore[union-attr]
    assert [row.id for row in store.thread(ADA).page(0)] == ["ID-9"]


async def test_history_that_comes_later_settles_a_lost_answer(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.RESET_DONE]
    result = await sender.send(await confirmed(sender, REPLY))
    assert states(store, ADA) == ["unknown"]
    reference = local_id(result.outbox_id, 0)
    seen = Message("ID-9", ADA, "out", REPLY.body, NOW, "sent", custom_string=reference)
    await store.write(merge_messages, [seen])
    assert [(row.id, row.state) for row in store.thread(ADA).page(0)] == [("ID-9", "sent")]
    assert store.outbox_item(result.outbox_id).state == "accepted"  # type: ignore[union-attr]
