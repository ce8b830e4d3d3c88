"""E-mail campaigns, the addresses they come from, and the templates they are made from."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.api.email_marketing import addresses_verify_send, campaigns_price, campaigns_send
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


@pytest.fixture
def list_id(caller: Caller) -> int:
    """A list of three, of whom one has no address."""
    number: int = caller.post("/lists", list_name="Three")["list_id"]
    for name, reached_at in (
        ("Ada", {"email": "ada@example.com"}),
        ("Alan", {"email": "alan@example.com"}),
        ("Grace", {"phone_number": CUSTOMER}),
    ):
        caller.post(f"/lists/{number}/contacts", first_name=name, **reached_at)
    return number


@pytest.fixture
def address_id(caller: Caller) -> int:
    """A verified address."""
    number: int = caller.post("/email/addresses", email_address="sales@acme.example")["email_address_id"]
    token = caller.put(f"/email/address-verify/{number}/send")["activation_token"]
    caller.put(f"/email/address-verify/{number}/verify/{token}")
    return number


def campaign(list_id: int, address_id: int, **more: object) -> dict[str, Any]:
    return {
        "list_id": list_id,
        "name": "Spring",
        "subject": "It is spring",
        "body": "<h1>Hi</h1><p>Plant &amp; water</p>",
        "from_email_address_id": address_id,
        "from_name": "Acme",
        **more,
    }


def balance(caller: Caller) -> Decimal:
    return Decimal(caller.get("/account")["balance"])


def test_only_the_code_that_was_sent_last_verifies_an_address(caller: Caller) -> None:
    made = caller.post("/email/addresses", email_address="sales@acme.example")
    assert made["verified"] == 0
    path = f"/email/address-verify/{made['email_address_id']}"
    tokens = [caller.put(f"{path}/send")["activation_token"] for _ in range(2)]
    for wrong in (tokens[0], "x", "3BD73304-6E8B-4FDB-99A7-7ED08DF97BCC"):
        refused = caller.ask("PUT", f"{path}/verify/{wrong}")
        assert refused.status_code == 400
        assert list(refused.json()["data"]) == ["activation_token"]
    assert caller.put(f"{path}/verify/{tokens[1]}")["verified"] == 1
    assert caller.get(f"/email/addresses/{made['email_address_id']}")["verified"] == 1
    assert caller.ask("PUT", f"{path}/verify/{tokens[1]}").status_code == 400
    assert caller.ask("PUT", "/email/address-verify/1/send").status_code == 404


@pytest.mark.parametrize("answer", [None, {}, []])
def test_that_clicksend_tells_no_code_is_understood(answer: object) -> None:
    assert addresses_verify_send.parse(answer).activation_token is None


def test_an_address_is_listed_once_until_it_is_deleted(caller: Caller, world: World) -> None:
    before = caller.get("/email/addresses")["total"]
    made = caller.post("/email/addresses", email_address="Sales@acme.example")
    again = caller.ask("POST", "/email/addresses", {"email_address": "sales@ACME.example"})
    assert (again.status_code, again.json()["response_code"]) == (400, "ALREADY_EXISTS")
    assert caller.ask("POST", "/email/addresses", {"email_address": "acme.example"}).status_code == 400
    assert caller.get("/email/addresses")["total"] == before + 1
    path = f"/email/addresses/{made['email_address_id']}"
    assert caller.delete(path) is None
    assert caller.ask("GET", path).status_code == 404
    assert len(world.email_addresses) == before


def test_the_price_is_for_those_who_have_an_address(caller: Caller, list_id: int, address_id: int) -> None:
    caller.post(f"/lists/{list_id}/contacts", email="test1@test.com")
    price = caller.post("/email-campaigns/price", **campaign(list_id, address_id))
    assert (price["total_count"], price["queued_count"], price["total_price"]) == (4, 3, "0.0200")
    assert price["data"]["subject"] == "It is spring"


def test_the_console_reads_the_price(caller: Caller, list_id: int, address_id: int) -> None:
    answer = caller.post("/email-campaigns/price", **campaign(list_id, address_id))
    price = campaigns_price.parse(answer)
    assert (price.total_price, price.queued_count) == (Decimal("0.02"), 2)
    sent = campaigns_send.parse(caller.post("/email-campaigns/send", **campaign(list_id, address_id)))
    assert (sent.total_price, sent.total_count) == (Decimal("0.02"), 3)
    assert sent.campaign is not None
    assert (sent.campaign.status, sent.campaign.schedule) == ("Queued", None)


def test_a_campaign_goes_out_and_tells_what_became_of_it(
    caller: Caller, clock: ManualClock, list_id: int, address_id: int
) -> None:
    before = balance(caller)
    sent = caller.post("/email-campaigns/send", **campaign(list_id, address_id))
    assert (sent["total_price"], sent["data"]["status"]) == ("0.0200", "Queued")
    assert sent["data"]["body_plain_text"] == "Hi Plant & water"
    path = f"/email-campaigns/{sent['data']['email_campaign_id']}"
    assert caller.get(f"{path}/history")["total"] == 0
    clock.advance(1)
    assert caller.get(path)["status"] == "Sending"
    assert balance(caller) == before - Decimal("0.02")
    assert {row["status"] for row in caller.get(f"{path}/history")["data"]} == {None}
    clock.advance(86_400 * 2)
    shown, rows = caller.get(path), caller.get(f"{path}/history")["data"]
    assert shown["status"] == "Sent"
    assert [row["to_address"] for row in rows] == ["ada@example.com", "alan@example.com"]
    assert shown["send_count"] == sum(row["status"] == "Sent" for row in rows)
    assert shown["open_count"] == sum(row["open_count"] > 0 for row in rows)
    export = caller.fetch(caller.get(f"{path}/history/export")["url"]).text
    assert "ada@example.com" in export
    assert len(export.splitlines()) == 3


def test_the_usage_counts_what_campaigns_sent(
    caller: Caller, clock: ManualClock, list_id: int, address_id: int
) -> None:
    today = datetime.fromtimestamp(clock.now(), UTC)
    path = f"/account/usage/{today.year}/{today.month}/subaccount"
    before = caller.get(path)["email_total"]
    caller.post("/email-campaigns/send", **campaign(list_id, address_id))
    clock.advance(5)
    used = caller.get(path)
    after, account = used["email_total"], caller.get("/account")["_subaccount"]
    assert {row["subaccount_id"] for row in used["email"]} == {account["subaccount_id"]}
    assert after["count"] == before["count"] + 2
    assert after["price"] == pytest.approx(before["price"] + 0.02)


def test_history_has_only_what_left_in_the_span_asked_for(
    caller: Caller, clock: ManualClock, list_id: int, address_id: int
) -> None:
    number = caller.post("/email-campaigns/send", **campaign(list_id, address_id))["data"][
        "email_campaign_id"
    ]
    clock.advance(60)
    path, now = f"/email-campaigns/{number}/history", int(clock.now())
    assert caller.get(path, date_from=now - 100)["total"] == 2
    assert caller.get(path, date_from=now)["total"] == 0
    assert caller.get(path, date_to=now - 100)["total"] == 0


def test_a_scheduled_campaign_can_be_changed_and_cancelled(
    caller: Caller, clock: ManualClock, list_id: int, address_id: int
) -> None:
    at = int(clock.now()) + 3_600
    sent = caller.post("/email-campaigns/send", **campaign(list_id, address_id, schedule=at))
    assert (sent["data"]["status"], sent["data"]["schedule"]) == ("Scheduled", str(at))
    path = f"/email-campaigns/{sent['data']['email_campaign_id']}"
    changed = caller.put(path, **campaign(list_id, address_id, subject="Later", schedule=at + 3_600))
    assert (changed["subject"], changed["status"]) == ("Later", "Scheduled")
    clock.advance(3_700)
    assert caller.put(f"{path}/cancel")["status"] == "Cancelled"
    clock.advance(7_200)
    assert caller.get(path)["status"] == "Cancelled"
    assert caller.get(f"{path}/history")["total"] == 0
    assert caller.ask("PUT", f"{path}/cancel").status_code == 400


def test_an_update_without_a_time_sends_at_once(
    caller: Caller, clock: ManualClock, list_id: int, address_id: int
) -> None:
    at = int(clock.now()) + 3_600
    sent = caller.post("/email-campaigns/send", **campaign(list_id, address_id, schedule=at))
    path = f"/email-campaigns/{sent['data']['email_campaign_id']}"
    assert caller.put(path, **campaign(list_id, address_id))["status"] == "Queued"
    clock.advance(60)
    assert caller.get(path)["status"] == "Sent"
    clock.advance(7_200)
    assert caller.get(f"{path}/history")["total"] == 2


def test_a_draft_stays_until_it_is_updated(
    caller: Caller, clock: ManualClock, list_id: int, address_id: int
) -> None:
    made = caller.post("/email-campaigns/send", **campaign(list_id, address_id, draft=1))["data"]
    path = f"/email-campaigns/{made['email_campaign_id']}"
    clock.advance(60)
    assert caller.get(path)["status"] == "Draft"
    caller.put(path, **campaign(list_id, address_id))
    clock.advance(60)
    assert caller.get(path)["status"] == "Sent"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"subject": ""}, 400),
        ({"body": ""}, 400),
        ({"list_id": 1}, 404),
        ({"from_email_address_id": 1}, 404),
        ({"template_id": 1}, 404),
        ({"schedule": "soon"}, 400),
    ],
)
def test_what_a_campaign_needs(
    caller: Caller, list_id: int, address_id: int, change: dict[str, object], status: int
) -> None:
    for path in ("/email-campaigns/price", "/email-campaigns/send"):
        assert caller.ask("POST", path, campaign(list_id, address_id) | change).status_code == status


def test_nothing_comes_from_an_address_that_is_not_verified(caller: Caller, list_id: int) -> None:
    number = caller.post("/email/addresses", email_address="sales@acme.example")["email_address_id"]
    refused = caller.ask("POST", "/email-campaigns/send", campaign(list_id, number))
    assert list(refused.json()["data"]) == ["from_email_address_id"]


def test_the_world_has_campaigns_of_its_own(caller: Caller) -> None:
    rows = caller.get("/email-campaigns")["data"]
    assert {row["status"] for row in rows} == {"Cancelled", "Sent", "Scheduled"}
    sent = [row for row in rows if row["status"] == "Sent"]
    assert all(row["send_count"] > row["open_count"] > row["click_count"] > 0 for row in sent)


def test_an_account_without_messages_has_none(clock: ManualClock) -> None:
    world = World(messages=0, clock=clock)
    assert (len(world.email_campaigns), len(world.email_addresses), len(world.email_templates)) == (0, 0, 0)
