"""What POLL rules put aside until somebody marks it read: inbound messages and delivery receipts."""

from __future__ import annotations

from typing import Protocol


class Reported(Protocol):
    """A sent message of any channel: its position in the log, and whether it could not be delivered."""

    position: int

    @property
    def failed(self) -> bool: ...


class PollQueue:
    """Unread things. Marking takes them out for everybody who polls."""

    def __init__(self) -> None:
        self._unread: list[tuple[int, int]] = []

    def put(self, message: Reported, at: int, copies: int) -> None:
        """Put a message aside as often as rules ask for it."""
        self._unread.extend([(at, message.position)] * copies)

    def unread(self) -> list[int]:
        """Positions of what has not been marked, newest first."""
        return [position for _, position in reversed(self._unread)]

    def mark(self, before: int | None) -> None:
        """Mark what is older than a moment, or everything."""
        self._unread = [] if before is None else [entry for entry in self._unread if entry[0] >= before]

    def mark_one(self, position: int) -> None:
        """Mark every copy of one message."""
        self._unread = [entry for entry in self._unread if entry[1] != position]
