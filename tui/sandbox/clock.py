"""A clock that stands still until it is turned: tests play a day in a millisecond."""

from __future__ import annotations


class ManualClock:
    """A `tui.core.clock.Clock` for tests; it starts at 2026-11-03 03:00 UTC (14:00 in Sydney)."""

    def __init__(self, start: float = 1_793_674_800) -> None:
        self._now = float(start)

    def now(self) -> float:
        """Unix seconds."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Turn the clock forward."""
        self._now += seconds
