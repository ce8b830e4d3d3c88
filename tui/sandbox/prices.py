"""What Acme pays and sends from: currency, prices by country, dedicated and shared numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.sandbox.numbers import Numbers

CURRENCY = {
    "currency_name_short": "AUD",
    "currency_prefix_d": "$",
    "currency_prefix_c": "c",
    "currency_name_long": "Australian Dollars",
}
_PRICES = {
    **{"AU": "0.0792", "NZ": "0.1250", "US": "0.0187", "GB": "0.0628", "CA": "0.0194", "IE": "0.0985"},
    **{"SG": "0.0611", "FJ": "0.2140", "DE": "0.1190", "FR": "0.1021", "IN": "0.0093", "JP": "0.1138"},
}
"""Australian dollars for one part, in the countries that an account has selected at first."""
SELECTED = frozenset(_PRICES)

_PRICE_ELSEWHERE = "0.1500"
PART_OF = {"GG": "GB", "JE": "GB", "IM": "GB", "CC": "AU", "CX": "AU", "PR": "US"}
"""Places with the numbers and the prices of a larger country."""

DEDICATED = {"AU": "+61481070206", "US": "+19403944918"}
"""Numbers that Acme rents, by country."""

FAX_NUMBERS = {"AU": "+61255501484"}
"""Fax numbers that Acme rents, by country."""

_SHARED = {"AU": "+61447100250", "NZ": "+64210280040", "GB": "+447860019001", "CA": "+14388000170"}
_SHARED_ELSEWHERE = "+61447100251"
WITHOUT_ALPHA_TAGS = frozenset({"US", "CA"})
_ALPHA_TAG = re.compile(r"(?=.*[A-Za-z+])[A-Za-z0-9+]{3,11}")
_NUMBER = re.compile(r"\+?\d{2,15}")

FAX_PAGE = Decimal("0.2")
"""The price of a page, wherever it goes."""
EMAIL = Decimal("0.01")
"""The price of an e-mail to one address."""

_TOLD = Decimal("0.0001")
_LETTER = {False: (Decimal("1.27"), Decimal("0.1")), True: (Decimal("1.47"), Decimal("0.24"))}
"""The price of a letter with one page and of each page more, in black and in colour."""
POSTCARD = Decimal(10)
FLYER = Decimal("0.12")
"""The price of one piece of direct mail."""
FEWEST_FLYERS = 5000

_RATES = {"AUD": "1", "USD": "0.66", "GBP": "0.51", "EUR": "0.60", "NZD": "1.09"}
"""What one Australian dollar is worth."""

_CURRENCY_NAMES = {
    "AUD": ("$", "c", "Australian Dollars"),
    "USD": ("$", "¢", "US Dollars"),
    "GBP": ("£", "p", "British Pounds"),
    "EUR": ("€", "c", "Euro"),
    "NZD": ("$", "c", "New Zealand Dollars"),
}


@cache
def price_of(country: str) -> Decimal:
    """The price of one message part."""
    return Decimal(_PRICES.get(PART_OF.get(country, country), _PRICE_ELSEWHERE))


def mms_price(country: str) -> Decimal:
    """The price of one MMS."""
    return price_of(country) * 6


def voice_price(country: str, *, landline: bool) -> Decimal:
    """The price of one part of a call, in ten thousandths: no more of it is told."""
    return (price_of(country) * (Decimal("0.7") if landline else 2)).quantize(_TOLD)


def letter_price(pages: int, *, colour: bool) -> Decimal:
    """The price of one letter, wherever it goes."""
    first, more = _LETTER[colour]
    return first + (pages - 1) * more


def sender_for(country: str, owned: Mapping[str, str] = DEDICATED) -> tuple[str, bool]:
    """The number that messages to this country come from by default, and whether it is shared."""
    return (owned[country], False) if country in owned else (shared_number(country), True)


def shared_number(country: str) -> str:
    """A number that ClickSend lends."""
    return _SHARED.get(country, _SHARED_ELSEWHERE)


def granted_sender(asked: str, country: str, owned: Numbers) -> tuple[str, bool] | None:
    """What the message really comes from when this sender is asked for, and whether that is shared.

    None if no sender can look like that. A number that is foreign or not the account's is silently
    replaced, and so is an alpha tag where none are allowed.
    """
    if not asked:
        return sender_for(country, owned)
    if _NUMBER.fullmatch(asked.replace(" ", "")):
        number = "+" + asked.replace(" ", "").lstrip("+")
        return (number, False) if owned.may_send(number, country) else (shared_number(country), True)
    if not _ALPHA_TAG.fullmatch(asked):
        return None
    return (shared_number(country), True) if country in WITHOUT_ALPHA_TAGS else (asked, False)


def is_number(sender: str) -> bool:
    """Whether people can answer this sender: nobody can answer an alpha tag."""
    return sender.startswith("+")


def is_shared(sender: str) -> bool:
    """Whether it is a number that ClickSend lends."""
    return sender in (_SHARED_ELSEWHERE, *_SHARED.values())


@lru_cache(maxsize=1024)
def money(amount: Decimal, decimals: int = 4) -> str:
    """An amount as ClickSend's strings have it."""
    return f"{amount:.{decimals}f}"


