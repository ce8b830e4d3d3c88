"""Times as people type and read them, across changes of the clocks."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.clock import SystemClock, coming_time, exact_time, parse_local, parse_wake, short_time
from tui.core.errors import InvalidInput

SYDNEY = ZoneInfo("Australia/Sydney")
NEW_YORK = ZoneInfo("America/New_York")
# Tuesday 3 November 2026, 14:01:22 in Sydney.
NOW = int(datetime(2026, 11, 3, 14, 1, 22, tzinfo=SYDNEY).timestamp())


def at(*when: int, zone: ZoneInfo = SYDNEY, fold: int = 0) -> int:
    return int(datetime(*when, tzinfo=zone, fold=fold).timestamp())  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (NOW, "14:01"),
        (at(2026, 11, 3, 0, 0), "00:00"),
        (at(2026, 11, 2, 23, 59), "Mon"),
        (at(2026, 10, 28, 0, 0), "Wed"),
        (at(2026, 10, 27, 23, 59), "27 Oct"),
        (at(2026, 11, 4, 0, 0), "4 Nov"),
        (at(2024, 11, 3, 9, 0), "3 Nov 2024"),
    ],
)
def test_short_time(when: int, shown: str) -> None:
    assert short_time(when, NOW, SYDNEY) == shown


def test_exact_time() -> None:
    assert exact_time(NOW, SYDNEY) == "Tue 3 Nov 2026 14:01:22"
    assert exact_time(NOW, UTC) == "Tue 3 Nov 2026 03:01:22"


@given(st.integers())
def test_no_remote_time_can_stop_a_screen(when: int) -> None:
    assert short_time(when, NOW)
    assert exact_time(when, NEW_YORK)


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("2026-11-30 09:00", at(2026, 11, 30, 9, 0)),
        ("2026-11-30T09:00", at(2026, 11, 30, 9, 0)),
        ("2026-11-30 9pm", at(2026, 11, 30, 21, 0)),
        ("30 nov 9:00", at(2026, 11, 30, 9, 0)),
        ("30 November 2027, 9:00", at(2027, 11, 30, 9, 0)),
        ("2 jan 9am", at(2027, 1, 2, 9, 0)),
        ("tomorrow 9", at(2026, 11, 4, 9, 0)),
        ("Tomorrow 9am", at(2026, 11, 4, 9, 0)),
        ("tomorrow 12am", at(2026, 11, 4, 0, 0)),
        ("today 17.30", at(2026, 11, 3, 17, 30)),
        ("monday 9:30", at(2026, 11, 9, 9, 30)),
        ("tue 15:00", at(2026, 11, 3, 15, 0)),
        ("tue 9:00", at(2026, 11, 10, 9, 0)),
        ("17:00", at(2026, 11, 3, 17, 0)),
        ("9am", at(2026, 11, 4, 9, 0)),
        ("in 2h", NOW + 7200),
        ("in 1h30m", NOW + 5400),
        ("in 90 minutes", NOW + 5400),
        ("in 2 days", NOW + 2 * 86400),
        ("in 1 week and 1 day", NOW + 8 * 86400),
    ],
)
def test_what_people_type(typed: str, when: int) -> None:
    assert parse_local(typed, NOW, SYDNEY) == when


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "No time was typed. Type it like"),
        ("soon", '"soon" is not a time I can read. Type it like "2026-11-30 09:00", "tomorrow 9am"'),
        ("9", '"9" is not a time I can read.'),
        ("30/11 9:00", '"30/11 9:00" is not a time I can read.'),
        ("tomorrow", '"tomorrow" has no time of day. Add it like "09:00"'),
        ("tomorrow noonish", '"noonish" is not a time of day.'),
        ("tomorrow 25:00", '"25:00" is not a time of day.'),
        ("tomorrow 13pm", '"13pm" is not a time of day.'),
        ("2026-02-30 9:00", "There is no day 2026-02-30."),
        ("2025-01-01 9:00", "Wed 1 Jan 2025 09:00 is in the past. Type a later time."),
        ("today 9:00", "Tue 3 Nov 2026 09:00 is in the past."),
        ("in a while", '"in a while" is not a length of time. Type it like "in 2h"'),
        ("in 1 month", '"in 1 month" is not a length of time.'),
    ],
)
def test_what_cannot_be_read_gets_an_example(typed: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_local(typed, NOW, SYDNEY)
    assert str(refusal.value).startswith(message)


def test_an_hour_that_is_skipped_is_refused() -> None:
    before = at(2026, 10, 3, 12, 0)
    with pytest.raises(InvalidInput, match=r"02:30 does not exist on Sun 4 Oct 2026.*Type 03:30 instead"):
        parse_local("tomorrow 2:30", before, SYDNEY)


def test_an_hour_that_comes_twice_is_the_first() -> None:
    before = at(2026, 10, 31, 12, 0, zone=NEW_YORK)
    assert parse_local("tomorrow 1:30", before, NEW_YORK) == at(2026, 11, 1, 1, 30, zone=NEW_YORK, fold=0)


def test_days_keep_the_wall_clock_and_hours_do_not() -> None:
    before = at(2026, 10, 3, 12, 0)
    assert parse_local("in 1 day", before, SYDNEY) == at(2026, 10, 4, 12, 0)
    assert parse_local("in 24h", before, SYDNEY) == at(2026, 10, 4, 13, 0)


@given(st.text(max_size=30))
def test_anything_typed_is_a_future_time_or_a_refusal(typed: str) -> None:
    with suppress(InvalidInput):
        assert parse_local(typed, NOW, SYDNEY) > NOW


@given(st.datetimes(datetime(2026, 11, 4), datetime(2090, 1, 1)))  # noqa: DTZ001 - a wall clock time
def test_a_full_date_and_time_comes_back_as_typed(wall: datetime) -> None:
    typed = f"{wall:%Y-%m-%d %H:%M}"
    exists = wall.replace(tzinfo=NEW_YORK).astimezone(UTC).astimezone(NEW_YORK).replace(tzinfo=None) == wall
    if not exists:
        with pytest.raises(InvalidInput, match="clocks go forward"):
            parse_local(typed, NOW, NEW_YORK)
        return
    when = parse_local(typed, NOW, NEW_YORK)
    assert f"{datetime.fromtimestamp(when, NEW_YORK):%Y-%m-%d %H:%M}" == typed


def test_the_system_clock_is_utc_seconds() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC).timestamp()) < 60


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("tomorrow 9", at(2026, 11, 4, 9, 0)),
        ("monday", at(2026, 11, 9, 9, 0)),
        ("tomorrow", at(2026, 11, 4, 9, 0)),
        ("2h", NOW + 7200),
        ("in 2h", NOW + 7200),
        ("2026-12-01", at(2026, 12, 1, 9, 0)),
    ],
)
def test_when_something_comes_back(typed: str, when: int) -> None:
    assert parse_wake(typed, NOW, SYDNEY) == when


def test_a_time_to_come_back_that_is_none_says_what_is_wrong_with_what_was_typed() -> None:
    with pytest.raises(InvalidInput, match='"soonish"'):
        parse_wake("soonish", NOW, SYDNEY)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (at(2026, 11, 3, 17, 0), "17:00"),
        (at(2026, 11, 4, 9, 0), "Wed 9:00"),
        (at(2026, 11, 9, 9, 5), "Mon 9:05"),
        (at(2026, 11, 10, 9, 0), "10 Nov 9:00"),
        (at(2027, 1, 4, 9, 0), "4 Jan 2027 9:00"),
    ],
)
def test_a_time_to_come_in_a_narrow_column(when: int, shown: str) -> None:
    assert coming_time(when, NOW, SYDNEY) == shown
