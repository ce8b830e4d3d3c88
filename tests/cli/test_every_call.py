"""Every operation once from the command line: it is done, and ClickSend has what it did."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arguments import typed_for
from tests.cli.commands import invoke
from tests.sandbox.caller import Caller
from tests.sandbox.stage import Stage
from tests.traces import Watch
from tui.api.operation import SECTIONS, Effect, catalogue
from tui.sandbox.clock import ManualClock
from tui.sandbox.server import hosting
from tui.sandbox.world import World


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="module")
def caller(stage: Stage) -> Iterator[Caller]:
    with hosting(stage) as url:
        caller = Caller(url)
        yield caller
        caller.close()


@pytest.mark.parametrize("section", SECTIONS)
def test_every_operation_is_done_from_the_command_line(
    section: str, stage: Stage, caller: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "demo")
    monkeypatch.setenv("CLICKSEND_API_KEY", "demo")
    world = None
    for operation in [each for each in catalogue().values() if each.section == section]:
        if world is None or operation.effect is not Effect.READ:
            world = World(messages=40, traffic=False, clock=ManualClock(time.time()))
            stage.play(world)
        typed = typed_for(operation, world, caller, tmp_path)
        watch = Watch(world, caller, operation, typed)
        words = [f"{name}={text}" for name, text in typed.items()]
        confirmed = ("--yes", "--confirm", "price unknown")
        result = invoke("--base-url", caller.url, "call", operation.id, *words, *confirmed)
        assert result.exit_code == 0, f"{operation.id}: {result.stderr}"
        json.loads(result.stdout)
        watch.check()
        if operation.effect is not Effect.READ:
            world = None
