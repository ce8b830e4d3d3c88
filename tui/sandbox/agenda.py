"""What will happen later, in order of time; it happens when the clock has passed it and somebody looks."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable

Event = Callable[[int], None]
"""Called with the moment it was due, in Unix seconds."""


class Agenda:
    """Events to come. One that adds another may be followed by it at once."""

    def __init__(self) -> None:
        # Thousands of messages are on their way in the same few seconds: only these are put in order.
        self._seconds: list[int] = []
        self._events: dict[int, deque[Event]] = {}

    def add(self, at: int, event: Event) -> None:
        """Let the event happen at this moment; those of one second happen in the order added."""
        events = self._events.get(at)
        if events is None:
            events = self._events[at] = deque()
            heapq.heappush(self._seconds, at)
        events.append(event)

    def run(self, until: float) -> None:
        """Let everything happen that was due until now."""
        while self._seconds and self._seconds[0] <= until:
            at = self._seconds[0]
            if events := self._events[at]:
                events.popleft()(at)
            else:
                del self._events[heapq.heappop(self._seconds)]
