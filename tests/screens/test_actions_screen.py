"""The Actions screen and the palette: everything that ClickSend can be asked, found by typing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from textual.command import CommandPalette

from tests.screens.conftest import Console, Start
from tui.api.operation import Effect, catalogue
from tui.screens.actions import ActionsScreen
from tui.screens.operation_form import OperationFormScreen
from tui.widgets.filter_line import SearchInput
from tui.widgets.paged_table import PagedTable

SIZES = [(80, 24), (120, 40)]


async def to_actions(console: Console) -> ActionsScreen:
    await console.press("0")
    await console.until(lambda: isinstance(console.app.screen, ActionsScreen), "the Actions screen")
    screen = console.app.screen
    assert isinstance(screen, ActionsScreen)
    await console.until(lambda: screen.query(PagedTable) and screen.table.total, "its rows")
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_every_operation_stands_in_the_list(start: Start, size: tuple[int, int]) -> None:
    async with start(size) as console:
        screen = await to_actions(console)
        assert screen.table.total == len(catalogue())
        await console.shows("0 Actions" if size[0] > 80 else "Actions", "Effect", "○ read", "Update account")
        assert ("PUT /account" in console.text) is False
        await console.press("j", "j")
        wide = size == (120, 40)
        await console.until(lambda: ("PUT /account" in console.text) is wide)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("history export sms", "sms.history_export"),
        ("/copy/ put", "contacts.copy"),
        ("CANCEL scheduled all", "sms.cancel_all"),
        ("templates delete", "templates.sms_delete"),
        ("contacts.lists_get", "contacts.lists_get"),
    ],
)
async def test_words_are_found_in_any_order(start: Start, typed: str, found: str) -> None:
    async with start((80, 24)) as console:
        screen = await to_actions(console)
        await console.press("/")
        screen.query_one(SearchInput).value = typed
        await console.until(lambda: screen.search == typed)
        assert screen.table.row is not None
        assert screen.table.row.operation.id == found


async def test_what_is_in_the_title_comes_first(start: Start) -> None:
    async with start((80, 24)) as console:
        screen = await to_actions(console)
        await console.press("/", "=list", "enter")
        rows = [screen.table.row_at(number) for number in range(screen.table.total)]
        titles = ["list" in row.operation.title.lower() for row in rows if row]
        assert titles == sorted(titles, reverse=True)
        assert True in titles
        assert False in titles
        await console.press("escape")
        assert screen.table.total == len(catalogue())


async def test_nothing_found_says_so(start: Start) -> None:
    async with start((80, 24)) as console:
        await to_actions(console)
        await console.press("/", "=xyzzy")
        await console.shows("Nothing matches “xyzzy”.", "Esc clears the search.")


async def test_sections_are_gone_through_by_brackets(start: Start) -> None:
    async with start((80, 24)) as console:
        screen = await to_actions(console)
        await console.press("right_square_bracket", "right_square_bracket")
        sections = list(dict.fromkeys(operation.section for operation in catalogue().values()))
        assert screen.table.row is not None
        assert screen.table.row.operation.section == sections[2]
        await console.press("left_square_bracket", "left_square_bracket")
        assert screen.table.cursor == 0


async def test_read_only_mode_hides_what_changes_something(start: Start) -> None:
    async with start((80, 24), read_only=True) as console:
        screen = await to_actions(console)
        assert {operation.effect for operation in screen.operations} == {Effect.READ}
        await console.shows("only what reads: read-only mode")
        await console.press("ctrl+p", "=send sms")
        await console.until(lambda: isinstance(console.app.screen, CommandPalette))
        await console.until(lambda: "SMS campaigns · ○ read" in console.text or "No matches" in console.text)
        assert "→ send" not in console.text


async def test_enter_opens_the_form(start: Start) -> None:
    async with start((80, 24)) as console:
        await to_actions(console)
        await console.press("/", "=one template", "enter", "enter")
        await console.until(lambda: isinstance(console.app.screen, OperationFormScreen))
        await console.shows("Template", "○ read")


async def test_the_palette_opens_the_form_from_any_screen(start: Start) -> None:
    async with start((80, 24), mode="contacts") as console:
        await console.press("ctrl+p")
        await console.until(lambda: isinstance(console.app.screen, CommandPalette))
        await console.press("=duplicate remove")
        await console.shows("Remove duplicate contacts", "Contacts · ✗ delete")
        await console.press("enter")
        await console.until(lambda: isinstance(console.app.screen, OperationFormScreen))
        await console.shows("Which of the duplicates stays cannot be chosen")


def test_neither_the_screen_nor_the_palette_loads_what_they_show() -> None:
    code = "import tui.app, tui.screens.actions, tui.screens.operation_palette, sys"
    run = [sys.executable, "-c", f"{code}; print(*sys.modules)"]
    loaded = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    assert {"pydantic", "tui.api"} & set(loaded) == set()


async def test_the_palette_leads_away_from_no_sheet(start: Start) -> None:
    async with start((80, 24), mode="contacts") as console:
        await console.press("ctrl+o")
        sheet = console.app.screen
        await console.press("ctrl+p")
        await console.shows("Esc goes back first")
        assert console.app.screen is sheet
