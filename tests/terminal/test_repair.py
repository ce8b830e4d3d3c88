"""A store that is damaged when the console starts, or while it runs: the repair is offered in its place."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.build import inbound
from tests.terminal.pty_terminal import Terminal
from tests.terminal.record import rows
from tui.core.paths import find_paths
from tui.sandbox.server import running
from tui.sandbox.world import World
from tui.store import decisions
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.messages import merge_messages

PEOPLE = [f"+614{number:08}" for number in range(300)]
OFFER = "The local database is damaged"
CLICKSEND = {"CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A store in which things were decided that ClickSend does not know."""
    path = find_paths({"CLICKSEND_TUI_HOME": str(tmp_path)}).database("default")
    path.parent.mkdir(parents=True)
    store, now = Store(path), int(time.time())
    messages = [inbound(f"M{n}", now - 9000 + n, PEOPLE[n % 300], body=f"Message {n}") for n in range(1500)]
    store.write_now(decisions.label, PEOPLE, now, add=["billing"])
    store.write_now(merge_messages, messages)
    store.write_now(save_draft, PEOPLE[0], "half a sentence")
    store.close()
    return path


@pytest.fixture
def clicksend() -> Iterator[str]:
    with running(World(messages=20, traffic=False)) as url:
        yield url


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 2 // 3)


def overwrite_some(path: Path) -> None:
    """Not its beginning: it opens, and what is painted first cannot be read."""
    with path.open("r+b") as file:
        for page in range(3, path.stat().st_size // 4096, 2):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)


def overwrite_all(path: Path) -> None:
    path.write_bytes(b"These are not the bytes of a database. " * 1000)


@pytest.mark.parametrize("damage", [truncate, overwrite_some, overwrite_all])
@pytest.mark.parametrize(("columns", "lines"), [(60, 20), (120, 40)])
def test_the_repair_is_offered_at_the_start(
    database: Path, tmp_path: Path, clicksend: str, damage: Callable[[Path], None], columns: int, lines: int
) -> None:
    damage(database)
    damaged = database.read_bytes()
    env = CLICKSEND | {"CLICKSEND_BASE_URL": clicksend}
    with Terminal(home=tmp_path, columns=columns, lines=lines, env=env) as terminal:
        terminal.wait_for(OFFER, "Ctrl+J repair")
        terminal.send("\n")
        terminal.wait_for("is kept as", "open the console")
        terminal.send("\n")
        terminal.wait_for("● live", "Open")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.restored == []
    (aside,) = (
        path for path in database.parent.glob("*.damaged-*") if path.name[-4:] not in ("-wal", "-shm")
    )
    assert len(aside.read_bytes()) >= len(damaged)
    assert rows(tmp_path, "SELECT count(*) FROM conversation")[0][0] > 1
    assert bool(rows(tmp_path, "SELECT * FROM label")) is (damage is truncate)


def test_whoever_leaves_it_finds_the_file_as_it_was(database: Path, tmp_path: Path) -> None:
    truncate(database)
    damaged = database.read_bytes()
    with Terminal(home=tmp_path) as terminal:
        terminal.wait_for(OFFER, "Esc leave it as it is")
        terminal.send("\x1b")
        assert terminal.wait_exit() == 2
        assert terminal.restored == []
        assert "is damaged" in terminal.text
        assert "doctor --repair" in terminal.text
    assert database.read_bytes() == damaged
    assert list(database.parent.glob("*.damaged-*")) == []


def test_another_console_has_to_be_closed_first(database: Path, tmp_path: Path) -> None:
    store = Store(database)
    truncate(database)
    with Terminal(home=tmp_path) as terminal:
        terminal.wait_for(OFFER)
        terminal.send("\n")
        terminal.wait_for("A console has", "Ctrl+J repair")
        store.close()
        terminal.send("\n")
        terminal.wait_for("open the console")
        terminal.send("\n")
        terminal.wait_for("user name")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
        assert terminal.restored == []


def test_damage_that_is_met_while_it_runs_is_repaired_on_the_way_out(tmp_path: Path) -> None:
    """What was typed and could not be saved is in the repaired store."""
    env = {"FAILS": str(sqlite3.SQLITE_CORRUPT)}
    with Terminal("demo", "--quiet", home=tmp_path, module="tests.terminal.full_disk", env=env) as terminal:
        terminal.wait_for("● live", "Open 1")
        terminal.send("r")
        terminal.wait_for("check price")
        terminal.send("half a sen")
        terminal.wait_for("is damaged", "half a sen")
        terminal.send("\x11")
        terminal.wait_for(OFFER)
        terminal.send("\n")
        terminal.wait_for("is kept as")
        terminal.send("\n")
        terminal.wait_for("● live", " draft ")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.restored == []


def test_nobody_is_asked_after_a_signal(tmp_path: Path) -> None:
    env = {"FAILS": str(sqlite3.SQLITE_CORRUPT)}
    with Terminal("demo", "--quiet", home=tmp_path, module="tests.terminal.full_disk", env=env) as terminal:
        terminal.wait_for("● live", "Open 1")
        terminal.send("r")
        terminal.wait_for("check price")
        terminal.send("half a sen")
        terminal.wait_for("is damaged", "half a sen")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
        assert terminal.restored == []
        assert "half a sen" in terminal.text
