"""Reading message history: the newest page first, then all that is older, and from then on what is new."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tui.api import sms
from tui.api.models.base import Page, Row
from tui.store import facts
from tui.store.account import fact, set_fact
from tui.store.messages import Merged, merge_messages
from tui.sync.endpoint import PAGE_SIZE, Endpoints, last_page
from tui.sync.records import date_of, message_of_history, numbers_of

if TYPE_CHECKING:
    from tui.store.database import Store
    from tui.store.transaction import Transaction

UNSETTLED_SECONDS = 3 * 24 * 3600
"""How long a message may wait for its final state before history is not asked for it any more."""
DEEP_SECONDS = 600
"""How often messages without a final state are looked for beyond the newest pages."""
DEEP_PAGES = 20
SPARE_CALLS = 5
"""Calls that the reading of old pages leaves to the polls of new ones when ClickSend limits them."""
PAGES_AHEAD = 72
"""Pages that are read before those in front of them are stored, where ClickSend states no limit."""
PAGES_AT_ONCE = 54
"""Pages that are stored in one write at most: ids come in no order, so each write goes all over the file."""
PATIENCE = 0.5
"""Seconds after which pages that have come are stored without those that have not."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What the first reading has left: pages of the messages until `until`, from `page` to `last`.

    `total` is how many messages there were when the page before was read; None when it was not told.
    """

    until: int
    page: int
    last: int = 0
    total: int | None = None

    def after(self, page: Page[Row]) -> Rest | None:
        """What is left once this page is stored; None if nothing is."""
        last = last_page(page, self.page)
        if back := _moved_up(self.total, page.total):
            again = max(1, self.page - back)
            return Rest(self.until, again, max(last, again), page.total)
        return Rest(self.until, self.page + 1, last, page.total) if self.page < last else None


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page was, once it is in the store."""

    merged: Merged
    newest: int
    oldest: int
    last_page: int
    total: int | None


class History:
    """The poll of history, and the reading of the rest."""

    def __init__(self, endpoints: Endpoints, store: Store) -> None:
        self._endpoints = endpoints
        self._store = store
        self._is_first = True
        self._deep_at = 0

    async def poll(self) -> None:
        """Bring in what is new since the last poll that was completed, however long ago."""
        through = self._store.fact(facts.HISTORY_THROUGH)
        if through:
            await self._catch_up(int(through))
        else:
            await self._begin()
        self._is_first = False

    async def _begin(self) -> None:
        """The very first look: one page to show at once; `read_rest` brings what is older."""
        page = await self._page(1)
        await self._store.write(_begin, page, self._endpoints.server_now())

    async def _catch_up(self, through: int) -> None:
        """From the top until a page has no news and is older than what is known to be complete."""
        floor, most = through, None
        if (now := self._endpoints.server_now()) >= self._deep_at + DEEP_SECONDS:
            pending = self._store.oldest_pending(now - UNSETTLED_SECONDS)
            floor, most, self._deep_at = min(through, pending or through), DEEP_PAGES, now
        newest, number, total = through, 1, None
        while True:
            seen = await self._take(await self._page(number), number)
            newest, before, total = max(newest, seen.newest), total, seen.total
            if back := _moved_up(before, total):
                number = max(1, number - back)
                continue
            known = not seen.merged.changed and seen.oldest <= through
            deep_enough = seen.oldest <= floor or (most is not None and number >= most)
            if number >= seen.last_page or (known and deep_enough):
                break
            number += 1
        if newest > through:
            await self._store.write(set_fact, facts.HISTORY_THROUGH, str(newest))

    async def read_rest(self) -> None:
        """Read what the first look left out, in the order of pages, from where it was left."""
        while rest := self._store.fact(facts.HISTORY_REST):
            await self._read_from(Rest(**json.loads(rest)))

    async def _read_from(self, rest: Rest | None) -> None:
        """Read on until nothing is left, or some of it must be read again."""
        ahead: deque[asyncio.Task[Page[Row]]] = deque()
        try:
            while rest is not None:
                self._reach_out(ahead, rest)
                pages = await self._next(ahead)
                before, rest = rest, _rest_after(rest, pages)
                goes_on = rest is not None and rest.page == before.page + len(pages)
                if rest is not None and goes_on:
                    self._reach_out(ahead, rest)  # While these are written, the next ones come.
                await self._store.write(_continue, pages, rest)
                if not goes_on:
                    return
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def _next(self, ahead: deque[asyncio.Task[Page[Row]]]) -> list[Page[Row]]:
        """As many as are stored in one write, or those before one that fails, whose error comes next."""
        now = asyncio.get_running_loop().time
        pages, until = [await ahead.popleft()], now() + PATIENCE
        while ahead and len(pages) < PAGES_AT_ONCE:
            may_take_a_minute = self._endpoints.at_once(sms.history.id) == 1
            if not ahead[0].done() and (may_take_a_minute or now() > until):
                break
            await asyncio.wait(list(ahead)[:1])
            if ahead[0].exception() is not None:
                break
            pages.append(ahead.popleft().result())
        return pages

    def _reach_out(self, ahead: deque[asyncio.Task[Page[Row]]], rest: Rest) -> None:
        """Ask for pages beyond those that are under way, as many as may be."""
        most = PAGES_AHEAD if self._endpoints.at_once(sms.history.id) > 1 else 1
        end = min(rest.page + most - 1, max(rest.page, rest.last))
        for number in range(rest.page + len(ahead), end + 1):
            fetch = self._page(number, until=rest.until, spare=SPARE_CALLS)
            ahead.append(asyncio.create_task(fetch))

    async def _page(self, number: int, *, until: int | None = None, spare: int = 0) -> Page[Row]:
        # One second more: whether ClickSend takes `date_to` itself in is not documented.
        request = sms.history(order_by="date:desc", date_to=None if until is None else until + 1)
        return await self._endpoints.call(request.plain().at(number, PAGE_SIZE), spare=spare)

    async def _take(self, page: Page[Row], number: int) -> Seen:
        merged = await self._store.write(_merge, page.items, rings=not self._is_first)
        return Seen(merged, _newest(page), _oldest(page), last_page(page, number), page.total)


