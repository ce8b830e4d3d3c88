"""The one line at the bottom: the keys that work here, now, most used first."""

from __future__ import annotations

from functools import partial

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.header import content
from tui.widgets.spans import Span, Tone, fit, spread, width

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
WRONG: tuple[Tone, ...] = ("warn", "bad")
"""The tones of what went wrong."""
MOST = 6
"""Lines of one notice."""


def key_name(key: str) -> str:
    """How a key is written for people: `ctrl+j` is `Ctrl+J`, `question_mark` is `?`."""
    *modifiers, last = key.split("+")
    shown = KEY_NAMES.get(last) or (
        last.upper() if modifiers or (last[:1] == "f" and last[1:].isdigit()) else last
    )
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])


class KeyBar(Widget):
    """Shows `(key, word, enabled)` triples, as many as fit, and `? all keys` at the right.

    A notice takes their place for a moment. What went wrong is shown whole, in as many lines as it takes: the
    screen above gives way, so that nothing is covered that is being read or written.
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
    notices: reactive[tuple[Span, ...]] = reactive(())
    """What went wrong, and after it what was said last."""

    def say(self, notice: Span, seconds: float) -> None:
        """Show a notice in place of the keys, for so long. It leaves on view what went wrong just before."""
        wrong = [each for each in self.notices if each.tone in WRONG and each != notice]
        self.notices = (*wrong[-1:], notice)
        self.set_timer(seconds, partial(self._fade, notice))

    def _fade(self, notice: Span) -> None:
        self.notices = tuple(each for each in self.notices if each is not notice)

    def hush(self) -> None:
        """Show the keys again, unless something went wrong."""
        self.notices = tuple(each for each in self.notices if each.tone in WRONG)

    def watch_notices(self) -> None:
        self._take_room()

    def on_resize(self) -> None:
        self._take_room()

    def _take_room(self) -> None:
        height = 1 + max(1, len(self._lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    @property
    def _lines(self) -> list[Span]:
        """The notices, line by line."""
        room = max(10, self.size.width - width(LAST) - 3)
        lines: list[Span] = []
        for words, tone in self.notices:
            if tone in WRONG:
                lines += [Span(part.plain, tone) for part in Content(f"! {words}").wrap(room)[:MOST]]
            else:
                lines.append(Span(fit(words, room), tone))
        return lines

    def render(self) -> Content:
        if lines := self._lines:
            above = [content(spread((Span(" "), line), (), self.size.width)) for line in lines[:-1]]
            return Content("\n").join(
                [*above, content(spread((Span(" "), lines[-1]), LAST, self.size.width))]
            )
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
