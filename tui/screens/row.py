"""One row of an answer in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from tui.widgets.sheet import Facts, SheetScreen
from tui.widgets.spans import Span


class RowScreen(SheetScreen[None]):
    """Every value of a row with its label."""

    BINDINGS = [("q,enter", "leave", "back")]

    def __init__(self, title: str, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.title_words = title
        self.facts = facts

    def compose_body(self) -> Iterable[Widget]:
        yield Facts([(label, ((Span(value, "normal"),),)) for label, value in self.facts])
