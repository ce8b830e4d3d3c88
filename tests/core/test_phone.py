"""Phone numbers: what people type is read, or refused in words that they can act on."""

from __future__ import annotations

import re
from contextlib import suppress

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core import phone
from tui.core.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("0412 345 678", "AU", "+61412345678"),
        ("0412-345.678", "au", "+61412345678"),
        ("(02) 9876 5432", "AU", "+61298765432"),
        ("+61 (0)412 345 678", "US", "+61412345678"),
        ("61412345678", "AU", "+61412345678"),
        ("0061 412 345 678", "AU", "+61412345678"),
        ("0011 1 405 555 5555", "AU", "+14055555555"),
        ("07911 123456", "GB", "+447911123456"),
        ("\u202a+61 412 345 678\u202c", "", "+61412345678"),
        ("tel:+61412345678", "", "+61412345678"),
        ("+61 999 999 999", "AU", "+61999999999"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, country: str, number: str) -> None:
    assert phone.parse(typed, country) == number


@pytest.mark.parametrize(
    ("typed", "country", "message"),
    [
        (
            "0412",
            "AU",
            "0412 has too few digits for Australia. Type it like 0412 345 678 or +61 412 345 678.",
        ),
        (
            "041234567890123",
            "AU",
            "041234567890123 has too many digits for Australia. "
            "Type it like 0412 345 678 or +61 412 345 678.",
        ),
        (
            "999 999 999",
            "AU",
            "999 999 999 is not a number in use in Australia. Type it like 0412 345 678 or +61 412 345 678.",
        ),
        (
            "0412 345 67O",
            "AU",
            '"0412 345 67O" has "O" in it, which no phone number has. '
            "Type it like 0412 345 678 or +61 412 345 678.",
        ),
        (
            "0412 345 678",
            "",
            "0412 345 678 has no country code. Type it with + and the country code, like +61 412 345 678.",
        ),
        (
            "+999 1234567",
            "AU",
            "+999 1234567 does not begin with a country code that exists. "
            "Type it like 0412 345 678 or +61 412 345 678.",
        ),
        ("+614", "NZ", "+614 has too few digits. Type it like 021 123 4567 or +64 21 123 4567."),
        ("", "AU", "No phone number was typed. Type it like 0412 345 678 or +61 412 345 678."),
        ("Sam", "AU", '"Sam" has no digits. Type it like 0412 345 678 or +61 412 345 678.'),
    ],
)
def test_refusals_say_what_is_wrong_and_what_to_type(typed: str, country: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        phone.parse(typed, country)
    assert str(refusal.value) == message
    assert refusal.value.field == "to"


@given(st.text(), st.sampled_from(["AU", "US", "GB", "", "XX"]))
def test_anything_typed_gives_e164_or_a_refusal(typed: str, country: str) -> None:
    with suppress(InvalidInput):
        number = phone.parse(typed, country)
        assert re.fullmatch(r"\+[0-9]{4,17}", number)
        assert phone.parse(number, "") == number


def test_a_digit_is_never_made_from_a_letter() -> None:
    with pytest.raises(InvalidInput):
        phone.parse("1800 FLOWERS", "US")


@pytest.mark.parametrize("number", sorted(phone.TEST_NUMBERS))
def test_the_free_test_recipients_can_be_typed(number: str) -> None:
    assert phone.parse(number, "") == number
    assert phone.parse(phone.display(number), "") == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+61411111111", "+61 411 111 111"),
        ("+12015550123", "+1 201-555-0123"),
        ("ClickSend", "ClickSend"),
        ("12345", "12345"),
        ("+61", "+61"),
        ("", ""),
    ],
)
def test_only_numbers_are_respaced(number: str, shown: str) -> None:
    assert phone.display(number) == shown


@pytest.mark.parametrize(
    ("number", "country", "zone"),
    [
        ("+61411111111", "AU", "Australia/Sydney"),
        ("+61731391234", "AU", "Australia/Brisbane"),
        ("+14055555555", "US", "America/Chicago"),
        ("+447777777777", "GB", "Europe/London"),
        ("+8615555555555", "CN", "Asia/Shanghai"),
        ("+80012345678", "", ""),
        ("ClickSend", "", ""),
    ],
)
def test_country_and_likely_zone(number: str, country: str, zone: str) -> None:
    assert phone.country_of(number) == country
    assert phone.zone_of(number) == zone


DIGITS = st.text("0123456789", min_size=3, max_size=13)
CODES = st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
HOMES = st.sampled_from(["", "XX", *sorted(phonenumbers.SUPPORTED_REGIONS)])


@st.composite
def near_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A number of a country as it is written there, with its last digits changed, and where it is typed."""
    region = draw(st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)))
    example = phonenumbers.example_number_for_type(region, draw(st.sampled_from([0, 1, 2, 3])))
    if example is None:
        return "", region
    written = phonenumbers.format_number(example, draw(st.sampled_from([0, 1, 2])))
    end = draw(st.text("0123456789", max_size=4))
    return written[: len(written) - len(end)] + end, draw(st.sampled_from([region, "AU", ""]))


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        near_numbers(),
        st.tuples(st.builds("+{}{}".format, CODES, DIGITS), HOMES),
        st.tuples(DIGITS, HOMES),
        st.tuples(st.builds("0{}".format, DIGITS), HOMES),
    )
)
def test_what_is_decided_at_a_glance_is_what_all_the_rules_say(typed: tuple[str, str]) -> None:
    text, country = typed
    quick = phone._plainly(text, country)
    if quick:
        assert quick == phone._carefully(text, country)
        known = phone._known(quick)
        assert known is not None
        exact = phonenumbers.region_code_for_number(known) or ""
        assert phone.country_of(quick) == (exact if exact.isalpha() else phone._region(known))


@given(CODES, DIGITS)
def test_a_number_is_shown_as_the_library_shows_it(code: int, rest: str) -> None:
    number = f"+{code}{rest}"
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        shown = number
    else:
        international = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        shown = international if phonenumbers.is_possible_number(parsed) else number
        assert phone._parted(number) in (None, parsed)
    assert phone.display(number) == shown
