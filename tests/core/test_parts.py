"""Message parts against ClickSend's published tables and the GSM 03.38 alphabet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.parts import GSM_BASIC, GSM_EXTENSION, gsm_twin, kept, measure

GSM_TABLE = (160, 306, 459, 612, 765, 918, 1071, 1224)
UNICODE_TABLE = (70, 134, 201, 268, 335, 402, 469, 536)
GSM_0338_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)

ANY = st.text()
GSM_TEXT = st.text(st.sampled_from(sorted(GSM_BASIC - {"\r"} | GSM_EXTENSION)))


@pytest.mark.parametrize(("unit", "table"), [("a", GSM_TABLE), ("ж", UNICODE_TABLE)])
@pytest.mark.parametrize("parts", range(1, 9))
def test_the_published_table(unit: str, table: tuple[int, ...], parts: int) -> None:
    most = table[parts - 1]
    assert (measure(unit * most).parts, measure(unit * most).capacity) == (parts, most)
    assert measure(unit * (most + 1)).parts == parts + 1


def test_the_alphabet_is_complete() -> None:
    assert set(GSM_0338_BASIC) == GSM_BASIC
    assert len(GSM_BASIC) == 127
    assert len(GSM_EXTENSION) == 10


def test_every_basic_character_takes_one_unit() -> None:
    for ch in GSM_BASIC - {"\n", "\r"}:
        assert (measure(ch).encoding, measure(ch).units) == ("GSM-7", 1)


def test_extension_characters_and_line_breaks_take_two() -> None:
    for ch in [*GSM_EXTENSION, "\n", "\r", "\r\n"]:
        assert (measure(ch).encoding, measure(ch).units) == ("GSM-7", 2)
    assert measure("ж\n").units == 3


def test_one_character_forces_unicode_for_all() -> None:
    measured = measure("a" * 69 + "ж€ж”")
    assert (measured.encoding, measured.units, measured.parts) == ("Unicode", 73, 2)
    assert measured.unicode == ("ж", "”")


def test_emoji_count_as_utf16() -> None:
    assert measure("😀" * 35).parts == 1
    assert measure("👨‍👩‍👧").units == 8


@given(st.one_of(GSM_TEXT, ANY.map("ж".__add__)), st.integers(1, 4), st.integers(1, 60))
def test_what_is_kept_fits_and_one_character_more_would_not(text: str, parts: int, times: int) -> None:
    body = (text * times).replace("\r", "")
    beginning = kept(body, parts)
    assert body.startswith(beginning)
    assert measure(beginning).parts <= parts
    if beginning != body:
        assert measure(body[: len(beginning) + 1]).parts > parts


def test_empty_takes_no_part() -> None:
    assert (measure("").parts, measure("").units, measure("").capacity) == (0, 0, 160)


@given(ANY)
def test_capacity_holds_the_units_and_one_part_less_does_not(body: str) -> None:
    measured = measure(body)
    assert measured.units <= measured.capacity
    if measured.parts > 1:
        single, each = (160, 153) if measured.encoding == "GSM-7" else (70, 67)
        fewer = single if measured.parts == 2 else (measured.parts - 1) * each
        assert measured.units > fewer


@given(ANY, ANY)
def test_more_text_never_takes_fewer_parts(left: str, right: str) -> None:
    assert measure(left + right).parts >= measure(left).parts


@given(GSM_TEXT)
def test_gsm_text_never_becomes_unicode(body: str) -> None:
    assert measure(body).encoding == "GSM-7"
    assert measure(body).unicode == ()


@given(ANY)
def test_twins_are_gsm_and_their_originals_are_not(body: str) -> None:
    for ch in measure(body).unicode + tuple("“”’–…\u00a0"):  # noqa: RUF001
        twin = gsm_twin(ch)
        assert twin is None or measure(twin).encoding == "GSM-7"
    for ch in GSM_BASIC | GSM_EXTENSION:
        assert gsm_twin(ch) is None


def test_the_twins_that_people_paste() -> None:
    pasted = "“Don’t” – wait…\u00a0ok"  # noqa: RUF001 - what word processors make of quotes and dashes
    assert "".join(gsm_twin(ch) or ch for ch in pasted) == '"Don\'t" - wait... ok'
