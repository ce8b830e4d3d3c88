"""Leaving in the middle of a send: a closed screen, a closing console, a full disk."""

from __future__ import annotations

import asyncio
import threading

import pytest

from tests.sending.conftest import ADA, BOB, REPLY, confirmed, states
from tests.sending.faulty import FaultyClickSend
from tui.core.errors import SendRefused, StoreError
from tui.sending.sender import Sender
from tui.store.database import Store


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
