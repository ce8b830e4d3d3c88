"""Every channel from its price to what became of it, with the sandbox as the judge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.sending.conftest import NOW, TurnableClock
from tests.sending.drafts import PHONES, address, attachment, campaign_drafts, message_drafts
from tui.core.errors import SendRefused
from tui.sandbox.world import World
from tui.sending.draft import Draft, MessageDraft, restore
from tui.sending.products import CAMPAIGNS, PRODUCTS
from tui.sending.quote import Quote
from tui.sending.recipient import Recipient
from tui.sending.result import SendResult
from tui.sending.sender import Sender
from tui.store.database import Store
from tui.store.messages import local_id

WITH_REFERENCE = [channel for channel, product in PRODUCTS.items() if product.has_reference]


async def sent(sender: Sender, draft: Draft) -> tuple[Quote, SendResult]:
    quote = await sender.quote(draft)
    return quote, await sender.send(quote.confirm())


def logged(world: World, channel: str) -> list[Any]:
    """What the sandbox has of a channel, oldest first."""
    name = {"email": "email_transactional", "letter": "post", "postcard": "postcards"}.get(channel, channel)
    return list(world.messages[:]) if channel == "sms" else list(world.channels[name].messages)


def test_every_channel_has_a_draft_here(world: World) -> None:
    assert list(message_drafts(world)) == list(PRODUCTS)
    assert list(campaign_drafts(world)) == list(CAMPAIGNS)


@pytest.mark.parametrize("channel", PRODUCTS)
async def test_a_good_draft_has_no_problem_that_stops_it(world: World, channel: str) -> None:
    found = message_drafts(world)[channel].check(NOW, 8)
    assert [problem for problem in found if problem.stops] == []


@pytest.mark.parametrize("channel", PRODUCTS)
async def test_the_price_shown_is_charged_and_every_message_accepted(
    to_sandbox: Sender, world: World, store: Store, channel: str
) -> None:
    draft = message_drafts(world)[channel]
    before, known = world.account.balance, len(logged(world, channel))
    quote, result = await sent(to_sandbox, draft)
    assert quote.total == before - world.account.balance == result.total
    assert quote.total
    assert (quote.accepted_count, quote.rejected_count) == (len(draft.recipients), 0)
    assert {outcome.fate for outcome in result.outcomes} == {"accepted"}
    assert [outcome.to for outcome in result.outcomes] == list(draft.to)
    assert all(outcome.message_id for outcome in result.outcomes)
    assert (result.state, result.notes) == ("accepted", ())
    assert len(logged(world, channel)) - known == (1 if channel == "email" else len(draft.recipients))
    item = store.outbox_item(quote.id)
    assert item
    assert (item.kind, item.state) == (channel, "accepted")


@pytest.mark.parametrize("channel", PRODUCTS)
async def test_prices_of_the_recipients_add_up(to_sandbox: Sender, world: World, channel: str) -> None:
    draft = message_drafts(world)[channel]
    quote, result = await sent(to_sandbox, draft)
    prices = [line.price for line in quote.lines]
    if PRODUCTS[channel].as_a_whole:
        assert prices == [None] * len(draft.recipients)
        return
    assert sum(price or Decimal(0) for price in prices) == quote.total
    assert prices == [outcome.price for outcome in result.outcomes]
    assert [line.parts for line in quote.lines] == [outcome.parts for outcome in result.outcomes]


@pytest.mark.parametrize("channel", WITH_REFERENCE)
async def test_our_reference_travels_with_each_message(
    to_sandbox: Sender, world: World, channel: str
) -> None:
    draft = message_drafts(world)[channel]
    quote, _ = await sent(to_sandbox, draft)
    newest = logged(world, channel)[-len(draft.recipients) :]
    assert [each.custom_string for each in newest] == [
        local_id(quote.id, number) for number in range(len(draft.recipients))
    ]


@pytest.mark.parametrize("channel", PRODUCTS)
async def test_the_same_again_at_once_is_throttled(to_sandbox: Sender, world: World, channel: str) -> None:
    draft = message_drafts(world)[channel]
    await sent(to_sandbox, draft)
    before = world.account.balance
    _, again = await sent(to_sandbox, draft)
    if channel in ("letter", "postcard"):
        assert again.state == "accepted"  # Paper is not held back.
        return
    assert before == world.account.balance
    if channel == "email":
        assert (again.state, len(again.outcomes)) == ("not sent", len(draft.recipients))
        assert "The same text went to the same recipient seconds ago." in again.detail
    else:
        assert {outcome.code for outcome in again.outcomes} == {"THROTTLED"}
        assert again.state == "rejected"


@pytest.mark.parametrize("channel", ["sms", "mms", "voice"])
async def test_rejected_recipients_inside_a_200_are_told_before_and_after(
    to_sandbox: Sender, world: World, channel: str
) -> None:
    draft = message_drafts(world)[channel]
    abroad = Recipient("+27821234567")
    draft = replace(draft, recipients=(draft.recipients[0], abroad, draft.recipients[1]))
    before = world.account.balance
    quote, result = await sent(to_sandbox, draft)
    assert [bool(line.problem) for line in quote.lines] == [False, True, False]
    assert (quote.accepted_count, quote.rejected_count) == (2, 1)
    assert [outcome.fate for outcome in result.outcomes] == ["accepted", "rejected", "accepted"]
    assert quote.total == before - world.account.balance == result.total
    assert result.outcomes[1].reason.startswith("Sending to this country is not enabled.")


async def test_an_address_that_post_does_not_reach_is_told_before(to_sandbox: Sender, world: World) -> None:
    draft = message_drafts(world)["letter"]
    nowhere = address("Nobody", address_country="XK", address_postal_code="1")
    quote, result = await sent(to_sandbox, replace(draft, recipients=(*draft.recipients, nowhere)))
    assert (quote.accepted_count, quote.rejected_count) == (2, 1)
    assert [outcome.fate for outcome in result.outcomes] == ["accepted", "accepted", "rejected"]
    assert quote.total == result.total


@pytest.mark.parametrize("channel", ["sms", "mms"])
async def test_a_sender_that_would_be_swapped_is_told_before(
    to_sandbox: Sender, world: World, channel: str
) -> None:
    draft = replace(message_drafts(world)[channel], sender="Acme")
    quote, result = await sent(to_sandbox, draft)
    assert any("and not from Acme to 1 of 3 recipients" in warning for warning in quote.warnings)
    assert any("does not work to the US and Canada (+1 201-555-0123)" in each for each in quote.warnings)
    assert [outcome.sender for outcome in result.outcomes[:2]] == ["Acme", "Acme"]
    assert result.outcomes[2].sender == quote.lines[2].sender != "Acme"


async def test_a_fax_number_that_is_not_the_accounts_is_rejected(to_sandbox: Sender, world: World) -> None:
    draft = replace(message_drafts(world)["fax"], sender="+61255509999")
    with pytest.raises(SendRefused, match="reject every recipient"):
        (await to_sandbox.quote(draft)).confirm()


@pytest.mark.parametrize("channel", PRODUCTS)
async def test_what_is_scheduled_waits(
    to_sandbox: Sender, world: World, clock: TurnableClock, channel: str
) -> None:
    at = int(clock.now()) + 3600
    draft = replace(message_drafts(world)[channel], schedule=at)
    _, result = await sent(to_sandbox, draft)
    assert result.state == "accepted"
    newest = logged(world, channel)[-1]
    assert (newest.schedule, newest.status) == (at, "Scheduled")


async def test_texts_are_filled_for_each(to_sandbox: Sender, world: World) -> None:
    people = (
        Recipient(PHONES[0], "Ada", {"first_name": "Ada", "Order No": "17"}, 2),
        Recipient(PHONES[1], "Bob", {"first_name": "Bob", "Order No": "(First Name)"}, 3),
    )
    draft = MessageDraft("sms", people, "Hi (first name), order (ORDER NO) is ready (really).")
    await sent(to_sandbox, draft)
    assert [each.body for each in world.messages[-2:]] == [
        "Hi Ada, order 17 is ready (really).",
        "Hi Bob, order (First Name) is ready (really).",
    ]


async def test_one_e_mail_has_one_price_and_one_fate(to_sandbox: Sender, world: World) -> None:
    draft = message_drafts(world)["email"]
    quote, result = await sent(to_sandbox, draft)
    assert quote.total == Decimal("0.03")  # Two recipients and one copy.
    assert len({outcome.message_id for outcome in result.outcomes}) == 1
    alone = replace(draft, recipients=draft.recipients[:1], body="Only you", content=_without(draft, "cc"))
    quote, result = await sent(to_sandbox, alone)
    assert [line.price for line in quote.lines] == [Decimal("0.01")]
    assert result.outcomes[0].price == Decimal("0.01")


async def test_attachments_travel_and_their_contents_are_not_written_down(
    to_sandbox: Sender, world: World, store: Store
) -> None:
    files = [attachment(b"A" * 5000)]
    draft = replace(message_drafts(world)["email"], content=_with(world, attachments=files))
    quote, _ = await sent(to_sandbox, draft)
    newest = logged(world, "email")[-1]
    assert [each["file_name"] for each in newest.details["_attachments"]] == ["note.txt"]
    item = store.outbox_item(quote.id)
    assert item
    assert files[0]["content"] not in str(item.draft)
    again = restore(item.kind, item.draft)
    assert [problem.message for problem in again.check(NOW) if problem.stops] == [
        "note.txt: its contents are not kept. Attach it again."
    ]
    other = replace(draft, content=_with(world, attachments=[attachment(b"B" * 5000)]))
    assert draft.fingerprint != other.fingerprint


@pytest.mark.parametrize("channel", CAMPAIGNS)
async def test_a_campaign_of_every_channel(
    to_sandbox: Sender, world: World, store: Store, clock: TurnableClock, channel: str
) -> None:
    draft = campaign_drafts(world)[channel]
    assert draft.check(NOW, 8) == []
    before = world.account.balance
    quote, result = await sent(to_sandbox, draft)
    assert quote.accepted_count
    clock.at += 2
    world.catch_up()
    assert quote.total
    assert quote.total == before - world.account.balance
    assert result.state == "accepted"
    assert result.total in (None, quote.total)
    assert result.outcomes[0].message_id
    item = store.outbox_item(quote.id)
    assert item
    assert (item.kind, restore(item.kind, item.draft)) == (f"{channel} campaign", draft)


async def test_an_e_mail_campaign_says_who_cannot_get_it(to_sandbox: Sender, world: World) -> None:
    draft = campaign_drafts(world)["email"]
    first = next(iter(world.contacts.on_list(draft.list_id)))
    world.contacts.update(first["contact_id"], {"email": ""})
    quote = await to_sandbox.quote(draft)
    assert quote.rejected_count >= 1
    assert any("on the list cannot get it" in warning for warning in quote.warnings)


def _with(world: World, **content: object) -> dict[str, Any]:
    return {**message_drafts(world)["email"].content, **content}


def _without(draft: MessageDraft, name: str) -> dict[str, Any]:
    return {key: value for key, value in draft.content.items() if key != name}
