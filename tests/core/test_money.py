"""Money: nothing is lost between the JSON and the screen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.money import Currency, decimal

AMOUNTS = st.decimals(-(10**9), 10**9, places=6)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("0.070000", "0.070000"),
        ("1117.461060", "1117.461060"),
        (" -3.10 ", "-3.10"),
        (0, "0"),
        (0.0792, "0.0792"),
        (Decimal("2.4200"), "2.4200"),
    ],
)
def test_amounts_are_read_exactly(raw: object, amount: str) -> None:
    assert str(decimal(raw)) == amount


@pytest.mark.parametrize(
    "raw", [None, "", "  ", "free", "NaN", float("inf"), "1E+999999", "1E-999999", True, [], {}]
)
def test_what_is_no_amount_is_none(raw: object) -> None:
    assert decimal(raw) is None


@given(AMOUNTS)
def test_a_price_shows_every_decimal(amount: Decimal) -> None:
    shown = Currency("XXX").price(amount)
    assert Decimal(shown.replace("XXX ", "").replace(",", "")) == amount
    assert len(shown.partition(".")[2]) >= 4


@given(AMOUNTS)
def test_a_balance_never_shows_more_than_there_is(amount: Decimal) -> None:
    shown = Decimal(Currency("XXX").balance(amount).replace("XXX ", "").replace(",", ""))
    assert amount - Decimal("0.01") < shown <= amount


@pytest.mark.parametrize(
    ("currency", "amount", "price", "balance"),
    [
        (Currency(), "0.07", "A$0.0700", "A$0.07"),
        (Currency(), "0.079250", "A$0.07925", "A$0.07"),
        (Currency(), "1117.461060", "A$1,117.46106", "A$1,117.46"),
        (Currency(), "-3.10", "-A$3.1000", "-A$3.10"),
        (Currency("NZD"), "1", "NZ$1.0000", "NZ$1.00"),
        (Currency("GBP", "£"), "1", "£1.0000", "£1.00"),
        (Currency("EUR", "€"), "1", "€1.0000", "€1.00"),
        (Currency("SGD"), "1", "SGD 1.0000", "SGD 1.00"),
        (Currency("", "$"), "1", "$1.0000", "$1.00"),
    ],
)
def test_amounts_carry_their_currency(currency: Currency, amount: str, price: str, balance: str) -> None:
    assert currency.price(Decimal(amount)) == price
    assert currency.balance(Decimal(amount)) == balance


def test_the_unknown_is_said_in_words() -> None:
    assert Currency().price(None) == "price unknown"
    assert Currency().balance(None) == "balance unknown"
