"""Answers are read leniently, and never taken for what they are not."""

from __future__ import annotations

import contextlib
import json
from decimal import Decimal
from types import NoneType
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.scripted import Answered, envelope
from tui.api import account, contacts, countries, numbers, sms, sms_campaigns, statistics, templates
from tui.api.answer import Answer, read
from tui.api.operation import Operation, catalogue
from tui.core.errors import ApiError, BadAnswer, Refused
from tui.core.money import Currency

T = TypeVar("T")
AUD = {"currency_name_short": "AUD", "currency_prefix_d": "$", "currency_prefix_c": "c"}
KEY = "IJVEGTCF-VOHU-GSVF-KNKK"


def from_data(operation: Operation[..., T], data: object) -> T:
    return from_answer(operation, envelope(data))


def from_answer(operation: Operation[..., T], answer: Answered) -> T:
    return read(operation, Answer(answer.status, answer.headers, answer.content, now=0.0)).result


def test_money_is_exact() -> None:
    sent = from_data(
        sms.send,
        '{"messages": [{"message_price": "0.07920000000000000001"}, {"message_price": 0.1}],'
        ' "total_price": 0.17920000000000000001}',
    )
    assert [message.message_price for message in sent.messages] == [
        Decimal("0.07920000000000000001"),
        Decimal("0.1"),
    ]
    assert str(sent.total_price) == "0.17920000000000000001"


@pytest.mark.parametrize("raw", ["null", '""', '"free"', "{}", "NaN", "Infinity", '"1E+999999"', "true"])
def test_what_is_no_price_is_an_unknown_one(raw: str) -> None:
    assert from_data(sms_campaigns.price, f'{{"total_price": {raw}}}').total_price is None


@pytest.mark.parametrize("raw", ["-3.1", '"-3.100000"'])
def test_a_balance_may_be_below_nothing(raw: str) -> None:
    assert from_data(account.get, f'{{"user_id": 1, "balance": {raw}}}').balance == Decimal("-3.1")


def test_numbers_may_be_texts_and_texts_numbers() -> None:
    record = from_data(
        sms.history,
        {"data": [{"message_id": 7, "message_parts": "1.00", "date": "1436932432", "status_code": 201}]},
    ).items[0]
    assert (record.message_id, record.message_parts, record.date) == ("7", 1, 1436932432)
    assert record.status_code == "201"


@pytest.mark.parametrize("raw", [None, "", 0, "0", "soon", {}, []])
def test_a_time_that_is_none_is_none(raw: object) -> None:
    page = from_data(sms.history, {"data": [{"message_id": "A", "schedule": raw, "body": None}]})
    assert page.items[0].schedule is None
    assert page.items[0].body == ""


@pytest.mark.parametrize(
    ("raw", "yes"),
    [(1, True), ("1", True), (True, True), (0, False), ("0", False), (None, False), ("", False)],
)
def test_flags_come_in_several_forms(raw: object, yes: bool) -> None:
    assert from_data(account.get, {"user_id": 1, "banned": raw}).banned is yes


def test_unknown_fields_are_kept() -> None:
    found = from_data(account.get, {"user_id": 1, "ai_enabled": 1})
    assert found.model_extra == {"ai_enabled": 1}


@pytest.mark.parametrize("name", ["_currency", "currency"])
def test_the_currency_goes_by_two_names(name: str) -> None:
    assert from_data(sms.price, {"messages": [], name: AUD}).currency == Currency("AUD", "$")
    assert from_data(sms.price, {"messages": None, name: None}).currency is None


def test_every_message_keeps_its_own_status() -> None:
    sent = from_data(
        sms.send,
        {
            "messages": [
                {"to": "+61411111111", "from": "Shop", "status": "SUCCESS"},
                {"to": "61", "from": "", "schedule": "", "status": "INVALID_RECIPIENT"},
                {"to": "+61422222222", "status": "SOMETHING_NEW"},
            ],
            "blocked_count": 0,
        },
    )
    assert [message.accepted for message in sent.messages] == [True, False, False]
    assert sent.messages[0].sender == "Shop"
    assert sent.messages[1].message_price is None


@pytest.mark.parametrize(
    "data",
    [
        {"total": 0, "current_page": 1, "last_page": 0, "data": []},
        {"total": 0, "current_page": 1, "last_page": 0, "_currency": None},
        {"total": 0, "data": None},
        [],
        {},
    ],
)
def test_an_empty_list_has_many_forms(data: object) -> None:
    assert from_data(templates.sms_list, data).items == []


def test_a_list_without_its_rows_is_no_empty_list() -> None:
    with pytest.raises(BadAnswer):
        from_data(templates.sms_list, {"total": 3, "current_page": 1})
    with pytest.raises(BadAnswer):
        from_data(templates.sms_list, None)


def test_a_record_without_its_id_cannot_be_used() -> None:
    with pytest.raises(BadAnswer) as caught:
        from_data(contacts.list_, {"data": [{"contact_id": 1}, {"first_name": "Ada"}]})
    assert caught.value.detail.startswith("data.1.contact_id")


@pytest.mark.parametrize("data", [[], None, {}, True, 1, {"anything": 1}])
def test_what_says_nothing_worth_reading_is_not_read(data: object) -> None:
    from_data(contacts.delete, data)


def test_no_content_is_enough_for_nothing() -> None:
    from_answer(contacts.delete, Answered(204))
    with pytest.raises(BadAnswer):
        from_answer(contacts.get, Answered(204))
    with pytest.raises(BadAnswer):
        from_answer(contacts.delete, Answered(200))


