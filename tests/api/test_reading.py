"""Which columns a table of an answer shows."""

from __future__ import annotations

from tui.api.models.base import AnswerModel, UnixSeconds
from tui.api.reading import columns_of
from tui.core.money import Currency


class Sent(AnswerModel):
    """A row of a history."""

    source: str = "api"
    to: str
    status: str = "Sent"
    schedule: UnixSeconds = 1_795_240_204
    date: UnixSeconds = 1_795_240_204
    subject: str = ""


def test_state_and_time_are_shown_and_nothing_twice() -> None:
    rows = [Sent(to=f"+6142100011{number}", subject=f"Offer {number}") for number in range(4)]
    names = [name for name, _, _ in columns_of(rows, Currency(), 50)]
    assert names == ["to", "status", "schedule", "subject"]
    all_names = [name for name, _, _ in columns_of(rows, Currency(), 200)]
    assert all_names == [*names, "source", "date"]
