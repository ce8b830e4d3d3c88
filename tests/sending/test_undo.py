"""A confirmed send that is held back can be taken back; one whose console dies meanwhile was never sent."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.sending.conftest import ADA, DRAFT, NOW, REPLY, TurnableClock, account, confirmed, states
from tests.sending.faulty import Fault, FaultyClickSend
from tests.sending.test_campaign import CAMPAIGN
from tui.api.client import ApiClient
from tui.core.errors import SendRefused
from tui.core.limits import Limits
from tui.sending.draft import MessageDraft
from tui.sending.retrying import retry_draft
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.store.drafts import save_draft

LONG = 30.0


@pytest.fixture
def careful(client: ApiClient, store: Store, clock: TurnableClock) -> Sender:
    return Sender(client, store, clock, undo_seconds=LONG)


async def held(sender: Sender, draft: MessageDraft = REPLY) -> tuple[str, asyncio.Task[object]]:
    """A send that is held back: its id, and what waits for it."""
    confirmation = await confirmed(sender, draft)
    told: asyncio.Future[tuple[str, float]] = asyncio.get_running_loop().create_future()
    sender.on_held = lambda id, until: told.set_result((id, until))
    going: asyncio.Task[object] = asyncio.create_task(sender.send(confirmation))
    id, until = await told
    assert until == NOW + LONG
    return id, going


async def test_taken_back_it_never_leaves_and_its_text_is_the_draft_again(
    careful: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    store.write_now(save_draft, ADA, REPLY.body)
    id, going = await held(careful)
    assert (store.draft(ADA), states(store, ADA)) == ("", ["sending"])
    item = store.outbox_item(id)
    assert item
    assert (item.state, item.held_until) == ("confirmed", NOW + LONG)
    assert store.audit().page(0)[0].outcome == "not sent"
    assert await careful.take_back(id)
    assert (await going).state == "not sent"  # type: ignore[attr-defined]
    assert (clicksend.sends, store.draft(ADA), states(store, ADA)) == (0, REPLY.body, ["none"])
    assert store.sends.counts(id) == {"not sent": 1}
    assert not await careful.take_back(id)


async def test_what_is_typed_meanwhile_is_not_lost(careful: Sender, store: Store) -> None:
    id, going = await held(careful)
    store.write_now(save_draft, ADA, "And bring cake.")
    assert await careful.take_back(id)
    await going
    assert store.draft(ADA) == "And bring cake."


async def test_it_leaves_when_the_time_is_over(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    sender = Sender(client, store, clock, undo_seconds=0.01)
    result = await sender.send(await confirmed(sender))
    assert (result.state, clicksend.sends) == ("accepted", 1)
    item = store.outbox_item(result.outbox_id)
    assert item
    assert item.held_until == 0
    assert not await sender.take_back(result.outbox_id)
    assert store.sends.counts(result.outbox_id) == {"accepted": 2}


async def test_on_the_way_out_what_was_confirmed_leaves_at_once(
    careful: Sender, clicksend: FaultyClickSend
) -> None:
    _, going = await held(careful)
    assert await careful.drain(LONG)
    assert (await going).state == "accepted"  # type: ignore[attr-defined]
    assert clicksend.sends == 1


async def test_a_console_that_died_meanwhile_did_not_send_it(
    careful: Sender, client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    id, going = await held(careful)
    dead = f"{store.session.split(':')[0]}:99999999:gone"
    store.write_now(lambda tx: tx.execute("UPDATE outbox SET session = ?", (dead,)))
    assert await Sender(client, store, clock).recover() == []
    assert store.outbox_item(id).state == "not sent"  # type: ignore[union-attr]
    assert (store.draft(ADA), states(store, ADA)) == (REPLY.body, ["none"])
    # Should it live after all, it finds that it must not.
    careful._held[id].set()
    assert (await going).state == "not sent"  # type: ignore[attr-defined]
    assert clicksend.sends == 0


async def test_beyond_a_limit_words_have_to_be_typed(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    limits = Limits(Decimal("0.0500"), Decimal("1"), Decimal("0.2000"))
    sender = Sender(client, store, clock, limits=limits)
    first = await sender.quote(DRAFT)
    assert first.beyond == ("One message costs A$0.0792: your limit is A$0.0500.",)
    assert first.words == "send anyway"
    with pytest.raises(SendRefused, match="your limit is"):
        first.confirm("yes")
    await sender.send(first.confirm("send anyway"))
    second = await sender.quote(REPLY)
    assert second.beyond[-1] == "With it, today costs A$0.2376: your limit for a day is A$0.2000."


async def test_the_limit_of_a_day_counts_what_other_consoles_sent_since_the_price(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    limits = Limits(per_day=Decimal("0.1000"))
    here, there = (Sender(client, store, clock, limits=limits) for _ in range(2))
    first, second = await here.quote(REPLY), await there.quote(REPLY)
    assert (first.beyond, second.beyond) == ((), ())
    assert (await here.send(first.confirm())).state == "accepted"
    with pytest.raises(SendRefused, match=r"today costs A\$0.1584, and your limit for a day is A\$0.1000"):
        await there.send(second.confirm())
    assert (clicksend.sends, len(store.outbox())) == (1, 1)
    again = await there.quote(REPLY)
    assert (await there.send(again.confirm("send anyway"))).state == "accepted"


async def test_today_begins_at_midnight_also_when_clocks_change(
    client: ApiClient, store: Store, clock: TurnableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Australia/Sydney")
    time.tzset()
    try:
        day = datetime(2027, 4, 4, tzinfo=ZoneInfo("Australia/Sydney"))  # at 3:00 it is 2:00
        clock.at = day.timestamp() + 60
        limits = Limits(per_day=Decimal("0.1000"))
        sender = Sender(client, store, clock, limits=limits)
        store.write_now(save_account, account(at=int(clock.at)))
        await sender.send(await confirmed(sender, REPLY))
        clock.at = day.replace(hour=9).timestamp()
        assert (await sender.quote(REPLY)).beyond
        clock.at = (day + timedelta(days=1)).timestamp()
        assert not (await sender.quote(REPLY)).beyond
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_only_those_whom_it_surely_did_not_reach_get_it_again(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    clicksend.faults = [Fault.REJECTS_FIRST]
    result = await sender.send(await confirmed(sender))
    again = retry_draft(store.sends.source, result.outbox_id)
    assert isinstance(again, MessageDraft)
    assert ([each.to for each in again.recipients], again.body) == ([ADA], DRAFT.body)


async def test_the_limit_for_a_message_is_held_against_what_each_of_many_costs(
    client: ApiClient, store: Store, clock: TurnableClock
) -> None:
    # The campaign costs A$1.5840 for 20.
    for limit, beyond in (("0.0791", True), ("0.0792", False)):
        quote = await Sender(client, store, clock, limits=Limits(Decimal(limit))).quote(CAMPAIGN)
        words = f"A message costs A$0.0792 on average: your limit is A${limit}."
        assert quote.beyond == ((words,) if beyond else ())


async def test_without_a_time_to_undo_it_leaves_at_once(
    client: ApiClient, store: Store, clock: TurnableClock, clicksend: FaultyClickSend
) -> None:
    sender = Sender(client, store, clock, undo_seconds=0.0)
    held: list[str] = []
    sender.on_held = lambda id, _until: held.append(id)
    clicksend.hold.clear()
    going = asyncio.create_task(sender.send(await confirmed(sender, REPLY)))
    await clicksend.arrived.wait()
    (item,) = store.outbox()
    assert (item.state, item.held_until, store.audit().page(0)[0].outcome) == ("sending", 0, "unknown")
    assert not await sender.take_back(item.id)
    clicksend.hold.set()
    assert ((await going).state, clicksend.sends, held) == ("accepted", 1, [])
