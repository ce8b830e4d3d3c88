"""Text messages through the official client."""

from __future__ import annotations

from typing import Any

import clicksend
import pytest
from pydantic import ValidationError

from tests.contract.driver import Raw, Sdk
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


def message(body: str = "Hello", to: str = CUSTOMER, **more: Any) -> clicksend.SendSmsRequestMessagesInner:
    return clicksend.SendSmsRequestMessagesInner(body=body, to=to, **more)


def send(sdk: Sdk, *messages: clicksend.SendSmsRequestMessagesInner) -> Any:
    return sdk("sms.send", send_sms_request=clicksend.SendSmsRequest(messages=list(messages))).data


def history(sdk: Sdk, number: str = CUSTOMER) -> list[Any]:
    rows: list[Any] = sdk("sms.history", q=f"to:{number}", limit=100).data.data
    return rows


def test_a_price_sends_nothing(sdk: Sdk, world: World) -> None:
    before = len(world.messages)
    request = clicksend.CalculateSmsPriceRequest(
        messages=[
            clicksend.CalculateSmsPriceRequestMessagesInner(body="Hi", to=CUSTOMER, show_summary=True),
            clicksend.CalculateSmsPriceRequestMessagesInner(body="Hi", to="123"),
        ]
    )
    quote = sdk("sms.price", calculate_sms_price_request=request).data
    assert (quote.total_price, quote.total_count, quote.queued_count) == (0.0792, 2, 1)
    assert [row.status for row in quote.messages] == ["SUCCESS", "INVALID_RECIPIENT"]
    assert quote.messages[0].var_from == "+61481070206"
    assert quote.summary.countries[0].country.name == "Australia"
    assert quote.currency.currency_name_short == "AUD"
    assert len(world.messages) == before


def test_a_send_is_in_history_with_its_price(sdk: Sdk) -> None:
    sent = send(sdk, message("one", custom_string="order 7"), message("two", "+12025550143"))
    assert (sent.total_price, sent.queued_count, sent.blocked_count) == (0.0979, 2, 0)
    assert [row.country for row in sent.messages] == ["AU", "US"]
    (row,) = history(sdk)
    first = sent.messages[0]
    assert (row.message_id, row.body, row.custom_string) == (first.message_id, "one", "order 7")
    assert (row.message_price, row.var_from, row.api_username) == ("0.079200", first.var_from, "demo")


def test_the_client_cannot_read_a_rejected_message(sdk: Sdk, raw: Raw) -> None:
    with pytest.raises(ValidationError, match="schedule"):
        send(sdk, message(to="123"))
    answer = raw("sms.send", body={"messages": [{"to": "123", "body": "Hello"}]})
    assert (answer["messages"][0]["status"], answer["messages"][0]["schedule"]) == ("INVALID_RECIPIENT", "")


def test_a_scheduled_message_can_be_cancelled(sdk: Sdk, world: World, clock: ManualClock) -> None:
    at, before = int(clock.now()) + 600, world.account.balance
    (row,) = send(sdk, message(schedule=at)).messages
    assert row.schedule == at
    assert history(sdk)[0].status == "Scheduled"
    cancelled = sdk("sms.cancel", row.message_id)
    assert cancelled.response_msg == f"Message {row.message_id} has been cancelled."
    assert (history(sdk)[0].status, world.account.balance) == ("Cancelled", before)
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("sms.cancel", row.message_id)


def test_all_of_one_reference_can_be_cancelled(sdk: Sdk, clock: ManualClock) -> None:
    at = int(clock.now()) + 600
    send(sdk, message("one", schedule=at, custom_string="a"), message("two", schedule=at, custom_string="b"))
    request = clicksend.CancelAllSmsRequest(custom_string="a")
    assert sdk("sms.cancel_all", cancel_all_sms_request=request).data.count == 1
    assert [row.status for row in history(sdk)] == ["Cancelled", "Scheduled"]


