"""Sending: nothing leaves unpriced, unconfirmed or unrecorded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.sending.conftest import ADA, BOB, DRAFT, NOW, TurnableClock, account, confirmed, states
from tests.sending.faulty import Fault, FaultyClickSend
from tui.api.client import ApiClient
from tui.core.errors import InvalidInput, RateLimited, SendRefused, Unauthorized, Unreachable
from tui.sending.draft import MessageDraft, restore
from tui.sending.sender import QUOTE_LIFETIME, Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.store.messages import local_id


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
        await sender.quote(MessageDraft.sms(("+61412",), "hello"))
    assert refusal.value.field == "to"
