"""The store's file: making it, opening it, and saying in words why that does not work."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import stat
import time
from collections.abc import Sequence
from pathlib import Path

from tui.core.errors import DamagedStore, StoreError
from tui.core.paths import is_shared, make_folder
from tui.core.words import searchable
from tui.store.migrations import Migration, migrate, schema_version

BUSY_SECONDS = 10.0
"""How long a write waits for another process on the same file."""
_PAUSE = 0.001
"""Seconds between two tries, where SQLite does not wait by itself."""
_LOOK_MILLISECONDS = 20
"""How long SQLite waits by itself: it looks ever more seldom, and would miss the gaps between many writes."""


def open_writer(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """The connection that writes, to a file of this version that only those who share it can read.

    A file of an earlier version is copied beside itself before it is changed. Raises StoreError.
    """
    try:
        make_private_file(path)
        connection = _connect(path, "rw")
        try:
            _check_ours(connection, path)
            # Of consoles that do this to a new file together, SQLite turns all but one away without waiting.
            _patiently(connection, "PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            # Ids come in no order: what is written in turn all over the file is kept, and moved there seldom.
            connection.execute("PRAGMA cache_size = -16000")
            connection.execute("PRAGMA wal_autocheckpoint = 4000")
            _check_not_newer(connection, path, len(migrations))
            connection.create_function("searchable", 1, searchable, deterministic=True)
            migrate(connection, migrations, lambda version: back_up(path, backup_path(path, version)))
            connection.execute(f"PRAGMA busy_timeout = {_LOOK_MILLISECONDS}")
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise store_error(error, path) from error
    return connection


def begin(connection: sqlite3.Connection) -> None:
    """Begin to write, as soon as no other process does. Raises sqlite3.Error."""
    _patiently(connection, "BEGIN IMMEDIATE")


def _patiently(connection: sqlite3.Connection, statement: str) -> list[tuple[object, ...]]:
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.execute(statement).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and never waits for a writer. Raises StoreError."""
    try:
        connection = _connect(path, "ro")
        connection.execute("PRAGMA cache_size = -8000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.create_function("searchable", 1, searchable, deterministic=True)
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return connection


def store_error(error: Exception, path: Path) -> StoreError:
    """What went wrong with the file, and what can be done about it."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        code = sqlite3.SQLITE_FULL
    match code:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return DamagedStore(
                f"The local database {path} is damaged.",
                hint="The console offers to repair it when it starts or is left, or use "
                '"clicksend-tui doctor --repair". The file is kept, and what can be read of it is saved.',
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(
                f"No room on the disk to write {path}.", hint="Free some space; nothing else was changed."
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(
                f"Another program keeps {path} locked.", hint="Close it, or wait until it is done."
            )
    if isinstance(error, OSError) or code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        return StoreError(
            f"The local database {path} cannot be written.",
            hint="Check that the folder exists and is yours, or set CLICKSEND_TUI_HOME to another one.",
        )
    return StoreError(f"The local database {path} failed: {error}.", hint="Start again.")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # Any thread may use the connections, one at a time: the store sees to that.
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def backup_path(path: Path, version: int) -> Path:
    """Where the copy of a file goes that is about to leave this version."""
    return path.with_name(f"{path.name}.version-{version}.backup")


def back_up(path: Path, copy: Path) -> None:
    """Copy a database as it stands, whole or not at all. Raises OSError, sqlite3.Error."""
    # Whoever copies holds the file: what is unfinished was left by a process that was killed.
    for left in copy.parent.glob(f"{copy.name}.unfinished*"):
        left.unlink()
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    make_private_file(unfinished)
    try:
        with (
            contextlib.closing(_connect(path, "ro")) as source,
            contextlib.closing(_connect(unfinished, "rw")) as target,
        ):
            source.backup(target)
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)


def make_private_file(path: Path) -> None:
    """Make a file, or close one to others: for its owner alone, or for the group that shares the folder."""
    make_folder(path.parent)
    mode = 0o660 if is_shared(path.parent) else 0o600
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, mode)
    try:
        found = os.fstat(file)
        if stat.S_IMODE(found.st_mode) != mode and found.st_uid == os.geteuid():
            os.fchmod(file, mode)  # SQLite gives its -wal and -shm the same.
    finally:
        os.close(file)


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Nothing is added to a database that another program keeps."""
    # The tables first: another console may be making them, and gives the file its version with them.
    tables = {str(name) for (name,) in _patiently(connection, "SELECT name FROM sqlite_master")}
    if tables and not (schema_version(connection) and "conversation" in tables):
        raise StoreError(
            f"{path} is a database of another program.",
            hint="Move it away, or set CLICKSEND_TUI_HOME to another folder. It was not changed.",
        )


def _check_not_newer(connection: sqlite3.Connection, path: Path, known: int) -> None:
    version = schema_version(connection)
    if version > known:
        raise StoreError(
            f"The local database {path} was written by a newer version of this program.",
            hint=f"Upgrade clicksend-tui: the file has version {version}, this program knows {known}.",
        )
