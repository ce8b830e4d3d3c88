"""Text in tones: how lists and threads say what is bright, muted or failed without naming colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

Tone = Literal["normal", "bright", "muted", "accent", "good", "warn", "bad"]
TONES: tuple[Tone, ...] = ("normal", "bright", "muted", "accent", "good", "warn", "bad")


class Span(NamedTuple):
    """A piece of one line, in one tone. The text holds no line breaks and no control characters."""

    text: str
    tone: Tone = "normal"


Line = Sequence[Span]


def width(line: Line) -> int:
    """Cells that a line takes."""
    return sum(cell_len(span.text) for span in line)


def fit(text: str, cells: int) -> str:
    """The text in at most so many cells; what is cut off is shown as an ellipsis."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…" if cells > 1 else "…"[:cells]


def column(text: str, cells: int, *, right: bool = False) -> str:
    """The text cut or padded to exactly so many cells."""
    shown = fit(text, cells)
    padding = " " * (cells - cell_len(shown))
    return padding + shown if right else shown + padding


@lru_cache(maxsize=4)
def wrapped(text: str, cells: int) -> tuple[str, ...]:
    """The text in lines of so many cells, broken between words."""
    return tuple(line.plain.strip() for line in Content(text).wrap(cells))


def spread(left: Line, right: Line, cells: int) -> list[Span]:
    """One line of exactly so many cells: left part cut first, right part flush right."""
    room = max(0, cells - width(right))
    line: list[Span] = []
    for span in left:
        text = fit(span.text, room)
        room -= cell_len(text)
        line.append(Span(text, span.tone))
        if room <= 0:
            break
    return [*line, Span(" " * room), *right]


def strip(line: Line, cells: int, styles: Mapping[Tone, Style], under: Style) -> Strip:
    """The line as Textual paints it. Blank cells are styled too: the line API paints no background."""
    segments = [Segment(span.text, under + styles[span.tone]) for span in line if span.text]
    return Strip(segments).adjust_cell_length(cells, under)
