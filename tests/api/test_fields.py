"""What a form learns from the semantic types."""

from __future__ import annotations

from tui.api import account, automations, contacts, sms
from tui.api.fields import FieldFacts, facts
from tui.api.models.sms import SmsMessage
from tui.api.operation import Operation
from tui.api.types import Kind, TextMatch


def field(operation: Operation[..., object], name: str) -> FieldFacts:
    return next(found for found in facts(operation.arguments) if found.name == name)


def test_words_and_limits_are_found_inside_an_optional_argument() -> None:
    schedule = next(found for found in facts(SmsMessage) if found.name == "schedule")
    assert (schedule.label, schedule.kind, schedule.type) == ("Send at", Kind.SCHEDULE, int)
    assert schedule.help.startswith("At most four months ahead")
    assert schedule.example == "1793001600"
    assert not schedule.required
    sender = next(found for found in facts(SmsMessage) if found.name == "sender")
    assert (sender.wire, sender.longest, sender.kind) == ("from", 16, Kind.SENDER)


def test_a_type_built_on_another_keeps_what_it_does_not_say_anew() -> None:
    second = field(contacts.create, "custom_2")
    assert (second.label, second.example) == ("Custom 2", "VIP")
    assert field(contacts.transfer, "to_list_id").kind is Kind.LIST


def test_numbers_have_limits() -> None:
    month = field(account.usage, "month")
    assert (month.minimum, month.maximum, month.required) == (1, 12, True)


def test_choices_have_words() -> None:
    search = field(automations.sms_inbound_create, "message_search_type")
    assert search.choices == {"0": "any text", "1": "starts with", "2": "contains", "3": "does not contain"}
    assert search.default is TextMatch.ANY_TEXT
    fields = field(contacts.lists_remove_duplicates, "fields")
    assert fields.many
    assert fields.choices["phone_number"] == "phone number"


def test_rows_tell_their_model_and_number() -> None:
    messages = field(sms.send, "messages")
    assert (messages.type, messages.many) == (SmsMessage, True)
    assert (messages.shortest, messages.longest) == (1, 1000)


def test_paged_operations_have_page_and_limit() -> None:
    names = [found.name for found in facts(sms.history.arguments)]
    assert names[-2:] == ["page", "limit"]
    assert "page" not in [found.name for found in facts(account.get.arguments)]
