"""MMS campaigns: one picture to a list, with the journey that all campaigns have."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock

SECOND = "+61491570157"
TEST = "+61411111111"
PICTURE = "https://example.com/sale.jpg"


@pytest.fixture
def list_id(caller: Caller) -> int:
    """A list of two."""
    number: int = caller.post("/lists", list_name="Two")["list_id"]
    for name, phone in (("Ada", CUSTOMER), ("Alan", SECOND)):
        caller.post(f"/lists/{number}/contacts", first_name=name, phone_number=phone)
    return number


def campaign(list_id: int, **more: object) -> dict[str, Any]:
    body = {"body": "Hi (First Name)", "subject": "Sale", "media_file": PICTURE}
    return {"list_id": list_id, "name": "Spring", "from": "", **body, **more}


def listed(caller: Caller) -> list[dict[str, Any]]:
    """The campaigns, whose listing has no envelope."""
    rows: list[dict[str, Any]] = caller.ask("GET", "/mms-campaigns").json()["data"]
    return rows


def received(caller: Caller, number: str = CUSTOMER) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = caller.get("/mms/history", q=f"to:{number}")["data"]
    return rows


def test_the_price_is_by_the_message_and_not_by_its_length(caller: Caller, list_id: int) -> None:
    caller.post(f"/lists/{list_id}/contacts", phone_number=TEST)
    price = caller.post("/mms-campaigns/price", **campaign(list_id, body="Hi (First Name)" + "!" * 600))
    # Six times the price of a text for each of two; the test number is free.
    assert (price["total_count"], price["total_price"]) == (3, "0.9504")
    assert price["data"]["body"].startswith("Hi Ada!")


def test_a_campaign_goes_out_into_the_history_of_mms(
    caller: Caller, clock: ManualClock, list_id: int
) -> None:
    before = Decimal(caller.get("/account")["balance"])
    made = caller.post("/mms-campaigns/send", **campaign(list_id))
    assert (made["status"], made["_total_count"], made["file_name"]) == ("Queued", 2, "sale.jpg")
    clock.advance(60)
    assert caller.get(f"/mms-campaigns/{made['mms_campaign_id']}")["status"] == "Sent"
    (row,) = received(caller)
    assert (row["body"], row["subject"], row["_media_file_url"]) == ("Hi Ada", "Sale", PICTURE)
    assert (row["custom_string"], row["status_code"]) == (made["custom_string"], "201")
    assert Decimal(caller.get("/account")["balance"]) == before - Decimal("0.9504")
    assert listed(caller)[-1]["mms_campaign_id"] == made["mms_campaign_id"]


def test_a_scheduled_campaign_keeps_its_picture(caller: Caller, clock: ManualClock, list_id: int) -> None:
    content = b64encode(b"GIF89a").decode()
    url = caller.post("/uploads", content=content, convert="mms")["_url"]
    at = int(clock.now()) + 3_600
    made = caller.post("/mms-campaigns/send", **campaign(list_id, media_file=url, schedule=at))
    assert (made["status"], made["schedule"]) == ("Scheduled", at)
    clock.advance(3_700)
    assert caller.fetch(url).status_code == 404
    (row,) = received(caller)
    assert caller.fetch(row["_media_file_url"]).content == b"GIF89a"


def test_an_update_without_a_time_sends_at_once(caller: Caller, clock: ManualClock, list_id: int) -> None:
    made = caller.post("/mms-campaigns/send", **campaign(list_id, schedule=int(clock.now()) + 3_600))
    path = f"/mms-campaigns/{made['mms_campaign_id']}"
    assert caller.put(path, **campaign(list_id, body="Now"))["status"] == "Queued"
    clock.advance(7_200)
    assert [row["body"] for row in received(caller)] == ["Now"]
    assert caller.ask("PUT", path, campaign(list_id)).status_code == 400


def test_a_cancelled_campaign_never_goes(caller: Caller, clock: ManualClock, list_id: int) -> None:
    made = caller.post("/mms-campaigns/send", **campaign(list_id, schedule=int(clock.now()) + 60))
    path = f"/mms-campaigns/{made['mms_campaign_id']}"
    assert caller.put(f"{path}/cancel")["status"] == "Cancelled"
    clock.advance(120)
    assert (caller.get(path)["status"], received(caller)) == ("Cancelled", [])
    assert caller.ask("PUT", f"{path}/cancel").status_code == 400


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"subject": ""}, 400, "BAD_REQUEST"),
        ({"subject": "x" * 21}, 400, "BAD_REQUEST"),
        ({"body": ""}, 400, "BAD_REQUEST"),
        ({"media_file": "https://example.com/sale.png"}, 400, "INVALID_MEDIA_FILE"),
        ({"list_id": 1}, 404, "NOT_FOUND"),
        ({"from": "A*"}, 400, "INVALID_SENDER_ID"),
    ],
)
def test_what_a_campaign_needs(
    caller: Caller, list_id: int, change: dict[str, object], status: int, code: str
) -> None:
    for path in ("/mms-campaigns/price", "/mms-campaigns/send"):
        answer = caller.ask("POST", path, campaign(list_id) | change)
        assert (answer.status_code, answer.json()["response_code"]) == (status, code)


def test_the_world_has_campaigns_of_its_own(caller: Caller) -> None:
    sent, later = listed(caller)
    assert (sent["status"], later["status"]) == ("Sent", "Scheduled")
    found = caller.get("/mms/history", q=f"custom_string:{sent['custom_string']}", limit=100)
    assert found["total"] == sent["_total_count"]
