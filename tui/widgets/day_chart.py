"""Messages per day as bars: sent above the line of dates, received below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.style import Style
from rich.text import Span, Text
from textual_plotext import PlotextPlot

WIDEST_DAY = 4
"""Cells. Wider bars are no easier to read."""
_SENT, _RECEIVED, _SCALE = 1, 2, 3
"""Colours that plotext is told: they only mark what a cell belongs to, and are replaced by the theme's."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's messages."""

    day: date
    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands. A row holds `fine` units, a column as many; units count from bottom left."""

    days: Sequence[Day]
    per_day: int
    """Columns of one day, the gap after its bar included."""
    gutter: int
    up: int
    down: int
    """Rows above and below the line of dates."""
    per_unit: float
    """Messages that one unit of height stands for."""
    fine: int

    @property
    def columns(self) -> int:
        return self.per_day * len(self.days)

    @property
    def rows(self) -> int:
        return self.up + 1 + self.down

    def bars(self, value: Callable[[Day], int], *, upward: bool) -> Iterator[tuple[int, int]]:
        """The units that the bars of one series fill."""
        wide = max(1, self.per_day * self.fine - 1)
        first = (self.down + 1) * self.fine if upward else self.down * self.fine - 1
        step = 1 if upward else -1
        for number, day in enumerate(self.days):
            left = number * self.per_day * self.fine
            amount = value(day)
            high = max(1, round(amount / self.per_unit)) if amount else 0
            yield from ((left + x, first + step * y) for x in range(wide) for y in range(high))

    def scale(self) -> list[tuple[int, str]]:
        """Rows, and the number of messages at their outer edge."""
        marks = [(self.rows - 1, self.up)]
        if self.up >= 8:
            marks.append((self.down + self.up // 2, self.up // 2))
        if self.down > 1:
            marks.append((0, self.down))
        return [(row, f"{round(height * self.fine * self.per_unit):,}") for row, height in marks]

    def dates(self) -> str:
        """The line between sent and received: each Monday by its date."""
        line, free = "", 0
        for number, day in enumerate(self.days):
            words = f" {day.day.day} {day.day:%b} "
            start = max(0, number * self.per_day - 1)
            if day.day.weekday() == 0 and free <= start <= self.columns - len(words):
                line = line.ljust(start, "─") + words
                free = len(line)
        return line.ljust(self.columns, "─")


def _plan(days: Sequence[Day], width: int, height: int, *, fine: int) -> _Plan:
    most_sent = max(1, *(day.sent for day in days))
    most_received = max(1, *(day.received for day in days))
    gutter = len(f"{max(most_sent, most_received):,}") + 2
    days = days[-(width - gutter) :]
    per_day = min(WIDEST_DAY, (width - gutter) // len(days))
    rows = height - 1
    # One scale for both, and the split that leaves the fewest rows unused.
    per_unit, up = min((max(most_sent / up, most_received / (rows - up)) / fine, up) for up in range(1, rows))
    return _Plan(days, per_day, gutter, up, rows - up, per_unit, fine)


class DayChart(PlotextPlot):
    """The last 30 days. Position tells sent from received, so that it reads without colour and in ASCII."""

    COMPONENT_CLASSES = {"day-chart--sent", "day-chart--received", "day-chart--scale"}
    DEFAULT_CSS = """
    DayChart {
        background: $background;
        & > .day-chart--sent { color: $accent; }
        & > .day-chart--received { color: $muted; }
        & > .day-chart--scale { color: $muted; }
    }
    """

    def __init__(self, *, ascii: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.ascii = ascii
        self.days: Sequence[Day] = ()

    def show(self, days: Sequence[Day]) -> None:
        """Show these days, oldest first."""
        if days != self.days:
            self.days = days
            self.refresh()

    def render(self) -> Text:
        if not self.days or self.size.width < 20 or self.size.height < 4:
            return Text()
        plan = _plan(self.days, self.size.width, self.size.height, fine=1 if self.ascii else 2)
        return self._in_theme(Text.from_ansi(self._drawn(plan)))

    def _drawn(self, plan: _Plan) -> str:
        plot, fine = self.plt, plan.fine
        plot.clear_figure()
        plot.theme("clear")
        plot.plotsize(plan.gutter + plan.columns, plan.rows)
        # plotsize alone does not resize a plot that was built before.
        plot._set_size(plan.gutter + plan.columns, plan.rows)
        plot.xaxes(False, False)
        plot.yaxes(False, False)
        plot.xlim(0, plan.columns * fine - 1)
        plot.ylim(0, plan.rows * fine - 1)
        plot.ticks_color(_SCALE)
        marks = [(row * fine + (fine - 1) / 2, words.rjust(plan.gutter - 1)) for row, words in plan.scale()]
        plot.yticks([row for row, _ in marks], [words + " " for _, words in marks])
        plot.xticks([])
        for series, marker, bars in (
            (_SENT, "#" if self.ascii else "hd", [*plan.bars(lambda day: day.sent, upward=True)]),
            (_RECEIVED, "=" if self.ascii else "hd", [*plan.bars(lambda day: day.received, upward=False)]),
        ):
            plot.scatter([x for x, _ in bars], [y for _, y in bars], marker=marker, color=series)
        plot.text(plan.dates(), 0, plan.down * fine + (fine - 1) / 2, color=_SCALE, alignment="left")
        return str(plot.build()).removesuffix("\n")

    def _in_theme(self, drawn: Text) -> Text:
        """The same drawing in the colours of the theme: plotext knows neither them nor the terminal's own."""
        tones = {
            number: Style(color=self.get_component_rich_style(f"day-chart--{name}").color)
            for number, name in ((_SENT, "sent"), (_RECEIVED, "received"), (_SCALE, "scale"))
        }
        spans = []
        for start, end, style in drawn.spans:
            color = style.color if isinstance(style, Style) else None
            if color is not None and color.number in tones:
                spans.append(Span(start, end, tones[color.number]))
        return Text(drawn.plain, spans=spans, no_wrap=True)
