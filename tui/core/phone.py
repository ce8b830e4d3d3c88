"""Phone numbers: what a person types becomes E.164, and E.164 becomes what a person reads."""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ValidationResult

from tui.core.errors import InvalidInput
from tui.core.text import clean_line

TEST_NUMBERS = frozenset(
    {
        "+61411111111",
        "+61422222222",
        "+61433333333",
        "+61444444444",
        "+14055555555",
        "+14055555666",
        "+447777777777",
        "+8615555555555",
    }
)
"""ClickSend's documented test recipients: it answers success, sends nothing and charges nothing."""

_LIKELY_ZONES = frozenset(
    {
        *("Australia/Sydney", "Pacific/Auckland", "Asia/Jakarta", "Asia/Shanghai"),
        *("America/New_York", "America/Toronto", "America/Mexico_City", "America/Sao_Paulo"),
        *("Europe/London", "Europe/Paris", "Europe/Madrid", "Europe/Lisbon", "Europe/Moscow"),
    }
)
"""Where most people of a country with several zones live: a mobile number does not tell which zone."""

_UNTYPED = re.compile(r"[^\d+()./\s-]")
_LONGEST = 40
_DIGIT = re.compile(r"\d")


def parse(text: str, country: str = "") -> str:
    """The E.164 form of a number typed in `country` (ISO code, "" if not known), or InvalidInput that says
    what is wrong and what to type.

    A number typed with its country code only needs a possible length: ranges are opened faster than the
    numbering tables are published, and ClickSend checks again when it is priced.
    """
    typed = clean_line(text).removeprefix("tel:")
    if len(typed) > _LONGEST:
        raise _invalid(f"{typed[:_LONGEST]}... is too long for a phone number.", "")
    region = country.upper() if country.upper() in phonenumbers.SUPPORTED_REGIONS else ""
    if not _DIGIT.search(typed):
        raise _invalid(f'"{typed}" has no digits.' if typed else "No phone number was typed.", region)
    if stray := _UNTYPED.search(typed):
        raise _invalid(f'"{typed}" has "{stray[0]}" in it, which no phone number has.', region)
    number = _number(typed, region)
    if fault := _fault(typed, number):
        where = _region(number)
        place = _country_name(where) or f"country code +{number.country_code}"
        raise _invalid(f"{typed} {fault} {place}.", where)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@lru_cache(maxsize=8192)
def display(number: str) -> str:
    """The number as its country writes it ("+61 411 111 111"); alpha tags and short codes unchanged."""
    known = _known(number)
    return phonenumbers.format_number(known, PhoneNumberFormat.INTERNATIONAL) if known else number


def country_of(number: str) -> str:
    """The ISO code of the number's country, or "" when it has none."""
    known = _known(number)
    if known is None:
        return ""
    exact = phonenumbers.region_code_for_number(known) or ""
    return exact if exact.isalpha() else _region(known)


def zone_of(number: str) -> str:
    """The zone where the number's owner most likely is ("Australia/Sydney"), or "" when nothing tells."""
    from phonenumbers.timezone import time_zones_for_number

    known = _known(number)
    zones = set(time_zones_for_number(known) if known else ()) - {"Etc/Unknown"}
    if len(zones) > 1:
        zones &= _LIKELY_ZONES
    return zones.pop() if len(zones) == 1 else ""


def _number(typed: str, region: str) -> phonenumbers.PhoneNumber:
    """Parsed as typed in the region; a leading "00" that means nothing there is read as "+"."""
    try:
        number = phonenumbers.parse(typed, region or None)
        if not typed.startswith("00") or phonenumbers.is_valid_number(number):
            return number
    except phonenumbers.NumberParseException as failure:
        if not typed.startswith("00"):
            raise _invalid(_failure(typed, region, failure), region) from None
    try:
        return phonenumbers.parse("+" + typed.lstrip("0"), None)
    except phonenumbers.NumberParseException as failure:
        raise _invalid(_failure(typed, region, failure), region) from None


def _fault(typed: str, number: phonenumbers.PhoneNumber) -> str:
    """What is wrong with a number for its country, to be followed by the country; "" if nothing is."""
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return "has too few digits for"
        case ValidationResult.TOO_LONG:
            return "has too many digits for"
        case ValidationResult.INVALID_LENGTH:
            return "has the wrong number of digits for"
    in_use = typed.startswith(("+", "00")) or phonenumbers.is_valid_number(number)
    return "" if in_use else "is not a number in use in"


def _failure(typed: str, region: str, failure: phonenumbers.NumberParseException) -> str:
    abroad = typed.startswith(("+", "00"))
    place = "" if abroad or not region else f" for {_country_name(region)}"
    match failure.error_type:
        case phonenumbers.NumberParseException.INVALID_COUNTRY_CODE if abroad:
            return f"{typed} does not begin with a country code that exists."
        case phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            return f"{typed} has no country code."
        case phonenumbers.NumberParseException.TOO_LONG:
            return f"{typed} has too many digits{place}."
    return f"{typed} has too few digits{place}."


def _known(number: str) -> phonenumbers.PhoneNumber | None:
    """The parsed number if it is E.164 and of a possible length."""
    if not number.startswith("+"):
        return None
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


def _region(number: phonenumbers.PhoneNumber) -> str:
    """The main country of the number's country code; "" for none, and for codes without a country."""
    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    return region if region.isalpha() and region != "ZZ" else ""


def _invalid(message: str, region: str) -> InvalidInput:
    example = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE) if region else None
    if example is None:
        hint = "Type it with + and the country code, like +61 412 345 678."
        return InvalidInput(message, field="to", hint=hint)
    national = phonenumbers.format_number(example, PhoneNumberFormat.NATIONAL)
    abroad = phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL)
    return InvalidInput(message, field="to", hint=f"Type it like {national} or {abroad}.")


def _country_name(region: str) -> str:
    """The English name; "" for a region without one. Imported late: the table of all languages is large."""
    from phonenumbers.geodata.locale import LOCALE_DATA

    names = LOCALE_DATA.get(region, {})
    name = names.get("en", "")
    return names.get(name[1:], "") if name.startswith("*") else name
