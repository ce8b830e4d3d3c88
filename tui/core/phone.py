"""Phone numbers: what a person types becomes E.164, and E.164 becomes what a person reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

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

_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}")
_NATIONAL = re.compile(r"[0-9]{6,14}")
_NEVER = r"(?!)"
_SPACING = str.maketrans("", "", " -().")
_UNTYPED = re.compile(r"[^\d+()./\s-]")
_LONGEST = 40
_DIGIT = re.compile(r"\d")


def parse(text: str, country: str = "") -> str:
    """The E.164 form of a number typed in `country` (ISO code, "" if not known), or InvalidInput that says
    what is wrong and what to type.

    A number typed with its country code only needs a possible length: ranges are opened faster than the
    numbering tables are published, and ClickSend checks again when it is priced.
    """
    return (_plainly(text, country) if len(text) <= _LONGEST else "") or _carefully(text, country)


def _carefully(text: str, country: str) -> str:
    """The same for whatever may have been typed, by all the rules there are."""
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
        place = country_name(where) or f"country code +{number.country_code}"
        raise _invalid(f"{typed} {fault} {place}.", where)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@lru_cache(maxsize=8192)
def display(number: str) -> str:
    """The number as its country writes it ("+61 411 111 111"); alpha tags and short codes unchanged."""
    numbering, national = _split_plainly(number) or (None, "")
    if numbering is not None and len(national) in numbering.lengths:
        return f"+{numbering.code} {_grouped(numbering.code, national)}"
    known = _known(number)
    return phonenumbers.format_number(known, PhoneNumberFormat.INTERNATIONAL) if known else number


def is_country(region: str) -> bool:
    """Whether two capital letters are those of a country ("AU")."""
    return region in phonenumbers.SUPPORTED_REGIONS


def country_of(number: str) -> str:
    """The ISO code of the number's country, or "" when it has none."""
    split = _split(number) if _INTERNATIONAL.fullmatch(number) else None
    if split and split[0].is_own_mobile(split[1]):
        return split[0].region
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


@dataclass(frozen=True, slots=True)
class _Numbering:
    """What decides most numbers of a country code at a glance: a file of them has no time for all rules."""

    code: str
    region: str
    """Its main country; "" for a code without one."""
    lengths: frozenset[int]
    dialled_abroad: re.Pattern[str]
    prefix: re.Pattern[str]
    """What may stand before a national number, and is taken off."""
    general: re.Pattern[str]
    mobile: re.Pattern[str]
    mobile_lengths: frozenset[int]

    def national(self, digits: str) -> str:
        """The national number in digits dialled at home; "" if that takes more rules than these."""
        if digits.startswith(("00", self.code)) or self.dialled_abroad.match(digits):
            return ""
        found = self.prefix.match(digits)
        return "" if found and found.lastindex else digits[found.end() :] if found else digits

    def is_own_mobile(self, national: str) -> bool:
        """Whether it is surely a mobile number in use in the main country."""
        return (
            len(national) in self.mobile_lengths
            and self.mobile.fullmatch(national) is not None
            and self.general.fullmatch(national) is not None
        )


@cache
def _numbering(code: str) -> _Numbering | None:
    """Of a country code, or None if there is no such code."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code), ("",))
    metadata = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(int(code), regions[0])
    if metadata is None or metadata.general_desc is None or metadata.mobile is None:
        return None
    general, mobile = metadata.general_desc, metadata.mobile
    # A country that is told from its neighbours by leading digits is left to all the rules.
    decides = metadata.leading_digits is None and not metadata.national_prefix_transform_rule
    return _Numbering(
        code,
        regions[0] if regions[0].isalpha() else "",
        frozenset(set(general.possible_length) - set(general.possible_length_local_only)),
        re.compile(metadata.international_prefix or _NEVER),
        re.compile(metadata.national_prefix_for_parsing or _NEVER),
        re.compile(general.national_number_pattern or _NEVER),
        re.compile((decides and mobile.national_number_pattern) or _NEVER),
        frozenset(mobile.possible_length or general.possible_length),
    )


@cache
def _groupings(code: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """How the numbers of a country code are written abroad, by how they begin and in full."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)]
    metadata = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(int(code), regions[0])
    return tuple(
        (
            re.compile((each.leading_digits_pattern or [""])[-1]),
            re.compile(each.pattern or _NEVER),
            each.format or "",
        )
        for each in (metadata.intl_number_format or metadata.number_format if metadata else ())
    )


def _grouped(code: str, national: str) -> str:
    """A national number as it is written abroad."""
    for beginning, whole, written in _groupings(code):
        if beginning.match(national) and (found := whole.fullmatch(national)):
            return found.expand(written)
    return national


def _split(number: str) -> tuple[_Numbering, str] | None:
    """A number in E.164 as its country code and the rest."""
    found = _numbering_of(number[1:4])
    return (found, number[1 + len(found.code) :]) if found else None


@cache
def _numbering_of(start: str) -> _Numbering | None:
    """Of the country code that three digits begin with: no code is the beginning of another."""
    return next(filter(None, (_numbering(start[:end]) for end in (1, 2, 3))), None)


def _split_plainly(number: str) -> tuple[_Numbering, str] | None:
    """The same for a number that is nothing but E.164, and of whose digits none may mean something else."""
    split = _split(number) if _INTERNATIONAL.fullmatch(number) else None
    if split is None or split[1].startswith("0") or split[0].prefix.match(split[1]):
        return None
    return split


@cache
def _home(country: str) -> _Numbering | None:
    """Of a country that is the main one of its code."""
    found = _numbering(str(phonenumbers.country_code_for_region(country)))
    return found if found and found.region == country else None


def _plainly(text: str, country: str) -> str:
    """The E.164 form of a number that prefix and length decide, with nothing odd about it; "" for others."""
    digits = text.translate(_SPACING)
    if _INTERNATIONAL.fullmatch(digits):
        numbering, national = _split(digits) or (None, "")
        if numbering is None or numbering.prefix.match(national) or len(national) not in numbering.lengths:
            return ""
        return digits
    if _NATIONAL.fullmatch(digits) and (home := _home(country)):
        national = home.national(digits)
        return f"+{home.code}{national}" if home.is_own_mobile(national) else ""
    return ""


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
    place = "" if abroad or not region else f" for {country_name(region)}"
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
        parsed = _parted(number) or phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


def _parted(number: str) -> phonenumbers.PhoneNumber | None:
    """What the library finds in a number that is nothing but E.164, in a fifth of its time; else None."""
    split = _split_plainly(number)
    return split and phonenumbers.PhoneNumber(country_code=int(split[0].code), national_number=int(split[1]))


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


def country_name(region: str) -> str:
    """The English name; "" for a region without one. Imported late: the table of all languages is large."""
    from phonenumbers.geodata.locale import LOCALE_DATA

    names = LOCALE_DATA.get(region, {})
    name = names.get("en", "")
    return names.get(name[1:], "") if name.startswith("*") else name
