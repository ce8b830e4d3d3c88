"""A file of every earlier version opens with all that is in it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.store.build import ANA, NOON, inbound
from tui.core.errors import StoreError
from tui.store.database import Store
from tui.store.decisions import undo
from tui.store.messages import merge_messages
from tui.store.migrations import MIGRATIONS, schema_version

VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN label TEXT NOT NULL DEFAULT 'new'")


def fail_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversation ADD COLUMN label TEXT")
    connection.execute("This is no SQL")


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    version = schema_version(connection)
    connection.close()
    return version


def test_every_version_has_a_file_to_open() -> None:
    assert [int(file.stem) for file in VERSIONS] == list(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("file", VERSIONS, ids=lambda file: file.stem)
def test_a_file_of_that_version_opens_with_its_data(file: Path, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(file.read_text())
    connection.close()
    store = Store(path)
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
    store.write_now(merge_messages, [inbound("I3", NOON + 99)])
    assert store.conversation(ANA).unread == 2  # type: ignore[union-attr]
    store.close()


def test_a_step_keeps_the_data_of_the_one_before(path: Path) -> None:
    store = Store(path)
    store.write_now(merge_messages, [inbound("I1")])
    store.close()
    store = Store(path, migrations=(*MIGRATIONS, add_column))
    assert store.write_now(lambda tx: tx.rows("SELECT counterpart, label FROM conversation")) == [
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


def test_consoles_that_start_together_migrate_once(path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(lambda _: Store(path, migrations=(*MIGRATIONS, add_column)), range(8)))
    assert version_of(path) == len(MIGRATIONS) + 1
    for store in stores:
        store.close()
