"""How two sights of the same message become one: pure, and the same whichever comes first."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from tui.store.rows import Message, Receipt, State

T = TypeVar("T")

_WORDS = ("state_text", "code", "error_text")

_PROGRESS: dict[State, int] = {
    "sending": 0,
    "unknown": 1,
    "scheduled": 2,
    "accepted": 2,
    "sent": 3,
    # Final, and between themselves: what says more about the handset stands.
    "rejected": 4,
    "cancelled": 5,
    "failed": 6,
    "delivered": 7,
    "received": 8,
}


class Kept(NamedTuple):
    """A message with what the store alone knows of it."""

    number: int
    message: Message
    decided: bool
    """Whether `read` is a person's decision, which no poll changes."""
    listed: bool
    """Whether it was seen in ClickSend's list of unread messages."""

    @property
    def is_new(self) -> bool:
        """Whether SQLite has no such row yet, and no number for it."""
        return self.number < 0


def advances(old: State, new: State) -> bool:
    """Whether a message in state `old` may become `new`: never back, never out of a better final state."""
    return _PROGRESS[new] >= _PROGRESS[old]


def is_local(message: Message) -> bool:
    """Whether a message has no id of ClickSend yet, so that its reference stands for it."""
    return message.direction == "out" and bool(message.custom_string) and message.id == message.custom_string


def merged(kept: Kept, seen: Message, *, listed: bool = False) -> Kept:
    """What is kept, once `seen` is known too. ClickSend's word goes before the local one, and stays."""
    old = kept.message
    first, second = (seen, old) if is_local(old) else (old, seen)
    message = first._replace(
        body=first.body or second.body,
        at=_time(old, seen),
        price=_newer(seen.price, old.price),
        parts=_newer(seen.parts, old.parts),
        sender=first.sender or second.sender,
        read=old.read if kept.decided else old.read and seen.read,
        custom_string=first.custom_string or second.custom_string,
        outbox_id=first.outbox_id or second.outbox_id,
        campaign_id=_newer(seen.campaign_id, old.campaign_id),
        **_state(old, seen),
    )
    return Kept(kept.number, message, kept.decided, kept.listed or listed)


def told(message: Message, receipt: Receipt) -> Message:
    """The message, once its receipt is known."""
    return message._replace(id=receipt.message_id, **_state(message, receipt))


def _time(old: Message, seen: Message) -> int:
    if not (old.at and seen.at):
        return old.at or seen.at
    if seen.direction == "in":
        return min(old.at, seen.at)
    return old.at if is_local(seen) and not is_local(old) else seen.at


def _state(old: Message, new: Message | Receipt) -> dict[str, Any]:
    """The state that stands, with the words that belong to it."""
    if old.state == new.state:
        return {name: _fuller(getattr(old, name), getattr(new, name)) for name in _WORDS}
    told = new if advances(old.state, new.state) else old
    return {"state": told.state} | {name: getattr(told, name) for name in _WORDS}


def _fuller(one: str, other: str) -> str:
    # Polls that word the same thing differently must not overwrite each other for ever.
    return max(one, other, key=lambda text: (len(text), text))


def _newer(new: T | None, old: T | None) -> T | None:
    return old if new is None else new
