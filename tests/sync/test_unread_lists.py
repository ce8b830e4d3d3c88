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
from tui.sync.queue import Fetch, Merge, UnreadList

SIZE = 5


class Listed:
    """A list at ClickSend, and what a poller has of it. So many rows come in one second; with 0, no row tells
    when it came.
    """

    def __init__(self, *, newest_first: bool, tells_total: bool = True, a_second: int = 1) -> None:
        self.newest_first = newest_first
        self.tells_total = tells_total
        self.a_second = a_second
        self.items: list[int] = []
        self.kept: set[int] = set()
        self.fetched: list[int] = []
        self.next = 0
        self.list = self.polled_with(self.fetch)

    def polled_with(self, fetch: Fetch[int], merge: Merge[int] | None = None) -> UnreadList[int]:
        return UnreadList(fetch, merge or self.merge, int, self.listed_at)

    def listed_at(self, row: int) -> int:
        return 1_793_674_800 + row // self.a_second if self.a_second else 0

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
    assert set(found.fetched[-6:]) == {1, 2, 3, 4, 5}


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

    found.list = found.polled_with(found.fetch, merge)
    await found.list.poll()
    assert writes == [26]  # with three of the last page, which is looked at first to know which end grows
    stored = asyncio.Event()

    async def late(number: int) -> Page[int]:
        if number == 2:
            await stored.wait()
        return await found.fetch(number)

    async def merged(rows: Sequence[int]) -> None:
        writes.append(len(rows))
        stored.set()

    monkeypatch.setattr(queue, "PATIENCE", 0.0)
    await found.polled_with(late, merged).poll()
    assert writes[1] == SIZE + 3


async def test_what_was_read_before_a_page_fails_is_stored() -> None:
    found = Listed(newest_first=True)
    for _ in range(23):
        found.add()

    async def failing(number: int) -> Page[int]:
        if number == 4:
            raise ConsoleError("gone")
        return await found.fetch(number)

    found.list = found.polled_with(failing)
    with pytest.raises(ConsoleError):
        await found.list.poll()
    assert found.kept == {*range(8, 23), *range(3)}  # the end was looked at, to know which one grows


Change = tuple[int, int, int, bool]
"""How many rows come, each in how many copies, how many go, and whether the oldest ones."""
CHANGES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(1, 3), st.integers(0, 9), st.booleans()), max_size=25
)


def happen(found: Listed, change: Change, chance: random.Random) -> None:
    """Rows come and go."""
    adds, copies, removals, oldest = change
    for _ in range(adds):
        found.add(copies)
    for _ in range(min(removals, len(found.items))):
        found.items.remove(min(found.items) if oldest else chance.choice(found.items))


@settings(deadline=None)
@given(
    st.booleans(),
    st.booleans(),
    st.sampled_from((1, 4, 1000, 0)),
    st.integers(0, 60),
    st.lists(CHANGES, min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
async def test_whatever_happened_before_and_meanwhile_a_poll_has_all_that_is_listed(
    newest_first: bool,
    tells_total: bool,
    a_second: int,
    rows: int,
    plan: list[list[Change]],
    chance: random.Random,
) -> None:
    found = Listed(newest_first=newest_first, tells_total=tells_total, a_second=a_second)
    for _ in range(rows):
        found.add()
    changes: list[Change] = []

    async def shifting(number: int) -> Page[int]:
        page = await found.fetch(number)
        if changes:
            happen(found, changes.pop(), chance)
        return page

    found.list = found.polled_with(shifting)
    for each in plan:
        changes = each[1:]
        await found.list.poll()
        for change in (*changes, *each[:1]):
            happen(found, change, chance)
        changes = []
        await found.list.poll()
        assert set(found.items) <= found.kept


async def test_rows_that_come_while_as_many_go_are_not_missed() -> None:
    for newest_first in (True, False):
        found = await polled(newest_first, 23)
        del found.items[3:6]
        for _ in range(3):
            found.add()
        await found.list.poll()
        assert set(found.items) <= found.kept


async def test_a_row_that_moves_to_a_page_read_before_is_not_missed_in_the_first_poll() -> None:
    found = Listed(newest_first=False)
    for _ in range(23):
        found.add()

    async def shifting(number: int) -> Page[int]:
        page = await found.fetch(number)
        if len(found.fetched) == 2:
            found.items.remove(2)
            found.add()
        return page

    found.list = found.polled_with(shifting)
    await found.list.poll()
    assert set(found.items) - found.kept <= {23}
