"""A field that holds rows of several values each, such as more messages, recipients or senders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.api.layout import rows, rows_value
from tui.widgets.field import Field
from tui.widgets.header import content
from tui.widgets.spans import Span, fit


class _RowLines(Widget, can_focus=True):
    """A line for each row and one to add another; Enter opens the one under the cursor, Del takes it away."""

    BINDINGS = [
        ("enter,space", "open", "open"),
        ("delete,backspace", "remove", "remove"),
        ("down,j", "move(1)", "down"),
        ("up,k", "move(-1)", "up"),
    ]
    DEFAULT_CSS = "_RowLines { height: auto; padding: 0 1; background: $panel; }"
    COMPONENT_CLASSES = {"row-lines--cursor"}
    lines: reactive[Sequence[str]] = reactive[Sequence[str]]((), layout=True)
    adds: reactive[str] = reactive("", layout=True)
    """The words of the line that adds a row; empty when there is no room for more."""
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Opened(Message):
        """The row is to be edited; one past the last is a new one."""

        index: int

    @dataclass
    class Removed(Message):
        """The row is to be taken away."""

        index: int

    def render(self) -> Content:
        shown = [Content.assemble((fit(line, self.size.width), "$foreground")) for line in self.lines]
        if self.adds:
            shown.append(content([Span("+ ", "accent"), Span(self.adds, "normal")]))
        if self.has_focus and shown:
            here = min(self.cursor, len(shown) - 1)
            padded = shown[here].pad_right(max(0, self.size.width - shown[here].cell_length))
            mark = "reverse" if self.app.native_ansi_color else "on $cursor-background"
            shown[here] = padded.stylize_before(mark)
        return Content("\n").join(shown)

    @property
    def count(self) -> int:
        return len(self.lines) + bool(self.adds)

    def watch_lines(self) -> None:
        self.cursor = min(self.cursor, max(0, self.count - 1))

    def action_open(self) -> None:
        self.post_message(self.Opened(self.cursor))

    def action_remove(self) -> None:
        if self.cursor < len(self.lines):
            self.post_message(self.Removed(self.cursor))

    def action_move(self, step: int) -> None:
        if 0 <= self.cursor + step < self.count:
            self.cursor += step
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def on_click(self, event: events.Click) -> None:
        self.cursor = min(event.y, self.count - 1)
        self.action_open()


class RowsField(Field):
    """Rows as a JSON list of what was typed in each. Its screen edits one when `EditWanted` asks for it."""

    @dataclass
    class EditWanted(Message):
        """A row is to be edited; `index` is one past the last for a new one."""

        field: RowsField
        index: int

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        most: int,
        adds: str,
        labels: Mapping[str, str],
        required: str = "",
    ) -> None:
        """`labels` are those of the values of a row, by their names."""
        super().__init__(name, label, value, required=required)
        self.labels = labels
        self.most = most
        self.adds = adds

    def compose_control(self) -> Iterable[Widget]:
        lines = _RowLines()
        self._fill(lines)
        yield lines

    @property
    def rows(self) -> list[dict[str, str]]:
        """What was typed in each row."""
        return rows(self.value)

    def focus_control(self) -> None:
        self.query_one(_RowLines).focus()

    def show_value(self) -> None:
        self._fill(self.query_one(_RowLines))

    def _fill(self, lines: _RowLines) -> None:
        found = self.rows
        lines.lines = [self.in_words(row) for row in found]
        lines.adds = self.adds if len(found) < self.most else ""

    def in_words(self, row: Mapping[str, str]) -> str:
        """A row on one line. A bare number says nothing: it stands beside its label."""
        told = [
            f"{self.labels.get(name, name)} {text}" if text.isdecimal() else text.replace("\n", " ")
            for name, text in row.items()
        ]
        return " · ".join(told)

    def replace(self, index: int, row: dict[str, str] | None) -> None:
        """Put a row in its place, or behind the last one; None takes it away."""
        found = self.rows
        found[index : index + 1] = [row] if row else []
        self.changed(rows_value(found))
        self.show_value()

    @on(_RowLines.Opened)
    def _open(self, event: _RowLines.Opened) -> None:
        event.stop()
        self.post_message(self.EditWanted(self, event.index))

    @on(_RowLines.Removed)
    def _remove(self, event: _RowLines.Removed) -> None:
        event.stop()
        self.replace(event.index, None)
