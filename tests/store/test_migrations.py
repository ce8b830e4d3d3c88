"""A file of every earlier version opens with all that is in it."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.build import ANA, BOB, NOON, inbound
from tui.core.errors import StoreError
from tui.core.words import searchable
from tui.store.database import Store
from tui.store.decisions import undo
from tui.store.file import backup_path
from tui.store.messages import merge_messages
from tui.store.migrations import MIGRATIONS, schema_version

VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN colour TEXT NOT NULL DEFAULT 'new'")


def fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN colour TEXT")
    connection.execute("This is no SQL")


def load(file: Path, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.create_function("searchable", 1, searchable, deterministic=True)
    connection.executescript(file.read_text())
    connection.close()


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    version = schema_version(connection)
    connection.close()
    return version


def test_every_version_has_a_file_to_open() -> None:
    assert [int(file.stem) for file in VERSIONS] == list(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_file_of_that_version_opens_with_its_data(file: Path, path: Path) -> None:
    load(file, path)
    store = Store(path, who="ana@desk")
    assert version_of(path) == len(MIGRATIONS)
    row = store.conversation(ANA)
    assert row is not None
    assert (row.title, row.preview, row.unread, row.draft) == ("Ada Lovelace", "STOP", 1, True)
    assert row.attention == "unknown"
    assert [message.id for message in store.thread(ANA).page(0)] == ["O1", "box-0", "I1"]
    assert store.counts().conversations == 2
    assert store.counts().done == 1
    assert [mark.message_id for mark in store.pending_marks(NOON + 1000)] == ["I2"]
    assert store.receipts().count() == 2
    assert store.outbox()[0].state == "unknown"
    assert store.draft(ANA) == "Sorry to hear"
    assert store.contact_by_phone(ANA).name == "Ada Lovelace"  # type: ignore[union-attr]
    assert store.account().username == "ana"  # type: ignore[union-attr]
    assert [store.lists()[0].name, store.templates()[0].name, store.rules("inbound")[0].action] == [
        "Staff",
        "Late",
        "POLL",
    ]
    assert store.campaigns().count() == len(store.statistics()) == 1
    assert store.fact("rules") == "ok"
    assert store.write_now(undo) is None
    for search in ("stop", "lovelace", "0411 111", "ada stop"):
        assert [row.counterpart for row in store.conversations("all", search).page(0)] == [ANA]
    assert store.audit().count() == (0 if file.stem == "0001" else 1)
    store.write_now(merge_messages, [inbound("I3", NOON + 99)])
    assert store.conversation(ANA).unread == 2  # type: ignore[union-attr]
    store.close()


def test_version_2_keeps_what_was_decided(path: Path) -> None:
    load(Path(__file__).parent / "versions/0002.sql", path)
    store = Store(path, who="ana@desk")
    row = store.conversation(ANA)
    assert row is not None
    assert (row.assignee, row.labels, row.notes, row.standing) == ("ana@desk", ("billing",), 1, "open")
    assert [note.text for note in store.notes(ANA)] == ["Prefers calls"]
    assert (store.counts().mine, store.counts().done) == (1, 1)
    assert store.conversation(BOB).muted  # type: ignore[union-attr]
    assert store.kept_texts("search")[0].text == "label:billing"
    assert store.conversations("all", "calls").count() == 1
    store.close()


def test_the_file_as_it_was_is_kept_beside_it(path: Path) -> None:
    load(VERSIONS[0], path)
    Store(path).close()
    copy = backup_path(path, 1)
    assert version_of(copy) == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (4,)
    connection.close()
    assert [file.name for file in path.parent.iterdir() if "unfinished" in file.name] == []


def test_a_new_file_needs_no_copy(path: Path) -> None:
    Store(path).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_that_cannot_be_copied_is_not_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(VERSIONS[0], path)

    def full(path: Path, copy: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tui.store.file.back_up", full)
    with pytest.raises(StoreError, match="No room"):
        Store(path)
    assert version_of(path) == 1


def test_a_step_keeps_the_data_of_the_one_before(path: Path) -> None:
    store = Store(path)
    store.write_now(merge_messages, [inbound("I1")])
    store.close()
    store = Store(path, migrations=(*MIGRATIONS, add_column))
    assert store.write_now(lambda tx: tx.rows("SELECT counterpart, colour FROM conversation")) == [
        (ANA, "new")
    ]
    assert version_of(path) == len(MIGRATIONS) + 1
    store.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    store = Store(path)
    store.write_now(merge_messages, [inbound("I1")])
    store.close()
    with pytest.raises(StoreError):
        Store(path, migrations=(*MIGRATIONS, fail_half_way))
    assert version_of(path) == len(MIGRATIONS)
    store = Store(path)
    assert store.counts().unread == 1
    store.close()


STEPS = [(file, step) for file in VERSIONS for step in range(int(file.stem), len(MIGRATIONS))]


@pytest.mark.parametrize(("file", "step"), STEPS, ids=lambda each: getattr(each, "stem", each))
def test_a_kill_at_any_step_leaves_the_file_as_it_was(file: Path, step: int, path: Path) -> None:
    load(file, path)

    def die(connection: sqlite3.Connection) -> None:
        MIGRATIONS[step](connection)
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        Store(path, migrations=(*MIGRATIONS[:step], die, *MIGRATIONS[step + 1 :]))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert version_of(path) == version_of(backup_path(path, int(file.stem))) == int(file.stem)
    store = Store(path)
    assert version_of(path) == len(MIGRATIONS)
    assert [message.id for message in store.thread(ANA).page(0)] == ["O1", "box-0", "I1"]
    assert (store.counts().conversations, store.draft(ANA)) == (2, "Sorry to hear")
    store.close()


def test_consoles_that_start_together_migrate_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(lambda _: Store(path, migrations=(*MIGRATIONS, add_column)), range(8)))
    assert version_of(path) == len(MIGRATIONS) + 1
    for store in stores:
        store.close()


def test_a_console_waits_for_another_that_makes_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite does not wait by itself while another process turns a new file to its journal.
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    waits: list[float] = []

    def give_way(seconds: float) -> None:
        waits.append(seconds)
        if other.in_transaction:
            other.execute("ROLLBACK")

    monkeypatch.setattr("tui.store.file.time.sleep", give_way)
    Store(path).close()
    other.close()
    assert waits
