"""Packages of credit: what they cost in a country, and what they buy there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tui.sandbox.prices import currency_of, price_list

_PRICES = (20, 50, 100, 200, 500, 1000, 1500, 2000, 3000, 5500)
_TIERS = (0, 0, 0, 1, 1, 2, 2, 2, 2, 3)
"""The price tier that each package opens, as price lists number them."""
_EURO = ("AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT")
_EURO_TOO = ("NL", "PT", "SI", "SK")
_CURRENCIES = {
    "AU": "AUD",
    "NZ": "NZD",
    "GB": "GBP",
    **dict.fromkeys((*_EURO, *_EURO_TOO), "EUR"),
}
_ELSEWHERE = "USD"
_BILLED_IN = ("AUD", "USD", "GBP", "EUR", "NZD")
_LIMITS = {"min_recharge_amount": "20.00", "max_recharge_amount": "10000.00"}
_PRICED = {
    "mms": ("mms", "price_mms"),
    "voice_mobile": ("voice", "price_mobile"),
    "voice_landline": ("voice", "price_landline"),
    "fax": ("fax", "price_fax"),
    "post_letter_black": ("post", "price_letter_black"),
    "post_letter_colour": ("post", "price_letter_colour"),
    "postcard": ("postcard", "price_postcard"),
}
"""Where a price list has what a package counts; SMS and e-mail go by tiers."""


def currency_in(country: str) -> str:
    """What credit is paid with in a country."""
    return _CURRENCIES.get(country, _ELSEWHERE)


def packages(country: str) -> dict[str, Any]:
    """The packages of a country. Their numbers are the same wherever the currency is."""
    code = currency_in(country)
    listed, first = price_list(country, code), _first_id(code)
    rows = [
        _package(first + n, price, tier, listed)
        for n, (price, tier) in enumerate(zip(_PRICES, _TIERS, strict=True))
    ]
    return {"packages": rows, "currency": {**(currency_of(code) or {}), **_LIMITS}}


def package_price(package_id: int) -> tuple[int, str] | None:
    """What a package costs, and in which currency; None when there is none with this number."""
    place, n = divmod(package_id - 1, len(_PRICES))
    return (_PRICES[n], _BILLED_IN[place]) if 0 <= place < len(_BILLED_IN) else None


def _first_id(code: str) -> int:
    return _BILLED_IN.index(code) * len(_PRICES) + 1


def _package(package_id: int, price: int, tier: int, listed: dict[str, Any]) -> dict[str, Any]:
    costs = {name: Decimal(listed[product][field]) for name, (product, field) in _PRICED.items()}
    costs |= {product: Decimal(listed[product][f"price_rate_{tier}"]) for product in ("sms", "email")}
    post = listed["post"]
    return {
        "package_id": package_id,
        "package_price": f"{price}.00",
        "price_rate": tier,
        **{f"{name}_price": float(cost) for name, cost in costs.items()},
        **{f"{name}_quantity": int(price / cost) for name, cost in costs.items()},
        "price_sms_carrier_fee": "0.0000",
        "price_mms_carrier_fee": "0.0000",
        "post_page_black_price": float(post["price_letter_page_black"]),
        "post_page_colour_price": float(post["price_letter_page_colour"]),
        "post_direct_mail_dl_price": float(post["price_direct_mail_dl"]),
        "post_direct_mail_a5_price": float(post["price_direct_mail_a5"]),
        "post_direct_mail_min_quantity": post["direct_mail_min_quantity"],
        "automation_price": 0.0017,
    }
