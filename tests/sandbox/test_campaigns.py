"""Campaigns: from draft to sent, their price, their placeholders, and the links in them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

SECOND = "+61491570157"


@pytest.fixture
def list_id(caller: Caller) -> int:
    """A list of two."""
    number: int = caller.post("/lists", list_name="Two")["list_id"]
    for name, phone in (("Ada", CUSTOMER), ("Alan", SECOND)):
        caller.post(f"/lists/{number}/contacts", first_name=name, phone_number=phone)
    return number


def campaign(list_id: int, body: str = "Hi (First Name)", **more: object) -> dict[str, Any]:
    return {"list_id": list_id, "name": "Spring", "from": "", "body": body, **more}


def test_a_campaign_goes_out_by_itself(caller: Caller, clock: ManualClock, list_id: int) -> None:
    before = Decimal(caller.get("/account")["balance"])
    made = caller.post("/sms-campaigns/send", **campaign(list_id))
    assert (made["status"], made["_total_count"], made["_list_name"]) == ("Queued", 2, "Two")
    path = f"/sms-campaigns/{made['sms_campaign_id']}"
    seen = []
    for _ in range(20):
        clock.advance(1)
        seen.append(caller.get(path)["status"])
    assert list(dict.fromkeys(seen)) == ["Sending", "Sent"]
    sent = caller.history(CUSTOMER)[0]
    assert (sent["body"], sent["custom_string"]) == ("Hi Ada", made["custom_string"])
    assert (sent["list_id"], sent["status_code"]) == (str(list_id), "201")
    assert caller.history(SECOND)[0]["body"] == "Hi Alan"
    assert Decimal(caller.get("/account")["balance"]) == before - 2 * Decimal("0.0792")


def test_the_price_is_that_of_every_message(caller: Caller, list_id: int) -> None:
    caller.post(f"/lists/{list_id}/contacts", phone_number="+12025550143")
    caller.post(f"/lists/{list_id}/contacts", phone_number="+8613812345678")
    caller.post(f"/lists/{list_id}/contacts", email="nobody@example.com")
    price = caller.post("/sms-campaigns/price", **campaign(list_id, "Hi (First Name)" + "!" * 156))
    # Two parts for each of those with a name, one for the number in the United States.
    assert (price["total_count"], price["total_price"]) == (3, "0.3355")
    assert price["data"]["body"].startswith("Hi Ada!")


def test_a_scheduled_campaign_is_in_no_history_until_it_goes(
    caller: Caller, clock: ManualClock, list_id: int
) -> None:
    at = int(clock.now()) + 3_600
    made = caller.post("/sms-campaigns/send", **campaign(list_id, schedule=at))
    path = f"/sms-campaigns/{made['sms_campaign_id']}"
    assert (made["status"], made["schedule"]) == ("Scheduled", at)
    clock.advance(3_599)
    assert (caller.get(path)["status"], caller.history()) == ("Scheduled", [])
    clock.advance(60)
    assert caller.get(path)["status"] == "Sent"
    assert caller.history()[0]["date"] == at


def test_a_cancelled_campaign_never_goes(caller: Caller, clock: ManualClock, list_id: int) -> None:
    made = caller.post("/sms-campaigns/send", **campaign(list_id, schedule=int(clock.now()) + 60))
    path = f"/sms-campaigns/{made['sms_campaign_id']}"
    assert caller.put(f"{path}/cancel")["status"] == "Cancelled"
    clock.advance(120)
    assert (caller.get(path)["status"], caller.history()) == ("Cancelled", [])
    assert caller.ask("PUT", f"{path}/cancel").status_code == 400


def test_an_update_without_a_time_sends_at_once(caller: Caller, clock: ManualClock, list_id: int) -> None:
    made = caller.post("/sms-campaigns/send", **campaign(list_id, schedule=int(clock.now()) + 3_600))
    path = f"/sms-campaigns/{made['sms_campaign_id']}"
    changed = caller.put(path, **campaign(list_id, "Now, (First Name)"))
    assert changed["status"] == "Queued"
    clock.advance(60)
    assert [row["body"] for row in caller.history() if row["direction"] == "out"] == ["Now, Ada"]
    clock.advance(7_200)
    assert [row["body"] for row in caller.history() if row["direction"] == "out"] == ["Now, Ada"]
    assert caller.ask("PUT", path, campaign(list_id)).status_code == 400


def test_an_update_moves_the_time(caller: Caller, clock: ManualClock, list_id: int) -> None:
    made = caller.post("/sms-campaigns/send", **campaign(list_id, schedule=int(clock.now()) + 60))
    path = f"/sms-campaigns/{made['sms_campaign_id']}"
    caller.put(path, **campaign(list_id, schedule=int(clock.now()) + 600))
    clock.advance(120)
    assert caller.get(path)["status"] == "Scheduled"
    clock.advance(600)
    assert caller.get(path)["status"] == "Sent"


def test_a_campaign_that_cannot_be_paid_fails_as_a_whole(
    caller: Caller, clock: ManualClock, world: World, list_id: int
) -> None:
    world.account.balance = Decimal("0.1000")
    made = caller.post("/sms-campaigns/send", **campaign(list_id))
    clock.advance(5)
    assert caller.get(f"/sms-campaigns/{made['sms_campaign_id']}")["status"] == "Failed"
    assert caller.history() == []
    assert caller.get("/account")["balance"] == "0.100000"


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"body": ""}, 400, "body"),
        ({"name": ""}, 400, "name"),
        ({"list_id": 1}, 404, None),
        ({"from": "A*"}, 400, None),
    ],
)
def test_what_a_campaign_needs(
    caller: Caller, list_id: int, change: dict[str, object], status: int, field: str | None
) -> None:
    answer = caller.ask("POST", "/sms-campaigns/send", campaign(list_id) | change)
    assert answer.status_code == status
    assert field is None or list(answer.json()["data"]) == [field]


def test_links_are_shortened_and_tracked(caller: Caller, clock: ManualClock, list_id: int) -> None:
    body = "Look: smsg.us/xxxxx Opt out: StopMsg.me/xxxxx"
    made = caller.post(
        "/sms-campaigns/send", **campaign(list_id, body, url_to_shorten="https://acme.example")
    )
    assert made["unsubscribe_link"] == 1
    path = f"/sms-campaigns/{made['sms_campaign_id']}"
    clock.advance(5)
    pattern = r"Look: smsu\.io/\w{6} Opt out: StopMsg\.me/\w{6}"
    assert re.fullmatch(pattern, caller.history()[0]["body"])
    assert caller.get(f"{path}/link-statistics")["links"] == {"opened": 0, "unopened": 2}
    clock.advance(86_400)
    links = caller.get(f"{path}/link-statistics")["links"]
    assert links["opened"] + links["unopened"] == 2
    visits = caller.get(f"{path}/link-tracking")
    assert {visit["contact"]["first_name"] for visit in visits["data"]} == {"Ada", "Alan"}
    assert sum(visit["open_count"] > 0 for visit in visits["data"]) == links["opened"]
    export = caller.fetch(caller.get(f"{path}/link-export", filename="links.csv")["url"])
    assert len(export.text.splitlines()) == 3
    (short,) = caller.ask("GET", f"/short-url/statistics/sms_campaign/{made['sms_campaign_id']}").json()[
        "data"
    ]
    assert short["links"]["opened_unique"] == links["opened"]


def test_a_link_without_a_place_goes_to_the_end(caller: Caller, clock: ManualClock, list_id: int) -> None:
    caller.post("/sms-campaigns/send", **campaign(list_id, "Look", url_to_shorten="https://acme.example"))
    clock.advance(5)
    assert re.fullmatch(r"Look smsu\.io/\w{6}", caller.history()[0]["body"])


def test_the_world_has_campaigns_in_every_state(caller: Caller) -> None:
    rows = caller.get("/sms-campaigns")["data"]
    assert {row["status"] for row in rows} == {"Cancelled", "Sent", "Draft", "Scheduled"}
    assert [row["date_added"] for row in rows] == sorted(row["date_added"] for row in rows)
    newest = caller.get("/sms-campaigns", order_by="date_added:desc")["data"]
    assert newest == rows[::-1]
    sent = caller.get("/sms-campaigns", q="status:sent")["data"]
    assert len(sent) == 3
    history = caller.get("/sms/history", limit=100, q=f"to:{visited(caller, sent[0])}")["data"]
    assert sent[0]["custom_string"] in {row["custom_string"] for row in history}


def visited(caller: Caller, row: dict[str, Any]) -> str:
    visits = caller.get(f"/sms-campaigns/{row['sms_campaign_id']}/link-tracking")["data"]
    number: str = visits[0]["contact"]["phone_number"]
    return number
