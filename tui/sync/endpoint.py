"""How sync calls ClickSend: within the limits that it is told, and then one request at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TypeVar

from tui.api.client import ApiClient
from tui.api.models.base import Page
from tui.api.operation import Request
from tui.api.pacing import Pace, Sleep
from tui.core.clock import Clock

T = TypeVar("T")

PAGE_SIZE = 100
"""The most that ClickSend gives at once."""


class Endpoints:
    """The client as polls use it. A failed call is not repeated here: its poll comes round again, later."""

    def __init__(self, client: ApiClient, clock: Clock, sleep: Sleep) -> None:
        self._client = client
        self._clock = clock
        self._pace = Pace(client, clock, sleep)

    async def call(self, request: Request[T], *, spare: int = 0) -> T:
        """The answer; waits while the operation has no more than `spare` calls left in its window."""
        name = request.operation.id
        return await self._pace.run(name, lambda: self._client.call(request, retry=False), spare=spare)

    def at_once(self, name: str) -> int:
        """How many requests of an operation may be under way: one, until an answer states no limit."""
        return self._pace.at_once(name)

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


def last_page(page: Page[T], number: int) -> int:
    """The number of the last page, when `page` is page `number` and may not tell."""
    if not page.items:
        return number
    if page.last_page is not None:
        return page.last_page
    return number + 1 if len(page.items) >= PAGE_SIZE else number
