"""Reading message history: the newest page first, then all that is older, and from then on what is new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.api import sms
from tui.api.models.base import Page
from tui.api.models.sms import HistoryRecord
from tui.core.phone import display
from tui.store import facts
from tui.store.account import fact, set_fact
from tui.store.messages import Merged, merge_messages
from tui.sync.endpoint import PAGE_SIZE, Endpoints, last_page
from tui.sync.records import message_of_history

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


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page was, once it is in the store."""

    merged: Merged
    newest: int
    oldest: int
    last_page: int


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
        newest, number = through, 1
        while True:
            seen = await self._take(await self._page(number), number)
            newest = max(newest, seen.newest)
            known = not seen.merged.changed and seen.oldest <= through
            deep_enough = seen.oldest <= floor or (most is not None and number >= most)
            if number >= seen.last_page or (known and deep_enough):
                break
            number += 1
        if newest > through:
            await self._store.write(set_fact, facts.HISTORY_THROUGH, str(newest))

    async def read_rest(self) -> None:
        """Read what the first look left out, page by page, from where it was left."""
        while rest := self._store.fact(facts.HISTORY_REST):
            where = json.loads(rest)
            page = await self._page(where["page"], until=where["until"], spare=SPARE_CALLS)
            await self._store.write(_continue, page, where["until"], where["page"])

    async def _page(self, number: int, *, until: int | None = None, spare: int = 0) -> Page[HistoryRecord]:
        # One second more: whether ClickSend takes `date_to` itself in is not documented.
        request = sms.history(order_by="date:desc", date_to=None if until is None else until + 1)
        return await self._endpoints.call(request.at(number, PAGE_SIZE), spare=spare)

    async def _take(self, page: Page[HistoryRecord], number: int) -> Seen:
        merged = await self._store.write(_merge, page.items, rings=not self._is_first)
        return Seen(merged, _newest(page), _oldest(page), last_page(page, number))


def _merge(tx: Transaction, records: Sequence[HistoryRecord], *, rings: bool) -> Merged:
    base = int(fact(tx, facts.HISTORY_BASE) or 0)
    # Oldest first, so that messages of the same second keep their order.
    rows = [message_of_history(record, read_until=base) for record in reversed(records)]
    numbers = {row.counterpart: display(row.counterpart) for row in rows}
    return merge_messages(tx, rows, numbers=numbers, ring_after=base if rings else None)


def _begin(tx: Transaction, page: Page[HistoryRecord], now: int) -> None:
    newest = _newest(page) or now
    set_fact(tx, facts.HISTORY_BASE, str(now))
    set_fact(tx, facts.HISTORY_THROUGH, str(newest))
    _merge(tx, page.items, rings=False)
    _remember_rest(tx, page, newest, 1)


def _continue(tx: Transaction, page: Page[HistoryRecord], until: int, number: int) -> None:
    _merge(tx, page.items, rings=False)
    _remember_rest(tx, page, until, number)


def _remember_rest(tx: Transaction, page: Page[HistoryRecord], until: int, number: int) -> None:
    is_last = number >= last_page(page, number)
    set_fact(tx, facts.HISTORY_REST, "" if is_last else json.dumps({"until": until, "page": number + 1}))
    set_fact(tx, facts.PROGRESS, "" if is_last else f"{number * PAGE_SIZE}/{page.total or 0}")


def _newest(page: Page[HistoryRecord]) -> int:
    return max((record.date or 0 for record in page.items), default=0)


def _oldest(page: Page[HistoryRecord]) -> int:
    return min((record.date for record in page.items if record.date), default=0)
