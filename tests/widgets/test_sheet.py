"""Sheets that stand on each other: each leaves alone, or with what stands on it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui.widgets import themes
from tui.widgets.sheet import SheetScreen


class SheetsApp(App[None]):
    """An app with nothing on it."""

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        return variables | themes.own_tokens(self.current_theme, variables)


class Sheet(SheetScreen[str]):
    """A sheet that says nothing."""

    def compose_body(self) -> Iterable[Widget]:
        yield Static("")


async def test_a_sheet_that_is_over_goes_with_what_was_opened_on_it_and_tells_its_result() -> None:
    app, told = SheetsApp(), list[str | None]()
    async with app.run_test() as pilot:
        below, asking, opened = Screen[None](), Sheet(), Sheet()
        await app.push_screen(below)
        await app.push_screen(asking, told.append)
        await app.push_screen(opened, told.append)
        asking.dismiss("saved")
        await pilot.pause()
        assert app.screen is below
        assert told == [None, "saved"]


async def test_a_sheet_that_has_left_takes_nothing_else_away() -> None:
    app = SheetsApp()
    async with app.run_test() as pilot:
        below, sheet = Screen[None](), Sheet()
        await app.push_screen(below)
        await app.push_screen(sheet)
        sheet.dismiss(None)
        await pilot.pause()
        sheet.dismiss(None)
        await pilot.pause()
        assert app.screen is below
