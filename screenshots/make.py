"""Makes the pictures in this folder again, from the demo's own world: `python screenshots/make.py`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tui.app import ConsoleApp
from tui.core.settings import Launch
from tui.sandbox.server import running
from tui.sandbox.world import World

FOLDER = Path(__file__).parent
REPLY = "Of course. Sam can pick it up until 5:30 pm, just tell him to say your name."
SHOTS: Sequence[tuple[str, tuple[int, int], Sequence[str]]] = (
    ("inbox", (120, 40), ("r", f"={REPLY}")),
    ("inbox-80x24", (80, 24), ()),
    ("confirm", (120, 40), ("r", f"={REPLY}", "ctrl+j")),
    ("campaigns", (120, 40), ("2",)),
    ("contacts", (120, 40), ("3", "tab", "j", "j")),
    ("receipts", (120, 40), ("4",)),
    ("account", (120, 40), ("5",)),
)
"""File, size of the terminal, and the keys that lead there; `=` is typed as it stands."""
SETTLE = 1.5
"""Seconds for prices and charts to come in."""


async def take(url: str, name: str, size: tuple[int, int], keys: Sequence[str]) -> None:
    """One picture, from a console of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        launch = Launch(profile="acme", base_url=url, database=home / "store.sqlite3", log=home / "log")
        app = ConsoleApp(launch)
        async with app.run_test(size=size, notifications=True) as pilot:
            while not (app.services.store.counts().open and app.services.store.statistics()):
                await pilot.pause(0.05)
            await pilot.pause(SETTLE)
            for key in keys:
                for part in key[1:].replace(" ", "\0") if key.startswith("=") else (key,):
                    await pilot.press("space" if part == "\0" else part)
            await pilot.pause(SETTLE)
            svg = app.export_screenshot(title="clicksend-tui")
    (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")
    print(f"{name}.svg")


async def main() -> None:
    """All pictures, of one world in which nothing happens by itself."""
    os.environ.update(CLICKSEND_USERNAME="demo", CLICKSEND_API_KEY="demo", COLORTERM="truecolor")
    with running(World(traffic=False)) as url:
        for name, size, keys in SHOTS:
            await take(url, name, size, keys)


if __name__ == "__main__":
    asyncio.run(main())
