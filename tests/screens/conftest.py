"""The console on a fresh store, signed in to a sandbox that answers over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.sandbox.stage import playing
from tui.app import ConsoleApp
from tui.core.settings import Launch
from tui.sandbox.world import World

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
            for part in key[1:] if key.startswith("=") else [key]:
                await self.pilot.press(names.get(part, part))
        await self.pilot.pause()

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
            await pilot.pause()
            yield console

    return opened
