"""How many calls of one operation may be under way, and when the next may leave: by what ClickSend told."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from tui.api.client import ApiClient
from tui.core.clock import Clock
from tui.core.errors import RateLimited

T = TypeVar("T")

AT_ONCE = 8
"""Requests of one operation that are under way together while ClickSend states no limit for it."""

Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """Lets calls go one by one until an answer states no limit; waits while a stated limit is used up."""

    def __init__(self, client: ApiClient, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._client = client
        self._clock = clock
        self.sleep = sleep
        self._busy: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._under_way: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        self._unlimited: set[str] = set()

    async def run(self, name: str, call: Callable[[], Awaitable[T]], *, spare: int = 0) -> T:
        """What a call of an operation brings; waits while it has no more than `spare` left in its window."""
        while True:
            turn = self._turn(name)
            async with turn:
                if turn is not self._turn(name):
                    continue  # A limit was told, or found to be gone, while this waited.
                seconds = self._seconds_to_wait(name, spare)
                if seconds <= 0:
                    return await self._call(name, call)
            await self.sleep(seconds)

    def at_once(self, name: str) -> int:
        """How many requests of an operation may be under way: one, until an answer states no limit."""
        return AT_ONCE if name in self._unlimited else 1

    def _turn(self, name: str) -> AbstractAsyncContextManager[None]:
        return self._under_way[name] if name in self._unlimited else self._busy[name]

    async def _call(self, name: str, call: Callable[[], Awaitable[T]]) -> T:
        try:
            found = await call()
        except RateLimited:
            self._unlimited.discard(name)
            raise
        if name in self._client.limits:
            self._unlimited.discard(name)
        else:
            self._unlimited.add(name)
        return found

    def _seconds_to_wait(self, name: str, spare: int) -> float:
        limit = self._client.limits.get(name)
        if limit is None or limit.resets_at is None or limit.remaining > spare:
            return 0.0
        return limit.resets_at - self._clock.now()
