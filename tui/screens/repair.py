"""The way out of a damaged database, offered where the console would have been."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence

from textual import work
from textual.widget import Widget
from textual.widgets import Static

from tui.core.errors import StoreError
from tui.core.settings import Launch
from tui.store.repair import repair
from tui.widgets.sheet import KeyHints, SheetScreen, SheetTitle
from tui.widgets.themed_app import ThemedApp

OFFER = (
    "The repair keeps that file under another name. It saves what can be read of it: labels, notes, drafts, "
    "canned replies, the record of what was sent, and messages older than ClickSend keeps. Everything that "
    "ClickSend still has is read from it again.\n\n"
    "Close other consoles on this profile first."
)
WORKING = "Repairing. It takes a few seconds for each hundred thousand messages."
LEAVE, REPAIR, OPEN = ("Esc", "leave it as it is"), ("Ctrl+J", "repair"), ("Ctrl+J", "open the console")


class RepairSheet(SheetScreen[bool]):
    """Asks, repairs, and tells what was saved; the result is whether the console can be opened."""

    BINDINGS = [("ctrl+j,f9", "go_on", "repair"), ("ctrl+q,ctrl+c,q", "leave", "leave")]
    title_words = "The local database is damaged"

    def __init__(self, launch: Launch) -> None:
        super().__init__()
        self.launch = launch
        self.repaired = False
        self.working = False

    def compose_body(self) -> Iterable[Widget]:
        yield Static(f"{self.launch.database}\n\n{OFFER}", markup=False)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (LEAVE, REPAIR)

    def action_leave(self) -> None:
        """Nothing was done, or all is done; a repair that is under way is seen to its end."""
        if not self.working:
            self.dismiss(self.repaired)

    def action_go_on(self) -> None:
        """Repair; afterwards, open the console."""
        if self.repaired:
            self.dismiss(True)
        elif not self.working:
            self._repair()

    @work(exit_on_error=False)
    async def _repair(self) -> None:
        self.working = True
        self._say(WORKING)
        try:
            done = await asyncio.to_thread(repair, self.launch.database, time.time())
        except StoreError as error:
            self._say(str(error), LEAVE, REPAIR)
        else:
            self.repaired = True
            title = self.query_one(SheetTitle)
            title.words = "The local database is repaired"
            title.refresh()
            self._say(done.summary, OPEN)
        finally:
            self.working = False

    def _say(self, words: str, *hints: tuple[str, str]) -> None:
        self.query_one("#sheet-body Static", Static).update(words)
        keys = self.query_one(KeyHints)
        keys.hints = hints
        keys.refresh()


class RepairApp(ThemedApp[bool]):
    """Nothing but that question: there is no store to open the console on."""

    TITLE = "clicksend-tui"
    CSS_PATH = "repair.tcss"
    ENABLE_COMMAND_PALETTE = False

    def on_mount(self) -> None:
        self.push_screen(RepairSheet(self.launch), self.exit)


def offer_repair(launch: Launch) -> bool:
    """Ask whether to repair the damaged store, and do it; whether the console can be opened again."""
    return bool(RepairApp(launch).run(mouse=launch.settings.mouse))
