"""ClickSend's status codes in words; they stand in envelopes and on every single message.

The list is open: a code that is not here is shown as it came, and its outcome is not known.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from tui.core.text import clean_line


class Outcome(StrEnum):
    """What a message's status says of it. Accepted is not sent, still less delivered."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


class Meaning(NamedTuple):
    """What a code means, and what to do next; both are sentences."""

    words: str
    hint: str = ""


_REJECTED = {
    "MISSING_CREDENTIALS": Meaning("No user name and key were given.", "Sign in: clicksend-tui login."),
    "INVALID_CREDENTIALS": Meaning(
        "The user name or the key is wrong.", "Check the user name and API key: clicksend-tui login."
    ),
    "ACCOUNT_NOT_ACTIVATED": Meaning(
        "This ClickSend account is not active.", "Activate it in the ClickSend dashboard, or ask its owner."
    ),
    "INVALID_RECIPIENT": Meaning(
        "The recipient is not a number that can be sent to.", "Check the number and its country."
    ),
    "COUNTRY_NOT_ENABLED": Meaning(
        "Sending to this country is not enabled.", "Enable the country in the ClickSend dashboard."
    ),
    "REGISTRATION_NEEDED": Meaning(
        "This country wants the sender to be registered.", "Register a sender in the ClickSend dashboard."
    ),
    "THROTTLED": Meaning(
        "The same text went to the same recipient seconds ago.", "Wait a little, or change the text."
    ),
    "INVALID_SENDER_ID": Meaning(
        "The sender cannot be used.", "Take a number of yours, or a name of 3 to 11 letters and digits."
    ),
    "INSUFFICIENT_CREDIT": Meaning("The balance is too low.", "Top up the account."),
    "ALREADY_EXISTS": Meaning("It exists already."),
    "EMPTY_MESSAGE": Meaning("The message is empty.", "Write a text."),
    "TOO_MANY_RECIPIENTS": Meaning(
        "There are too many recipients for one call.", "Send in parts, or use a campaign."
    ),
    "MISSING_REQUIRED_FIELDS": Meaning("Something required is missing."),
    "INVALID_SCHEDULE": Meaning(
        "The time to send at cannot be used.", "Choose a later time, at most four months ahead."
    ),
    "NOT_ENOUGH_PERMISSION_TO_LIST_ID": Meaning(
        "The key may not use this list.", "Ask the owner of the account to share it."
    ),
    "INVALID_LANG": Meaning("The language is not offered."),
    "INVALID_VOICE": Meaning("The voice is not offered."),
    "SUBJECT_REQUIRED": Meaning("The subject is missing."),
    "INVALID_MEDIA_FILE": Meaning("The file cannot be used."),
}
UNCERTAIN = {
    "INTERNAL_ERROR": Meaning("ClickSend failed on its side."),
    "SOMETHING_IS_WRONG": Meaning("ClickSend failed and does not say how."),
}
"""Codes after which nobody can tell whether it was done."""
_MEANINGS = _REJECTED | UNCERTAIN


def meaning(code: str) -> Meaning:
    """What a code means; one that is not known is quoted."""
    return _MEANINGS.get(code) or Meaning(f"ClickSend says {clean_line(code) or 'nothing'}.")


def outcome(status: str) -> Outcome:
    """What became of a message with this status; only a documented refusal counts as one."""
    if status == "SUCCESS":
        return Outcome.ACCEPTED
    return Outcome.REJECTED if status in _REJECTED else Outcome.UNKNOWN
