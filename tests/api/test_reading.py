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


class Said(Sent):
    """A row of a history whose text is declared last."""

    carrier: str = ""
    body: str = ""


def test_what_was_said_is_shown_before_what_there_is_no_room_for() -> None:
    rows = [
        Said(
            to=f"+6142100011{number}", carrier=f"Carrier {number}", body=f"Your order {number} is ready to go"
        )
        for number in range(4)
    ]
    names = [name for name, _, _ in columns_of(rows, Currency(), 70)]
    assert names == ["to", "status", "schedule", "body"]
