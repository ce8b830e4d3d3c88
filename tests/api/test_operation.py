"""Calling an operation checks the arguments and puts each where ClickSend looks for it."""

from __future__ import annotations

import json
import traceback
from typing import Annotated

import pytest

from tui.api import account, automations, contacts, numbers, sms, sms_campaigns, templates, voice
from tui.api.models.senders import OwnNumbers
from tui.api.models.sms import SmsMessage
from tui.api.operation import Effect, Operation, delete, get, post, put
from tui.api.types import NumberUse, OwnNumberStatus, Query, RuleAction, TemplateId, UnixTime
from tui.core.errors import InvalidInput

MESSAGE = SmsMessage(to="+61411111111", body="Hello")


def test_path_arguments_are_quoted() -> None:
    request = sms.cancel(message_id="../account?x=1 é")
    assert request.path == "/sms/..%2Faccount%3Fx%3D1%20%C3%A9/cancel"
    assert request.query == {}
    assert request.body is None


def test_arguments_of_a_get_go_to_the_query_as_text() -> None:
    request = sms.history(q="from:+61411111111", order_by="date:desc", date_from=1793000000)
    assert request.query == {"q": "from:+61411111111", "order_by": "date:desc", "date_from": "1793000000"}
    assert request.body is None


def test_a_body_travels_as_the_same_json_whether_it_is_made_beforehand_or_not() -> None:
    request = sms.send(messages=[SmsMessage(to="+61411111111", body="Grüße 😀")])
    assert request.content is not None
    assert request.content.isascii()
    assert json.loads(request.content) == request.body
    assert request.brief().encoded == request.content
    assert sms.history().content is None


def test_booleans_in_a_query_are_json_words() -> None:
    assert numbers.list_(exclude_10dlc_campaign=True).query == {"exclude_10dlc_campaign": "true"}


def test_several_values_in_a_query_are_numbered() -> None:
    states = [OwnNumberStatus.PENDING, OwnNumberStatus.APPROVED]
    request = numbers.own_numbers_list(status=states, page_size=10)
    assert request.query == {
        "filter[status][0]": "PENDING",
        "filter[status][1]": "APPROVED",
        "page_size": "10",
    }
    assert numbers.own_numbers_list(status=[]).query == {}


def test_a_name_with_brackets_is_understood_as_well() -> None:
    given = {"filter[product_type]": "SMS", "filter[country_code]": ["NZ"]}
    assert numbers.compliant_sender_types.bind(given).query == {
        "filter[product_type]": "SMS",
        "filter[country_code][0]": "NZ",
    }


def test_an_argument_of_the_path_can_be_wanted_in_the_body_too() -> None:
    request = numbers.buy("+61481070301", NumberUse.SMS)
    assert request.path == "/numbers/buy/%2B61481070301"
    assert request.body == {"dedicated_number": "+61481070301", "type": "sms"}


def test_what_follows_a_page_begins_at_its_cursor() -> None:
    request = numbers.own_numbers_list(page_size=10)
    page = OwnNumbers.model_validate(
        {"_metadata": {"pagination": {"next": "https://x/y?offset=1%232&page_size=10"}}}
    )
    following = request.after(page)
    assert following is not None
    assert following.query == {"page_size": "10", "offset": "1#2"}
    assert request.after(OwnNumbers.model_validate({"own_numbers": [], "_metadata": {}})) is None


def test_other_arguments_go_to_the_body() -> None:
    request = templates.sms_update(3, template_name="Hours", body="We open at 9.")
    assert request.path == "/sms/templates/3"
    assert request.body == {"template_name": "Hours", "body": "We open at 9."}
    assert request.query == {}


def test_a_bound_that_must_not_be_overlooked_travels_twice() -> None:
    request = voice.receipts_mark_read(date_before=1793000000)
    assert (request.query, request.body) == ({"date_before": "1793000000"}, {"date_before": 1793000000})


def test_absent_arguments_are_left_out_rather_than_null() -> None:
    assert sms.send(messages=[MESSAGE]).body == {"messages": [{"to": "+61411111111", "body": "Hello"}]}
    assert sms.cancel_all().body == {}


def test_an_empty_text_is_said_not_left_out() -> None:
    request = automations.sms_inbound_create(rule_name="Poll", action=RuleAction.POLL)
    assert request.body == {
        "rule_name": "Poll",
        "action": "POLL",
        "dedicated_number": "*",
        "message_search_type": 0,
        "message_search_term": "",
        "action_address": "",
        "enabled": 1,
    }


def test_a_contact_can_be_emptied_but_an_account_cannot() -> None:
    emptied = {"phone_number": "", "email": "", "fax_number": "", "address_country": ""}
    assert contacts.update.bind({"list_id": 1, "contact_id": 2, **emptied}).body == emptied
    with pytest.raises(InvalidInput, match="E-mail must not be empty"):
        account.update.bind(dict.fromkeys(account.update.arguments.model_fields, "1") | {"user_email": ""})


def test_sender_travels_as_from() -> None:
    request = sms_campaigns.price(list_id=1, name="Sale", body="Hi", sender="Shop")
    assert request.body == {"list_id": 1, "name": "Sale", "body": "Hi", "from": "Shop"}
    assert SmsMessage(body="Hi", sender="Shop").model_dump(by_alias=True, exclude_none=True)["from"] == "Shop"


