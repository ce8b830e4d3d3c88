"""A scheduled send is cancelled, or leaves: what is said of it is what ClickSend shows afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.stage import playing
from tests.sending.conftest import TurnableClock, account
from tests.sending.fault_proxy import UNREAD, FaultProxy
from tui.api.client import ApiClient
from tui.sandbox.world import World
from tui.sending.draft import MessageDraft
from tui.sending.scheduled import ScheduledSends
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store

TO = ("+61491570156", "+61491570157")
"""Two that do get messages in the sandbox."""


@pytest.fixture
async def line(world: World) -> AsyncIterator[FaultProxy]:
    with playing(world) as url:
        async with FaultProxy(url) as proxy:
            yield proxy


@pytest.fixture
async def client(line: FaultProxy, clock: TurnableClock) -> AsyncIterator[ApiClient]:
    async with ApiClient("demo", "demo", base_url=line.url, clock=clock, sleep=clock.sleep) as client:
        yield client


@pytest.fixture
async def waiting(world: World, client: ApiClient, store: Store, clock: TurnableClock) -> str:
    """A send that is accepted for an hour from now; its id."""
    store.write_now(save_account, account(str(world.account.balance)))
    sender = Sender(client, store, clock)
    quote = await sender.quote(MessageDraft.sms(TO, "See you at nine.", schedule=int(clock.at) + 3600))
    result = await sender.send(quote.confirm(quote.words))
    assert result.state == "accepted"
    return result.outbox_id


def became(store: Store, id: str) -> list[str]:
    return [row.became for row in store.sends.messages(id).page(0)]


async def test_what_is_cancelled_in_time_never_leaves(
    client: ApiClient, store: Store, clock: TurnableClock, world: World, waiting: str
) -> None:
    stopped = await ScheduledSends(client, store, clock).cancel(waiting)
    assert (stopped.asked, stopped.cancelled, stopped.is_complete) == (2, 2, True)
    assert became(store, waiting) == ["cancelled", "cancelled"]
    clock.at += 7200
    world.catch_up()
    sent = [each for each in world.messages.recent() if each.body == "See you at nine."]
    assert {each.status for each in sent} == {"Cancelled"}


async def test_what_left_before_the_cancel_came_is_not_said_to_be_cancelled(
    client: ApiClient,
    store: Store,
    clock: TurnableClock,
    world: World,
    line: FaultProxy,
    waiting: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its time comes between the key and the request."""
    scheduled = ScheduledSends(client, store, clock)
    stop = scheduled._stop

    async def late(*given: object) -> None:
        clock.at += 3600
        world.catch_up()
        await stop(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(scheduled, "_stop", late)
    stopped = await scheduled.cancel(waiting)
    assert (stopped.asked, stopped.cancelled, stopped.is_complete) == (2, 0, False)
    assert "cancelled" not in became(store, waiting)
    assert [name for name in line.reached if "cancel" in name]


async def test_one_whose_cancel_got_lost_is_not_said_to_be_cancelled(
    client: ApiClient, store: Store, clock: TurnableClock, line: FaultProxy, waiting: str
) -> None:
    first = store.sends.messages(waiting).page(0)[0]
    line.spoil(f"PUT /v3/sms/{first.message_id}/cancel", *[UNREAD] * 9)
    scheduled = ScheduledSends(client, store, clock)
    stopped = await scheduled.cancel(waiting)
    assert (stopped.asked, stopped.cancelled, stopped.is_complete) == (2, 1, False)
    assert became(store, waiting) == ["", "cancelled"]
    line.spoil(f"PUT /v3/sms/{first.message_id}/cancel")
    assert (await scheduled.cancel(waiting)).is_complete
