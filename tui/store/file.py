"""The store's file: making it, opening it, and saying in words why that does not work."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from tui.core.errors import StoreError
from tui.store.migrations import Migration, migrate, schema_version

BUSY_SECONDS = 10.0
"""How long a write waits for another process on the same file."""


def open_writer(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """The connection that writes, to a file of this version and of mode 0600. Raises StoreError."""
    try:
        _make_private_file(path)
        connection = _connect(path, "rw")
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _check_not_newer(connection, path, len(migrations))
            migrate(connection, migrations)
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise store_error(error, path) from error
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and never waits for a writer. Raises StoreError."""
    try:
        connection = _connect(path, "ro")
        connection.execute("PRAGMA cache_size = -8000")
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    return connection


def store_error(error: Exception, path: Path) -> StoreError:
    """What went wrong with the file, and what can be done about it."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    match code:
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return StoreError(
                f"The local database {path} is damaged.",
                hint="Move it aside and start again: messages are read again from ClickSend.",
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


def _make_private_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if os.fstat(file).st_mode & 0o077:
            os.fchmod(file, 0o600)
    finally:
        os.close(file)


def _check_not_newer(connection: sqlite3.Connection, path: Path, known: int) -> None:
    version = schema_version(connection)
    if version > known:
        raise StoreError(
            f"The local database {path} was written by a newer version of this program.",
            hint=f"Upgrade clicksend-tui: the file has version {version}, this program knows {known}.",
        )