def _merge(tx: Transaction, records: Sequence[Row], *, rings: bool) -> Merged:
    base = int(fact(tx, facts.HISTORY_BASE) or 0)
    # Oldest first, so that messages of the same second keep their order.
    rows = [message_of_history(record, read_until=base) for record in reversed(records)]
    rows = [row for row in rows if row.id]
    return merge_messages(tx, rows, numbers=numbers_of(tx, rows), ring_after=base if rings else None)


def _begin(tx: Transaction, page: Page[Row], now: int) -> None:
    newest = _newest(page) or now
    set_fact(tx, facts.HISTORY_BASE, str(now))
    set_fact(tx, facts.HISTORY_THROUGH, str(newest))
    _merge(tx, page.items, rings=False)
    _remember(tx, Rest(newest, 1).after(page))


def _continue(tx: Transaction, pages: Sequence[Page[Row]], rest: Rest | None) -> None:
    _merge(tx, [record for page in pages for record in page.items], rings=False)
    _remember(tx, rest)


def _remember(tx: Transaction, rest: Rest | None) -> None:
    set_fact(tx, facts.HISTORY_REST, json.dumps(asdict(rest)) if rest else "")
    set_fact(tx, facts.PROGRESS, f"{(rest.page - 1) * PAGE_SIZE}/{rest.total or 0}" if rest else "")


def _rest_after(rest: Rest, pages: Sequence[Page[Row]]) -> Rest | None:
    """What is left after pages that follow each other; those behind a place that moved do not count."""
    for page in pages:
        following = rest.after(page)
        if following is None or following.page <= rest.page:
            return following
        rest = following
    return rest


def _moved_up(before: int | None, now: int | None) -> int:
    """How many pages to go back: where messages are gone, those behind moved into pages that were read."""
    gone = before - now if before is not None and now is not None else 0
    return max(0, -(-gone // PAGE_SIZE))


def _newest(page: Page[Row]) -> int:
    return max(map(date_of, page.items), default=0)


def _oldest(page: Page[Row]) -> int:
    return min(filter(None, map(date_of, page.items)), default=0)