def test_pages_of_history(sdk: Sdk, world: World) -> None:
    first = sdk("sms.history", order_by="date:desc").data
    assert (first.total, first.per_page, first.var_from, first.to) == (len(world.messages), 15, 1, 15)
    second = sdk("sms.history", order_by="date:desc", page=2).data
    assert second.data[0].var_date <= first.data[-1].var_date
    since = first.data[9].var_date
    recent = sdk("sms.history", date_from=since).data
    assert recent.total == 10
    assert {row.direction for row in recent.data} == {"in", "out"}


def test_an_export_can_be_fetched(sdk: Sdk, raw: Raw) -> None:
    send(sdk, message("exported"))
    made = sdk("sms.history_export", filename="export.csv", q=f"to:{CUSTOMER}").data
    assert "exported" in raw.fetch(made.url)


def test_replies_are_listed_until_they_are_marked(sdk: Sdk, clock: ManualClock) -> None:
    (sent,) = send(sdk, message(custom_string="visit")).messages
    clock.advance(60)
    listed = sdk("sms.inbound_list", limit=100).data
    reply = listed.data[0]
    assert (reply.var_from, reply.to, reply.custom_string) == (CUSTOMER, sent.var_from, "visit")
    assert (reply.original_message_id, reply.original_body) == (sent.message_id, "Hello")
    assert sdk("sms.inbound_get", sent.message_id).data == reply
    assert sdk("sms.inbound_mark_read_one", reply.message_id).data == 1
    assert sdk("sms.inbound_list").data.total == listed.total - 1
    assert sdk("sms.inbound_get", sent.message_id).data == reply
    bound = clicksend.MarkSmsReceiptAsReadRequest(date_before=listed.data[1].timestamp)
    sdk("sms.inbound_mark_read", mark_sms_receipt_as_read_request=bound)
    left = sdk("sms.inbound_list").data.data
    assert [row.message_id for row in left] == [listed.data[1].message_id]
    sdk("sms.inbound_mark_read")
    assert sdk("sms.inbound_list").data.data == []


def test_an_unsolicited_message_has_no_original(sdk: Sdk, world: World) -> None:
    world.replies.receive("+61491570158", "Hello?", int(world.now))
    newest = sdk("sms.inbound_list").data.data[0]
    assert (newest.body, newest.original_message_id, newest.original_body) == ("Hello?", None, None)


def test_a_made_up_inbound_message_can_be_polled(sdk: Sdk) -> None:
    before = sdk("sms.inbound_list").data.total
    request = clicksend.CreateTestInboundSmsRequest(url="poll")
    made = sdk("sms.inbound_test", create_test_inbound_sms_request=request).data
    listed = sdk("sms.inbound_list").data
    assert (listed.total, listed.data[0].message_id) == (before + 1, made.message_id)


def test_receipts_are_listed_until_they_are_marked(sdk: Sdk, clock: ManualClock) -> None:
    delivered, failed = send(sdk, message(), message(to="+61491570199")).messages
    clock.advance(60)
    listed = sdk("sms.receipts_list", limit=100).data
    codes = {row.message_id: row.status_code for row in listed.data}
    assert (codes[delivered.message_id], codes[failed.message_id]) == (201, 301)
    lost = sdk("sms.receipts_get", failed.message_id).data
    assert (lost.error_code, lost.message_type, lost.digits) == (12, "sms", None)
    bound = clicksend.MarkSmsReceiptAsReadRequest(date_before=listed.data[0].timestamp)
    sdk("sms.receipts_mark_read", mark_sms_receipt_as_read_request=bound)
    assert sdk("sms.receipts_list").data.total < listed.total
    sdk("sms.receipts_mark_read")
    assert sdk("sms.receipts_list").data.total == 0
    assert sdk("sms.receipts_get", failed.message_id).data == lost


def test_a_made_up_receipt_can_be_polled(sdk: Sdk) -> None:
    sdk("sms.receipts_mark_read")
    request = clicksend.CreateTestSmsReceiptRequest(url="poll")
    made = sdk("sms.receipts_test", create_test_sms_receipt_request=request).data
    (listed,) = sdk("sms.receipts_list").data.data
    assert (listed.message_id, listed.status_code) == (made.message_id, 201)
