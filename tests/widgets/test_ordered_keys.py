"""Keys wait for the one before them as long as its widget is there, and no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from tui.widgets import ordered_keys
from tui.widgets.ordered_keys import OrderedKeysApp


class Opener(Widget, can_focus=True):
    """Opens a field, once it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def key_o(self) -> None:
        async with asyncio.timeout(5):
            await self.let.wait()
        self.app.query_one(Input).focus()

    def key_g(self) -> None:
        self.app.query_one(Input).focus()
        self.remove()


class Page(OrderedKeysApp[None]):
    looks = 0

    def compose(self) -> ComposeResult:
        yield Opener()
        yield Input()

    def type(self, *keys: str) -> None:
        for key in keys:
            self.post_message(events.Key(key, key))

    def _look(self, *facts: object) -> None:
        self.looks += 1
        super()._look(*facts)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordered_keys, "PATIENCE", 0.001)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nothing tells it
            await asyncio.sleep(0.001)


async def test_keys_wait_for_a_busy_widget() -> None:
    app = Page()
    async with app.run_test():
        app.query_one(Opener).focus()
        app.type("o", *"hello")
        await until(lambda: app.looks > 5)
        assert app.query_one(Input).value == ""
        app.query_one(Opener).let.set()
        await until(lambda: app.query_one(Input).value == "hello")


async def test_keys_do_not_wait_for_a_widget_that_is_gone() -> None:
    app = Page()
    async with app.run_test():
        app.query_one(Opener).focus()
        app.type("g", *"hello")
        await until(lambda: app.query_one(Input).value == "hello")


async def test_what_was_meant_for_a_stuck_widget_means_nothing_else() -> None:
    app = Page()
    async with app.run_test() as pilot:
        app.query_one(Opener).focus()
        app.type("o", *"hello")
        await until(lambda: app.looks == ordered_keys.MOST_LOOKS)
        await until(lambda: app._overdue is None)
        app.query_one(Input).focus()
        app.type(*"later")
        await until(lambda: app.query_one(Input).value == "later")
        app.query_one(Opener).let.set()
        await pilot.pause()
