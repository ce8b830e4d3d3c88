"""Time: Unix seconds inside, the person's zone outside, and what a person types for a schedule."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

from tui.core.errors import InvalidInput

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LAST = 253_402_214_400
"""The last day of year 9999: a remote time beyond it must not stop a screen."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s+([a-z]{3,9})(?:\s+(\d{4}))?")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
_SPAN = re.compile(r"(\d{1,4})\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)")
_EXAMPLES = 'Type it like "2026-11-30 09:00", "tomorrow 9am", "monday 9:30" or "in 2h".'


class Clock(Protocol):
    """Where the present comes from; tests turn their own."""

    def now(self) -> float:
        """Unix seconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Unix seconds."""
        return time.time()


def short_time(at: int, now: int, zone: tzinfo | None = None) -> str:
    """A time for a narrow column: "14:01" today, "Mon" in the last six days, "3 Nov", "3 Nov 2024"."""
    moment, today = _local(at, zone), _local(now, zone).date()
    if moment.date() == today:
        return f"{moment:%H:%M}"
    if timedelta(0) < today - moment.date() < timedelta(days=7):
        return _DAYS[moment.weekday()][:3].title()
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{moment.day} {_MONTHS[moment.month - 1][:3].title()}{year}"


def coming_time(at: int, now: int, zone: tzinfo | None = None) -> str:
    """A time to come for a narrow column: "14:01" today, "Mon 9:00" in the next six days, "3 Nov 9:00"."""
    moment, today = _local(at, zone), _local(now, zone).date()
    clock = f"{moment.hour}:{moment.minute:02}"
    if moment.date() == today:
        return clock
    if timedelta(0) < moment.date() - today < timedelta(days=7):
        return f"{_DAYS[moment.weekday()][:3].title()} {clock}"
    year = "" if moment.year == today.year else f" {moment.year}"
    return f"{moment.day} {_MONTHS[moment.month - 1][:3].title()}{year} {clock}"


def exact_time(at: int, zone: tzinfo | None = None) -> str:
    """A time in full: "Tue 3 Nov 2026 14:01:22"."""
    moment = _local(at, zone)
    return f"{_day(moment)} {moment:%H:%M:%S}"


def minute(at: int, zone: tzinfo | None = None) -> str:
    """A time for a table of any age: "2026-11-03 14:01"."""
    return f"{_local(at, zone):%Y-%m-%d %H:%M}"


def parse_local(text: str, now: float, zone: tzinfo) -> int:
    """Unix seconds of a time to come that a person typed, read in their zone; InvalidInput says what to type.

    A time that comes twice when clocks go back is the first of the two.
    """
    typed = _typed(text)
    span = typed.removeprefix("in ")
    moment = _moment(typed, _local(now, zone)) if span == typed else _after(span, now, zone)
    at = int(moment.timestamp())
    if at <= now:
        raise InvalidInput(f"{_day(moment)} {moment:%H:%M} is in the past.", hint="Type a later time.")
    return at


def parse_wake(text: str, now: float, zone: tzinfo) -> int:
    """When something is to come back: as `parse_local`, and a length of time without "in" ("2h") or a day
    alone ("monday"), which begins at nine.
    """
    try:
        return parse_local(text, now, zone)
    except InvalidInput as error:
        for meant in (f"in {text}", f"{text} 9:00"):
            with suppress(InvalidInput):
                return parse_local(meant, now, zone)
        raise error


def parse_moment(text: str, now: float, zone: tzinfo) -> int:
    """Unix seconds of any time that a person typed: also a past one, a day alone ("yesterday", "1 Nov 2026",
    which is its first moment), a while ago ("3 days ago") or Unix seconds themselves.
    """
    typed = _typed(text)
    if typed.isdecimal() and len(typed) >= 9:
        return int(typed)
    if typed.endswith(" ago"):
        return int(2 * now) - int(_after(typed.removesuffix(" ago"), now, zone).timestamp())
    here = _local(now, zone)
    days = {"yesterday": here.date() - timedelta(days=1), "today": here.date()}
    day = days.get(typed) or _split_day(typed, here)[0]
    if isinstance(day, date) and (typed in days or not _split_day(typed, here)[1]):
        return int(datetime.combine(day, datetime.min.time(), zone).timestamp())
    if typed.startswith("in "):
        return parse_local(typed, now, zone)
    return int(_moment(typed, here).timestamp())


