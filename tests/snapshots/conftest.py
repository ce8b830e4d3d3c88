"""Pictures of the console, compared with those kept beside the tests.

`UPDATE_SNAPSHOTS=1 pytest tests/snapshots` writes them anew: look at each that git shows as changed.
"""

from __future__ import annotations

import difflib
import html
import os
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.stage import playing
from tests.screens.conftest import Console
from tui.app import ConsoleApp
from tui.core.settings import Launch, Settings
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World
from tui.screens.inbox import InboxScreen

FOLDER = Path(__file__).parent
UPDATE = "UPDATE_SNAPSHOTS"
NOISE = (
    (r"@font-face \{.*?\}|<!--.*?-->|<defs>.*?</defs>", ""),
    (r' clip-path="[^"]*"| textLength="[^"]*"| shape-rendering="[^"]*"', ""),
    (r"terminal-\d+-?", ""),
    (r"(\d\.\d\d)\d{5,}", r"\1"),
    (r"<text[^>]*>(&#160;)*</text>", ""),
    (r"><", ">\n<"),
    (r"\n\s*", "\n"),
)
"""What Textual puts into a picture and nobody sees, web fonts and numbers of its own among it."""
TWO_CELLS = re.compile(
    r'(<rect fill="([^"]+)" x="[^"]+" y="([^"]+)" width=")([^"]+)(" height="24.65"/>)\n'
    r'<rect fill="\2" x="[^"]+" y="\3" width="([^"]+)" height="24.65"/>'
)
"""Neighbours with the same background, which are one to the eye."""

Start = Callable[..., AbstractAsyncContextManager[Console]]
Matches = Callable[[Console, str], Awaitable[None]]
UNCHANGED = 20
"""Looks in a row at a picture that does not change any more."""


@pytest.fixture(autouse=True)
def _sydney(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone of every machine."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "Australia/Sydney")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Open the console on a world whose clock stands still: `async with start((80, 24)) as console`."""
    for name in ("CREDENTIALS_DIRECTORY", "CLICKSEND_USERNAME", "CLICKSEND_API_KEY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40), *, key: bool = True, messages: int = 150, **settings: Any
    ) -> AsyncIterator[Console]:
        clock = ManualClock()
        world = World(messages=messages, traffic=False, rules=bool(messages), clock=clock)
        if key:
            monkeypatch.setenv("CLICKSEND_USERNAME", world.account.username)
            monkeypatch.setenv("CLICKSEND_API_KEY", world.account.key)
        with playing(world) as url:
            launch = Launch(
                "acme",
                url,
                tmp_path / "store.db",
                tmp_path / "log",
                Settings(**{"undo_seconds": 0.0, **settings}),
            )
            app = ConsoleApp(launch)
            app.services.clock = clock
            async with app.run_test(size=size, notifications=True) as pilot:
                console = Console(app, pilot, world)
                if key:
                    await console.until(lambda: _has_read_all(app), "everything read from ClickSend")
                    await console.until(lambda: _shows_all(app), "everything on the screen")
                yield console

    return opened


def _has_read_all(app: ConsoleApp) -> bool:
    return app.services.connected and all(poll.answered for poll in app.services.sync._polls.values())


def _shows_all(app: ConsoleApp) -> bool:
    """Whether the screen has followed the store: keys before that are about what it shows."""
    screen, counts = app.screen, app.services.store.counts()
    return isinstance(screen, InboxScreen) and bool(screen.counterpart) == bool(counts.open)


@pytest.fixture
def matches(tmp_path: Path) -> Matches:
    """Compare what the console shows with a picture in this folder."""

    async def compare(console: Console, name: str) -> None:
        kept = FOLDER / f"{name}.svg"
        before = kept.read_text(encoding="utf-8") if kept.exists() else ""
        now = await settled(console, before)
        if os.environ.get(UPDATE):
            kept.write_text(now, encoding="utf-8")
        elif now != before:
            seen = tmp_path / kept.name
            seen.write_text(now, encoding="utf-8")
            changed = difflib.unified_diff(_rows(before), _rows(now), "kept", "now", n=0, lineterm="")
            words = "\n".join(changed) or "The words are the same: look at colours and places."
            pytest.fail(
                f"{name} looks different. Open both:\n  kept {kept}\n  now  {seen}\n{words}\n"
                f"If it is meant: {UPDATE}=1 pytest tests/snapshots",
                pytrace=False,
            )

    return compare


async def settled(console: Console, expected: str) -> str:
    """The picture as soon as it is the expected one, else when it has stopped changing."""
    seen, same = "", 0
    while same < UNCHANGED and seen != expected:
        await console.pilot.pause(0.05)
        now = picture(console.app)
        seen, same = now, same + 1 if now == seen else 0
    return seen


def picture(app: ConsoleApp) -> str:
    """The screen as SVG, without what differs between runs and machines."""
    svg = app.export_screenshot(title="clicksend-tui", simplify=True)
    for pattern, instead in NOISE:
        svg = re.sub(pattern, instead, svg, flags=re.DOTALL)
    joined = 1
    while joined:
        svg, joined = TWO_CELLS.subn(lambda two: f"{two[1]}{float(two[4]) + float(two[6]):.1f}{two[5]}", svg)
    return svg.strip() + "\n"


def _rows(svg: str) -> list[str]:
    """The words of a picture, row by row."""
    rows: dict[float, str] = {}
    for y, words in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        rows[float(y)] = rows.get(float(y), "") + html.unescape(words).replace("\xa0", " ")
    return [rows[y].rstrip() for y in sorted(rows)]
