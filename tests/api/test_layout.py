"""Where arguments are typed: every one has its place, and what is typed comes back as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tui.api.entry import Place, arguments
from tui.api.fields import facts
from tui.api.layout import FEW, STRAY, as_typed, fold, gather, rows, slots, spread
from tui.api.operation import Operation, catalogue
from tui.core.errors import InvalidInput
from tui.core.local_zone import LocalZone

HERE = Place(1_793_001_600.0, LocalZone(), "AU")
OPERATIONS = list(catalogue().values())
SEND = catalogue()["sms.send"].arguments


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_every_argument_has_a_place(operation: Operation[..., Any]) -> None:
    places = tuple(slots(operation.arguments))
    assert {slot.key.partition(".")[0] for slot in places} == {f.name for f in facts(operation.arguments)}
    assert len({slot.key for slot in places}) == len(places)
    shown, folded = fold(places)
    assert {slot.key for slot in shown} | {slot.key for slot in folded} == {slot.key for slot in places}
    assert not [slot.key for slot in folded if slot.field.required]
    assert len(folded) == 0 or len(folded) > STRAY
    assert len(shown) <= max(FEW, sum(slot.field.required for slot in places)) + STRAY


def test_the_first_of_required_rows_is_typed_in_the_form_and_the_others_are_listed() -> None:
    places = tuple(slots(SEND))
    keys = [slot.key for slot in places]
    assert keys[:2] == ["messages.1.to", "messages.1.body"]
    more = next(slot for slot in places if slot.key == "messages")
    assert (more.first, more.most, more.row_prefix(2)) == (2, 999, "messages.2.")
    senders = next(slot for slot in places if slot.key == "senders")
    assert (senders.first, senders.is_rows) == (1, True)


def test_what_was_typed_comes_back_from_the_form() -> None:
    typed = {
        "messages.1.body": "One",
        "messages.2.to": "+61411111111",
        "messages.2.body": "Two",
        "messages.3.body": "Three",
        "senders.1.sender_id": "Acme",
        "shorten_urls": "yes",
    }
    places = tuple(slots(SEND))
    values = spread(places, typed)
    assert rows(values["messages"]) == [{"to": "+61411111111", "body": "Two"}, {"body": "Three"}]
    assert values["messages.1.to"] == ""
    assert gather(places, values) == typed


def test_json_becomes_what_would_be_typed_and_the_same_arguments() -> None:
    given = {
        "messages": [{"to": "+61411111111", "body": "Hi, you", "from": "Acme", "schedule": 1_793_100_000}],
        "shorten_urls": False,
        "senders": None,
    }
    typed = as_typed(SEND, given)
    assert typed == {
        "messages.1.to": "+61411111111",
        "messages.1.body": "Hi, you",
        "messages.1.sender": "Acme",
        "messages.1.schedule": "1793100000",
        "shorten_urls": "no",
    }
    operation = catalogue()["sms.send"]
    bound = operation.bind(arguments(operation, typed, HERE))
    assert bound.body == operation.bind({k: v for k, v in given.items() if v is not None}).body


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"recipient": "1"}, "There is no argument recipient."),
        ({"messages": [{"mood": "1"}]}, r"There is no argument messages\.1\.mood\."),
        ({"messages": ["hello"]}, "Messages must hold objects."),
    ],
)
def test_json_that_is_not_what_it_takes_is_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        as_typed(SEND, given)


@pytest.mark.parametrize("kept", ["", "no JSON", '"text"', "[1, 2]", '{"a": "b"}'])
def test_what_holds_no_rows_has_none(kept: str) -> None:
    assert rows(kept) == []
