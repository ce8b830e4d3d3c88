"""Tables of one-line rows: what stands in which column, and how wide each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tui.widgets.paged_table import Painter
from tui.widgets.spans import Line, Span, spread
from tui.widgets.spans import column as cell_of

Row = TypeVar("Row")


class Column(NamedTuple, Generic[Row]):
    """One column: its heading, its cells of width (0 shares what is left), and how a row shows in it."""

    title: str
    cell: Callable[[Row], Span | Line]
    """One span, or several that are cut at the column's end."""
    width: int = 0
    right: bool = False
    from_width: int = 0
    """The table's width from which the column is shown."""


def columns(layout: Sequence[Column[Row]]) -> tuple[Painter[Row], Callable[[int], Line]]:
    """The painter and the heading of a table of one-line rows with these columns."""

    def widths(cells: int) -> list[tuple[Column[Row], int]]:
        shown = [item for item in layout if cells >= item.from_width]
        flexible = sum(1 for item in shown if not item.width) or 1
        room = max(0, cells - 2 - sum(item.width for item in shown) - 2 * (len(shown) - 1))
        return [(item, item.width or room // flexible) for item in shown]

    def line(parts: Sequence[Line]) -> Line:
        spaced: list[Span] = [Span(" ")]
        for number, part in enumerate(parts):
            spaced.extend((Span("  "), *part) if number else part)
        return spaced

    def fitted(cell: Span | Line, room: int, right: bool) -> Line:
        if isinstance(cell, Span):
            return (Span(cell_of(cell.text, room, right=right), cell.tone),)
        return spread(cell, (), room)

    def paint(row: Row, cells: int) -> Sequence[Line]:
        return (line([fitted(item.cell(row), room, item.right) for item, room in widths(cells)]),)

    def heading(cells: int) -> Line:
        return line([(Span(cell_of(c.title, room, right=c.right), "muted"),) for c, room in widths(cells)])

    return paint, heading
