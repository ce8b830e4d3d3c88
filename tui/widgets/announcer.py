"""What the terminal is told beside the screen: its title, its bell, a notice for whoever looks elsewhere."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

    from tui.core.settings import Settings

_KEEP_TITLE = "\x1b[22;2t"
_TITLE_AS_BEFORE = "\x1b[23;2t"
_WITHOUT_TITLES = ("", "dumb", "linux")


class Announcer:
    """Says how many, never what and from whom: a notice is read by whoever stands by."""

    def __init__(self, app: App[int], settings: Settings, profile: str) -> None:
        self._app = app
        self._settings = settings
        self._profile = profile
        self._has_title = settings.title and os.environ.get("TERM", "") not in _WITHOUT_TITLES
        self._title = ""

    def show_unread(self, unread: int) -> None:
        """Let the terminal's title say how many conversations are unread."""
        title = f"({unread}) {self._profile}" if unread else self._profile
        if not self._has_title or title == self._title:
            return
        keep = "" if self._title else _KEEP_TITLE
        self._title = title
        self._write(f"{keep}\x1b]2;{title}\x07")

    def arrived(self, conversations: Collection[str]) -> None:
        """Announce that something has arrived in these."""
        if not conversations:
            return
        if self._settings.bell:
            self._app.bell()
        count = len(conversations)
        words = "New message" if count == 1 else f"New messages in {count} conversations"
        if self._settings.notify == "osc9":
            self._pass_on(f"\x1b]9;ClickSend {self._profile}: {words}\x07")
        elif self._settings.notify == "osc777":
            self._pass_on(f"\x1b]777;notify;ClickSend {self._profile};{words}\x07")

    def leave(self) -> None:
        """The title from before."""
        if self._title:
            self._title = ""
            self._write(_TITLE_AS_BEFORE)

    def _pass_on(self, sequence: str) -> None:
        """To the terminal that tmux runs in: it keeps such a thing to itself unless it is wrapped."""
        if os.environ.get("TMUX"):
            sequence = "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
        self._write(sequence)

    def _write(self, sequence: str) -> None:
        # Textual has no public way to write to the terminal; its own clipboard does the same.
        if (driver := self._app._driver) is not None:
            driver.write(sequence)
