"""What people type becomes arguments, or a sentence that says what to type."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from tui.api.entry import LocalFile, Place, arguments, read
from tui.api.fields import facts
from tui.api.operation import catalogue
from tui.core.errors import InvalidInput

HERE = Place(now=1_793_001_600.0, zone=UTC, country="AU")
SEND = "sms.send"


def typed(operation_id: str, **text: str) -> dict[str, object]:
    return arguments(catalogue()[operation_id], text, HERE)


def test_numbers_get_their_country_and_times_their_seconds() -> None:
    found = arguments(
        catalogue()[SEND],
        {"messages.to": "0411 111 111", "messages.body": "Hi", "messages.schedule": "tomorrow 9am"},
        HERE,
    )
    assert found == {"messages": [{"to": "+61411111111", "body": "Hi", "schedule": 1_793_091_600}]}


def test_rows_are_counted_from_one_and_may_be_named_as_on_the_wire() -> None:
    found = arguments(
        catalogue()[SEND],
        {"messages.1.body": "One", "messages.2.body": "Two", "messages.2.from": "Acme"},
        HERE,
    )
    assert found == {"messages": [{"body": "One"}, {"body": "Two", "sender": "Acme"}]}


def test_rows_as_json() -> None:
    assert typed(SEND, messages='[{"to": "+61411111111", "body": "Hi"}]') == {
        "messages": [{"to": "+61411111111", "body": "Hi"}]
    }


def test_choices_by_value_or_by_words_and_flags_by_yes_and_no() -> None:
    found = typed(
        "automations.sms_inbound_create",
        rule_name="Stop",
        action="auto reply",
        message_search_type="starts with",
        enabled="no",
    )
    assert found == {
        "rule_name": "Stop",
        "action": "AUTO_REPLY",
        "message_search_type": "1",
        "enabled": False,
    }
    assert catalogue()["automations.sms_inbound_create"].bind(found).body


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1792990000", 1_792_990_000),
        ("2026-10-20", 1_792_454_400),
        ("2026-10-20 12:00", 1_792_497_600),
        ("today", 1_792_972_800),
        ("yesterday", 1_792_886_400),
        ("3 days ago", 1_792_742_400),
        ("in 2h", 1_793_008_800),
    ],
)
def test_any_moment_may_be_asked_for(text: str, seconds: int) -> None:
    assert typed("sms.history", date_from=text) == {"date_from": seconds}


def test_several_values_are_parted_by_commas() -> None:
    found = typed("contacts.lists_remove_duplicates", list_id="428", fields="phone_number, email")
    assert found["fields"] == ["phone_number", "email"]


def test_a_file_stands_for_what_is_uploaded(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("+61411111111\n")
    field = next(
        field
        for operation in catalogue().values()
        for field in facts(operation.arguments)
        if field.upload or field.is_content
    )
    assert read(field, f"@{tmp_path / 'people.csv'}", HERE) == LocalFile(tmp_path / "people.csv")
    with pytest.raises(InvalidInput, match=r"There is no file .*gone\.csv.*Check its name"):
        read(field, f"@{tmp_path / 'gone.csv'}", HERE)
    with pytest.raises(InvalidInput, match="is a folder"):
        read(field, f"@{tmp_path}", HERE)


@pytest.mark.parametrize(
    ("operation_id", "name", "text", "says"),
    [
        (SEND, "recipient", "1", "There is no argument recipient. There are: messages, senders"),
        (SEND, "messages.mood", "1", "There is no argument messages.mood. There are: to, body"),
        (
            SEND,
            "messages.2",
            "1",
            "messages.2 is not a name inside messages. Count from 1, like messages.1.to.",
        ),
        (SEND, "messages.0.to", "1", "messages.0.to is not a name inside messages."),
        (SEND, "shorten_urls.on", "1", "shorten_urls has nothing inside it."),
        (SEND, "messages", "hello", "Messages: this is not JSON"),
        (SEND, "messages.to", "call me", 'To: "call me" has no digits.'),
        (SEND, "messages.schedule", "yesterday", 'Send at: "yesterday" is not a time I can read.'),
        (SEND, "shorten_urls", "perhaps", 'Shorten links: "perhaps" is neither yes nor no. Type yes or no.'),
        ("sms.history", "date_from", "long ago", "From: "),
        (
            "account.sdk_download",
            "type",
            "cobol",
            'Language: "cobol" is none of the choices. There are: android',
        ),
    ],
)
def test_what_cannot_be_read_says_what_to_type(operation_id: str, name: str, text: str, says: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        arguments(catalogue()[operation_id], {name: text}, HERE)
    assert str(refusal.value).startswith(says)
    assert refusal.value.field
