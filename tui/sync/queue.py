"""Reading ClickSend's lists of unread things, which anybody may empty, while they grow at one end.

Inbound messages and receipts stay listed until somebody marks them read, so a list can be long and mostly
known, and change while it is read. Which end grows is not documented: the times of the rows tell. A poll
reads from that end as far as there is news, in the direction in which nothing can slip past it:

- newest first: from the front. What comes meanwhile moves rows to later pages, where they are read again.
  Where the list got shorter, rows may have moved to pages that were read: it goes back by as many.
- oldest first: from the end to the front, so that rows that move up are read again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tui.api.models.base import Page
from tui.sync.endpoint import last_page

R = TypeVar("R")

Fetch = Callable[[int], Awaitable[Page[R]]]
"""A page number -> that page."""
Merge = Callable[[Sequence[R]], Awaitable[None]]
"""Brings rows into the store."""

FULL_EVERY = 20
"""Polls after which a list of several pages is read in full, for what came where nobody looks."""
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
    times: tuple[int, int]
    """Of its first and its last row; 0 where that is not told."""
    again: int
    """Rows at its beginning that the page before it had already, as the list grew in front meanwhile."""
    news: int
    """Rows that no poll before had, copies counted."""

    @property
    def is_all_news(self) -> bool:
        return self.news == len(self.names) - self.again


class UnreadList(Generic[R]):
    """One such list: where its rows come from and go to, what names a row, and when it was listed (0: not
    told).
    """

    def __init__(
        self,
        fetch: Fetch[R],
        merge: Merge[R],
        name: Callable[[R], Hashable],
        listed_at: Callable[[R], int],
    ) -> None:
        self._fetch = fetch
        self._merge = merge
        self._name = name
        self._listed_at = listed_at
        self._seen: set[Hashable] = set()
        """What is listed behind any of these was read, too."""
        self._total: int | None = None
        """How long the list was when that could last be said of it; None to read all of it."""
        self._newest_first: bool | None = None
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
        """Read what is new; how long the list is of which nothing is missing, or None if something may be."""
        first = await self._take(1)
        is_due = first.last == 1 or self._polls % FULL_EVERY == 0
        if is_due or known is None or self._newest_first is None:
            return await self._read_all(first)
        if self._newest_first:
            total, news = await self._from_front(first, is_whole=False)
            grown = (first.total or 0) - known
        else:
            total, news = await self._from_end(await self._end(first), is_whole=False)
            grown = (total or 0) - known
        # It grew by more than came at its end: something came elsewhere.
        return total if news >= grown else await self._read_all(first)

    async def _read_all(self, first: _Part) -> int | None:
        """Read all pages."""
        self._seen = set()
        if first.last == 1:
            return first.total
        end = await self._end(first)
        self._learn_order(first, end)
        if self._newest_first is False:
            total, _ = await self._from_end(end, is_whole=True)
            return total
        total, _ = await self._from_front(first, is_whole=True)
        return total if self._newest_first else None

    async def _end(self, first: _Part) -> _Part:
        """The last page, as far as it has got meanwhile."""
        part = await self._take(first.last)
        while part.number < part.last:
            part = await self._take(part.last)
        return part

    def _learn_order(self, first: _Part, end: _Part) -> None:
        """Which end grows, unless the times are all alike or contradict each other."""
        pairs = (first.times, end.times, (first.times[0], end.times[1]))
        told = {newer > older for newer, older in pairs if newer and older and newer != older}
        if len(told) == 1:
            (self._newest_first,) = told

    async def _from_front(self, first: _Part, *, is_whole: bool) -> tuple[int | None, int]:
        """Read a list that grows in front; its length, and how many rows were news."""
        part, news = first, {1: first.news}
        sure = 1  # So many pages have nothing that was not read, except what came in front meanwhile.
        while sure < part.last and (is_whole or part.is_all_news or sure < part.number):
            before, part = part, await self._take(sure + 1, part)
            news[part.number] = part.news
            gone = (before.total or 0) - (part.total or 0)
            sure = sure + 1 if gone <= 0 else max(0, sure - -(-gone // len(first.names)))
        return part.total, sum(news.values())

    async def _from_end(self, end: _Part, *, is_whole: bool) -> tuple[int | None, int]:
        """Read a list that grows at its end; its length (None if it is not known where it ends), and how many
        rows were news.
        """
        if not end.names:
            return None, 0  # It got shorter.
        part, total, news = end, end.total, end.news
        while part.number > 1 and (is_whole or part.is_all_news):
            part = await self._take(part.number - 1)
            news += part.news
        return total, news

    async def _take(self, number: int, before: _Part | None = None) -> _Part:
        """Read a page, and leave it to be stored."""
        page = await self._next(number)
        names: list[Hashable] = [self._name(row) for row in page.items]
        times = (self._listed_at(page.items[0]), self._listed_at(page.items[-1])) if names else (0, 0)
        again = 0
        if before is not None and before.number + 1 == number and before.total is not None:
            again = _overlap(before.names, names, (page.total or 0) - before.total)
        news = sum(name not in self._seen for name in names[again:])
        self._fresh.update(names)
        self._waiting.extend(page.items)
        if len(self._waiting) >= ROWS_AT_ONCE:
            await self._store()
        return _Part(number, last_page(page, number), page.total, names, times, again, news)

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
