"""How a table looks for what a search finds: off the event loop, for the search alone that is wanted last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.timer import Timer
from textual.worker import Worker

if TYPE_CHECKING:
    from tui.store.windows import SearchWindow
    from tui.widgets.paged_table import PagedTable

QUIET = 0.3
"""Seconds of looking after which it is said, and what was on view before goes."""
PATIENCE = 0.3
"""Seconds for which a key waits for what is being looked for."""


class Looks:
    """The looks of one table, of which one goes on at a time."""

    def __init__(self, table: PagedTable[Any]) -> None:
        self._table = table
        self.window: SearchWindow[Any] | None = None
        """What is looked through now."""
        self.is_long = False
        """Whether that has gone on for so long that it is said."""
        self._again = False
        self._worker: Worker[None] | None = None
        self._over = asyncio.Event()
        self._timer: Timer | None = None

    def begin(self, window: SearchWindow[Any], show: Callable[[], None], *, further: bool = False) -> None:
        """Look, and call `show` whenever there is more to show. What else is looked for is given up."""
        if self.window is window:
            self._again = self._again or not further
            return
        self.stop()
        self.window, self._again = window, False
        self._over.clear()
        self._timer = self._table.set_timer(QUIET, lambda: self._say(show))
        self._worker = self._table.screen.run_worker(
            partial(self._look, window, show, further), group="look", exit_on_error=False
        )

    def stop(self) -> None:
        """Give up what is looked for."""
        if self._worker is not None:
            self._worker.cancel()
        self._end()

    async def settled(self) -> None:
        """Wait until it is over, but not for long."""
        if self.window is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), PATIENCE)

    async def _look(self, window: SearchWindow[Any], show: Callable[[], None], further: bool) -> None:
        try:
            is_done = await window.look(further=further)
            while not is_done or self._again:
                if window.count():
                    show()
                look, self._again = (window.look if is_done else window.look_on), self._again and not is_done
                is_done = await look()
            show()
        finally:
            if self.window is window:
                self._end()

    def _say(self, show: Callable[[], None]) -> None:
        self.is_long = True
        show()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        was_long, self.is_long = self.is_long, False
        self.window = self._worker = self._timer = None
        self._over.set()
        if was_long:
            self._table.tell_found()
