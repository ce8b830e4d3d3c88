"""Status codes in words, and what may be concluded from them."""

from __future__ import annotations

import pytest

from tui.api import codes
from tui.api.codes import Outcome


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("SUCCESS", Outcome.ACCEPTED),
        ("INVALID_RECIPIENT", Outcome.REJECTED),
        ("COUNTRY_NOT_ENABLED", Outcome.REJECTED),
        ("INSUFFICIENT_CREDIT", Outcome.REJECTED),
        ("INTERNAL_ERROR", Outcome.UNKNOWN),
        ("SOMETHING_IS_WRONG", Outcome.UNKNOWN),
        ("NEVER_HEARD_OF", Outcome.UNKNOWN),
        ("success", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
    ],
)
def test_only_a_documented_refusal_is_one(status: str, outcome: Outcome) -> None:
    assert codes.outcome(status) is outcome


def test_known_codes_have_sentences() -> None:
    known = codes.meaning("INSUFFICIENT_CREDIT")
    assert known.words == "The balance is too low."
    assert known.hint == "Top up the account."


def test_an_unknown_code_is_quoted_without_its_escapes() -> None:
    assert codes.meaning("BRAND_NEW\x1b[2J").words == "ClickSend says BRAND_NEW."
    assert codes.meaning("").words == "ClickSend says nothing."
