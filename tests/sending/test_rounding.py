"""One exact total from prices and a stated total of which either may be rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.sending.rounding import charged, decimals, is_rounded, quoted

PRICES = st.lists(st.decimals(0, 20, places=6), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("prices", "stated", "total"),
    [
        (["0.0792"], "0.079", "0.0792"),
        (["0.0792", "0.0792"], "0.158", "0.1584"),
        (["0.0554", "0.0554"], "0.11088", "0.11088"),
        (["0.0792"], "0.5", "0.5"),
        (["0.5"], "0.0792", "0.5"),
        (["0.0792", None], "0.1584", "0.1584"),
        (["0.0792"], None, "0.0792"),
        ([None], None, None),
        ([], "0", "0"),
    ],
)
def test_the_finer_counts_where_rounding_parts_them_and_else_the_larger(
    prices: list[str | None], stated: str | None, total: str | None
) -> None:
    told = [None if price is None else Decimal(price) for price in prices]
    found = quoted(told, None if stated is None else Decimal(stated))
    assert found == (None if total is None else Decimal(total))


def test_a_total_that_counts_what_was_rejected_is_not_what_was_charged() -> None:
    assert charged([Decimal("0.0792")], Decimal("0.1584")) == Decimal("0.0792")
    assert charged([Decimal("0.0554")], Decimal("0.05544")) == Decimal("0.05544")
    assert charged([None], Decimal("0.1584")) == Decimal("0.1584")


@given(PRICES)
def test_the_exact_total_is_found_whichever_was_rounded(exact: list[Decimal]) -> None:
    total = sum(exact, Decimal(0))
    rounded = [round(price, 4) for price in exact]
    assert is_rounded(sum(rounded, Decimal(0)), total, len(exact))
    assert is_rounded(total, round(total, 3), len(exact))
    assert quoted(exact, round(total, 3)) == total
    if decimals(total) >= decimals(sum(rounded, Decimal(0))):
        assert quoted(rounded, total) == total
