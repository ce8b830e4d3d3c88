"""The machine's zone on days when clocks change, set by TZ as a shell would."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tui.core.clock import parse_local
from tui.core.errors import InvalidInput
from tui.core.local_zone import LocalZone

SYDNEY = ZoneInfo("Australia/Sydney")
NOW = datetime(2026, 10, 2, 12, 0, tzinfo=SYDNEY).timestamp()
"""The Friday before clocks go forward on Sunday 4 October at 2:00."""


@pytest.fixture(autouse=True)
def sydney(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Australia/Sydney")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("wall", [(2026, 10, 3, 9), (2026, 10, 4, 9), (2026, 4, 5, 2, 30), (2026, 7, 1)])
def test_agrees_with_the_tz_database(wall: tuple[int, ...]) -> None:
    here, there = datetime(*wall, tzinfo=LocalZone()), datetime(*wall, tzinfo=SYDNEY)
    assert here.timestamp() == there.timestamp()
    assert (here.utcoffset(), here.tzname()) == (there.utcoffset(), there.tzname())
    assert there.astimezone(UTC).astimezone(LocalZone()).replace(tzinfo=SYDNEY) == there


def test_a_wall_clock_time_after_the_change_is_that_time() -> None:
    at = parse_local("monday 9am", NOW, LocalZone())
    assert datetime.fromtimestamp(at, SYDNEY) == datetime(2026, 10, 5, 9, tzinfo=SYDNEY)


def test_a_time_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput, match="02:30 does not exist"):
        parse_local("2026-10-04 02:30", NOW, LocalZone())
