"""What the key bar and the palette say of keys, and that every screen's own styles are in use."""

from __future__ import annotations

from pathlib import Path

import pytest

import tui.screens
from tests.screens.conftest import Start
from tui.app import ConsoleApp

SCREENS = Path(tui.screens.__file__).parent


def ready(app: ConsoleApp) -> bool:
    return app.services.store.counts().open > 0


def bar(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2]


async def test_the_way_back_stands_first_where_there_is_one(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        assert "back" not in bar(console.text)
        await console.press("enter")
        await console.until(lambda: bar(console.text).startswith(" Esc back"), "the way back")
        await console.press("escape")
        await console.until(lambda: bar(console.text).startswith(" r reply"), "the list's keys")


async def test_while_words_are_searched_for_no_letter_is_a_key(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        await console.press("/")
        await console.until(lambda: bar(console.text).startswith(" Enter to what was found"), "its keys")
        assert " r reply" not in bar(console.text)
        await console.press("escape")
        await console.until(lambda: bar(console.text).startswith(" r reply"), "the list's keys")


async def test_the_palette_writes_keys_as_they_are_pressed(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        titles = {command.title for command in console.app.get_system_commands(console.app.screen)}
        assert {"Refresh  (R)", "Reply  (r)", "Copy number  (Y)", "Create POLL rule  (P)"} <= titles


@pytest.mark.parametrize("styles", sorted(SCREENS.glob("*.tcss")), ids=lambda path: path.name)
def test_styles_beside_a_screen_are_its_styles(styles: Path) -> None:
    source = styles.with_suffix(".py").read_text(encoding="utf-8")
    assert f'CSS_PATH = "{styles.name}"' in source
