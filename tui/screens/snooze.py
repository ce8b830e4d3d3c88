"""Until when: what is typed is understood as it is typed, and the usual times stand below."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from tui.core.clock import exact_time, parse_wake
from tui.core.errors import InvalidInput
from tui.core.local_zone import LocalZone
from tui.widgets.choose_sheet import Choice, ChooseSheet

USUAL = ("in 1h", "in 3h", "today 17:00", "tomorrow 9:00", "monday 9:00", "in 1 week")


class SnoozeSheet(ChooseSheet):
    """The value of what is chosen is a time in Unix seconds."""

    def __init__(self, title: str, now: float, *, wakes: bool = False) -> None:
        """With `wakes`, coming back at once is among the choices; its value is "0"."""
        self.now = now
        back = [Choice("0", "now", "back to Open")] if wakes else []
        usual = [choice for words in USUAL if (choice := self._understood(words))]
        super().__init__(title, [*back, *usual], placeholder="until when: tomorrow 9, in 2h, monday")

    def matching(self, words: str) -> Sequence[Choice]:
        """The usual times that begin so, after the one that was typed out."""
        typed = " ".join(words.split())
        if not typed:
            return self.choices
        usual = [choice for choice in self.choices if choice.title.startswith(typed.casefold())]
        if usual:
            return usual
        try:
            at = parse_wake(typed, self.now, LocalZone())
        except InvalidInput as error:
            self.table.empty = str(error)
            return ()
        return (Choice(str(at), typed, _until(at)),)

    def _understood(self, words: str) -> Choice | None:
        with suppress(InvalidInput):  # today 17:00 may be past
            at = parse_wake(words, self.now, LocalZone())
            return Choice(str(at), words, _until(at))
        return None


def _until(at: int) -> str:
    return exact_time(at)[:-3]
