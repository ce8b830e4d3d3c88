"""Choosing one of many: a list of any length that typing narrows, in the frame of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from tui.widgets.paged_table import ListWindow, PagedTable
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Line, Span, spread

TALLEST = 12
"""Rows of the list on a sheet; more scroll."""


class Choice(NamedTuple):
    """What can be chosen: the value, the words for it, and a fact about it."""

    value: str
    title: str
    note: str = ""


class ChooseSheet(SheetScreen["str | None"]):
    """Typing narrows the list, arrows move in it, Enter chooses, Escape chooses nothing."""

    DEFAULT_CSS = """
    ChooseSheet {
        & Input { height: 1; border: none; padding: 0 1; background: $panel; &:focus { border: none; } }
        & PagedTable { margin: 1 0 0 0; background: $surface; }
        & PagedTable > .paged-table--cursor-idle { background: $cursor-background; }
    }
    """
    # Before the input sees them: the list is moved in while the words are typed.
    BINDINGS = [
        Binding(keys, f"move('list.{move}')", move, show=False, priority=True)
        for keys, move in (
            ("down,ctrl+n", "down"),
            ("up,ctrl+p", "up"),
            ("pagedown", "page_down"),
            ("pageup", "page_up"),
            ("enter", "open"),
        )
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, chosen: str = "", typed: str = "") -> None:
        super().__init__()
        self.title_words = title
        self.choices = choices
        self.chosen = chosen
        self.typed = typed

    def compose_body(self) -> Iterable[Widget]:
        words = Input(self.typed, placeholder="type to narrow", select_on_focus=False)
        words.cursor_blink = False
        yield words
        table = PagedTable[Choice](_paint)
        table.empty = "Nothing matches."
        table.can_focus = False
        table.styles.height = max(1, min(TALLEST, len(self.choices)))
        yield table

    def on_mount(self) -> None:
        self._narrow(self.typed)
        self.table.select(self.chosen)
        self.query_one(Input).focus()

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Enter", "choose"))

    @property
    def table(self) -> PagedTable[Choice]:
        return cast("PagedTable[Choice]", self.query_one(PagedTable))

    def action_move(self, action_id: str) -> None:
        """Move in the list, or choose the row under the cursor."""
        self.table.action_act(action_id)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        found = [
            choice
            for choice in self.choices
            if all(word in f"{choice.title} {choice.note}".casefold() for word in wanted)
        ]
        self.table.show(ListWindow(found, lambda choice: choice.value))

    @on(PagedTable.Opened)
    def _choose(self, event: PagedTable.Opened) -> None:
        self.dismiss(cast("Choice", event.row).value)


def _paint(choice: Choice, cells: int) -> Sequence[Line]:
    left = (Span(" "), Span(choice.title, "normal"))
    return (spread(left, (Span(f"  {choice.note} ", "muted"),), cells),)
