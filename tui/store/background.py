"""Reads that may take long: one after the other, in a thread with a connection of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tui.core.errors import StoreError
from tui.store.reader import Reader
from tui.store.transaction import Row, Source, Values

R = TypeVar("R")


@dataclass
class _Read:
    is_wanted: bool = True


class Background:
    """Runs reads off the event loop, and is what they read from. A read that nobody awaits any more ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._reader: Reader | None = None
        self._lock = threading.Lock()
        self._running: _Read | None = None

    async def read(self, function: Callable[[Source], R]) -> R:
        """What `function` reads. Raises StoreError."""
        read = _Read()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, read, function)
        finally:
            self._end(read)

    def close(self) -> None:
        """Break off what is being read, and let go of the file."""
        with self._lock:
            running = self._running
        if running is not None:
            self._end(running)
        self._thread.shutdown(cancel_futures=True)
        if self._reader is not None:
            self._reader.close()

    def _run(self, read: _Read, function: Callable[[Source], R]) -> R:
        if self._reader is None:  # not at the start: it has a first frame to paint
            self._reader = Reader(self._path)
        with self._lock:
            self._running = read
        # Asked by the statement itself: one that begins in this moment could not be interrupted from outside.
        self._reader.go_on_while(lambda: read.is_wanted)
        try:
            return function(self)
        finally:
            with self._lock:
                self._running = None

    def _end(self, read: _Read) -> None:
        with self._lock:
            read.is_wanted = False

    # What is read from, within `function` alone

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        if self._reader is None or self._running is None or not self._running.is_wanted:
            raise StoreError("Nobody waits for this any more.")
        return self._reader.rows(sql, values)

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query that gives at most one."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None
