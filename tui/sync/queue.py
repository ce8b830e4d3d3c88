"""Reading ClickSend's lists of unread things, which anybody may empty and nobody orders.

Inbound messages and receipts stay listed until somebody marks them read, so a list can be long and mostly
known. A poll reads as far as there is news; as soon as counts do not add up, everything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

from tui.api.models.base import Page
from tui.sync.endpoint import last_page

R = TypeVar("R")

Fetch = Callable[[int], Awaitable[Page[R]]]
"""A page number -> that page."""
Merge = Callable[[Sequence[R]], Awaitable[None]]
"""Brings the rows of one page into the store."""

FULL_EVERY = 20
"""Polls after which a list of several pages is read in full, whatever the counts say."""


class UnreadList(Generic[R]):
    """One such list: where its rows come from and go to, what names a row, and what the last polls saw."""

    def __init__(self, fetch: Fetch[R], merge: Merge[R], name: Callable[[R], Hashable]) -> None:
        self._fetch = fetch
        self._merge = merge
        self._name = name
        self._seen: set[Hashable] = set()
        self._total: int | None = None
        self._polls = 0

    async def poll(self) -> None:
        """Bring in what is new. Rows that are gone from the list stay in the store."""
        self._polls += 1
        known, self._total = self._total, None
        first = await self._fetch(1)
        news = await self._take(first)
        last = last_page(first, 1)
        if last > 1 and not await self._is_all(first, last, news, known):
            self._total = await self._read_rest(first, last)
        else:
            self._total = first.total

    async def _is_all(self, first: Page[R], last: int, news: int, known: int | None) -> bool:
        """Whether nothing new stands where this poll has not looked; looks at the end for it too."""
        if known is None or first.total is None or self._polls % FULL_EVERY == 0:
            return False
        growth = first.total - known
        if news < len(first.items) and (news >= growth if news else growth == 0):
            return True  # News end where known rows begin, and are as many as the list grew by.
        for number in range(last, 1, -1):
            page = await self._fetch(number)
            found = await self._take(page)
            news += found
            if news >= growth and found < len(page.items):
                return True
            if found < len(page.items):
                break
        return False

    async def _read_rest(self, first: Page[R], last: int) -> int | None:
        """Read all other pages; the total, or None if the list changed on the way and rows may be missing."""
        self._seen = {self._name(row) for row in first.items}
        totals = {first.total}
        number = 2
        while number <= last:
            page = await self._fetch(number)
            await self._take(page)
            totals.add(page.total)
            last = last_page(page, number)
            number += 1
        return totals.pop() if len(totals) == 1 else None

    async def _take(self, page: Page[R]) -> int:
        """Bring a page into the store; how many of its rows were not seen before, copies counted."""
        names = [self._name(row) for row in page.items]
        news = sum(name not in self._seen for name in names)
        await self._merge(page.items)
        self._seen.update(names)
        return news
