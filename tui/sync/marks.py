"""Marking messages read at ClickSend, once the time to take it back is over."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.api import sms
from tui.core.clock import Clock
from tui.core.errors import NotFound
from tui.store.read_marks import marks_made
from tui.sync.endpoint import Endpoints

if TYPE_CHECKING:
    from tui.store.database import Store


class Marks:
    """Makes each mark that is due by the id of its message, so that nothing else can be marked with it."""

    def __init__(self, endpoints: Endpoints, store: Store, clock: Clock) -> None:
        self._endpoints = endpoints
        self._store = store
        self._clock = clock

    async def make(self) -> None:
        """Make the marks that are due. One that is taken back meanwhile is not made."""
        while due := self._store.pending_marks(self._clock.now()):
            await self._make_one(due[0].message_id)

    async def _make_one(self, message_id: str) -> None:
        request = sms.inbound_mark_read_one(message_id)
        with suppress(NotFound):  # It is not listed any more: somebody else marked it.
            async with self._store.audited(request.operation.id, self._clock.now()):
                await self._endpoints.call(request)
        await self._store.write(marks_made, [message_id])

    def seconds_to_next(self, longest: float) -> float:
        """How long until a mark is due."""
        due = self._store.next_mark_due()
        return longest if due is None else min(longest, max(0.0, due - self._clock.now()))
