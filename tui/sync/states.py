"""What ClickSend's words for a message's state mean."""

from __future__ import annotations

from functools import lru_cache

from tui.api import codes
from tui.store.rows import Direction, State

_WORDS: dict[str, State] = {
    "received": "received",
    "success": "accepted",
    "queued": "accepted",
    "completed": "accepted",  # "added to the delivery queue": accepted by ClickSend, no more
    "waitapproval": "accepted",
    "scheduled": "scheduled",
    "sent": "sent",
    "delivered": "delivered",
    "failed": "failed",
    "undelivered": "failed",
    "cancelled": "cancelled",
    "cancelledafterreview": "cancelled",
}
_CODES: dict[str, State] = {
    "200": "sent",
    "201": "delivered",
    # Once a permanent failure; ClickSend's help says today that it tries again.
    "300": "sent",
    "301": "failed",
    "302": "sent",
}
_ON_THE_WAY: frozenset[State] = frozenset({"sent", "accepted", "scheduled"})


@lru_cache(maxsize=512)
def state_of(status: str, code: str, direction: Direction = "out") -> State:
    """The state of a message from `status` and `status_code`, either of which may be a word, a number or "".

    A word that is not known says no more than that ClickSend has the message.
    """
    if direction == "in":
        return "received"
    word = _word(status) or _word(code)
    number = _CODES.get(code.strip()) or _CODES.get(status.strip())
    if word is None or number is None:
        return word or number or "accepted"
    if word not in _ON_THE_WAY:
        return word
    # 200 only says that nothing has gone wrong: the word tells how far it is.
    return word if number in _ON_THE_WAY else number


def _word(text: str) -> State | None:
    """Some statuses have a detail after a colon: "Queued:WaitSend"."""
    if codes.outcome(text.strip()) is codes.Outcome.REJECTED:
        return "rejected"
    return _WORDS.get(text.partition(":")[0].strip().lower())
