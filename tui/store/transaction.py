"""What a write sees: one transaction on the store, which also notes what it changed."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

Row = tuple[Any, ...]
"""One row as SQLite gives it."""

Values = Sequence[Any] | Mapping[str, Any]
"""What stands for the `?` or `:name` of a statement."""


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

    @contextmanager
    def staged(self, table: str, columns: str, values: Iterable[Values]) -> Iterator[None]:
        """A temporary table of these values, for one statement that takes them all.

        With a statement for each row, the full-text index is written to the file row by row.
        """
        self.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
        marks = ", ".join("?" * (columns.count(",") + 1))
        self.execute_all(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608  own names only
        yield
        self.execute(f"DELETE FROM {table}")  # noqa: S608  own names only

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row
