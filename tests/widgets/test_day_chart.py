"""The chart of 30 days: heights, dates, and that it fits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from rich.text import Text

from tui.widgets.day_chart import Day, DayChart, _plan


def drawn(width: int, height: int, days: list[Day], *, ascii: bool = False) -> list[str]:
    """The chart as text, drawn without a screen."""
    chart = DayChart(ascii=ascii)
    plan = _plan(days, width, height, fine=1 if ascii else 2)
    return Text.from_ansi(chart._drawn(plan)).plain.split("\n")


def month(sent: list[int], received: list[int]) -> list[Day]:
    first = date(2026, 10, 5)
    return [
        Day(first + timedelta(days=n), up, down)
        for n, (up, down) in enumerate(zip(sent, received, strict=True))
    ]


def test_bars_stand_for_their_numbers_on_one_scale() -> None:
    rows = drawn(70, 13, month([80] + [40] * 28 + [0], [40] * 29 + [1]), ascii=True)
    line = next(number for number, row in enumerate(rows) if "─" in row)
    column = [row[4::2] for row in rows]
    heights = [sum(row[day : day + 1] == "#" for row in column[:line]) for day in range(30)]
    depths = [sum(row[day : day + 1] == "=" for row in column[line + 1 :]) for day in range(30)]
    assert heights == [8] + [4] * 28 + [0]
    assert depths == [4] * 29 + [1], "the smallest number is still seen"


def test_mondays_are_named_under_their_bars() -> None:
    rows = drawn(70, 9, month([1] * 30, [1] * 30), ascii=True)
    [line] = [row for row in rows if "─" in row]
    assert [word for word in ("5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov") if word in line] == [
        "5 Oct",
        "12 Oct",
        "19 Oct",
        "26 Oct",
    ]
    assert line.index("12 Oct") - line.index("19 Oct") == -14


@pytest.mark.parametrize("size", [(20, 4), (30, 5), (60, 7), (78, 7), (200, 30)])
@pytest.mark.parametrize("most", [0, 1, 7, 999, 1_234_567])
def test_fits_every_size(size: tuple[int, int], most: int) -> None:
    rows = drawn(*size, month([most] * 30, [most // 3] * 30))
    assert len(rows) <= size[1]
    assert max(map(len, rows)) <= size[0]
