"""Every operation once by its form: filled in, confirmed where it asks, done, and answered on the screen."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from tests.arguments import typed_for
from tests.sandbox.caller import Caller
from tests.sandbox.stage import Stage
from tests.screens.conftest import Console, Start
from tests.traces import Watch
from tui.api.layout import spread
from tui.api.operation import Effect, Operation, catalogue
from tui.sandbox.clock import ManualClock
from tui.sandbox.server import hosting
from tui.sandbox.world import World
from tui.screens.answer import AnswerScreen
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen, Words
from tui.screens.operation_form import OperationFormScreen

SIZES = [(80, 24), (120, 40)]
OPERATIONS = list(catalogue().values())
GROUPS = [OPERATIONS[first : first + 20] for first in range(0, len(OPERATIONS), 20)]
"""Operations that one console does: to start it takes as long as four of them."""


def a_world() -> World:
    return World(messages=40, traffic=False, clock=ManualClock(time.time()))


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage()


@pytest.fixture(scope="module")
def caller(stage: Stage) -> Iterator[Caller]:
    with hosting(stage) as url:
        caller = Caller(url)
        yield caller
        caller.close()


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def clicksend(stage: Stage, caller: Caller, world: World) -> str:
    stage.play(world)
    return caller.url


@pytest.mark.parametrize("operations", GROUPS, ids=lambda group: group[0].id)
async def test_every_operation_is_done_by_its_form(
    operations: Sequence[Operation[..., Any]],
    start: Start,
    stage: Stage,
    caller: Caller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with start(SIZES[GROUPS.index(operations) % 2]) as console:
        # An empty screen beneath: to paint the inbox around every form takes as long as the form.
        await console.app.push_screen(Screen())
        world = None
        for operation in operations:
            if world is None or operation.effect is not Effect.READ:
                stage.play(world := a_world())
                console.app.services.uploads._kept.clear()  # Another ClickSend, which has none of the files.
            typed = typed_for(operation, world, caller, tmp_path)
            watch = Watch(world, caller, operation, typed)
            with monkeypatch.context() as spy:
                await do(console, operation, typed, spy)
            watch.check()
            if operation.effect is not Effect.READ:
                world = None


async def do(
    console: Console, operation: Operation[..., Any], typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the form to the answer, or to the word that it is done; the desk is cleared again."""
    app = console.app
    said: list[str] = []
    notify = app.notify
    # Where it is shown depends on what is on view by then.
    monkeypatch.setattr(app, "notify", lambda words, **more: (said.append(words), notify(words, **more)))
    desk = app.screen
    app.open_operation(operation)
    await console.until(lambda: app.screen is not desk, f"the form of {operation.id}")
    sheet = app.screen
    if isinstance(sheet, OperationFormScreen) and (sheet.places or operation.effect is not Effect.READ):
        await console.pilot.pause()
        for key, text in spread(sheet.places, typed).items():
            sheet.arguments.field(key).put(text)
        await console.pilot.press("ctrl+j")
        await confirm(console, operation)
    await console.until(lambda: is_answered(console, desk), f"the answer of {operation.id}")
    if operation.effect is not Effect.READ:
        await console.until(lambda: said, f"the word that {operation.id} is done")
        assert said == [f"{_word(operation)}: {operation.title}."]
    while app.screen is not desk:
        await app.pop_screen()


def _word(operation: Operation[..., Any]) -> str:
    return "Accepted" if operation.effect.is_irreversible else "Done"


def is_answered(console: Console, desk: object) -> bool:
    """Whether the answer is on view, or nothing was left to show and the form is gone."""
    screen = console.app.screen
    return screen is desk or (isinstance(screen, AnswerScreen) and screen.is_mounted)


async def confirm(console: Console, operation: Operation[..., Any]) -> None:
    """Say yes where it is asked, in words where they are wanted."""
    if not (operation.loses or operation.effect.is_irreversible):
        return
    kind = ConfirmSendScreen if operation.effect.is_irreversible else ConfirmScreen
    await console.until(lambda: isinstance(console.app.screen, kind), f"the question of {operation.id}")
    await console.pilot.pause()
    words = console.app.screen.query_one_optional(Words)
    if words is not None:
        words.value = words.words
    await console.pilot.press("ctrl+j")
