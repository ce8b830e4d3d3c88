"""Money as ClickSend states it: exact decimals, and how a price and a balance are shown."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

_PREFIXES = {"AUD": "A$", "NZD": "NZ$", "USD": "US$", "CAD": "C$", "GBP": "£", "EUR": "€"}
_CENT = Decimal("0.01")
_PRICE_DECIMALS = 4
_MOST_DIGITS = 40


def decimal(raw: object) -> Decimal | None:
    """The exact amount in a JSON value (number or string); None when there is none or it is no amount."""
    if raw is None or isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        return None
    return _amount(str(raw))


@lru_cache(maxsize=1024)
def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return None
    # "1E+999999" is a valid Decimal that would fill the screen with zeros.
    sensible = amount.is_finite() and abs(amount.adjusted()) < _MOST_DIGITS
    return amount if sensible else None


class Currency(NamedTuple):
    """The account's currency. ClickSend shows every dollar as "$", so amounts are prefixed by the code."""

    code: str = "AUD"
    symbol: str = "$"

    def price(self, amount: Decimal | None) -> str:
        """The whole amount with at least four decimals ("A$0.0700"): prices are fractions of a cent."""
        if amount is None:
            return "price unknown"
        exact = format(amount, "f").partition(".")[2].rstrip("0")
        return self._show(amount, max(_PRICE_DECIMALS, len(exact)))

    def balance(self, amount: Decimal | None) -> str:
        """The amount in cents ("A$1,117.46"), rounded down so that it never shows more than there is."""
        if amount is None:
            return "balance unknown"
        return self._show(amount.quantize(_CENT, ROUND_FLOOR), 2)

    def _show(self, amount: Decimal, decimals: int) -> str:
        prefix = _PREFIXES.get(self.code) or (f"{self.code} " if self.code else self.symbol)
        sign = "-" if amount < 0 else ""
        return f"{sign}{prefix}{abs(amount):,.{decimals}f}"
