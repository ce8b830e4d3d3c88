"""What became of a message, in words: by state, by ClickSend's word, by its error text."""

from __future__ import annotations

import pytest

from tui.widgets.delivery import explain


@pytest.mark.parametrize(
    "state",
    ["sending", "accepted", "scheduled", "sent", "delivered", "failed", "rejected", "cancelled", "unknown"],
)
def test_every_state_is_a_sentence(state: str) -> None:
    meaning = explain(state)
    assert meaning.short
    assert meaning.cause.endswith(".")
    assert not meaning.advice or meaning.advice.endswith(".")


@pytest.mark.parametrize(
    ("error_text", "short"),
    [
        ("Absent subscriber: the handset was off or out of coverage.", "phone switched off"),
        ("Unknown Subscriber", "number not in use"),
        ("HANDSET MEMORY FULL", "phone is full"),
        ("Message rejected: anti-spam", "filtered as spam"),
        ("Rejected by network", "refused by the network"),
        ("Something nobody has seen", "not delivered"),
        ("", "not delivered"),
    ],
)
def test_a_failure_is_told_by_its_words(error_text: str, short: str) -> None:
    assert explain("failed", "Failed", "301", error_text).short == short


def test_error_numbers_change_nothing() -> None:
    assert explain("failed", "Failed", "301", "12") == explain("failed", "Failed", "301", "13")


@pytest.mark.parametrize(
    ("code", "short", "advice"),
    [
        ("INVALID_RECIPIENT", "invalid number", "number"),
        ("COUNTRY_NOT_ENABLED", "country not enabled", "dashboard"),
        ("INSUFFICIENT_CREDIT", "no credit", "Top up"),
        ("NEVER_HEARD_OF", "not accepted", "below"),
    ],
)
def test_a_rejection_says_what_to_do(code: str, short: str, advice: str) -> None:
    meaning = explain("rejected", code)
    assert meaning.short == short
    assert advice in meaning.advice
    assert meaning.cause.startswith("ClickSend did not accept it.")


def test_a_passing_error_is_not_a_failure() -> None:
    assert explain("sent", "Sent", "300").short == "network tries again"
    assert explain("sent", "Sent", "200").short == "no word from the handset"


def test_review_is_named() -> None:
    assert explain("accepted", "WaitApproval").short == "in review"
    assert explain("cancelled", "CancelledAfterReview").short == "stopped in review"


def test_a_state_of_later_days_is_quoted() -> None:
    assert "Teleported" in explain("teleported", "Teleported").cause
