"""What differs between the kinds of things that can be sent: how they are priced, asked for and answered."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from tui.core.money import Currency
from tui.core.text import clean_line
from tui.sending.draft import Draft
from tui.sending.quote import Line
from tui.sending.result import Outcome
from tui.sending.tally import Tally

if TYPE_CHECKING:
    from tui.api.operation import Request

D = TypeVar("D", bound=Draft)
P = TypeVar("P")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Pricing:
    """A price operation's answer, before it is judged. `total` is None where the price is not told."""

    lines: tuple[Line, ...] = ()
    total: Decimal | None = None
    currency: Currency | None = None
    accepted_count: int = 0
    rejected_count: int = 0
    warnings: tuple[str, ...] = ()
    refusal: str = ""
    """Why it makes no sense to send it; empty if it does."""
    monthly: Decimal | None = None
    """What it costs every month after; None where it is paid once."""
    adds_credit: bool = False
    """Whether a card pays for it and the balance rises."""
    tally: Tally | None = None
    """The recipients counted, where there are too many for lines."""


def clean_currency(answered: Currency | None) -> Currency | None:
    """The currency of an answer, fit to be shown."""
    return answered and Currency(clean_line(answered.code), clean_line(answered.symbol))


class Channel(ABC, Generic[D, P, A]):
    """One kind of draft: D is the draft, P the answer to its price question, A the answer to its send."""

    @abstractmethod
    def price_request(self, draft: D) -> Request[P] | None:
        """The question what it would cost; None where nothing can be asked."""

    @abstractmethod
    def read_price(self, draft: D, answer: P) -> Pricing:
        """What the answer says, recipient by recipient."""

    @abstractmethod
    def unpriced(self, draft: D) -> Pricing:
        """What is known without an answer."""

    @abstractmethod
    def outcomes(self, draft: D, send_id: str, numbers: Sequence[int] | None = None) -> tuple[Outcome, ...]:
        """The messages that the draft makes, not sent yet. `numbers` are theirs in the outbox where the
        draft is a part of a large send; without, they are counted from 0.
        """

    @abstractmethod
    def send_request(self, draft: D, outcomes: Sequence[Outcome]) -> Request[A]:
        """The request that sends it; each message carries the reference of its outcome."""

    @abstractmethod
    def read_answer(
        self, draft: D, outcomes: tuple[Outcome, ...], answer: A
    ) -> tuple[tuple[Outcome, ...], Decimal | None]:
        """What became of each message, and what all were charged (None if not told)."""
