"""Reading lists that grow at either end and shrink anywhere, also between two pages."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.desk import LONGEST
from tui.api.models.base import Page
from tui.core.errors import ConsoleError
from tui.sync import queue
from tui.sync.queue import FULL_EVERY, Fetch, UnreadList

SIZE = 5


class Listed:
    """A list at ClickSend, and what a poller has of it."""

    def __init__(self, *, newest_first: bool, tells_total: bool = True) -> None:
        self.newest_first = newest_first
        self.tells_total = tells_total
        self.items: list[int] = []
        self.kept: set[int] = set()
        self.fetched: list[int] = []
        self.next = 0
        self.list = UnreadList(self.fetch, self.merge, int)

    def add(self, copies: int = 1) -> None:
        new = [self.next] * copies
        self.items = new + self.items if self.newest_first else self.items + new
        self.next += 1

    async def fetch(self, number: int) -> Page[int]:
        self.fetched.append(number)
        pages = -(-len(self.items) // SIZE)
        rows = self.items[(number - 1) * SIZE : number * SIZE]
        told = {"total": len(self.items), "last_page": pages} if self.tells_total else {"last_page": pages}
        return Page[int].model_validate({"data": rows, **told})

    async def merge(self, rows: Sequence[int]) -> None:
        self.kept |= set(rows)


async def polled(newest_first: bool, rows: int = 0) -> Listed:
    found = Listed(newest_first=newest_first)
    for _ in range(rows):
        found.add()
    await found.list.poll()
    found.fetched.clear()
    return found


async def test_the_first_poll_reads_everything() -> None:
    assert (await polled(True, 23)).kept == set(range(23))


async def test_no_news_cost_one_page() -> None:
    found = await polled(True, 23)
    await found.list.poll()
    assert found.fetched == [1]


async def test_news_in_front_cost_one_page() -> None:
    found = await polled(True, 23)
    found.add(copies=2)
    await found.list.poll()
    assert found.fetched == [1]
    assert found.kept == set(found.items)


async def test_news_at_the_end_cost_two_pages() -> None:
    found = await polled(False, 23)
    found.add()
    await found.list.poll()
    assert found.fetched == [1, 5]
    assert found.kept == set(found.items)


async def test_many_news_are_all_read() -> None:
    for newest_first in (True, False):
        found = await polled(newest_first, 23)
        for _ in range(12):
            found.add()
        await found.list.poll()
        assert found.kept == set(found.items)


async def test_a_list_without_a_total_is_always_read_in_full() -> None:
    found = Listed(newest_first=False, tells_total=False)
    for _ in range(23):
        found.add()
        await found.list.poll()
    assert found.kept == set(found.items)
    assert found.fetched[-5:] == [1, 2, 3, 4, 5]


async def test_a_list_that_grows_while_it_is_read_is_not_read_anew() -> None:
    for newest_first in (True, False):
        found = await polled(newest_first, 500)
        ordinary = found.list._fetch

        async def growing(number: int, found: Listed = found, fetch: Fetch[int] = ordinary) -> Page[int]:
            found.add()
            return await fetch(number)

        found.list._fetch = growing
        for _ in range(8):
            for _ in range(40):
                found.add()
            found.fetched.clear()
            await found.list.poll()
            # 40 fill 8 pages, some more come meanwhile; a place to begin at and one to end.
            assert len(found.fetched) <= 14
        found.list._fetch = ordinary
        await found.list.poll()
        assert found.kept == set(found.items)


async def test_a_first_look_at_a_list_that_grows_is_not_repeated() -> None:
    for newest_first, copies in ((True, 1), (True, 2), (False, 1)):
        found = Listed(newest_first=newest_first)
        for _ in range(200):
            found.add(copies)
        ordinary = found.list._fetch

        async def growing(number: int, found: Listed = found, fetch: Fetch[int] = ordinary) -> Page[int]:
            found.add()
            return await fetch(number)

        found.list._fetch = growing
        await found.list.poll()
        found.list._fetch = ordinary
        first = len(found.fetched)
        await found.list.poll()
        assert len(found.fetched) - first < first / 2
        assert found.kept == set(found.items)


async def test_pages_are_stored_together_unless_the_next_one_is_long_in_coming(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "PATIENCE", LONGEST)
    found = Listed(newest_first=True)
    for _ in range(23):
        found.add()
    writes: list[int] = []

    async def merge(rows: Sequence[int]) -> None:
        writes.append(len(rows))
        await found.merge(rows)

    found.list = UnreadList(found.fetch, merge, int)
    await found.list.poll()
    assert writes == [23]
    stored = asyncio.Event()

    async def late(number: int) -> Page[int]:
        if number == 2:
            await stored.wait()
        return await found.fetch(number)

    async def merged(rows: Sequence[int]) -> None:
        writes.append(len(rows))
        stored.set()

    monkeypatch.setattr(queue, "PATIENCE", 0.0)
    await UnreadList(late, merged, int).poll()
    assert writes[1] == SIZE


async def test_what_was_read_before_a_page_fails_is_stored() -> None:
    found = Listed(newest_first=True)
    for _ in range(23):
        found.add()

    async def failing(number: int) -> Page[int]:
        if number == 4:
            raise ConsoleError("gone")
        return await found.fetch(number)

    found.list = UnreadList(failing, found.merge, int)
    with pytest.raises(ConsoleError):
        await found.list.poll()
    assert found.kept == set(range(8, 23))


CHANGES = st.lists(st.tuples(st.integers(0, 7), st.integers(1, 3), st.integers(0, 9)), max_size=25)


@settings(deadline=None)
@given(st.booleans(), CHANGES, st.randoms(use_true_random=False))
async def test_nothing_that_stays_listed_is_missed(
    newest_first: bool, changes: list[tuple[int, int, int]], chance: random.Random
) -> None:
    found = Listed(newest_first=newest_first)
    ordinary = found.fetch

    async def shifting(number: int) -> Page[int]:
        page = await ordinary(number)
        if changes:
            adds, copies, removals = changes.pop()
            for _ in range(adds):
                found.add(copies)
            for _ in range(min(removals, len(found.items))):
                found.items.remove(chance.choice(found.items))
        return page

    found.list = UnreadList(shifting, found.merge, int)
    while changes:
        await found.list.poll()
    for _ in range(FULL_EVERY + 1):
        await found.list.poll()
    assert set(found.items) <= found.kept
