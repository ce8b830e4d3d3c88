"""What will happen later, in order of time; it happens when the clock has passed it and somebody looks."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

Event = Callable[[int], None]
"""Called with the moment it was due, in Unix seconds."""


class Agenda:
    """Events to come. One that adds another may be followed by it at once."""

    def __init__(self) -> None:
        self._events: list[tuple[int, int, Event]] = []
        self._order = count()

    def add(self, at: int, event: Event) -> None:
        """Let the event happen at this moment; those of one second happen in the order added."""
        heapq.heappush(self._events, (at, next(self._order), event))

    def run(self, until: float) -> None:
        """Let everything happen that was due until now."""
        while self._events and self._events[0][0] <= until:
            at, _, event = heapq.heappop(self._events)
            event(at)
