"""Something wrong with a draft, as a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one field of a draft, and what to do. If it `stops`, the draft cannot be sent."""

    field: str
    message: str
    stops: bool = True


def warning(field: str, message: str) -> Problem:
    """What a person should know before confirming, and may send all the same."""
    return Problem(field, message, stops=False)
