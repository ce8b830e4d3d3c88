"""The thread follows the cursor once that rests; until then every key is about the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.widgets import TextArea

from tests.screens.conftest import Console, Start
from tests.screens.test_inbox import inbox, ready, sent
from tests.screens.test_triage import SIZES, first, row, store_of
from tests.screens.test_typed_ahead import type_at_once
from tui.sandbox.world import World
from tui.screens import inbox as inbox_module
from tui.screens.confirm import ConfirmSendScreen

NEVER, AT_ONCE = 3600.0, 0.0

Rest = Callable[[float], None]


@pytest.fixture
def rest(monkeypatch: pytest.MonkeyPatch) -> Rest:
    """Say after how many seconds the thread follows the cursor."""
    return lambda seconds: monkeypatch.setattr(inbox_module, "REST_SECONDS", seconds)


def painted(console: Console) -> str:
    """Whose thread is on the screen."""
    messages = inbox(console).pane.thread.messages
    return messages[-1].counterpart if messages else ""


def written(console: Console) -> str:
    """What is in the editor; nothing while it is not there yet."""
    editor = inbox(console).pane.editor
    return editor.text if editor is not None and editor.query(TextArea) else ""


async def on_the_first(console: Console) -> tuple[str, str]:
    """The first two conversations; the thread of the first one is on view."""
    here, following = first(console, 2)
    await console.until(lambda: painted(console) == here, "the first thread")
    return here, following


async def test_the_thread_follows_the_cursor(start: Start) -> None:
    async with start(ready=ready) as console:
        here, following = await on_the_first(console)
        await console.press("j")
        await console.until(lambda: painted(console) == following, "the second thread")
        await console.press("k")
        await console.until(lambda: painted(console) == here, "the first thread")


async def test_a_cursor_that_does_not_rest_brings_no_thread(start: Start, rest: Rest) -> None:
    async with start(ready=ready) as console:
        here, following = await on_the_first(console)
        rest(NEVER)
        await console.press("j")
        assert inbox(console).counterpart == following
        assert painted(console) == here


async def test_a_narrow_screen_reads_a_thread_when_it_is_opened(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        _, following = first(console, 2)
        await console.press("j", "enter")
        assert painted(console) == following
        await console.press("escape", "k")
        await console.pilot.resize_terminal(120, 40)
        await console.until(lambda: painted(console) == inbox(console).counterpart != following, "the other")


@pytest.mark.parametrize("seconds", [AT_ONCE, NEVER])
@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_right_after_a_move_goes_to_whom_the_cursor_is_on(
    start: Start, world: World, rest: Rest, size: tuple[int, int], seconds: float
) -> None:
    async with start(size, ready=ready) as console:
        _, following = first(console, 2)
        rest(seconds)
        type_at_once(console, "j", "r", *"Tuesday")
        await console.until(lambda: written(console) == "Tuesday", "all that was typed")
        editor = inbox(console).pane.editor
        assert editor is not None
        assert editor.counterpart == inbox(console).counterpart == painted(console) == following
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen), "the confirmation")
        await console.press("ctrl+j")
        await console.until(lambda: sent(world, "Tuesday"), "what was sent")
        assert [message.number for message in sent(world, "Tuesday")] == [following]


@pytest.mark.parametrize("seconds", [AT_ONCE, NEVER])
@pytest.mark.parametrize("keys", [("j", "r"), ("j", "k", "j", "r"), ("j", "j", "k", "r")])
async def test_an_answer_that_was_left_open_is_never_taken_for_another(
    start: Start, rest: Rest, keys: tuple[str, ...], seconds: float
) -> None:
    async with start(ready=ready) as console:
        here, following = await on_the_first(console)
        await console.press("r", "=for the first")
        inbox(console).pane.thread.focus()
        await console.press("escape")
        assert inbox(console).pane.editor is not None
        assert not inbox(console).reading
        rest(seconds)
        type_at_once(console, *keys, *"for the second")
        await console.until(lambda: written(console) == "for the second", "the second answer")
        editor = inbox(console).pane.editor
        assert editor is not None
        assert editor.counterpart == inbox(console).counterpart == painted(console) == following
        services = console.app.services
        assert (services.drafts.text(here), services.drafts.text(following)) == (
            "for the first",
            "for the second",
        )


@pytest.mark.parametrize("size", SIZES)
async def test_enter_right_after_a_move_opens_the_row_under_the_cursor(
    start: Start, rest: Rest, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        _, following = first(console, 2)
        rest(NEVER)
        type_at_once(console, "j", "enter")
        await console.until(lambda: inbox(console).reading, "a thread")
        await console.until(lambda: painted(console) == following, "the thread under the cursor")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_decided_right_after_a_move_is_about_the_row_under_the_cursor(
    start: Start, rest: Rest, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        here, following = first(console, 2)
        rest(NEVER)
        type_at_once(console, "j", "a", "m", "e")
        await console.until(lambda: row(console, following).standing == "done", "done")
        assert (row(console, following).assignee, row(console, following).muted) == (
            store_of(console).who,
            True,
        )
        assert (row(console, here).standing, row(console, here).assignee, row(console, here).muted) == (
            "open",
            "",
            False,
        )
        await console.until(lambda: inbox(console).counterpart not in (here, following), "the next row")


async def test_what_is_read_stays_when_the_list_moves(start: Start, rest: Rest) -> None:
    async with start(ready=ready) as console:
        _, following = await on_the_first(console)
        rest(AT_ONCE)
        type_at_once(console, "j", "enter")
        await console.until(lambda: inbox(console).reading, "a thread")
        inbox(console).table.cursor = 3
        await console.press("down")
        assert painted(console) == inbox(console).counterpart == following
