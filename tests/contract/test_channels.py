"""Every channel but SMS, uploads and delivery issues, through the official client where it can."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from typing import Any

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

PICTURE = "https://acme.example/sale.jpg"
FORM = "https://acme.example/form.pdf"
DEAD = "+61491570199"
FAX_TO = "+61255501230"


def send_mms(sdk: Sdk, **more: Any) -> Any:
    message = clicksend.SendMmsRequestMessagesInner(
        to=CUSTOMER, subject="Sale", body="Hello", source="test", **more
    )
    request = clicksend.SendMmsRequest(media_file=PICTURE, messages=[message])
    return sdk("mms.send", send_mms_request=request).data


def send_call(sdk: Sdk, *to: str, lang: str = "en-au") -> Any:
    inner = clicksend.SendVoiceMessageRequestMessagesInner
    messages = [inner(to=number, body="Hello", voice="female", lang=lang, source="test") for number in to]
    request = clicksend.SendVoiceMessageRequest(messages=messages)
    return sdk("voice.send", send_voice_message_request=request).data


def test_a_picture_message_is_priced_sent_and_found(sdk: Sdk, world: World, clock: ManualClock) -> None:
    inner = clicksend.CalculateMmsPriceRequestMessagesInner(to=CUSTOMER, subject="Sale", body="Hello")
    request = clicksend.CalculateMmsPriceRequest(media_file=PICTURE, messages=[inner])
    price = sdk("mms.price", calculate_mms_price_request=request).data
    before = world.account.balance
    sent = send_mms(sdk)
    assert (sent.messages[0].status, sent.messages[0].message_price) == (
        "SUCCESS",
        price.messages[0].message_price,
    )
    assert before - world.account.balance == Decimal(str(sent.total_price)) == Decimal(str(price.total_price))
    clock.advance(60)
    found = sdk("mms.history", limit=100).data.data[-1]
    assert (found.message_id, found.status, found.status_code) == (sent.messages[0].message_id, "Sent", "201")
    assert world.channels["mms"].messages[-1].message_id == found.message_id


def test_a_picture_message_with_a_bad_file_is_refused_by_itself(sdk: Sdk, world: World) -> None:
    before = len(world.channels["mms"].messages)
    message = clicksend.SendMmsRequestMessagesInner(to=CUSTOMER, subject="Sale", body="Hello")
    request = clicksend.SendMmsRequest(media_file="https://acme.example/a.exe", messages=[message])
    assert sdk("mms.send", send_mms_request=request).data.messages[0].status == "INVALID_MEDIA_FILE"
    assert len(world.channels["mms"].messages) == before


def test_picture_messages_are_cancelled(sdk: Sdk, raw: Raw, world: World, clock: ManualClock) -> None:
    before, later = world.account.balance, int(clock.now()) + 900
    first = send_mms(sdk, schedule=later).messages[0].message_id
    assert raw("mms.cancel", first) is None
    clock.advance(6)
    send_mms(sdk, schedule=later)
    assert raw("mms.cancel_all") == {"count": 1}
    assert world.account.balance == before
    assert [message.status for message in world.channels["mms"].messages[-2:]] == ["Cancelled"] * 2


def test_receipts_of_picture_messages(sdk: Sdk, raw: Raw, clock: ManualClock) -> None:
    message_id = send_mms(sdk).messages[0].message_id
    clock.advance(60)
    assert raw("mms.receipts_list")["data"][0]["message_id"] == message_id
    assert raw("mms.receipts_get", message_id)["status"] == "Sent"
    raw("mms.receipts_mark_read", body={"date_before": int(clock.now()) + 1})
    assert raw("mms.receipts_list")["data"] == []


def test_history_files(sdk: Sdk, raw: Raw) -> None:
    url = sdk("mms.history_export", filename="mms.csv", q="subject:sale", order_by="date:desc").data.url
    assert "Spring sale" in raw.fetch(url)
    assert "en-au" in raw.fetch(sdk("voice.history_export", filename="calls.csv").data.url)
    assert FAX_TO in raw.fetch(raw("fax.history_export", filename="fax.csv")["url"])
    assert "Your order" in raw.fetch(raw("email.history_export", filename="mail.csv")["url"])


def test_a_call_is_priced_made_and_reported(sdk: Sdk, world: World, clock: ManualClock) -> None:
    inner = clicksend.CalculateVoicePriceRequestMessagesInner
    message = inner(to=CUSTOMER, body="Hello", voice="female", lang="en-au", schedule="")
    request = clicksend.CalculateVoicePriceRequest(messages=[message])
    price = sdk("voice.price", calculate_voice_price_request=request).data
    before = world.account.balance
    sent = send_call(sdk, CUSTOMER, DEAD)
    assert before - world.account.balance == 2 * Decimal(str(price.total_price))
    clock.advance(60)
    good, dead = (message.message_id for message in sent.messages)
    codes = {receipt.message_id: receipt.status_code for receipt in sdk("voice.receipts_list").data.data}
    assert (codes[good], codes[dead]) == ("201", "301")
    rows = sdk("voice.history", limit=100, page=1, order_by="date_added:asc").data.data
    assert [row.status for row in rows[-2:]] == ["Sent", "Failed"]


def test_only_languages_that_are_listed_are_spoken(sdk: Sdk) -> None:
    codes = {language.code: language.gender.actual_instance for language in sdk("voice.languages").data}
    assert (codes["en-au"], codes["fr-ca"]) == (["female", "male"], "female")
    assert send_call(sdk, CUSTOMER, lang="xx").messages[0].status == "INVALID_LANG"


def test_calls_are_cancelled(sdk: Sdk, raw: Raw, world: World, clock: ManualClock) -> None:
    call = {
        "to": CUSTOMER,
        "body": "Later",
        "lang": "en-au",
        "voice": "male",
        "schedule": int(clock.now()) + 900,
    }
    made = raw("voice.send", body={"messages": [call, call | {"body": "Later still"}]})["messages"]
    assert sdk("voice.cancel", made[0]["message_id"], body={}).data == []
    assert sdk("voice.cancel_all", body={}).data.count == 1
    assert [message.status for message in world.channels["voice"].messages[-2:]] == ["Cancelled"] * 2
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("voice.cancel", made[0]["message_id"], body={})


def test_receipts_of_calls(sdk: Sdk, raw: Raw, clock: ManualClock) -> None:
    message_id = send_call(sdk, CUSTOMER).messages[0].message_id
    clock.advance(60)
    assert raw("voice.receipts_get", message_id)["status_code"] == "201"
    raw("voice.receipts_mark_read", date_before=int(clock.now()) + 1)
    assert sdk("voice.receipts_list").data.data == []
    assert raw("voice.receipts_test", body={"url": "poll"})["message_type"] == "voice"
    assert len(sdk("voice.receipts_list").data.data) == 1


def test_a_fax_is_priced_sent_and_reported(raw: Raw, world: World, clock: ManualClock) -> None:
    body = {"file_url": FORM, "messages": [{"to": FAX_TO, "custom_string": "form"}]}
    price, before = raw("fax.price", body=body), world.account.balance
    sent = raw("fax.send", body=body)
    assert (
        before - world.account.balance
        == Decimal(str(sent["total_price"]))
        == Decimal(str(price["total_price"]))
    )
    clock.advance(120)
    message_id = sent["messages"][0]["message_id"]
    assert raw("fax.receipts_get", message_id)["status"] == "Sent"
    assert raw("fax.history", order_by="date_added:desc")["data"][0]["message_id"] == message_id
    assert raw("fax.receipts_list")["data"][0]["custom_string"] == "form"
    raw("fax.receipts_mark_read", body={"date_before": int(clock.now()) + 1})
    raw("fax.receipts_test", body={"url": "poll"})
    assert len(raw("fax.receipts_list")["data"]) == 1


def test_an_email_is_priced_sent_and_found(sdk: Sdk, raw: Raw, world: World, clock: ManualClock) -> None:
    address = next(one for one in world.email_addresses if one["verified"])
    sender = clicksend.SendEmailRequestFrom(email_address_id=str(address["email_address_id"]), name="Acme")
    to = [clicksend.SendEmailRequestToInner(email="ada@example.com", name="Ada")]
    common: dict[str, Any] = {"to": to, "from": sender, "subject": "Order", "body": "<p>Ready</p>"}
    before, log = world.account.balance, world.channels["email_transactional"].messages
    count = len(log)
    question = clicksend.CalculateEmailPriceRequest(**common)
    assert (
        sdk("email.price", calculate_email_price_request=question).response_msg == "Here's the email price."
    )
    assert (world.account.balance, len(log)) == (before, count)
    file = clicksend.SendEmailRequestAttachmentsInner(
        content=b64encode(b"hello").decode(), type="text/plain", filename="a.txt", content_id="a"
    )
    request = clicksend.SendEmailRequest(attachments=[file], **common)
    sent = sdk("email.send", send_email_request=request).data
    assert (sent.price, before - world.account.balance) == ("0.0100", Decimal("0.01"))
    assert raw.fetch(sent.attachments[0].attachment_file_url) == "hello"
    clock.advance(60)
    assert sdk("email.history").data.total == len(log) == count + 1
    assert (log[-1].status, log[-1].details["subject"]) == ("Sent", "Order")
    assert raw("email.receipts_test", body={"url": "https://acme.example/x"})["status"] == "Delivered"


def test_a_file_is_uploaded(sdk: Sdk, world: World) -> None:
    before = world.files.count
    content = b64encode(b"GIF89a").decode()
    sdk("uploads.create", body={"content": content, "convert": "mms"})
    assert world.files.count == before + 1
    with pytest.raises(clicksend.exceptions.BadRequestException):
        sdk("uploads.create", body={"content": content, "convert": "fax"})


def test_an_issue_is_reported(sdk: Sdk, world: World) -> None:
    message_id = send_mms(sdk).messages[0].message_id
    request = clicksend.CreateDeliveryIssueRequest(
        message_id=message_id, type="MMS", description="Not there", email_address="ada@example.com"
    )
    made = sdk("delivery_issues.create", create_delivery_issue_request=request).data
    listed = sdk("delivery_issues.list").data.data[-1]
    assert (listed.issue_id, listed.message_id) == (str(made.issue_id), message_id)
    assert world.delivery_issues.get(made.issue_id)["description"] == "Not there"