def test_values_from_a_command_line_are_read() -> None:
    request = contacts.get.bind({"list_id": "428", "contact_id": "955"})
    assert request.path == "/lists/428/contacts/955"


def test_wire_names_are_understood_too() -> None:
    request = sms.send.bind({"messages": [{"body": "Hi", "from": "Shop", "to": "+61411111111"}]})
    assert request == sms.send(messages=[SmsMessage(body="Hi", sender="Shop", to="+61411111111")])


def test_a_page_of_a_request() -> None:
    request = sms.history(order_by="date:desc")
    assert request.at(3, 50).query == {"order_by": "date:desc", "page": "3", "limit": "50"}
    assert request.query == {"order_by": "date:desc"}
    assert sms.history.bind({"page": 3, "limit": 50}).query == {"page": "3", "limit": "50"}


@pytest.mark.parametrize(
    ("operation", "arguments", "message", "field"),
    [
        (sms.send, {}, "Messages is missing.", "messages"),
        (sms.send, {"messages": []}, "Messages must not be empty.", "messages"),
        (sms.send, {"messages": [{"to": "1"}]}, "Messages 1, Text is missing.", "messages.0.body"),
        (
            sms.send,
            {"messages": [{"body": "x"}, {"body": "x", "from": "s" * 17}]},
            "Messages 2, From may have at most 16 characters.",
            "messages.1.from",
        ),
        (sms.send, {"messages": [{"body": "x"}] * 1001}, "Messages may hold at most 1000.", "messages"),
        (account.usage, {"year": 2026, "month": 13}, "Month must be 12 or less.", "month"),
        (account.usage, {"year": "soon", "month": 1}, "Year must be a whole number.", "year"),
        (contacts.lists_get, {"list_id": 0}, "List must be 1 or more.", "list_id"),
        (sms.inbound_mark_read, {}, "Older than is missing.", "date_before"),
        (sms.history, {"limit": 14}, "Rows per page must be 15 or more.", "limit"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_form(
    operation: Operation[..., object], arguments: dict[str, object], message: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        operation.bind(arguments)
    assert caught.value.message == message
    assert caught.value.field == field


def test_choices_are_named() -> None:
    with pytest.raises(InvalidInput, match="Send by must be one of 'sms' or 'voice'"):
        account.verify_send.bind({"type": "fax"})


def test_a_wrong_form_comes_with_an_example() -> None:
    with pytest.raises(InvalidInput) as caught:
        sms.history(order_by="date")
    assert caught.value.hint == "For example: date:desc"


def test_an_unknown_argument_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput) as caught:
        sms.cancel.bind({"message_id": "A", "force": True})
    assert caught.value.message == "Cancel scheduled SMS has no argument force."
    assert caught.value.hint == "It takes: message_id."


def test_what_was_typed_stays_out_of_the_error() -> None:
    typed = "correct horse battery staple"
    with pytest.raises(InvalidInput) as caught:
        account.verify_send.bind({"user_phone": [typed]})
    assert caught.value.field == "user_phone"
    assert typed not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_a_request_shows_only_its_operation() -> None:
    assert repr(sms.send(messages=[MESSAGE])) == "<Request sms.send>"
    assert repr(sms.send) == "<Operation sms.send>"


def test_the_price_of_the_same_arguments_can_be_asked() -> None:
    arguments = {"list_id": 1, "name": "Sale", "body": "Hi", "source": "here"}
    request = sms_campaigns.send.price_of(arguments)
    assert request is not None
    assert request == sms_campaigns.price(list_id=1, name="Sale", body="Hi")
    assert account.verify_send.price_of({}) is None


def read_thing(template_id: TemplateId) -> None:
    """One thing."""


def mark_thing(since: Annotated[UnixTime | None, Query] = None, name: str = "") -> None:
    """Another thing."""


def test_an_argument_can_be_sent_to_the_query_of_a_put() -> None:
    mark = put("/things", title="Mark", effect=Effect.WRITE)(mark_thing)
    request = mark(since=5, name="all")
    assert (request.query, request.body) == ({"since": "5"}, {"name": "all"})


def test_a_declaration_that_forgets_its_dangers_is_refused() -> None:
    with pytest.raises(TypeError, match="does not say what it loses"):
        put("/things", title="Mark things", effect=Effect.MARK)(mark_thing)
    with pytest.raises(TypeError, match="does not say what it loses"):
        delete("/things", title="Delete things", loses="")(mark_thing)
    with pytest.raises(TypeError, match="neither priced"):
        post("/things", title="Send things", effect=Effect.SEND)(mark_thing)
    with pytest.raises(TypeError, match="neither priced"):
        post("/things", title="Buy things", effect=Effect.SPEND)(mark_thing)


def test_effects_follow_the_method_where_they_can() -> None:
    assert get("/things/{template_id}", title="Thing")(read_thing).effect is Effect.READ
    assert delete("/things", title="Delete", loses="All.")(read_thing).effect is Effect.DELETE
    assert [effect for effect in Effect if effect.is_irreversible] == [Effect.SEND, Effect.SPEND]
