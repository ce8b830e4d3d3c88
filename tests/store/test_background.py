"""Long reads: off the event loop, and over as soon as nobody waits for them."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

import pytest

from tests.store.build import NOON, inbound
from tui.core.errors import StoreError
from tui.store.database import Store
from tui.store.messages import merge_messages
from tui.store.transaction import Source
from tui.store.windows import SearchWindow

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def endless(source: Source) -> None:
    source.rows(ENDLESS)


def count(source: Source) -> int:
    return int(source.rows("SELECT count(*) FROM message")[0][0])


def crowd(store: Store, people: int) -> list[str]:
    numbers = [f"+614{number:08}" for number in range(people)]
    rows = [inbound(f"M{n}", NOON + n, number, body="hello") for n, number in enumerate(numbers)]
    store.write_now(merge_messages, rows)
    return numbers[::-1]


async def test_the_event_loop_goes_on_and_a_read_that_is_given_up_ends(store: Store) -> None:
    reading = asyncio.create_task(store.read(endless))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not reading.done()
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
    assert await store.read(count) == 0


async def test_a_read_is_over_that_began_in_the_moment_in_which_it_was_given_up(store: Store) -> None:
    begun, given_up = threading.Event(), threading.Event()

    def begin(source: Source) -> None:
        begun.set()
        given_up.wait()
        source._reader.rows(ENDLESS)  # type: ignore[attr-defined]  as if it had been asked just before

    reading = asyncio.create_task(store.read(begin))
    await asyncio.to_thread(begun.wait)
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
    given_up.set()
    assert await store.read(count) == 0


async def test_reads_that_wait_for_their_turn_can_be_given_up(store: Store) -> None:
    first, second = (asyncio.create_task(store.read(endless)) for _ in range(2))
    await asyncio.sleep(0)
    second.cancel()
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert await store.read(count) == 0


async def test_closing_does_not_wait_for_a_long_read(store: Store) -> None:
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def begin(source: Source) -> None:
        loop.call_soon_threadsafe(begun.set)
        endless(source)

    reading = asyncio.create_task(store.read(begin))
    await begun.wait()
    await asyncio.to_thread(store.close)
    with pytest.raises(StoreError):
        await reading


async def test_a_search_looks_on_in_the_background_until_all_is_found(store: Store) -> None:
    numbers = crowd(store, 700)
    window = store.conversations("all", "hello")
    assert isinstance(window, SearchWindow)
    assert not window.has_looked
    assert await window.look()
    assert 50 <= window.count() < 700
    store.write_now(merge_messages, [inbound("NEW", NOON + 9999, "+15", body="hello")])
    while window.more:
        await window.look(further=True)
    assert [row.counterpart for row in window.page(0, 1000)] == ["+15", *numbers]


async def test_a_search_that_is_given_up_keeps_what_it_had(store: Store) -> None:
    numbers = crowd(store, 60)
    window = store.conversations("all", "hello")
    assert isinstance(window, SearchWindow)
    await window.look()
    blocked = asyncio.create_task(store.read(endless))
    looking = asyncio.create_task(window.look())
    await asyncio.sleep(0)
    looking.cancel()
    blocked.cancel()
    await asyncio.gather(looking, blocked, return_exceptions=True)
    assert [row.counterpart for row in window.page(0, 100)] == numbers
    assert await window.look()
    assert window.is_current
