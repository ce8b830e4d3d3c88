"""What the undo key takes back next: sends that are about to leave, and what was decided since."""

from __future__ import annotations

from collections.abc import Callable

LATE_SECONDS = 1.5
"""So long after a send has left, the undo key is still about it: it must not undo something else instead."""


class LastSteps:
    """Sends and decisions in their order. `clock` tells seconds of any beginning."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._leaving: dict[str, float] = {}
        """When each send can no longer be taken back, by outbox id."""
        self._steps: list[str] = []
        """The sends, oldest first, and "" for each decision since the first of them."""

    def leaves(self, outbox_id: str, seconds: float) -> None:
        """This send leaves in so many seconds."""
        self._leaving[outbox_id] = self._clock() + seconds
        self._steps.append(outbox_id)

    def decided(self) -> None:
        """Something was decided that can be undone."""
        self._forget()
        if self._leaving:
            self._steps.append("")

    def take(self) -> str:
        """The send that is to be taken back now; "" when the last step was a decision, or none is known."""
        self._forget()
        return self._steps.pop() if self._steps else ""

    def _forget(self) -> None:
        now = self._clock()
        self._leaving = {id: until for id, until in self._leaving.items() if now < until + LATE_SECONDS}
        is_known = {*self._leaving, ""} if self._leaving else set()
        self._steps = [step for step in self._steps if step in is_known]
