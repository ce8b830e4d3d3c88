"""Transactional e-mail: whom it goes to and comes from, attachments, prices and bounces."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

ADA = {"email": "ada@example.com", "name": "Ada"}


@pytest.fixture
def sender(world: World) -> int:
    """An address that is verified."""
    return next(int(one["email_address_id"]) for one in world.email_addresses if one["verified"])


def email(sender: int, **more: Any) -> dict[str, Any]:
    base = {
        "to": [ADA],
        "from": {"email_address_id": sender, "name": "Acme"},
        "subject": "Order",
        "body": "<p>Hi</p>",
    }
    return base | more


def refusal(caller: Caller, body: dict[str, Any]) -> tuple[int, str]:
    answer: httpx.Response = caller.ask("POST", "/email/send", body)
    return answer.status_code, answer.json()["response_code"]


def test_every_recipient_is_paid(caller: Caller, world: World, sender: int) -> None:
    before = world.account.balance
    body = email(sender, cc=[{"email": "b@example.com"}], bcc=[{"email": "c@example.com"}])
    priced = caller.post("/email/price", **body)
    assert (priced["price"], priced["to_array"], world.account.balance) == (0.03, [ADA], before)
    sent = caller.post("/email/send", **body)
    assert (sent["price"], sent["status"]) == ("0.0300", "WaitApproval")
    assert sent["body_plain_text"] == "Hi"
    assert before - world.account.balance == Decimal("0.03")


def test_test_addresses_are_free(caller: Caller, world: World, sender: int) -> None:
    before = world.account.balance
    sent = caller.post("/email/send", **email(sender, to=[{"email": "test1@test.com"}]))
    assert (sent["price"], sent["status"], world.account.balance) == ("0.0000", "WaitApproval", before)


def test_it_is_approved_queued_and_sent(caller: Caller, clock: ManualClock, sender: int) -> None:
    message_id = caller.post("/email/send", **email(sender))["message_id"]
    seen = []
    for _ in range(20):
        seen.append(caller.get("/email/history")["data"][-1]["status"])
        clock.advance(1)
    assert list(dict.fromkeys(seen)) == ["WaitApproval", "Queued:WaitSend", "Sent"]
    assert caller.get("/email/history")["data"][-1]["message_id"] == message_id


def test_an_address_that_does_not_exist_bounces(caller: Caller, clock: ManualClock, sender: int) -> None:
    caller.post("/email/send", **email(sender, to=[ADA, {"email": "bounce@example.com"}]))
    clock.advance(60)
    row = caller.get("/email/history")["data"][-1]
    assert (row["status"], row["hard_bounce_count"]) == ("Sent", 1)


def test_the_sender_must_be_verified(caller: Caller, world: World, sender: int) -> None:
    unverified = next(one["email_address_id"] for one in world.email_addresses if not one["verified"])
    assert refusal(caller, email(unverified)) == (400, "BAD_REQUEST")
    assert refusal(caller, email(999)) == (404, "NOT_FOUND")
    assert refusal(caller, email(sender) | {"from": {}}) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": []}, "BAD_REQUEST"),
        ({"to": [{"email": "nobody"}]}, "INVALID_RECIPIENT"),
        ({"cc": [{"name": "Ada"}]}, "INVALID_RECIPIENT"),
        ({"subject": ""}, "BAD_REQUEST"),
        ({"subject": " "}, "SUBJECT_REQUIRED"),
        ({"body": ""}, "BAD_REQUEST"),
        ({"schedule": 10**10}, "INVALID_SCHEDULE"),
        ({"attachments": [{"content": "not base64"}]}, "INVALID_MEDIA_FILE"),
    ],
)
def test_what_is_wrong_refuses_the_whole_email(
    caller: Caller, world: World, sender: int, fields: dict[str, Any], code: str
) -> None:
    before = world.account.balance, caller.get("/email/history")["total"]
    assert refusal(caller, email(sender, **fields)) == (400, code)
    assert before == (world.account.balance, caller.get("/email/history")["total"])


def test_the_same_twice_at_once_and_without_credit_is_refused(
    caller: Caller, world: World, clock: ManualClock, sender: int
) -> None:
    caller.post("/email/send", **email(sender))
    assert refusal(caller, email(sender)) == (400, "THROTTLED")
    clock.advance(10)
    world.account.balance = Decimal(0)
    assert refusal(caller, email(sender)) == (400, "INSUFFICIENT_CREDIT")


def test_attachments_can_be_fetched(caller: Caller, sender: int) -> None:
    given = {"content": b64encode(b"\x00hello").decode(), "type": "text/plain", "filename": "a.txt"}
    sent = caller.post("/email/send", **email(sender, attachments=[given | {"content_id": "a"}]))
    (attachment,) = sent["_attachments"]
    assert (attachment["file_name"], attachment["content_disposition"]) == ("a.txt", "attachment")
    assert caller.fetch(attachment["_attachment_file_url"]).content == b"\x00hello"


def test_a_scheduled_email_waits(caller: Caller, clock: ManualClock, sender: int) -> None:
    caller.post("/email/send", **email(sender, schedule=int(clock.now()) + 900))
    assert caller.get("/email/history")["data"][-1]["status"] == "Scheduled"
    clock.advance(1_000)
    assert caller.get("/email/history")["data"][-1]["status"] == "Sent"


def test_history_is_bounded_and_exported(caller: Caller, clock: ManualClock, sender: int) -> None:
    now = int(clock.now())
    caller.post("/email/send", **email(sender))
    (row,) = caller.get("/email/history", date_from=now)["data"]
    url = caller.get("/email/history/export", filename="mail.csv", date_from=now)["url"]
    assert row["message_id"] in caller.fetch(url).text


def test_a_receipt_can_be_tried(caller: Caller) -> None:
    told = caller.post("/email/receipts", url="https://acme.example/x")
    assert told["status"] == "Delivered"
