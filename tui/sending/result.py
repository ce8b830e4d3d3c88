"""What became of a send: each message's own state, never more than ClickSend said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from tui.api import codes
from tui.api.answer import Reply
from tui.core.errors import ApiError
from tui.sending.draft import same_sender
from tui.sending.quote import Quote

Fate = Literal["accepted", "rejected", "unknown", "not sent"]
"""Accepted is not delivered; unknown may have been sent; not sent surely was not."""

NO_WORD = "ClickSend's answer does not mention it. Whether it was sent is not known."
_WHOLE_FATES: dict[str, Fate] = {
    **dict.fromkeys(("Queued", "Scheduled", "Sending", "Sent", "WaitApproval", "Approved"), "accepted"),
    **dict.fromkeys(("Cancelled", "Failed"), "rejected"),
}
TAKEN_BACK = "It was taken back before it left."


class Outcome(NamedTuple):
    """One message (or one campaign) of a send. `reference` is our id of it, `message_id` ClickSend's."""

    reference: str
    to: str
    fate: Fate
    reason: str = ""
    """Why it is not accepted, as sentences."""
    code: str = ""
    """ClickSend's status, as it came."""
    message_id: str = ""
    sender: str = ""
    parts: int | None = None
    price: Decimal | None = None
    body: str = ""
    """The text as this recipient gets it."""

    def __repr__(self) -> str:
        return f"<Outcome {self.reference} {self.fate}>"

    def became(self, fate: Fate, reason: str) -> Outcome:
        """The same message with another fate, for the same reason as all others of its send."""
        return self._replace(fate=fate, reason=reason)


@dataclass(frozen=True, slots=True)
class SendResult:
    """What became of one confirmed send."""

    outbox_id: str
    outcomes: tuple[Outcome, ...]
    total: Decimal | None = None
    """What ClickSend says it charged; None if it did not say."""
    notes: tuple[str, ...] = ()
    """Sentences on what differs from the quote."""
    reply: Reply[Any] | None = field(default=None, repr=False, compare=False)
    """What ClickSend answered; None if nothing came that could be read."""
    error: ApiError | None = field(default=None, repr=False, compare=False)
    """Why nothing came."""

    @property
    def state(self) -> Fate:
        """The one word for the whole send: unknown as soon as one message is."""
        fates = {outcome.fate for outcome in self.outcomes}
        order: Sequence[Fate] = ("unknown", "accepted", "rejected")
        return next((fate for fate in order if fate in fates), "not sent")

    @property
    def taken_back(self) -> bool:
        """Whether a person took it back before it left."""
        return self.state == "not sent" and all(outcome.reason == TAKEN_BACK for outcome in self.outcomes)

    @property
    def as_quoted(self) -> bool:
        """Whether ClickSend took every message, at the price and from the sender of the quote."""
        return not self.notes and all(outcome.fate == "accepted" for outcome in self.outcomes)

    @property
    def detail(self) -> str:
        """The whole send in a line: counts of each state, and the reasons."""
        counts = Counter(outcome.fate for outcome in self.outcomes)
        tally = ", ".join(f"{count} {fate}" for fate, count in counts.items())
        reasons = dict.fromkeys(outcome.reason for outcome in self.outcomes if outcome.reason)
        return " ".join([f"{tally}.", *reasons, *self.notes])


def differences(quote: Quote, outcomes: Sequence[Outcome], charged: Decimal | None) -> tuple[str, ...]:
    """What ClickSend did otherwise than it said in the quote, as sentences."""
    accepted = [outcome for outcome in outcomes if outcome.fate == "accepted"]
    quoted = {line.to: line for line in quote.lines}
    notes = []
    if accepted and charged is not None and quote.total is not None and charged != quote.total:
        money = quote.currency
        notes.append(f"It cost {money.price(charged)}; the quote was {money.price(quote.total)}.")
    for outcome in accepted:
        line = quoted.get(outcome.to)
        asked = line.sender if line and line.sender else quote.draft.sender
        if asked and outcome.sender and not same_sender(asked, outcome.sender):
            notes.append(f"It left from {outcome.sender} and not from {asked}.")
        if line and line.parts is not None and outcome.parts not in (None, line.parts):
            notes.append(f"It took {outcome.parts} parts; the quote was {line.parts}.")
    return tuple(dict.fromkeys(notes))


@lru_cache(maxsize=256)
def fate_of(status: str) -> tuple[Fate, str]:
    """The state that a message's status means, and the reason in words; a status not listed is unknown."""
    found = codes.outcome(status)
    if found is codes.Outcome.ACCEPTED:
        return "accepted", ""
    words, hint = codes.meaning(status)
    if found is codes.Outcome.REJECTED:
        return "rejected", f"{words} {hint}".strip()
    return "unknown", f"{words} Whether it was sent is not known."


def fate_of_whole(status: str) -> tuple[Fate, str]:
    """The same for the status of an e-mail or a campaign, whose words are others ("Queued:WaitSend")."""
    if codes.outcome(status) is not codes.Outcome.UNKNOWN or status in codes.UNCERTAIN:
        return fate_of(status)
    fate = _WHOLE_FATES.get(status.partition(":")[0], "unknown")
    if fate == "accepted":
        return fate, ""
    doubt = " Whether it was sent is not known." if fate == "unknown" else ""
    return fate, f"ClickSend says {status or 'nothing'} of it.{doubt}"
