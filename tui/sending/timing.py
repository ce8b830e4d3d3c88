"""When a message goes out: not in the past, not too far ahead, and not in somebody's night unawares."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from tui.core.phone import display, zone_of
from tui.sending.problem import Problem, warning

MONTHS_AHEAD = 4
DAY = range(8, 20)
"""Hours, there, in which nobody is woken."""


def schedule_problems(schedule: int | None, now: float) -> Iterator[Problem]:
    """What is wrong with a time to send at."""
    if schedule is None:
        return
    if schedule <= now:
        yield Problem("schedule", "The time to send at is in the past. Type a later time.")
    elif schedule > last_moment(now):
        yield Problem(
            "schedule",
            f"More than {MONTHS_AHEAD} months ahead: ClickSend would not send it. Type an earlier time.",
        )


def night_problems(to: Sequence[str], at: float, *, of_more: bool = False) -> Iterator[Problem]:
    """How many of these numbers (E.164) it would reach before 8 or after 20 where they most likely are.

    `of_more`: they are only the first of those it goes to.
    """
    woken = [(number, there) for number in to if (there := _local(number, at)) and there.hour not in DAY]
    if woken:
        number, there = woken[0]
        all_ = f"the first {len(to):,}" if of_more else f"{len(to):,}"
        whom = "" if len(to) == 1 else f" for {len(woken):,} of {all_} recipients"
        yield warning(
            "schedule",
            f"Night{whom}: {there:%H:%M} there for {display(number)}. Send at another time if it can wait.",
        )


def last_moment(now: float) -> float:
    """The latest time that ClickSend takes: so many calendar months ahead."""
    start = datetime.fromtimestamp(now, UTC)
    years, month = divmod(start.month - 1 + MONTHS_AHEAD, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1])).timestamp()


def _local(number: str, at: float) -> datetime | None:
    zone = _zone(number)
    return datetime.fromtimestamp(at, zone) if zone else None


@lru_cache(maxsize=4096)
def _zone(number: str) -> ZoneInfo | None:
    name = zone_of(number)
    return ZoneInfo(name) if name else None
