"""The doctor as a command: marks, exit codes and encodings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from tests.canned import ACCOUNT, envelope, healthy, serving
from tests.cli.commands import KEY, ROOT, invoke
from tui import demo
from tui.core.paths import find_paths
from tui.core.settings import Settings
from tui.core.terminal import Terminal
from tui.store.database import Store


def doctor_of(account: object, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("CLICKSEND_USERNAME", "ana")
    monkeypatch.setenv("CLICKSEND_API_KEY", KEY)
    with serving(healthy() | {"/v3/account": envelope(account)}) as url:
        return invoke("--base-url", url, "doctor")


def test_the_doctor_judges(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(Terminal, "here", lambda: Terminal(os.environ, (), "utf-8", 100, 40))
    well = doctor_of(ACCOUNT, monkeypatch)
    assert well.exit_code == 0
    assert {line[0] for line in well.output.splitlines()} == {"✓", " "}
    ill = doctor_of(ACCOUNT | {"banned": 1}, monkeypatch)
    assert ill.exit_code == 1
    assert "✗ account" in ill.output

    (home / "config.toml").write_text("bel = 1")
    broken = doctor_of(ACCOUNT, monkeypatch)
    assert broken.exit_code == 1
    assert "✗ settings" in broken.output
    assert "✓ account" in broken.output, "the rest is still looked at"

    (home / "config.toml").write_text("ascii = true")
    assert doctor_of(ACCOUNT | {"balance": "1"}, monkeypatch).output.isascii()


def test_the_doctor_speaks_any_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    monkeypatch.setenv("CLICKSEND_BASE_URL", "http://127.0.0.1:1/v3")
    done = subprocess.run([sys.executable, "-m", "tui", "doctor"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"x encoding" in done.stdout
    assert done.stdout.isascii()
    assert done.stderr == b""


def test_the_doctor_on_a_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "demo")
    monkeypatch.setenv("CLICKSEND_API_KEY", "demo")
    with demo.demo_launch(Settings(), False, messages=10, seed=1) as launch:
        assert launch.demo is not None
        result = invoke("--base-url", launch.demo.wait_for_url(), "doctor")
    assert result.exit_code == 0, result.output
    for line in ("✓ clock", "✓ account", "✓ inbound rules", "✓ receipt rules"):
        assert line in result.output


def test_the_doctor_repairs_what_is_damaged_and_nothing_else(home: Path) -> None:
    assert "nothing to repair" in invoke("doctor", "--repair").output
    path = find_paths({"CLICKSEND_TUI_HOME": str(home)}).database("default")
    Store(path).close()
    assert "is whole" in invoke("doctor", "--repair").output
    path.write_bytes(b"no database " * 1000)
    repaired = invoke("doctor", "--repair")
    assert repaired.exit_code == 0
    assert "is kept as" in repaired.output
    aside = [file for file in path.parent.glob("*.damaged-*") if file.name[-4:] not in ("-wal", "-shm")]
    assert [file.read_bytes()[:2] for file in aside] == [b"no"]
    assert "is whole" in invoke("doctor", "--repair").output
