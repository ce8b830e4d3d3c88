"""What a draft would cost and who would get it: a type of its own, so that no price passes for a send."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from tui.core.errors import SendRefused
from tui.core.money import Currency
from tui.sending.draft import Draft

QUOTE_LIFETIME = 900
"""Seconds for which a quote may be confirmed: prices, balance and senders change."""
_CLOCK_SLACK = 60
"""Seconds by which a clock may be set back without a quote being taken for one of another time."""
PRICE_UNKNOWN = "price unknown"
"""The words that confirm a send whose price could not be had."""
SEND_ANYWAY = "send anyway"
"""The words that confirm a send beyond a limit of the settings."""


class Line(NamedTuple):
    """One recipient of a quote. `problem` says why ClickSend would reject it; empty if it would not."""

    to: str
    country: str
    parts: int | None
    price: Decimal | None
    problem: str = ""
    sender: str = ""
    """Who ClickSend would send it from."""
    refused: bool = False
    """Whether ClickSend said that it would reject it."""


@dataclass(frozen=True, slots=True)
class CountryPrice:
    """What goes to one country (ISO code, "" where nothing tells it). `total` is None if it is not known."""

    country: str
    recipients: int
    parts: int
    total: Decimal | None


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
    by_country: tuple[CountryPrice, ...] = ()
    """The same country by country, most expensive first, of those that ClickSend would take."""
    beyond: tuple[str, ...] = ()
    """Sentences on the limits of the settings that this is beyond."""

    @property
    def words(self) -> str:
        """What a person has to type to confirm this; empty where a key is enough."""
        if self.total is None:
            return PRICE_UNKNOWN
        return SEND_ANYWAY if self.beyond else ""

    def is_fresh(self, now: float) -> bool:
        """Whether it may still be confirmed. Once the clock was set back, its age is not known."""
        return -_CLOCK_SLACK <= now - self.made_at <= QUOTE_LIFETIME

    def matches(self, draft: Draft) -> bool:
        """Whether this is the price of the draft as it is now."""
        return self.fingerprint == draft.fingerprint

    def confirm(self, words: str = "") -> Confirmation:
        """A person's yes, with the `words` that it wants. Raises SendRefused."""
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
        wanted, said = self.quote.words, " ".join(self.words.lower().split()).strip('"')
        if wanted and said != wanted:
            why = "The price is not known." if wanted == PRICE_UNKNOWN else " ".join(self.quote.beyond)
            raise SendRefused(why, hint=f'Type "{wanted}" to send all the same.')
