"""How sync calls ClickSend: within the limits that it is told, and then one request at a time."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from tui.api.client import ApiClient
from tui.api.models.base import Page
from tui.api.operation import Request
from tui.core.clock import Clock
from tui.core.errors import RateLimited

T = TypeVar("T")

PAGE_SIZE = 100
"""The most that ClickSend gives at once."""
AT_ONCE = 8
"""Requests of one operation that are under way together while ClickSend states no limit for it."""

Sleep = Callable[[float], Awaitable[None]]


class Endpoints:
    """The client as polls use it. A failed call is not repeated here: its poll comes round again, later."""

    def __init__(self, client: ApiClient, clock: Clock, sleep: Sleep) -> None:
        self._client = client
        self._clock = clock
        self._sleep = sleep
        self._busy: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        self._unlimited: set[str] = set()

    async def call(self, request: Request[T], *, spare: int = 0) -> T:
        """The answer; waits while the operation has no more than `spare` calls left in its window."""
        name = request.operation.id
        while True:
            turn = self._turn(name)
            async with turn:
                if turn is not self._turn(name):
                    continue  # A limit was told, or found to be gone, while this waited.
                seconds = self._seconds_to_wait(name, spare)
                if seconds <= 0:
                    return await self._ask(request)
            await self._sleep(seconds)

    def at_once(self, name: str) -> int:
        """How many requests of an operation may be under way: one, until an answer states no limit."""
        return AT_ONCE if name in self._unlimited else 1

    def _turn(self, name: str) -> AbstractAsyncContextManager[None]:
        return self._under_way[name] if name in self._unlimited else self._busy[name]

    async def _ask(self, request: Request[T]) -> T:
        name = request.operation.id
        try:
            found = await self._client.call(request, retry=False)
        except RateLimited:
            self._unlimited.discard(name)
            raise
        if name in self._client.limits:
            self._unlimited.discard(name)
        else:
            self._unlimited.add(name)
        return found

    async def pages(self, request: Request[Page[T]]) -> AsyncIterator[Page[T]]:
        """Every page, first to last."""
        number = last = 1
        while number <= last:
            page = await self.call(request.at(number, PAGE_SIZE))
            yield page
            last = last_page(page, number)
            number += 1

    def server_now(self) -> int:
        """The time by ClickSend's clock, as far as it is known."""
        return int(self._clock.now() + (self._client.server_time_offset or 0))

    def _seconds_to_wait(self, name: str, spare: int) -> float:
        limit = self._client.limits.get(name)
        if limit is None or limit.resets_at is None or limit.remaining > spare:
            return 0.0
        return limit.resets_at - self._clock.now()


def last_page(page: Page[T], number: int) -> int:
    """The number of the last page, when `page` is page `number` and may not tell."""
    if not page.items:
        return number
    if page.last_page is not None:
        return page.last_page
    return number + 1 if len(page.items) >= PAGE_SIZE else number