def test_a_bare_answer_to_what_says_nothing_may_be_anything_of_clicksends() -> None:
    for content in (b"", b"{}", b'{"id": "1"}'):
        from_answer(numbers.alpha_tags_delete, Answered(200, content))
    with pytest.raises(BadAnswer):
        from_answer(numbers.alpha_tags_delete, Answered(200, b"<html>"))
    with pytest.raises(BadAnswer):
        from_answer(numbers.alpha_tags_get, Answered(200, b""))


def test_what_is_wrong_with_each_field_is_told() -> None:
    details = [{"field": "country_code", "reason": "Invalid country code"}, {"reason": "Odd"}, "x", {}]
    refusal = {"http_code": 400, "response_code": "BAD_REQUEST", "response_msg": "No.", "details": details}
    with pytest.raises(Refused) as refused:
        from_answer(numbers.default_senders_create, Answered(400, json.dumps(refusal).encode()))
    assert refused.value.detail == "No. country_code: Invalid country code Odd"


@pytest.mark.parametrize(
    ("url", "cursor"),
    [
        ("https://x/own-numbers?offset=f9-1#8f-2&page_size=10", "f9-1#8f-2"),
        ("/x?page_size=10&offset=f9-1%238f-2", "f9-1#8f-2"),
        ("/x?page_size=10", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_cursor_is_found_in_the_url_of_the_next_page(url: str | None, cursor: str) -> None:
    content = json.dumps({"own_numbers": [], "_metadata": {"pagination": {"next": url}}}).encode()
    assert from_answer(numbers.own_numbers_list, Answered(200, content)).next_cursor == cursor
    page = {"data": [], "next_page_url": url}
    assert from_data(numbers.default_senders_list, page).next_cursor == cursor


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("2021-05-11T01:00:00.123Z", 1_620_694_800),
        ("2021-05-11T01:00:00", 1_620_694_800),
        ("2021-05-11T03:00:00+02:00", 1_620_694_800),
        (1_620_694_800, 1_620_694_800),
        ("soon", None),
        (None, None),
    ],
)
def test_a_written_moment_is_in_utc_where_it_does_not_say_otherwise(raw: object, at: int | None) -> None:
    content = json.dumps({"id": "1", "created_timestamp": raw}).encode()
    assert from_answer(numbers.alpha_tags_get, Answered(200, content)).created == at


def test_the_days_of_statistics_go_by_two_names() -> None:
    day = {"date": 1434412800, "outbound": {"count": 3, "price": 0.21}, "bounced": {"count": 1}}
    for name in ("stat", "stats"):
        found = from_data(statistics.sms, {name: [day], "total": day})
        assert found.days[0].outbound is not None
        assert found.days[0].outbound.price == Decimal("0.21")


def test_an_answer_without_envelope_is_read_as_a_whole() -> None:
    content = json.dumps(
        {"total": 500, "next_page_url": "/x?offset=abc", "data": [{"open_count": 5}]}
    ).encode()
    found = from_answer(statistics.short_url_tracking, Answered(200, content))
    assert (found.total, found.items[0].open_count) == (500, 5)


def test_keys_are_masked_when_parsed() -> None:
    subaccount = {"subaccount_id": 1, "api_key": KEY}
    found = from_data(account.get, {"user_id": 1, "_subaccount": subaccount, "extra": [{"password": KEY}]})
    assert found.subaccount is not None
    assert found.subaccount.api_key == "••••"
    assert KEY not in repr(found) + found.model_dump_json()


@pytest.mark.parametrize(
    "content",
    [
        b'{"data": {"user_id": 1, "api_key": "%s"}}' % KEY.encode(),
        b'{"data": {"user_id": 1, "api\\u005Fkey": "%s"}}' % KEY.encode(),
        f'{{"data": {{"user_id": 1, "password": "{KEY}"}}}}'.encode("utf-16"),
    ],
)
def test_keys_are_masked_however_their_names_are_written(content: bytes) -> None:
    found = read(account.get.bind({}).operation, Answered(200, content))
    assert KEY not in repr(found)
    assert "••••" in repr(found.data)


def test_totals_of_usage_add_up() -> None:
    used = from_data(account.usage, {"sms_total": {"price": "2.4417"}, "fax_total": {"price": "0.9257"}})
    assert used.total == Decimal("3.3674")


def test_price_lists_keep_the_names_of_their_rates() -> None:
    found = from_data(countries.pricing, {"country": "AU", "sms": {"price_rate_0": "0.0700"}, "mms": None})
    assert found.sms == {"price_rate_0": Decimal("0.0700")}
    assert found.mms == {}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "messages", "total", "message_id", "list_id", "x"]), inner)
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(catalogue())), json_values)
def test_any_json_is_read_or_is_an_error_for_people(name: str, data: object) -> None:
    """Anything but an ApiError would crash whoever polls."""
    with contextlib.suppress(ApiError):
        from_data(catalogue()[name], data)


@given(st.sampled_from(sorted(catalogue())), st.integers(200, 599), st.binary(max_size=40))
def test_any_bytes_are_an_error_for_people(name: str, status: int, content: bytes) -> None:
    operation = catalogue()[name]
    needs_none = not operation.envelope and operation.result is NoneType
    if status == 204 or (needs_none and not content.strip()):
        return
    with pytest.raises(ApiError):
        from_answer(operation, Answered(status, content))
