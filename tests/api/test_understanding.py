"""One value, as it is typed: how it is understood, or what to type instead."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from tui.api.entry import Place
from tui.api.layout import slots
from tui.api.operation import catalogue
from tui.api.understanding import understood
from tui.core.errors import InvalidInput

HERE = Place(1_793_001_600.0, UTC, "AU")


def said(operation_id: str, key: str, text: str) -> str:
    operation: Any = catalogue()[operation_id]
    slot = next(slot for slot in slots(operation.arguments) if slot.key == key)
    return understood(slot.model, slot.field, text, HERE)


@pytest.mark.parametrize(
    ("operation_id", "key", "text", "words"),
    [
        ("sms.send", "messages.1.to", "0411 111 111", "+61 411 111 111"),
        ("sms.send", "messages.1.to", "+61 411 111 111", ""),
        ("sms.send", "messages.1.schedule", "tomorrow 9am", "Tue 27 Oct 2026 09:00"),
        ("sms.history", "date_from", "yesterday", "Sun 25 Oct 2026 00:00"),
        ("contacts.lists_remove_duplicates", "fields", "email, phone number", "2 values"),
        ("contacts.update", "custom_1", '""', "empty"),
        ("contacts.lists_create", "list_name", "Customers", ""),
    ],
)
def test_understood(operation_id: str, key: str, text: str, words: str) -> None:
    assert said(operation_id, key, text) == words


@pytest.mark.parametrize(
    ("operation_id", "key", "text", "says"),
    [
        ("sms.send", "messages.1.to", "call me", r'^"call me" has no digits'),
        ("sms.send", "messages.1.sender", "A sender much too long", "at most 16 characters"),
        ("sms.history", "page", "0", "Page must be 1 or more"),
        ("contacts.get", "list_id", "customers", "List must be a whole number"),
        ("contacts.create", "email", "ada", "E-mail is not in the form it must have.*test1@test.com"),
        ("contacts.create", "address_country", "Australia", "Country is not in the form.*AU"),
        ("contacts.lists_create", "list_name", '""', "Name must not be empty"),
        ("contacts.lists_remove_duplicates", "fields", "phone number, mood", '"mood" is none of the choices'),
    ],
)
def test_refused(operation_id: str, key: str, text: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        said(operation_id, key, text)
