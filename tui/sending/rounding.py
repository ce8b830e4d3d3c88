"""One exact total from prices and a total of which either may have been rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

_OF_TOTAL = Decimal("0.0005")
"""ClickSend rounds totals to thousandths: a price of "0.0792" comes with a total of 0.079."""
_OF_PRICE = Decimal("0.00005")
"""It tells the price of a message in ten thousandths."""


def added(prices: Iterable[Decimal | None]) -> Decimal | None:
    """All prices together; None as soon as one is not known."""
    total = Decimal(0)
    for price in prices:
        if price is None:
            return None
        total += price
    return total


def is_rounded(added: Decimal, stated: Decimal, count: int) -> bool:
    """Whether rounding explains that so many prices add up to something else than what is stated."""
    return abs(added - stated) <= _OF_TOTAL + count * _OF_PRICE


def quoted(prices: Sequence[Decimal | None], stated: Decimal | None) -> Decimal | None:
    """What all would cost: the finer of the sum and of what is stated where only rounding parts them, else
    the larger; None if neither is told.
    """
    return _total(prices, stated, otherwise=max)


def charged(prices: Sequence[Decimal | None], stated: Decimal | None) -> Decimal | None:
    """What all did cost: the same, but where more than rounding parts them the sum counts, of what was
    accepted.
    """
    return _total(prices, stated, otherwise=lambda sum_, stated: sum_)


def _total(
    prices: Sequence[Decimal | None],
    stated: Decimal | None,
    otherwise: Callable[[Decimal, Decimal], Decimal],
) -> Decimal | None:
    sum_ = added(prices)
    if sum_ is None or stated is None:
        return stated if sum_ is None else sum_
    if not is_rounded(sum_, stated, len(prices)):
        return otherwise(sum_, stated)
    return stated if decimals(stated) >= decimals(sum_) else sum_


def decimals(amount: Decimal) -> int:
    """Digits after the point, without zeros at the end."""
    exponent = amount.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
