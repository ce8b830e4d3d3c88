"""The limits that a person sets on what may be spent without typing words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tui.core.money import Currency


@dataclass(frozen=True, slots=True)
class Limits:
    """Amounts in the account's currency; None is no limit."""

    per_message: Decimal | None = None
    per_send: Decimal | None = None
    per_day: Decimal | None = None

    def beyond(
        self,
        total: Decimal | None,
        dearest: Decimal | None,
        spent: Decimal,
        currency: Currency,
        average: Decimal | None = None,
    ) -> tuple[str, ...]:
        """What a send is beyond, as sentences; `dearest` is its most expensive message, `average` what each
        costs where only that is known, `spent` today's cost until now. A price that is not known is beyond
        no limit: it wants other words.
        """
        today = None if total is None else spent + total
        checked = (
            ("One message costs {}: your limit is {}.", dearest, self.per_message),
            ("A message costs {} on average: your limit is {}.", average, self.per_message),
            ("It costs {}: your limit for one send is {}.", total, self.per_send),
            ("With it, today costs {}: your limit for a day is {}.", today, self.per_day),
        )
        return tuple(
            words.format(currency.price(amount), currency.price(limit))
            for words, amount, limit in checked
            if amount is not None and limit is not None and amount > limit
        )


NO_LIMITS = Limits()
