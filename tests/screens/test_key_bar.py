"""What the key bar and the palette say of keys, and that every screen's own styles are in use."""

from __future__ import annotations

from pathlib import Path

import pytest

import tui.screens
from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.core.errors import ConsoleError
from tui.widgets.key_bar import KeyBar
from tui.widgets.paged_table import PagedTable

SCREENS = Path(tui.screens.__file__).parent


def ready(app: ConsoleApp) -> bool:
    return app.services.store.counts().open > 0


def bar_of(console: Console) -> KeyBar:
    return console.app.screen.query_one(KeyBar)


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


LONG = (
    "The server cannot be reached for “Inbound SMS”: the name rest.clicksend.com could not be looked up."
    " Nothing was sent. Check the network, or the proxy in HTTPS_PROXY, then press R."
)


async def test_what_went_wrong_is_shown_whole_and_covers_nothing(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        table = console.app.screen.query_one(PagedTable)
        await console.press("r", "=half a sen")
        height = table.size.height
        console.app.tell_problem(ConsoleError(LONG))
        await console.until(lambda: "then press R." in " ".join(console.text.split()), "all of it")
        await console.shows("half a sen", "Inbox", "! The server")
        console.app.notify("Done: Ana.", markup=False)
        await console.shows("! The server", "Done: Ana.")
        bar_of(console).notices = ()
        await console.until(lambda: table.size.height == height, "the room it took")


async def test_the_palette_writes_keys_as_they_are_pressed(start: Start) -> None:
    async with start((80, 24), ready=ready) as console:
        titles = {command.title for command in console.app.get_system_commands(console.app.screen)}
        assert {"Refresh  (R)", "Reply  (r)", "Copy number  (Y)", "Create POLL rule  (P)"} <= titles


@pytest.mark.parametrize("styles", sorted(SCREENS.glob("*.tcss")), ids=lambda path: path.name)
def test_styles_beside_a_screen_are_its_styles(styles: Path) -> None:
    source = styles.with_suffix(".py").read_text(encoding="utf-8")
    assert f'CSS_PATH = "{styles.name}"' in source


async def test_what_fails_unforeseen_where_nobody_waits_for_it_is_told(start: Start) -> None:
    async def fails() -> None:
        raise ZeroDivisionError("unforeseen")

    async with start((120, 40)) as console:
        console.app.services._keep(fails())
        await console.shows("Something went wrong: ZeroDivisionError('unforeseen')", "The log has it")
