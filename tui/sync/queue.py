"""Reading ClickSend's lists of unread things, which anybody may empty and nobody orders.

Inbound messages and receipts stay listed until somebody marks them read, so a list can be long and mostly
known, and grow while it is read. A poll reads as far as there is news; as soon as counts do not add up,
everything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from tui.api.models.base import Page
from tui.sync.endpoint import last_page

R = TypeVar("R")

Fetch = Callable[[int], Awaitable[Page[R]]]
"""A page number -> that page."""
Merge = Callable[[Sequence[R]], Awaitable[None]]
"""Brings rows into the store."""

FULL_EVERY = 20
"""Polls after which a list of several pages is read in full, whatever the counts say."""
ROWS_AT_ONCE = 1000
"""Rows that are stored in one write: each write costs a commit, and screens look again."""
PATIENCE = 0.2
"""Seconds that rows wait for those of the next page before they are stored without them."""


class _Part(NamedTuple):
    """What one page was."""

    number: int
    last: int
    total: int | None
    names: list[Hashable]
    again: int
    """Rows at its beginning that the page before it had already, as the list grew in front meanwhile."""
    news: int
    """Rows that no poll before had, copies counted."""

    @property
    def is_all_news(self) -> bool:
        return self.news == len(self.names) - self.again

    @property
    def rows(self) -> int:
        return len(self.names) - self.again

    def shrank_since(self, before: _Part) -> bool:
        """Whether rows were taken away between two pages: those behind moved up, where nobody looks again."""
        return before.total is None or self.total is None or self.total < before.total


class UnreadList(Generic[R]):
    """One such list: where its rows come from and go to, what names a row, and what the last polls saw."""

    def __init__(self, fetch: Fetch[R], merge: Merge[R], name: Callable[[R], Hashable]) -> None:
        self._fetch = fetch
        self._merge = merge
        self._name = name
        self._seen: set[Hashable] = set()
        self._total: int | None = None
        """How long the list was when all of it had been read, what has come since apart."""
        self._polls = 0
        self._fresh: set[Hashable] = set()
        """What this poll has read."""
        self._waiting: list[R] = []
        """Read, and to be stored with what comes next."""

    async def poll(self) -> None:
        """Bring in what is new. Rows that are gone from the list stay in the store."""
        self._polls += 1
        known, self._total = self._total, None
        self._fresh = set()
        try:
            total = await self._read(known)
        finally:
            await self._store()
        self._seen |= self._fresh
        self._total = total

    async def _read(self, known: int | None) -> int | None:
        """Read what is new; how long the list is that is known now, or None if rows may be missing."""
        front = [await self._take(1)]
        first = front[0]
        if known is None or first.total is None or first.last == 1 or self._polls % FULL_EVERY == 0:
            return await self._read_rest(front)
        while front[-1].is_all_news and front[-1].number < front[-1].last:
            front.append(await self._take_after(front[-1]))
            if front[-1].shrank_since(front[-2]):
                return await self._read_rest(front)
        news, growth = sum(part.news for part in front), first.total - known
        if not front[-1].is_all_news:
            if news >= growth if news else growth == 0:
                return first.total  # News end where known rows begin, and are as many as the list grew by.
            if (total := await self._read_end(front[-1], known, news)) is not None:
                return total
        return await self._read_rest(front)

    async def _read_end(self, front: _Part, known: int, news: int) -> int | None:
        """Read from the end as far as there is news; the length of a list of which nothing new is missing."""
        if front.last == front.number:
            return None
        part = await self._take(front.last)
        first, found = part, part.news
        while part.number < part.last:  # It grew at the end.
            before, part = part, await self._take_after(part)
            found += part.news
            if part.shrank_since(before):
                return None
        total, part = part.total, first
        while part.is_all_news and part.number > front.number + 1:
            part = await self._take(part.number - 1)
            found += part.news
            if part.total != total and (part.total or 0) < (first.total or 0):
                return None
        if total is None or part.is_all_news or news + found < total - known:
            return None
        # What came in front meanwhile, where news were found before, has not been read.
        return total if not news or total == front.total else None

    async def _read_rest(self, front: list[_Part]) -> int | None:
        """Read all other pages, too. Rows may be missing if some were taken away meanwhile."""
        part, rows = front[-1], sum(each.rows for each in front)
        totals = {each.total for each in front}
        shrank = any(after.shrank_since(before) for before, after in pairwise(front))
        while part.number < part.last:
            before, part = part, await self._take_after(part)
            rows += part.rows
            totals.add(part.total)
            shrank = shrank or part.shrank_since(before)
        self._seen = set()
        if shrank or part.total is None:
            return None
        # Of a list that grew, what came where this had looked already is left to the next poll.
        return part.total if len(totals) == 1 else min(rows, part.total)

    async def _take_after(self, before: _Part) -> _Part:
        return await self._take(before.number + 1, before)

    async def _take(self, number: int, before: _Part | None = None) -> _Part:
        """Read a page, and leave it to be stored."""
        page = await self._next(number)
        names: list[Hashable] = [self._name(row) for row in page.items]
        again = 0
        if before is not None and before.total is not None and page.total is not None:
            again = _overlap(before.names, names, page.total - before.total)
        known = self._seen if before is not None else self._seen | self._fresh
        news = sum(name not in known for name in names[again:])
        self._fresh.update(names)
        self._waiting.extend(page.items)
        if len(self._waiting) >= ROWS_AT_ONCE:
            await self._store()
        return _Part(number, last_page(page, number), page.total, names, again, news)

    async def _next(self, number: int) -> Page[R]:
        """A page. What was read before is stored meanwhile if it is long in coming."""
        coming = asyncio.ensure_future(self._fetch(number))
        try:
            if self._waiting:
                await asyncio.wait([coming], timeout=PATIENCE)
                if not coming.done():
                    await self._store()
            return await coming
        finally:
            coming.cancel()

    async def _store(self) -> None:
        rows, self._waiting = self._waiting, []
        if rows:
            await self._merge(rows)


def _overlap(before: list[Hashable], names: list[Hashable], most: int) -> int:
    """How many rows a page repeats of the one before it, after which the list grew by so many."""
    return next((n for n in range(min(most, len(names)), 0, -1) if before[-n:] == names[:n]), 0)
