"""The connection that painting reads from: synchronous, never waiting for a write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from tui.store.file import open_reader, store_error
from tui.store.transaction import Row, Values

_STEPS = 10_000
"""Steps of SQLite's machine between two looks at whether a query is wanted: a tenth of a millisecond."""


class Reader:
    """Reads committed rows. Every failure is a StoreError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_reader(path)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise store_error(error, self._path) from error

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query that gives at most one."""
        rows = self.rows(sql, values)
        return rows[0] if rows else None

    def version(self) -> int:
        """A number that changes with every commit to the file, by whichever process."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def go_on_while(self, is_wanted: Callable[[], bool]) -> None:
        """Ask now and then whether a query is still wanted; one that is not ends with a StoreError."""
        self._connection.set_progress_handler(lambda: not is_wanted(), _STEPS)

    def close(self) -> None:
        self._connection.close()
