"""Picture messages, calls, faxes, e-mails and files through ClickSend's older client."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from tests.contract import older as five
from tests.contract.older import Older
from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


class Kind(NamedTuple):
    """A channel: its operations, how the client names what they take, and what a message is made of."""

    price: str
    send: str
    receipts: str
    mark_read: str
    argument: str
    model: str
    message: dict[str, Any]
    around: dict[str, Any]
    """What stands around the messages."""

    def messages(self, older: Older, *texts: str, **more: object) -> dict[str, Any]:
        """The argument that holds one message for each custom string."""
        common = {**self.message, "source": "contract", **more}
        messages = [older.model(self.model, custom_string=text, **common) for text in texts]
        return {self.argument: older.model(f"{self.model}Collection", messages=messages, **self.around)}


CALL = {"to": CUSTOMER, "body": "Hello", "voice": "female", "lang": "en-au", "country": "AU"}
KINDS = {
    "mms": Kind(
        "mms.price",
        "mms.send",
        "mms.receipts_list",
        "mms.receipts_mark_read",
        "mms_messages",
        "MmsMessage",
        {"to": CUSTOMER, "subject": "Sale", "body": "Hello"},
        {"media_file": "https://acme.example/sale.jpg"},
    ),
    "voice": Kind(
        "voice.price",
        "voice.send",
        "voice.receipts_list",
        "voice.receipts_mark_read",
        "voice_messages",
        "VoiceMessage",
        CALL,
        {},
    ),
    "fax": Kind(
        "fax.price",
        "fax.send",
        "fax.receipts_list",
        "fax.receipts_mark_read",
        "fax_message",
        "FaxMessage",
        {"to": "+61255501230"},
        {"file_url": "https://acme.example/form.pdf"},
    ),
}
TESTS = {
    "voice": ("voice.receipts_test", "voice.receipts_list"),
    "fax": ("fax.receipts_test", "fax.receipts_list"),
}


@pytest.mark.parametrize("channel", KINDS)
def test_a_message_is_priced_sent_and_reported(
    older: Older, world: World, clock: ManualClock, channel: str
) -> None:
    kind, log, before = KINDS[channel], world.channels[channel], world.account.balance
    priced = older(kind.price, **kind.messages(older, "one"))
    assert (world.account.balance, priced["total_count"]) == (before, 1)
    count = len(log.messages)
    sent = older(kind.send, **kind.messages(older, "one"))
    paid = before - world.account.balance
    assert paid == Decimal(str(sent["total_price"])) == Decimal(str(priced["total_price"])) > 0
    (row,) = sent["messages"]
    assert (row["status"], row["custom_string"], len(log.messages)) == ("SUCCESS", "one", count + 1)
    clock.advance(120)
    assert older(kind.receipts)["data"][0]["message_id"] == row["message_id"]
    kept = log.find(row["message_id"])
    assert kept is not None
    assert (kept.status, kept.to) == ("Sent", kind.message["to"])


@pytest.mark.parametrize("channel", KINDS)
def test_receipts_are_marked_up_to_a_moment(
    older: Older, world: World, clock: ManualClock, channel: str
) -> None:
    kind, receipts = KINDS[channel], world.channels[channel].receipts
    clock.advance(60)
    bound = older.model("DateBefore", date_before=clock.now())
    clock.advance(60)
    sent = older(kind.send, **kind.messages(older, "later"))["messages"][0]["message_id"]
    clock.advance(120)
    assert len(older(kind.receipts)["data"]) > 1
    older(kind.mark_read, date_before=bound)
    assert [row["message_id"] for row in older(kind.receipts)["data"]] == [sent]
    assert len(receipts.unread()) == 1


@pytest.mark.parametrize("channel", TESTS)
def test_a_receipt_is_tried_out(older: Older, world: World, channel: str) -> None:
    trial, listed = TESTS[channel]
    before = len(world.channels[channel].receipts.unread())
    row = older(trial, url=older.model("Url", url="poll"))
    assert older(listed)["data"][0]["message_id"] == row["message_id"]
    assert len(world.channels[channel].receipts.unread()) == before + 1


def test_scheduled_calls_are_cancelled_one_and_all(older: Older, world: World, clock: ManualClock) -> None:
    before, kind = world.account.balance, KINDS["voice"]
    later = int(clock.now()) + 600
    sent = older("voice.send", **kind.messages(older, "one", schedule=later))["messages"]
    clock.advance(10)
    sent += older("voice.send", **kind.messages(older, "two", schedule=later))["messages"]
    first, second = (world.channels["voice"].find(row["message_id"]) for row in sent)
    assert first is not None
    assert second is not None
    assert (first.status, second.status) == ("Scheduled", "Scheduled")
    older("voice.cancel", sent[0]["message_id"])
    assert (first.status, second.status) == ("Cancelled", "Scheduled")
    assert older("voice.cancel_all") == {"count": 1}
    assert (second.status, world.account.balance) == ("Cancelled", before)


def test_an_email_is_priced_sent_and_found(
    older: Older, caller: Caller, world: World, clock: ManualClock
) -> None:
    address = next(one for one in world.email_addresses if one["verified"])
    file = older.model(
        "Attachment",
        content=b64encode(b"hello").decode(),
        type="text/plain",
        filename="a.txt",
        disposition="attachment",
        content_id="a",
    )
    email = older.model(
        "Email",
        to=[older.model("EmailRecipient", email="ada@example.com", name="Ada")],
        cc=[older.model("EmailRecipient", email="grace@example.com")],
        _from=older.model("EmailFrom", email_address_id=str(address["email_address_id"]), name="Acme"),
        subject="Order",
        body="<p>Ready</p>",
        attachments=[file],
        schedule=clock.now() + 600,
    )
    before = world.account.balance
    priced = older("email.price", email=email)
    assert (priced["subject"], world.account.balance) == ("Order", before)
    sent = older("email.send", email=email)
    assert before - world.account.balance == Decimal(sent["price"]) == Decimal(str(priced["price"])) > 0
    assert caller.fetch(sent["_attachments"][0]["_attachment_file_url"]).text == "hello"
    kept = world.channels["email_transactional"].find(sent["message_id"])
    assert kept is not None
    assert (kept.status, kept.details["cc"][0]["email"]) == ("Scheduled", "grace@example.com")
    clock.advance(720)
    assert sent["message_id"] in {row["message_id"] for row in older("email.history")["data"]}
    assert kept.status == "Sent"


def test_a_file_is_uploaded(older: Older, caller: Caller, world: World) -> None:
    before = world.files.count
    file = older.model("UploadFile", content=b64encode(b"GIF89a").decode())
    made = older("uploads.create", upload_file=file, convert="mms")
    assert world.files.count == before + 1
    assert caller.fetch(made["_url"]).content == b"GIF89a"
    with pytest.raises(five.client().rest.ApiException):
        older("uploads.create", upload_file=file, convert="fax")
    assert world.files.count == before + 1


def test_an_issue_is_reported(older: Older, world: World) -> None:
    message = world.channels["voice"].messages[0]
    issue = older.model(
        "DeliveryIssue",
        message_id=message.message_id,
        type="VOICE",
        description="Nobody called",
        client_comments="Twice",
        email_address="ada@example.com",
    )
    made = older("delivery_issues.create", delivery_issue=issue)
    kept = world.delivery_issues.get(made["issue_id"])
    assert (kept["message_id"], kept["description"]) == (message.message_id, "Nobody called")
    assert kept["client_comments"] == "Twice"


def test_countries_are_selected_and_agreed_to(older: Older, world: World, clock: ManualClock) -> None:
    known = {row["code"]: row["id"] for row in older("countries.global_list")}
    wanted = older.model("CountryListIds", country_list_ids=[known["AU"], known["CZ"]])
    older("countries.selected_set", country_list_ids=wanted)
    assert {row["code"]: bool(row["agreed_at"]) for row in world.countries.rows()} == {
        "AU": True,
        "CZ": False,
    }
    older("countries.agree")
    assert {row["code"]: row["agreed_at"] for row in world.countries.rows()}["CZ"] == int(clock.now())


def test_a_number_is_not_bought_without_its_use(older: Older, world: World) -> None:
    """The client cannot say what the number is for."""
    (number, *_), before = world.numbers.for_sale("AU"), world.account.balance
    with pytest.raises(five.client().rest.ApiException, match="type field is required"):
        older("numbers.buy", number)
    assert number in world.numbers.for_sale("AU")
    assert world.account.balance == before