def _typed(text: str) -> str:
    return " ".join(text.lower().replace(",", " ").split())


def _local(at: float, zone: tzinfo | None) -> datetime:
    return datetime.fromtimestamp(min(max(at, 0), _LAST), UTC).astimezone(zone)


def _day(moment: datetime) -> str:
    day, month = _DAYS[moment.weekday()][:3].title(), _MONTHS[moment.month - 1][:3].title()
    return f"{day} {moment.day} {month} {moment.year}"


def _after(span: str, now: float, zone: tzinfo) -> datetime:
    """Hours and minutes are elapsed time; days and weeks keep the wall clock across a change of clocks."""
    found = _SPAN.findall(span)
    if not found or _SPAN.sub("", span).replace("and", "").strip():
        what = f'"in {span}" is not a length of time.'
        raise InvalidInput(what, hint='Type it like "in 2h" or "in 3 days".')
    minutes = sum(int(n) * (60 if unit[0] == "h" else 1) for n, unit in found if unit[0] in "hm")
    days = sum(int(n) * (7 if unit[0] == "w" else 1) for n, unit in found if unit[0] in "dw")
    start = _local(now + minutes * 60, zone)
    return _at(start.date() + timedelta(days=days), start, start) if days else start


def _moment(typed: str, here: datetime) -> datetime:
    day, rest = _split_day(typed, here)
    clock = _TIME.fullmatch(rest)
    if not typed or (day is None and not (clock and (clock[2] or clock[3]))):
        what = f'"{typed}" is not a time I can read.' if typed else "No time was typed."
        raise InvalidInput(what, hint=_EXAMPLES)
    if clock is None:
        what = f'"{rest}" is not a time of day.' if rest else f'"{typed}" has no time of day.'
        raise InvalidInput(what, hint='Add it like "09:00", "9am" or "17:30".')
    wall = _wall(clock, here)
    if isinstance(day, date):
        return _at(day, wall, here)
    # A weekday or a bare time means the next time that it comes.
    step = 7 if day is not None else 1
    first = here.date() + timedelta(days=(day - here.weekday()) % 7 if day is not None else 0)
    moment = _at(first, wall, here)
    return moment if moment > here else _at(first + timedelta(days=step), wall, here)


def _split_day(typed: str, here: datetime) -> tuple[date | int | None, str]:
    """The day that the text begins with (a date, a weekday's number or None) and what follows it."""
    head, _, rest = typed.partition(" ")
    if head in ("today", "tomorrow"):
        return here.date() + timedelta(days=head == "tomorrow"), rest
    for number, name in enumerate(_DAYS):
        if len(head) >= 3 and name.startswith(head):
            return number, rest
    if match := _ISO.match(typed):
        day = _date(int(match[1]), int(match[2]), int(match[3]))
        return day, typed[match.end() :].removeprefix("t").strip()
    if (match := _DAY_MONTH.match(typed)) and (month := _month(match[2])):
        day = _date(int(match[3] or here.year), month, int(match[1]))
        if not match[3] and day < here.date():
            day = _date(here.year + 1, month, int(match[1]))
        return day, typed[match.end() :].strip()
    return None, typed


def _month(name: str) -> int:
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)), 0)


def _date(year: int, month: int, day: int) -> date:
    try:
        # The first and last years cannot be converted between zones.
        return date(year if 1 < year < 9999 else 0, month, day)
    except ValueError:
        raise InvalidInput(f"There is no day {year:04}-{month:02}-{day:02}.", hint=_EXAMPLES) from None


def _wall(clock: re.Match[str], here: datetime) -> datetime:
    hour, minute, half = int(clock[1]), int(clock[2] or 0), clock[3]
    if half and not 1 <= hour <= 12:
        raise InvalidInput(f'"{clock[0]}" is not a time of day.', hint='Type it like "9am" or "17:30".')
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise InvalidInput(f'"{clock[0]}" is not a time of day.', hint='Type it like "9am" or "17:30".')
    return here.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _at(day: date, wall: datetime, here: datetime) -> datetime:
    moment = datetime.combine(day, wall.time(), here.tzinfo)
    back = moment.astimezone(UTC).astimezone(here.tzinfo)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise InvalidInput(
            f"{wall:%H:%M} does not exist on {_day(moment)}: the clocks go forward.",
            hint=f"Type {back:%H:%M} instead.",
        )
    return moment
