"""What a start may load: the first frame stands on Textual and sqlite3 alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

LATER = {
    *("httpx", "pydantic", "keyring", "phonenumbers", "plotext", "textual_plotext", "starlette", "uvicorn"),
    *("PIL", "tui.pictures"),
    *("tui.api", "tui.sync", "tui.sending", "tui.sandbox", "tui.credentials"),
    *("tui.core.query", "tui.store.searching", "tui.doctor", "tomllib"),
}


def loaded_by(code: str) -> set[str]:
    """The modules that a new interpreter has loaded after this code."""
    run = [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"]
    return set(subprocess.run(run, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("code", ["import tui.app, tui.screens.inbox", "import tui.cli"])
def test_the_first_frame_loads_nothing_that_can_wait(code: str) -> None:
    assert loaded_by(code) & LATER == set()


def test_the_command_line_loads_no_console_before_it_is_asked_for() -> None:
    assert "textual" not in loaded_by("import tui.cli")
