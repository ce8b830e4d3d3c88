"""What a write sees: one transaction on the store, which also notes what it changed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]
"""One row as SQLite gives it."""

Values = Sequence[Any] | Mapping[str, Any]
"""What stands for the `?` or `:name` of a statement."""

_MOST_VALUES = 32_766
"""What one statement takes."""


class Source(Protocol):
    """Where rows can be read: inside a transaction, or in the reader for painting."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""


class Transaction:
    """A write in progress. Functions that write take it first, and say what they changed with `changed`."""

    def __init__(self, connection: sqlite3.Connection, session: str, who: str) -> None:
        self._connection = connection
        self.session = session
        """The console that writes: `host:process:random`."""
        self.who = who
        """The person at it: "ana@desk"."""
        self.changes: defaultdict[str, set[str]] = defaultdict(set)

    def changed(self, topic: str, *keys: str) -> None:
        """Note that these rows changed, to be told to subscribers after the commit."""
        self.changes[topic].update(keys)

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement; the number of rows that it changed."""
        return self._connection.execute(sql, values).rowcount

    def execute_all(self, sql: str, values: Iterable[Values]) -> int:
        """Run one statement for each row of values; the number of rows that all of them changed."""
        return self._connection.executemany(sql, values).rowcount

    def execute_together(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement for many rows at once, which stand for its `{rows}`.

        With a statement for each row, the full-text index goes to the file row by row, and each of them
        waits for its turn among the threads.
        """
        if not rows:
            return
        most, marks = _MOST_VALUES // len(rows[0]), f"({', '.join('?' * len(rows[0]))})"
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            self._connection.execute(
                sql.format(rows=f"VALUES {', '.join([marks] * len(part))}"),
                [value for row in part for value in row],
            )

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row
