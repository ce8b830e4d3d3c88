"""Opening a store: where the file goes, who may read it, and what is said when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.store.build import inbound
from tui.core.errors import StoreError
from tui.store import database
from tui.store.database import Store
from tui.store.file import open_writer
from tui.store.messages import merge_messages
from tui.store.migrations import MIGRATIONS


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.conversations().count() == 0
    assert store.conversations().page(0) == ()
    assert store.account() is None
    assert store.counts().unread == 0


def test_only_the_owner_may_read_the_files(path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store(path)
        store.write_now(merge_messages, [inbound("M1")])
    finally:
        os.umask(before)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()
    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def test_a_file_that_others_may_read_is_closed_to_them(path: Path) -> None:
    Store(path).close()
    path.chmod(0o644)
    Store(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "store.db"
    Store(path).close()
    assert path.exists()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_was_written_is_there_again(path: Path) -> None:
    store = Store(path)
    store.write_now(merge_messages, [inbound("M1", body="Are you open?")])
    store.close()
    again = Store(path)
    assert again.conversations().page(0)[0].preview == "Are you open?"
    again.close()


def test_a_name_with_odd_characters_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "50% of #1?.db"
    store = Store(path)
    store.write_now(merge_messages, [inbound("M1")])
    store.close()
    assert path.exists()


@pytest.mark.parametrize("place", ["file/store.db", "/proc/clicksend/store.db", "folder"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="cannot be written") as caught:
        Store(tmp_path / place)
    assert "CLICKSEND_TUI_HOME" in caught.value.hint


def test_a_file_that_is_no_database_is_told_and_kept(path: Path) -> None:
    path.write_bytes(b"These are not the bytes of a database. " * 100)
    with pytest.raises(StoreError, match="damaged") as caught:
        Store(path)
    assert str(path) in caught.value.message
    assert "doctor --repair" in caught.value.hint
    assert path.read_bytes().startswith(b"These are not")


@pytest.mark.parametrize("version", [0, 3])
def test_a_database_of_another_program_is_told_and_not_changed(path: Path, version: int) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmark (id)")
    other.execute(f"PRAGMA user_version = {version}")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Store(path)
    assert path.read_bytes() == before


def test_damage_found_while_reading_is_told(path: Path) -> None:
    store = Store(path)
    store.write_now(merge_messages, [inbound(f"M{number}", number + 1) for number in range(3000)])
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size - size // 2))
    store = Store(path)
    with pytest.raises(StoreError, match="damaged"):
        store.thread(inbound("M1").counterpart).page(0, 3000)
    store.close()


def test_a_file_of_a_newer_version_is_left_alone(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="newer version") as caught:
        Store(path)
    assert "Upgrade" in caught.value.hint


def test_writes_are_durable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "open_writer", open_writer)  # as it is outside of these tests
    store = Store(path)
    pragmas = store.write_now(
        lambda tx: (tx.row("PRAGMA journal_mode"), tx.row("PRAGMA synchronous"))  # type: ignore[no-any-return]
    )
    store.close()
    assert pragmas == (("wal",), (2,))


def test_a_closed_store_says_so(path: Path) -> None:
    store = Store(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.write_now(merge_messages, [])
