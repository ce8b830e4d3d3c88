"""Ctrl+C, which people over SSH press to get out: it copies what is selected, else it quits from anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.screens.conftest import Start
from tui.app import ConsoleApp


def ready(app: ConsoleApp) -> bool:
    return app.services.store.counts().unread > 1


@pytest.mark.parametrize(
    "keys",
    [("/", "=half a wo"), ("r", "=half a sen"), ("l", "=half"), ("N", "=half a no"), ("?",)],
    ids=["search", "reply", "label", "note", "keys"],
)
async def test_it_quits_from_wherever_something_is_typed(start: Start, keys: tuple[str, ...]) -> None:
    async with start((80, 24), ready=ready) as console:
        await console.press(
            *(("slash" if key == "/" else "question_mark" if key == "?" else key) for key in keys)
        )
        await console.press("ctrl+c")
        await console.until(lambda: not console.app.is_running or console.app._exit, "the end")
        assert console.app.return_code == 0


async def test_a_picture_of_the_screen_that_cannot_be_saved_ends_nothing(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    async with start((80, 24)) as console:
        console.app.act_screenshot()
        await console.shows("No picture was saved")


async def test_it_copies_what_is_selected(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        await console.press("r", "=half a sen")
        console.app.screen.query_one(TextArea).select_all()
        await console.press("ctrl+c")
        await console.until(lambda: console.app.clipboard == "half a sen", "the text")
        await console.press("escape", "escape", "l", "=half")
        console.app.screen.query_one(Input).select_all()
        await console.press("ctrl+c")
        await console.until(lambda: console.app.clipboard == "half", "the label")
        assert console.app.is_running
