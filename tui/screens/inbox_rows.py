"""How the inbox paints a conversation: why it needs attention first, then whose it is, then what about."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.core.clock import coming_time
from tui.core.people import short_name
from tui.store.rows import Conversation
from tui.widgets.spans import Line, Span, column, fit, spread, width

if TYPE_CHECKING:
    from tui.services import Services

_ATTENTION = {
    "failed": Span("✗ failed", "bad"),
    "unknown": Span("? unknown", "warn"),
    "stop": Span("STOP", "warn"),
}
LONGEST_LABEL = 14
"""Cells of a label in a row; the title of the thread has it whole."""


class RowPainter:
    """Rows of one line or two. `selected` holds the counterparts that are selected."""

    def __init__(self, services: Services, selected: Container[str]) -> None:
        self.services = services
        self.selected = selected

    def one_line(self, row: Conversation, cells: int) -> Line:
        """Name, what was said, marks and time in one line."""
        names = min(22, cells // 4)
        left = [
            *self._dot(row),
            Span(column(row.title, names), "bright" if row.unread else "normal"),
            Span("  "),
            Span(_preview(row), "normal" if row.unread else "muted"),
        ]
        marks = _within((*self._marks(row), *_labels(row)), cells // 2 - 8)
        return spread(left, [*marks, *self._time(row)], cells)

    def two_lines(self, row: Conversation, cells: int) -> Sequence[Line]:
        """Name, marks and time; beneath, what was said, and the labels."""
        name: list[Span] = [*self._dot(row), Span(row.title, "bright" if row.unread else "normal")]
        labels = _within(_labels(row), cells // 2)
        room = cells - 4 - width(labels)
        preview = Span(fit(_preview(row), room), "normal" if row.unread else "muted")
        marks = _within(self._marks(row), cells * 3 // 5)
        below = (
            spread((Span("   "), preview), [*labels, Span(" ")], cells) if labels else (Span("   "), preview)
        )
        return spread(name, [*marks, *self._time(row)], cells), below

    def _dot(self, row: Conversation) -> list[Span]:
        chosen = "+" if row.counterpart in self.selected else " "
        return [Span(chosen, "accent"), Span("● " if row.unread else "  ", "accent")]

    def _marks(self, row: Conversation) -> Iterator[Span]:
        if row.attention:
            yield _ATTENTION[row.attention]
        if row.draft:
            yield Span("draft", "accent")
        if row.snoozed_until:
            yield Span(f"◷ {coming_time(row.snoozed_until, self.services.now())}", "muted")
        if row.standing == "blocked":
            yield Span("spam", "muted")
        if row.assignee:
            me = self.services.store.who
            yield Span(f"@{short_name(row.assignee, me)}", "normal" if row.assignee == me else "muted")
        if row.muted:
            yield Span("muted", "muted")

    def _time(self, row: Conversation) -> list[Span]:
        time = self.services.clock_time(row.last_at)
        return [Span(" "), Span(column(time, 6, right=True), "muted"), Span(" ")]


def _labels(row: Conversation) -> Iterator[Span]:
    for label in row.labels:
        yield Span("#" + fit(label, LONGEST_LABEL), "muted")


def _within(marks: Sequence[Span] | Iterator[Span], cells: int) -> list[Span]:
    """As many of these as fit, apart from each other; the first in any case."""
    line: list[Span] = []
    for mark in marks:
        if line and width(line) + width((mark,)) + 2 > cells:
            break
        line += [Span("  "), mark]
    return line


def _preview(row: Conversation) -> str:
    return f"↩ {row.preview}" if row.last_direction == "out" else row.preview
