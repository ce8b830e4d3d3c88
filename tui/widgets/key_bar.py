"""The one line at the bottom: the keys that work here, now, most used first."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.widgets.header import content
from tui.widgets.spans import Span, fit, spread, width

KEY_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


LAST = (Span("? ", "accent"), Span("all keys ", "muted"))
NO_NOTICE = Span("")


def key_name(key: str) -> str:
    """How a key is written for people: `ctrl+j` is `Ctrl+J`, `question_mark` is `?`."""
    *modifiers, last = key.split("+")
    shown = KEY_NAMES.get(last) or (
        last.upper() if modifiers or (last[:1] == "f" and last[1:].isdigit()) else last
    )
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


class KeyBar(Widget):
    """Shows `(key, word, enabled)` triples, as many as fit, and `? all keys` at the right.

    A notice takes their place for a moment: it covers nothing that is being read.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 2;
        background: $background;
        border-top: solid $rule;
    }
    """
    keys: reactive[tuple[tuple[str, str, bool], ...]] = reactive(())
    notice: reactive[Span] = reactive(NO_NOTICE)

    def __init__(self) -> None:
        super().__init__()
        self._fading: Timer | None = None

    def fits(self, words: str) -> bool:
        """Whether a notice can be read whole here."""
        return "\n" not in words and cell_len(words) <= self.size.width - width(LAST) - 3

    def say(self, notice: Span, seconds: float) -> None:
        """Show a notice in place of the keys, for so long."""
        self.notice = notice
        if self._fading is not None:
            self._fading.stop()
        self._fading = self.set_timer(seconds, self.hush)

    def hush(self) -> None:
        """Show the keys again."""
        self.notice = NO_NOTICE

    def render(self) -> Content:
        words, tone = self.notice
        if words:
            left = (Span(" "), Span(fit(words, self.size.width - width(LAST) - 3), tone))
            return content(spread(left, LAST, self.size.width))
        room = self.size.width - width(LAST) - 2
        line: list[Span] = [Span(" ")]
        for key, word, enabled in self.keys:
            item = [
                Span(key + " ", "accent" if enabled else "muted"),
                Span(word, "normal" if enabled else "muted"),
            ]
            if width(line) + width(item) > room:
                break
            line += [*item, Span("   ")]
        gap = self.size.width - width(line) - width(LAST)
        return content([*line, Span(" " * max(0, gap)), *LAST])
