"""What every test would pay again is paid once; what none of them is about is not waited for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from textual import _wait
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from tests.sandbox.stage import close_stages
from tui.screens import confirm
from tui.store import database
from tui.store.file import open_writer
from tui.store.migrations import Migration

IDLE_SECONDS = 0.005
"""How long an app must have done next to nothing to count as idle, twice for each key; Textual has 0.02."""

SLOWEST_FIRST = ("terminal", "screens", "sync", "snapshots", "cli", "store", "sandbox")
"""Folders whose tests come first, so that no worker is left with a long one at the end."""

settings.register_profile("long", max_examples=1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {name: rank for rank, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: ranks.get(item.path.parent.name, len(ranks)))


@pytest.fixture(scope="session", autouse=True)
def _nothing_waits_for_the_disk() -> Iterator[None]:
    """Leave out what a power cut alone could show: that SQLite waits for the disk after each write."""

    def opened(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
        connection = open_writer(path, migrations)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "open_writer", opened)
        yield


@pytest.fixture(scope="session", autouse=True)
def _questions_read_at_once() -> Iterator[None]:
    """A yes counts from the first moment, where the time that a question must stand is not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confirm, "UNREAD_SECONDS", 0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _style_sheets_read_once() -> Iterator[None]:
    """Share parsed rules between the apps of a worker. Textual keeps them itself, but for one app only."""
    parsed: dict[tuple[Any, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(sheet: Stylesheet, css: str, *place: Any, **more: Any) -> list[RuleSet]:
        key = (frozenset(sheet._variables.items()), css, place, *sorted(more.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, css, *place, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        # By identity, as Textual's own, which is Python and asked a million times.
        patch.setattr(RuleSet, "__hash__", object.__hash__)
        patch.setattr(_wait, "SLEEP_GRANULARITY", IDLE_SECONDS)
        yield


@pytest.fixture(scope="session", autouse=True)
def _stages_closed() -> Iterator[None]:
    yield
    close_stages()
