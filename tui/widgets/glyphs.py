"""The glyph of every state, and the ASCII twins for terminals that cannot show them."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.widgets.spans import Span, Tone

STATES: dict[str, tuple[str, Tone, str]] = {
    "received": ("", "normal", "received"),
    "sending": ("◷", "muted", "sending"),
    "accepted": ("◷", "muted", "accepted"),
    "scheduled": ("◷", "muted", "scheduled"),
    "sent": ("✓", "muted", "sent"),
    "delivered": ("✓✓", "good", "delivered"),
    "failed": ("✗", "bad", "failed"),
    "rejected": ("✗", "bad", "rejected"),
    "cancelled": ("✗", "muted", "cancelled"),
    "unknown": ("?", "warn", "outcome unknown"),
    "not sent": ("✗", "warn", "not sent"),
}
"""Message state -> glyph, tone, word. A state that ClickSend invents later is shown by its own name."""


def state_span(state: str) -> Span:
    """`✓✓ delivered`, in its tone."""
    glyph, tone, word = STATES.get(state, ("?", "warn", state))
    return Span(f"{glyph} {word}".strip(), tone)


TWINS = str.maketrans(
    "●○✓✗◷↩…·→←↑↓─│━┃▁▂▃▄▅▆▇█▔▌▐•\u2013\u2014\u201c\u201d\u2018\u2019",
    "*ovx@<~-><^v-|=|_.:-=+*##||*--\"\"''",
)


class AsciiTwins(LineFilter):
    """Shows the console's own glyphs, borders included, by one-cell ASCII twins, and other text as `?`."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        del background
        return [
            Segment(_ascii(text), style, control) if not text.isascii() else Segment(text, style, control)
            for text, style, control in segments
        ]


def _ascii(text: str) -> str:
    twin = text.translate(TWINS)
    return "".join(char if char.isascii() else "?" * cell_len(char) for char in twin)
