"""Sending to the sandbox: its own record is the judge of what left and what it cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from random import Random

import pytest

from tests.sandbox.stage import playing
from tests.sending.conftest import TurnableClock, account
from tui.api.client import ApiClient
from tui.core.errors import SendRefused
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.sending.draft import CampaignDraft, MessageDraft
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store

ADA, BOB = "+61411111111", "+61422222222"
SENDER = "+61481070206"
COUNTRIES = {"AU": "+6149157{:04}", "US": "+1201555{:04}", "GB": "+44740012{:04}", "NZ": "+642112{:05}"}


@pytest.fixture
async def client(world: World, clock: TurnableClock, patience: float) -> AsyncIterator[ApiClient]:
    with playing(world) as url:
        async with ApiClient(
            "demo", "demo", base_url=url, timeout=patience, clock=clock, sleep=clock.sleep
        ) as client:
            yield client


@pytest.fixture
def store(store: Store, world: World) -> Iterator[Store]:
    store.write_now(save_account, account(str(world.account.balance)))
    return store


def left(world: World, send_id: str) -> list[str]:
    """The references of a send that the sandbox has as messages."""
    return sorted(m.custom_string for m in world.messages.recent() if m.custom_string.startswith(send_id))


async def test_the_price_shown_is_the_price_charged(sender: Sender, world: World) -> None:
    chance = Random(7)
    for number in range(25):
        patterns = chance.sample(list(COUNTRIES.values()), chance.randint(1, 4))
        to = tuple(pattern.format(1000 + number) for pattern in patterns)
        body = f"{number} " + chance.choice("aж€\n") * chance.randint(1, 400)
        quote = await sender.quote(MessageDraft.sms(to, body))
        before = world.account.balance
        result = await sender.send(quote.confirm())
        assert result.state == "accepted"
        assert before - world.account.balance == quote.total == result.total
        assert result.notes == ()


async def test_a_test_number_is_free(sender: Sender, world: World) -> None:
    before = world.account.balance
    quote = await sender.quote(MessageDraft.sms((ADA,), "Hello"))
    result = await sender.send(quote.confirm("price unknown" if quote.total is None else ""))
    assert result.state == "accepted"
    assert before - world.account.balance == quote.total


async def test_what_clicksend_would_reject_is_said_before(sender: Sender) -> None:
    quote = await sender.quote(MessageDraft.sms(("+61491570156", "+33612345678", "+27821234567"), "Hello"))
    assert [bool(line.problem) for line in quote.lines] == [False, False, True]
    assert (quote.accepted_count, quote.rejected_count) == (2, 1)
    assert quote.warnings == (
        "1 of 3 recipients: Sending to this country is not enabled. "
        "Enable the country in the ClickSend dashboard.",
    )


async def test_a_sender_that_would_be_replaced_is_said_before(sender: Sender) -> None:
    quote = await sender.quote(MessageDraft.sms(("+61491570156", "+447400123456"), "Hello", sender=SENDER))
    swaps = [warning for warning in quote.warnings if "would send it from" in warning]
    assert swaps == [
        f"ClickSend would send it from {quote.lines[1].sender} and not from {SENDER} to 1 of 2 recipients."
    ]
    assert (await sender.send(quote.confirm())).notes == ()


async def test_the_same_text_again_at_once_is_throttled(sender: Sender, world: World) -> None:
    draft = MessageDraft.sms(("+61491570156",), "Hello again")
    first = await sender.send((await sender.quote(draft)).confirm())
    second = await sender.send((await sender.quote(draft)).confirm())
    assert (first.state, second.state) == ("accepted", "rejected")
    assert second.outcomes[0].code == "THROTTLED"
    assert (len(left(world, first.outbox_id)), left(world, second.outbox_id)) == (1, [])


async def test_a_balance_that_is_gone_meanwhile_rejects(sender: Sender, world: World) -> None:
    quote = await sender.quote(MessageDraft.sms(("+61491570156",), "Hello"))
    world.account.balance = Decimal("0.01")
    result = await sender.send(quote.confirm())
    assert (result.state, result.outcomes[0].code) == ("rejected", "INSUFFICIENT_CREDIT")


@pytest.mark.parametrize("fault", Fault)
async def test_each_fault_of_the_sandbox_leaves_the_truth(
    sender: Sender, store: Store, world: World, fault: Fault
) -> None:
    quote = await sender.quote(MessageDraft.sms((ADA, BOB), f"Hello {fault.name}"))
    world.faults.add("sms.send", fault)
    result = await sender.send(quote.confirm("price unknown"))
    assert result.state == ("not sent" if fault is Fault.LEGACY else "unknown")
    assert len(left(world, quote.id)) == (2 if fault.is_done else 0)
    state = "unknown" if result.state == "unknown" else "none"
    rows = [store.thread(number).page(0) for number in (ADA, BOB)]
    assert [found[-1].state if found else "none" for found in rows] == [state, state]


async def test_many_at_once_leave_once_each(sender: Sender, world: World) -> None:
    drafts = [MessageDraft.sms((f"+6149157{number:04}",), "Hello") for number in range(1000, 1030)]
    quotes = await asyncio.gather(*map(sender.quote, drafts))
    results = await asyncio.gather(*(sender.send(quote.confirm()) for quote in quotes))
    assert {result.state for result in results} == {"accepted"}
    assert all(len(left(world, result.outbox_id)) == 1 for result in results)


async def test_a_campaign_reaches_its_list(sender: Sender, world: World) -> None:
    found = next(item for item in world.lists if world.contacts.on_list(item["list_id"]))
    draft = CampaignDraft("Spring", found["list_id"], "", "Hello (First Name). StopMsg.me/xxxxx")
    quote = await sender.quote(draft)
    assert quote.accepted_count
    assert quote.total
    result = await sender.send(quote.confirm())
    assert (result.state, result.outcomes[0].code) == ("accepted", "Queued")
    assert any(item["name"] == "Spring" for item in world.campaigns)


async def test_a_list_that_does_not_exist_cannot_be_campaigned(sender: Sender, world: World) -> None:
    quote = await sender.quote(CampaignDraft("Spring", 999_999, "", "Hello"))
    with pytest.raises(SendRefused, match="price is not known"):
        quote.confirm()
    campaigns = len(list(world.campaigns))
    assert (await sender.send(quote.confirm("price unknown"))).state == "not sent"
    assert len(list(world.campaigns)) == campaigns
