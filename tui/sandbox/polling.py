"""What POLL rules put aside until somebody marks it read: inbound messages and delivery receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from tui.sandbox.message import Message

_FIRING = 10
"""Only so many rules fire for one message, in order of creation."""


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


def inbound_copies(rules: Iterable[dict[str, Any]], message: Message) -> int:
    """How many POLL rules put this inbound message aside."""
    return _polled(rules, lambda rule: _takes_inbound(rule, message))


def receipt_copies(rules: Iterable[dict[str, Any]], message: Reported) -> int:
    """How many POLL rules put the receipt of this message aside."""
    return _polled(rules, lambda rule: _takes_receipt(rule, message))


def _polled(rules: Iterable[dict[str, Any]], takes: Callable[[dict[str, Any]], bool]) -> int:
    fired = [rule for rule in rules if rule["enabled"] and takes(rule)][:_FIRING]
    return sum(rule["action"] == "POLL" for rule in fired)


def _takes_inbound(rule: dict[str, Any], message: Message) -> bool:
    if rule["dedicated_number"] not in ("*", message.sender):
        return False
    body, term = message.body.lower(), str(rule["message_search_term"] or "").lower()
    match rule["message_search_type"]:
        case 1:
            return body.startswith(term)
        case 2:
            return term in body
        case 3:
            return term not in body
    return True


def _takes_receipt(rule: dict[str, Any], message: Reported) -> bool:
    match rule["match_type"]:
        case 1:
            return message.failed
        case 2:
            return not message.failed
    return True
