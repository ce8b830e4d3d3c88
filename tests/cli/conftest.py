"""A machine of its own for each test of the command line."""

from __future__ import annotations

import logging
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tenacity.wait import wait_random_exponential

from tests.cli.commands import ROOT
from tui.api import client
from tui.core.settings import Launch
from tui.core.terminal import Terminal


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of its own, with a keyring in a file."""
    for name in [name for name in os.environ if name.startswith(("CLICKSEND_", "CREDENTIALS_", "SSH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("ESCDELAY", raising=False)
    monkeypatch.setenv("CLICKSEND_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'tests' / 'credentials'}{os.pathsep}{ROOT}")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "fake_backends.Working")
    monkeypatch.setenv("FAKE_KEYRING", str(tmp_path / "keyring.json"))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client try again as often as ever, a hundred times sooner."""
    monkeypatch.setattr(client, "_BACK_OFF", wait_random_exponential(multiplier=0.01, max=0.08))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def launches(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """How the console was started; a stand-in for it notes that, and ends with 0."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level, logging.getLogger("tui").level
    seen: list[Any] = []

    def run(launch: Launch) -> int:
        seen.append((launch, os.environ.get("ESCDELAY")))
        return 0

    console, running = types.ModuleType("tui.app"), types.ModuleType("tui.running")
    console.OPEN_DEMO = 75  # type: ignore[attr-defined]
    running.run = run  # type: ignore[attr-defined]
    for module in (console, running):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    drawable = Terminal({"TERM": "xterm"}, (), "utf-8", 80, 24)
    monkeypatch.setattr(Terminal, "here", lambda: drawable)
    yield seen
    for handler in root.handlers:
        if handler not in kept[0]:
            handler.close()
    root.handlers[:], level, tui_level = kept
    root.setLevel(level)
    logging.getLogger("tui").setLevel(tui_level)
