"""The alphabet and the counting of parts against the standard and against a codec that others wrote."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import gsm0338
from hypothesis import given
from hypothesis import strategies as st

from tui.core.parts import GSM_BASIC, GSM_EXTENSION, gsm_twin, measure

CODEC = gsm0338.Codec()
LINES = (Path(__file__).with_name("gsm_0338.txt")).read_text().splitlines()
STANDARD = {
    bytes.fromhex(code): unicodedata.lookup(name)
    for code, name in (line.split(" ", 1) for line in LINES if not line.startswith("#"))
}
TWINNED = [chr(code) for code in range(sys.maxunicode + 1) if gsm_twin(chr(code)) is not None]
BREAK = re.compile(r"\r\n|\r|\n")

GSM = st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENSION)), max_size=700)
# The codec writes the escape itself, which no text that is sent holds.
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x1b"), max_size=300)
TYPED = st.text(st.sampled_from([*"abc €{\n", *TWINNED]), max_size=300)


def septets(text: str) -> int | None:
    """What the codec makes of a text; None if it cannot be written in GSM-7."""
    try:
        return len(CODEC.encode(text)[0])
    except UnicodeEncodeError:
        return None


def test_the_alphabet_is_that_of_the_standard() -> None:
    assert {ch for code, ch in STANDARD.items() if len(code) == 1} == GSM_BASIC
    assert {ch for code, ch in STANDARD.items() if len(code) == 2} == GSM_EXTENSION
    assert len(STANDARD) == 127 + 10


def test_the_codec_has_the_alphabet_of_the_standard() -> None:
    assert {CODEC.encode(ch)[0]: ch for ch in STANDARD.values()} == STANDARD


def test_no_other_character_of_unicode_is_taken_for_one_of_the_alphabet() -> None:
    for code in (code for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000):
        assert (measure(chr(code)).encoding == "GSM-7") == (chr(code) in STANDARD.values()), hex(code)


@given(GSM)
def test_a_text_of_the_alphabet_takes_the_septets_of_the_codec_and_one_more_for_each_line(text: str) -> None:
    size, lines = measure(text), len(BREAK.findall(text))
    flat = septets(BREAK.sub("\n", text))
    assert flat is not None
    assert (size.encoding, size.units, size.unicode) == ("GSM-7", flat + lines, ())
    single = size.units <= 160
    assert size.parts == (min(size.units, 1) if single else -(-size.units // 153))


@given(st.one_of(ANY, TYPED))
def test_a_text_is_unicode_exactly_where_the_codec_cannot_write_it(text: str) -> None:
    size, lines = measure(text), len(BREAK.findall(text))
    assert (size.encoding == "GSM-7") is (septets(text) is not None)
    if size.encoding == "Unicode":
        utf16 = len(BREAK.sub("\n", text).encode("utf-16-be")) // 2
        assert size.units == utf16 + lines
        assert size.parts == (1 if size.units <= 70 else -(-size.units // 67))
        assert set(size.unicode) == {ch for ch in text if septets(ch) is None}


def test_every_twin_is_of_the_alphabet_and_stands_for_what_is_not() -> None:
    assert len(TWINNED) > 40
    for ch in TWINNED:
        twin = gsm_twin(ch)
        assert twin is not None
        assert (septets(ch), septets(twin)) == (None, len(twin))


@given(TYPED)
def test_with_its_twins_a_text_is_gsm_7_and_takes_the_parts_that_the_codec_says(text: str) -> None:
    plain = "".join(twin if (twin := gsm_twin(ch)) is not None else ch for ch in text)
    size, flat = measure(plain), septets(plain)
    assert flat is not None
    assert size.encoding == "GSM-7"
    units = flat + plain.count("\n")
    assert size.parts == (min(units, 1) if units <= 160 else -(-units // 153))
