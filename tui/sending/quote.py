"""What a draft would cost and who would get it: a type of its own, so that no price passes for a send."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tui.core.errors import SendRefused
from tui.core.money import Currency
from tui.sending.draft import Draft

PRICE_UNKNOWN = "price unknown"
"""The words that confirm a send whose price could not be had."""


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient of a quote. `problem` says why ClickSend would reject it; empty if it would not."""

    to: str
    country: str
    parts: int | None
    price: Decimal | None
    problem: str = ""
    sender: str = ""
    """Who ClickSend would send it from."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of exactly one draft. `Sender.quote` makes it, for one send within a quarter of an hour."""

    id: str
    """Also the id of the send in the outbox."""
    draft: Draft
    fingerprint: str
    total: Decimal | None
    """None: ClickSend does not tell the price."""
    currency: Currency
    lines: tuple[Line, ...]
    """One per recipient; none for a campaign, whose recipients ClickSend keeps."""
    accepted_count: int
    """Recipients that ClickSend would take; 0 where it does not say how many (a campaign without a price)."""
    rejected_count: int
    balance_after: Decimal | None
    """None if the price or the balance is not known."""
    warnings: tuple[str, ...]
    """Sentences that the person must see before confirming."""
    refusal: str
    """Why this cannot be sent; empty if it can."""
    made_at: float

    def matches(self, draft: Draft) -> bool:
        """Whether this is the price of the draft as it is now."""
        return self.fingerprint == draft.fingerprint

    def confirm(self, words: str = "") -> Confirmation:
        """A person's yes. Raises SendRefused; an unknown price wants the words "price unknown"."""
        return Confirmation(self, words)

    def record(self) -> dict[str, Any]:
        """What was quoted, as the outbox keeps it."""
        return {
            "fingerprint": self.fingerprint,
            "total": None if self.total is None else str(self.total),
            "currency": self.currency.code,
            "accepted": self.accepted_count,
            "rejected": self.rejected_count,
            "warnings": list(self.warnings),
            "made_at": self.made_at,
        }


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A quote that a person said yes to. None can exist of a quote that must not be sent."""

    quote: Quote
    words: str = ""

    def __post_init__(self) -> None:
        if not self.quote.matches(self.quote.draft):
            raise SendRefused("The message was changed after it was priced.", hint="Price it again.")
        if self.quote.refusal:
            raise SendRefused(self.quote.refusal)
        said = " ".join(self.words.lower().split()).strip('"')
        if self.quote.total is None and said != PRICE_UNKNOWN:
            raise SendRefused("The price is not known.", hint=f'Type "{PRICE_UNKNOWN}" to send all the same.')
