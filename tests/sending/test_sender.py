"""Sending: nothing leaves unpriced, unconfirmed or unrecorded, and nothing leaves twice."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.sending.conftest import NOW, TurnableClock, account
from tests.sending.faulty import Fault, FaultyClickSend
from tui.api.client import ApiClient
from tui.core.errors import InvalidInput, RateLimited, SendRefused, StoreError, Unauthorized, Unreachable
from tui.sending.draft import CampaignDraft, SmsDraft, restore
from tui.sending.quote import Confirmation
from tui.sending.sender import QUOTE_LIFETIME, Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.messages import local_id, merge_messages
from tui.store.outbox import outbox_settle
from tui.store.rows import Message

ADA, BOB, EVE = "+61411111111", "+61422222222", "+61433333333"
DRAFT = SmsDraft((ADA, BOB), "See you at nine.", sender="+61447100250")
REPLY = SmsDraft((ADA,), "See you at nine.")


async def confirmed(sender: Sender, draft: SmsDraft | CampaignDraft = DRAFT) -> Confirmation:
    return (await sender.quote(draft)).confirm()


def states(store: Store, *numbers: str) -> list[str]:
    """The state of the newest message to each number; "none" without one."""
    found = []
    for number in numbers:
        rows = store.thread(number).page(0)
        found.append(rows[-1].state if rows else "none")
    return found


async def test_a_confirmed_quote_is_sent_once_and_recorded(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    quote = await sender.quote(DRAFT)
    assert (quote.total, quote.balance_after) == (Decimal("0.1584"), Decimal("99.841600"))
    assert (quote.accepted_count, quote.rejected_count, quote.warnings) == (2, 0, ())
    result = await sender.send(quote.confirm())
    assert (result.state, result.total, result.notes) == ("accepted", Decimal("0.1584"), ())
    assert result.as_quoted
    assert states(store, ADA, BOB) == ["accepted", "accepted"]
    assert clicksend.sent == {local_id(quote.id, 0): 1, local_id(quote.id, 1): 1}
    item = store.outbox_item(quote.id)
    assert item
    assert (item.state, restore(item.kind, item.draft), item.quote["total"]) == ("accepted", DRAFT, "0.1584")
    message = store.thread(ADA).page(0)[0]
    assert (message.id, message.price, message.parts) == (
        f"ID-{local_id(quote.id, 0)}-0",
        Decimal("0.0792"),
        1,
    )
    assert message.custom_string == local_id(quote.id, 0)


async def test_the_outbox_is_committed_before_the_request_leaves(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    seen: list[Any] = []
    clicksend.on_send = lambda _: seen.append((store.outbox(["sending"])[0].id, states(store, ADA, BOB)))
    quote = await sender.quote(DRAFT)
    await sender.send(quote.confirm())
    assert seen == [(quote.id, ["sending", "sending"])]


async def test_a_price_question_sends_nothing_and_carries_no_reference(
    sender: Sender, clicksend: FaultyClickSend, store: Store
) -> None:
    await sender.quote(DRAFT)
    assert (clicksend.sends, clicksend.sent, store.outbox()) == (0, {}, [])


async def test_what_leaves_is_what_was_quoted(sender: Sender, clicksend: FaultyClickSend) -> None:
    at = NOW + 3600
    result = await sender.send(await confirmed(sender, replace(DRAFT, schedule=at)))
    assert clicksend.bodies[0]["messages"][0] == {
        "to": ADA,
        "body": DRAFT.body,
        "from": DRAFT.sender,
        "schedule": at,
        "custom_string": local_id(result.outbox_id, 0),
        "source": "clicksend-tui",
    }


async def test_a_scheduled_message_is_scheduled_not_sent(sender: Sender, store: Store) -> None:
    await sender.send(await confirmed(sender, replace(DRAFT, schedule=NOW + 3600)))
    assert states(store, ADA, BOB) == ["scheduled", "scheduled"]


# Confirmations


async def test_a_confirmation_is_good_for_one_send(sender: Sender, clicksend: FaultyClickSend) -> None:
    quote = await sender.quote(DRAFT)
    first, second = await asyncio.gather(
        sender.send(quote.confirm()), sender.send(quote.confirm()), return_exceptions=True
    )
    assert not isinstance(first, BaseException)
    assert isinstance(second, SendRefused)
    with pytest.raises(SendRefused, match="sent before"):
        await sender.send(quote.confirm())
    assert clicksend.sends == 1


async def test_a_lost_answer_does_not_make_the_confirmation_good_again(
    sender: Sender, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.RESET_UNDONE]
    confirmation = await confirmed(sender)
    assert (await sender.send(confirmation)).state == "unknown"
    with pytest.raises(SendRefused):
        await sender.send(confirmation)
    assert clicksend.sends == 1


async def test_a_quote_of_another_draft_cannot_be_confirmed(sender: Sender) -> None:
    quote = await sender.quote(DRAFT)
    assert not quote.matches(replace(DRAFT, body="See you at ten."))
    with pytest.raises(SendRefused, match="changed after it was priced"):
        replace(quote, draft=replace(DRAFT, body="See you at ten.")).confirm()


async def test_a_quote_that_the_sender_did_not_make_is_refused(
    sender: Sender, clicksend: FaultyClickSend
) -> None:
    quote = await sender.quote(DRAFT)
    for forged in (replace(quote, id="other"), replace(quote, total=Decimal(0))):
        with pytest.raises(SendRefused):
            await sender.send(forged.confirm())
    assert clicksend.sends == 0


async def test_an_old_quote_is_refused(
    sender: Sender, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    confirmation = await confirmed(sender)
    clock.at += QUOTE_LIFETIME + 1
    with pytest.raises(SendRefused, match="no longer fresh"):
        await sender.send(confirmation)
    assert clicksend.sends == 0


async def test_a_schedule_that_passed_while_confirming_is_refused(
    sender: Sender, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    confirmation = await confirmed(sender, replace(DRAFT, schedule=NOW + 60))
    clock.at += 61
    with pytest.raises(SendRefused, match="in the past"):
        await sender.send(confirmation)
    assert clicksend.sends == 0


async def test_read_only_prices_and_refuses_to_send(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    sender = Sender(client, store, clock, read_only=True)
    with pytest.raises(SendRefused, match="Read-only"):
        await sender.send(await confirmed(sender))
    assert (clicksend.sends, store.outbox()) == (0, [])


async def test_too_little_credit_cannot_be_confirmed(sender: Sender, store: Store) -> None:
    await store.write(save_account, account("0.158300"))
    quote = await sender.quote(DRAFT)
    assert quote.balance_after == Decimal("-0.000100")
    with pytest.raises(SendRefused, match=r"Not enough credit: A\$0.0001 is missing"):
        quote.confirm()


async def test_credit_to_the_last_fraction_is_enough(sender: Sender, store: Store) -> None:
    await store.write(save_account, account("0.158400"))
    assert (await sender.send(await confirmed(sender))).state == "accepted"


@pytest.mark.parametrize(("status", "prices"), [(403, {}), (500, {}), (200, {"messages": "none"}), (400, {})])
async def test_a_failed_price_wants_words(
    sender: Sender, clicksend: FaultyClickSend, status: int, prices: dict[str, Any]
) -> None:
    clicksend.price_status, clicksend.prices = status, prices
    quote = await sender.quote(DRAFT)
    assert (quote.total, quote.balance_after, [line.to for line in quote.lines]) == (None, None, [ADA, BOB])
    assert any(warning.startswith("No price could be had.") for warning in quote.warnings)
    with pytest.raises(SendRefused, match='Type "price unknown"'):
        quote.confirm()
    with pytest.raises(SendRefused):
        quote.confirm("yes")
    assert (await sender.send(quote.confirm(" Price  Unknown "))).state == "accepted"


async def test_what_makes_a_send_pointless_is_raised_instead_of_quoted(
    sender: Sender, clicksend: FaultyClickSend
) -> None:
    clicksend.price_status = 401
    with pytest.raises(Unauthorized):
        await sender.quote(DRAFT)
    clicksend.price_status = 429
    with pytest.raises(RateLimited):
        await sender.quote(DRAFT)
    await clicksend.stop()
    with pytest.raises(Unreachable):
        await sender.quote(DRAFT)


async def test_a_draft_with_a_fault_is_not_even_priced(sender: Sender) -> None:
    with pytest.raises(InvalidInput, match="too few digits") as refusal:
        await sender.quote(SmsDraft(("+61412",), "hello"))
    assert refusal.value.field == "to"


# What ClickSend answered


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
    assert (await sender.quote(SmsDraft((BOB,), "Hello"))).warnings == ()
    await store.write(merge_messages, [replace(stop, id="IN-2", counterpart=BOB)])
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


# Campaigns


CAMPAIGN = CampaignDraft("Spring sale", 428, "", "Hello (First Name). Reply STOP to opt out.")


async def test_a_campaign_takes_the_same_path(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    quote = await sender.quote(CAMPAIGN)
    assert (quote.total, quote.accepted_count, quote.lines) == (Decimal("1.5840"), 20, ())
    result = await sender.send(quote.confirm())
    assert (result.state, result.total, result.outcomes[0].message_id) == ("accepted", None, "7")
    item = store.outbox_item(quote.id)
    assert item
    assert (item.kind, item.state, restore(item.kind, item.draft)) == ("sms campaign", "accepted", CAMPAIGN)
    assert clicksend.bodies == [
        {"list_id": 428, "name": "Spring sale", "body": CAMPAIGN.body, "source": "clicksend-tui"}
    ]


@pytest.mark.parametrize(
    ("status", "state"),
    [("WaitApproval", "accepted"), ("Failed", "rejected"), ("Draft", "unknown"), ("", "unknown")],
)
async def test_the_status_of_a_campaign_decides(
    sender: Sender, clicksend: FaultyClickSend, status: str, state: str
) -> None:
    clicksend.answers = {"status": status}
    assert (await sender.send(await confirmed(sender, CAMPAIGN))).state == state


async def test_a_lost_campaign_is_unknown(sender: Sender, store: Store, clicksend: FaultyClickSend) -> None:
    clicksend.faults = [Fault.CUT_DONE]
    result = await sender.send(await confirmed(sender, CAMPAIGN))
    assert result.state == "unknown"
    assert store.outbox_item(result.outbox_id).state == "unknown"  # type: ignore[union-attr]


async def test_a_campaign_to_nobody_cannot_be_confirmed(sender: Sender, clicksend: FaultyClickSend) -> None:
    clicksend.prices = {"total_price": "0.0000", "total_count": 0}
    with pytest.raises(SendRefused, match="Nobody on this list"):
        (await sender.quote(CAMPAIGN)).confirm()


# Leaving in the middle


async def test_a_send_goes_on_when_who_awaits_it_is_cancelled(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.hold.clear()
    screen = asyncio.create_task(sender.send(await confirmed(sender)))
    await clicksend.arrived.wait()
    screen.cancel()
    with pytest.raises(asyncio.CancelledError):
        await screen
    assert sender.in_flight == 1
    clicksend.hold.set()
    assert await sender.drain(5)
    assert (sender.in_flight, states(store, ADA, BOB)) == (0, ["accepted", "accepted"])
    assert store.outbox(["accepted"])


async def test_a_drain_that_runs_out_of_time_leaves_it_unknown(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.hold.clear()
    waiting = asyncio.create_task(sender.send(await confirmed(sender)))
    await clicksend.arrived.wait()
    assert not await sender.drain(0)
    assert (sender.in_flight, states(store, ADA, BOB)) == (0, ["unknown", "unknown"])
    assert [item.state for item in store.outbox()] == ["unknown"]
    await asyncio.wait([waiting])
    assert waiting.cancelled()


async def test_a_drained_sender_takes_no_more(sender: Sender, clicksend: FaultyClickSend) -> None:
    confirmation = await confirmed(sender)
    assert await sender.drain(0)
    with pytest.raises(SendRefused, match="closing"):
        await sender.send(confirmation)
    assert clicksend.sends == 0


async def test_stopped_before_it_left_is_not_sent(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    confirmation = await confirmed(sender, REPLY)
    disk_is_free = threading.Event()
    busy = asyncio.create_task(store.write(lambda _: disk_is_free.wait()))
    waiting = asyncio.create_task(sender.send(confirmation))
    await asyncio.sleep(0)
    draining = asyncio.create_task(sender.drain(0))
    for _ in range(10):  # Turns of the loop: enough for the drain to give up.
        await asyncio.sleep(0)
    disk_is_free.set()
    assert not await draining
    await asyncio.wait([waiting, busy])
    assert clicksend.sends == 0
    assert ([item.state for item in store.outbox()], states(store, ADA)) == (["not sent"], ["none"])
    assert store.draft(ADA) == REPLY.body


async def test_without_a_record_nothing_leaves(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    first, second = await confirmed(sender), await confirmed(sender)
    no_outbox = "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END"
    store.write_now(lambda tx: tx.execute(no_outbox))
    with pytest.raises(StoreError):
        await sender.send(first)
    assert states(store, ADA, BOB) == ["none", "none"]
    store.close()
    with pytest.raises(StoreError):
        await sender.send(second)
    assert clicksend.sends == 0


async def test_an_answer_that_cannot_be_recorded_is_still_told(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    confirmation = await confirmed(sender)
    clicksend.on_send = lambda _: store.close()
    result = await sender.send(confirmation)
    assert result.state == "accepted"
    assert result.notes[-1].startswith("This could not be recorded")
