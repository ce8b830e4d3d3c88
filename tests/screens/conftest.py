"""The console on a fresh store, signed in to a sandbox that answers over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tenacity.wait import wait_random_exponential
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.sandbox.stage import playing
from tui.api import client
from tui.app import ConsoleApp
from tui.core.settings import Launch, Settings
from tui.sandbox.world import World
from tui.widgets.key_bar import KeyBar

PATIENCE = 60
"""Seconds after which a wait gives up: generous, for a machine that is busy with other tests."""
LOOK_SECONDS = 0.01
"""How often a wait looks."""


@dataclass
class Console:
    """A console under test, its keyboard, and the ClickSend that it talks to."""

    app: ConsoleApp
    pilot: Pilot[int]
    world: World

    @property
    def text(self) -> str:
        """What is on the screen."""
        rows = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in row).rstrip() for row in rows)

    async def press(self, *keys: str) -> None:
        """Press keys; those that begin with `=` are typed, character by character."""
        names = {" ": "space", "/": "slash", "]": "right_square_bracket", "[": "left_square_bracket"}
        for key in keys:
            if key.startswith("="):
                await self._type(key[1:])
            else:
                await self.pilot.press(names.get(key, key))
        await self.pilot.pause()

    async def _type(self, text: str) -> None:
        """Send all characters at once, as a slow link does, and wait until each was dealt with."""
        driver, app = self.app._driver, self.app
        assert driver is not None
        for character in text:
            name = character if character.isalnum() else _character_to_key(character)
            event = events.Key(name, character)
            event.set_sender(app)
            driver.send_message(event)
        await self.pilot.pause(0)
        await self.until(lambda: app._overdue is None and not app._held, f"{text!r} to be typed")

    async def wave_away(self) -> None:
        """Take away what was said in passing: by itself it would stay for some seconds."""
        self.app.clear_notifications()
        for bar in self.app.screen.query(KeyBar):
            bar.notices = ()
        await self.pilot.pause(0)

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the console run until the condition holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():  # noqa: ASYNC110 - nothing tells that a screen shows something else
                    # Not with the pilot: it would have every widget answer, which takes most of the time.
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            pytest.fail(f"waited for {what or condition}; the screen shows:\n{self.text}")
        await self.pilot.pause(0)

    async def shows(self, *words: str) -> None:
        """Wait until all the words are on the screen."""
        await self.until(lambda: all(word in self.text for word in words), f"{words}")


Start = Callable[..., AbstractAsyncContextManager[Console]]


def all_read(app: ConsoleApp) -> bool:
    """Everything was read from ClickSend once: what comes now is news."""
    return all(poll.answered for poll in app.services.sync._polls.values())


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client try again as often as ever, a hundred times sooner."""
    monkeypatch.setattr(client, "_BACK_OFF", wait_random_exponential(multiplier=0.01, max=0.08))


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """An account with some history, in which nothing happens by itself. Its parameter is how much history."""
    return World(messages=getattr(request, "param", 40), traffic=False)


@pytest.fixture
def clicksend(world: World) -> Iterator[str]:
    with playing(world) as url:
        yield url


@pytest.fixture
def start(clicksend: str, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Open the console: `async with start((80, 24), mode="contacts") as console`."""
    monkeypatch.setenv("CLICKSEND_USERNAME", world.account.username)
    monkeypatch.setenv("CLICKSEND_API_KEY", world.account.key)

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40),
        *,
        mode: str = "inbox",
        ready: Callable[[ConsoleApp], Any] | None = None,
        **launch: Any,
    ) -> AsyncIterator[Console]:
        launch.setdefault("settings", Settings(undo_seconds=0.0))
        app = ConsoleApp(
            Launch(
                profile="test",
                base_url=clicksend,
                database=tmp_path / "store.db",
                log=tmp_path / "log",
                **launch,
            )
        )
        async with app.run_test(size=size, notifications=True) as pilot:
            console = Console(app, pilot, world)
            await console.until(lambda: app.services.status and app.services.status.kind == "live", "live")
            if ready is not None:
                await console.until(lambda: ready(app), "what the test begins with")
            if mode != app.current_mode:
                await app.switch_mode(mode)
            await console.until(lambda: not getattr(app.screen, "_settling", None), "all of it on view")
            await pilot.pause()
            yield console

    return opened
