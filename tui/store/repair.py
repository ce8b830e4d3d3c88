"""A way out of a damaged file: it is set aside, and what only it had is saved as far as it can be read."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.core.errors import DamagedStore, StoreError
from tui.store import conversations
from tui.store.file import open_writer, store_error
from tui.store.migrations import MIGRATIONS
from tui.store.transaction import Row, Transaction

OURS = ("standing", "label", "note", "kept_text", "draft", "outbox", "audit", "pending_mark", "message")
"""What ClickSend cannot tell again: of messages, those from before its history begins. The rest is read
from it once more.
"""

_IN_USE_BYTE = 128
"""Of the -shm file: SQLite keeps it locked as long as anybody has the database open."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did. `saved` counts rows by table."""

    aside: Path
    """The damaged file, whole, under its new name."""
    saved: Mapping[str, int]
    complete: bool
    """Whether all of `saved` could be read to the end."""

    @property
    def summary(self) -> str:
        """In words, for whoever asked."""
        messages, total = self.saved.get("message", 0), sum(self.saved.values())
        saved = (
            f"{messages:,} messages and {total - messages:,} decisions, labels, notes, drafts and records of"
            f" sends were saved from it.{'' if self.complete else ' Some could not be read.'}"
        )
        saved = saved if total else "Nothing of it could be read."
        again = "Everything that ClickSend still has is read from it again."
        return f"The damaged database is kept as {self.aside}. {saved} {again}"


def is_damaged(path: Path) -> bool:
    """Whether a look at every page finds damage. It takes seconds for a large file. Raises StoreError."""
    try:
        with contextlib.closing(_reading(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.Error as error:
        problem = store_error(error, path)
        if isinstance(problem, DamagedStore):
            return True
        raise problem from error


def repair(path: Path, now: float) -> Repair:
    """Set the file aside, never delete it, and put what can be saved of it into a new one.

    Raises StoreError, also when a console has the file open.
    """
    if _is_open(path):
        raise StoreError(
            f"A console has the local database {path} open.", hint="Close it, then try the repair again."
        )
    try:
        aside = _set_aside(path, now)
        with contextlib.closing(open_writer(path, MIGRATIONS)) as target:
            saved, complete = _save(aside, target)
    except (OSError, sqlite3.Error) as error:
        raise store_error(error, path) from error
    return Repair(aside, saved, complete)


def _is_open(path: Path) -> bool:
    """Whether another process has the database open."""
    try:
        file = os.open(path.with_name(f"{path.name}-shm"), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _IN_USE_BYTE)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _set_aside(path: Path, now: float) -> Path:
    """Rename the file, and what SQLite keeps beside it, to a name that says when; nothing is overwritten."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
    name = aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = name.with_name(f"{name.name}-{number}")
    for suffix in ("-wal", "-shm", ""):  # the file last: a new one must never meet the -wal of this one
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def _save(damaged: Path, target: sqlite3.Connection) -> tuple[dict[str, int], bool]:
    saved: dict[str, int] = {}
    whole = True
    with contextlib.closing(_reading_damage(damaged)) as source:
        target.execute("BEGIN IMMEDIATE")
        for table in OURS:
            reading = _Reading(source, table)
            saved[table] = sum(_insert(target, table, row) for row in reading.rows())
            whole = whole and reading.whole
        talks = _Reading(source, "conversation")
        _rebuild_conversations(target, list(talks.rows()))
        target.execute("COMMIT")
    return saved, whole and talks.whole


def _rebuild_conversations(target: sqlite3.Connection, before: list[Mapping[str, object]]) -> None:
    """Make conversations of the messages that are here, done where they were."""
    for row in before:
        if row["done"]:  # the first version kept it there alone
            _insert(target, "standing", dict.fromkeys(_NEVER, 0) | {"assignee": ""} | dict(row))
    tx = Transaction(target, "repair", "")
    counterparts = [row[0] for row in tx.rows("SELECT DISTINCT counterpart FROM message")]
    conversations.refresh(tx, counterparts, {str(row["counterpart"]): str(row["number"]) for row in before})


_NEVER = ("snoozed_until", "woken_at", "muted", "blocked")


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _reading_damage(path: Path) -> sqlite3.Connection:
    connection = _reading(path)
    connection.execute("PRAGMA writable_schema = ON")  # a file that was cut short is read nevertheless
    return connection


class _Reading:
    """Reads a table from both ends, as far as damage lets it."""

    def __init__(self, source: sqlite3.Connection, table: str) -> None:
        self._source = source
        self._table = table
        self.whole = True

    def rows(self) -> Iterator[Mapping[str, object]]:
        columns = self._columns()
        if not columns:
            return
        seen = set()
        for direction in ("ASC", "DESC"):
            for row in self._from_one_end(columns, direction):
                if row not in seen:
                    seen.add(row)
                    yield dict(zip(columns, row, strict=True))
            if self.whole:
                break

    def _columns(self) -> list[str]:
        try:
            return [row[1] for row in self._source.execute(f"PRAGMA table_info({self._table})")]
        except sqlite3.Error:
            self.whole = False
            return []

    def _from_one_end(self, columns: list[str], direction: str) -> Iterator[Row]:
        key = self._key(columns, direction)
        sql = f"SELECT {', '.join(columns)} FROM {self._table} ORDER BY {key}"  # noqa: S608  own names only
        try:
            yield from self._source.execute(sql)
        except (sqlite3.Error, UnicodeDecodeError):
            self.whole = False

    def _key(self, columns: list[str], direction: str) -> str:
        """The order in which the table itself is kept, so that no index has to be whole."""
        rows = self._source.execute(f"PRAGMA table_info({self._table})").fetchall()
        keys = [name for _, name, *_, part in sorted(rows, key=lambda row: row[5]) if part]
        return ", ".join(f"{name} {direction}" for name in keys or columns[:1])


def _insert(target: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    known = {each[1] for each in target.execute(f"PRAGMA table_info({table})")}
    names = [name for name in row if name in known]
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    try:
        return target.execute(sql, [row[name] for name in names]).rowcount
    except sqlite3.IntegrityError:  # a row of which damage left too little
        return 0