def amount(value: Decimal) -> int | float:
    """An amount as a JSON number: ClickSend writes a zero as an integer."""
    return float(value) if value else 0


def currency_of(code: str) -> dict[str, str] | None:
    """ClickSend's currency block for an ISO code; None for a currency that it does not bill in."""
    if code not in _CURRENCY_NAMES:
        return None
    symbol, cent, name = _CURRENCY_NAMES[code]
    return {
        "currency_name_short": code,
        "currency_prefix_d": symbol,
        "currency_prefix_c": cent,
        "currency_name_long": name,
    }


def in_account_currency(amount: Decimal, currency: str) -> Decimal:
    """An amount of a currency in Australian dollars."""
    return amount / Decimal(_RATES[currency])


def price_list(country: str, currency: str) -> dict[str, Any]:
    """The list prices of every product for a country, as `GET /pricing` answers them."""
    rate = Decimal(_RATES[currency])
    sms = price_of(country) * rate

    def fixed(**prices: str) -> dict[str, str]:
        return {name: money(Decimal(price) * rate) for name, price in prices.items()}

    def tiers(first: Decimal, *factors: str) -> dict[str, str]:
        return {f"price_rate_{n}": money(first * Decimal(factor)) for n, factor in enumerate(factors)}

    return {
        "country": country,
        "sms": tiers(sms, "1", "0.93", "0.86", "0.79")
        | fixed(dedicated_number_monthly="19", dedicated_number_setup="20")
        | fixed(dedicated_number_shortcode_monthly="0", dedicated_number_shortcode_setup="0"),
        "mms": {"price_mms": money(mms_price(country) * rate)}
        | fixed(dedicated_number_monthly="10", dedicated_number_setup="20"),
        "voice": {
            "price_landline": money(voice_price(country, landline=True) * rate),
            "price_mobile": money(voice_price(country, landline=False) * rate),
        },
        "fax": fixed(price_fax=str(FAX_PAGE), dedicated_number_monthly="30", dedicated_number_setup="40"),
        "email": tiers(EMAIL * rate, "1", "0.8", "0.4", "0.1"),
        "post": fixed(
            price_letter_black=str(letter_price(1, colour=False)),
            price_letter_colour=str(letter_price(1, colour=True)),
            price_letter_page_black=str(_LETTER[False][1]),
            price_letter_page_colour=str(_LETTER[True][1]),
            price_letter_large_surcharge="1.5",
            price_letter_large_surcharge_sheet="0.04",
            price_direct_mail_a5=str(FLYER),
            price_direct_mail_dl=str(FLYER),
        )
        | {"direct_mail_min_quantity": FEWEST_FLYERS},
        "postcard": fixed(price_postcard=str(POSTCARD)),
        "_currency": currency_of(currency),
    }
