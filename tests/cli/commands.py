"""Runs commands as a shell would, but for a stand-in where the console would be."""

from __future__ import annotations

import os
import sys
import urllib.request
from base64 import b64encode
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tui import cli
from tui.core.errors import ConsoleError
from tui.core.settings import Launch

ROOT = Path(__file__).resolve().parents[2]
KEY = "D3ADBEEF-0000-4000-8000-000000000000"


def behave(launches: list[Any], *outcomes: int | ConsoleError) -> None:
    """Let the stand-in return or raise these, in order."""
    left = iter(outcomes)

    def run(launch: Launch) -> int:
        launches.append((launch, os.environ.get("ESCDELAY")))
        outcome = next(left)
        if isinstance(outcome, ConsoleError):
            raise outcome
        return outcome

    sys.modules["tui.running"].run = run  # type: ignore[attr-defined]


def invoke(*arguments: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(cli.main, arguments, input=typed, prog_name="clicksend-tui")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert KEY not in result.output
    return result


def only_launch(launches: list[Any]) -> Launch:
    (launch, _escape_delay), *others = launches
    assert not others
    assert isinstance(launch, Launch)
    return launch


def ask(url: str, user: str = "demo:demo") -> int:
    request = urllib.request.Request(f"{url}/account")
    request.add_header("Authorization", "Basic " + b64encode(user.encode()).decode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(answer.status)
