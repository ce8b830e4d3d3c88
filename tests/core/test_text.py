"""Untrusted text: nothing that reaches a terminal can command it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.text import clean, clean_line

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NASTY = st.text(
    st.one_of(
        st.sampled_from(
            [*"\x1b\x9b\x9d\x90\x9c\x07[]PX^_;:0123mHJ\\\r\n\t\x85\x7f", *BIDI, "\ud83d", "\ude00"]
        ),
        st.characters(exclude_categories=()),
    )
)


@given(NASTY)
def test_nothing_dangerous_is_left_and_cleaning_again_changes_nothing(text: str) -> None:
    for cleaned in (clean(text), clean_line(text)):
        assert not set(cleaned) & set(BIDI)
        assert all(ch in "\n\t" or unicodedata.category(ch) not in ("Cc", "Cs") for ch in cleaned)
        cleaned.encode()
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert len(clean_line(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[Hgone", "gone"),
        ("\x9b31mred", "red"),
        ("\x1b[38;5;1;", "38;5;1;"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9d52;c;cm0gLXJm\x9ctext", "text"),
        ("\x1b]52;c;cm0gLXJm", "52;c;cm0gLXJm"),
        ("\x1bPq#0\x1b\\text", "text"),
        ("\x90q#0\x9ctext", "text"),
        ("\x1b_apc\x1b\\\x1b^pm\x1b\\text", "text"),
        ("\x1b(Btext\x1bc", "text"),
        ("end\x1b", "end"),
        ("a\x00b\x08c\x7fd\x84e", "abcde"),
        ("pay \u202eemoh\u202c now", "pay emoh now"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("\ud83d lone", "\ufffd lone"),
        ("\ud83d\ude00 paired", "😀 paired"),
    ],
)
def test_hostile_text_is_disarmed(hostile: str, safe: str) -> None:
    assert clean(hostile) == safe


@pytest.mark.parametrize(
    "text",
    [
        "plain\ttext\nwith lines",
        "مرحبا بك 123",
        "שלום\u200f עולם",
        "👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ✌🏽",
        "e\u0301 ñ ก้",
        "[bold]not markup[/]",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_a_stray_introducer_cannot_hide_the_rest_of_a_message() -> None:
    assert clean("before \x1b]after\nnext line") == "before after\nnext line"


def test_long_runs_of_introducers_are_cleaned_in_linear_time() -> None:
    for introducer in ("\x1b]", "\x9d", "\x1b[", "\x1b[1;", "\x1b(", "\x1bP"):
        assert "\x1b" not in clean(introducer * 50_000)


def test_one_line_folds_white_space() -> None:
    assert clean_line("  one\r\n\ttwo\u00a0 three \x1b[0m ") == "one two three"
