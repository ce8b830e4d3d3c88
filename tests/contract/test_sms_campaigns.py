"""Campaigns and short links through the official client."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


@pytest.fixture
def list_id(raw: Raw) -> int:
    number: int = raw("contacts.lists_create", body={"list_name": "Two"})["list_id"]
    for name, phone in (("Ada", CUSTOMER), ("Alan", "+61491570157")):
        raw("contacts.create", number, body={"first_name": name, "phone_number": phone})
    return number


def send(sdk: Sdk, list_id: int, body: str = "Hi (First Name)", **more: Any) -> Any:
    request = clicksend.SendSmsCampaignRequest(
        list_id=list_id, name="Spring", var_from="", body=body, senders=[], **more
    )
    return sdk("sms_campaigns.send", send_sms_campaign_request=request).data


def change(list_id: int, body: str) -> clicksend.CalculateSmsCampaignPriceRequest:
    return clicksend.CalculateSmsCampaignPriceRequest(
        list_id=str(list_id), name="Spring", var_from="", body=body
    )


def test_a_price_is_one_total_and_sends_nothing(sdk: Sdk, world: World, list_id: int) -> None:
    before = (world.account.balance, len(world.campaigns), len(world.messages))
    request = change(list_id, "Hi (First Name)")
    price = sdk("sms_campaigns.price", calculate_sms_campaign_price_request=request).data
    assert (price.total_count, price.total_price) == (2, "0.1584")
    assert (price.data.body, price.currency.currency_name_short) == ("Hi Ada", "AUD")
    assert (world.account.balance, len(world.campaigns), len(world.messages)) == before


def test_a_campaign_goes_out(sdk: Sdk, world: World, clock: ManualClock, list_id: int) -> None:
    before = world.account.balance
    made = send(sdk, list_id, source="contract")
    assert (made.status, made.total_count, made.list_name, made.source) == ("Queued", 2, "Two", "contract")
    clock.advance(60)
    assert sdk("sms_campaigns.get", str(made.sms_campaign_id)).data.status == "Sent"
    (row,) = sdk("sms.history", q=f"to:{CUSTOMER}").data.data
    assert (row.body, row.custom_string, row.list_id) == ("Hi Ada", made.custom_string, str(list_id))
    assert before - world.account.balance == Decimal("0.1584")


def test_a_scheduled_campaign_is_listed_and_can_be_cancelled(
    sdk: Sdk, clock: ManualClock, list_id: int
) -> None:
    made = send(sdk, list_id, schedule=int(clock.now()) + 600)
    listed = sdk("sms_campaigns.list", q="status:scheduled", order_by="date_added:desc").data
    assert made.sms_campaign_id in {row.sms_campaign_id for row in listed.data}
    cancelled = sdk("sms_campaigns.cancel", str(made.sms_campaign_id)).data
    assert cancelled.status == "Cancelled"
    clock.advance(900)
    assert sdk("sms.history", q=f"to:{CUSTOMER}").data.total == 0


def test_an_update_without_a_schedule_sends_at_once(sdk: Sdk, clock: ManualClock, list_id: int) -> None:
    made = send(sdk, list_id, schedule=int(clock.now()) + 600)
    request = change(list_id, "Changed")
    number = str(made.sms_campaign_id)
    changed = sdk("sms_campaigns.update", number, calculate_sms_campaign_price_request=request).data
    assert (changed.body, changed.status) == ("Changed", "Queued")
    clock.advance(60)
    assert sdk("sms_campaigns.get", number).data.status == "Sent"
    assert sdk("sms.history", q=f"to:{CUSTOMER}").data.data[0].body == "Changed"


def test_links_tell_who_opened_them(sdk: Sdk, raw: Raw, clock: ManualClock, list_id: int) -> None:
    made = send(sdk, list_id, "Look smsg.us/xxxxx", url_to_shorten="https://acme.example")
    clock.advance(86_400)
    number = made.sms_campaign_id
    visits = raw("sms_campaigns.link_tracking", number)["data"]
    opened = [visit for visit in visits if visit["open_count"]]
    counts = raw("sms_campaigns.link_statistics", number)
    assert counts["links"] == {"opened": len(opened), "unopened": 2 - len(opened)}
    file = raw.fetch(raw("sms_campaigns.link_export", number, filename="links.csv")["url"])
    assert CUSTOMER in file
    (link,) = sdk("statistics.short_url", "sms_campaign", str(number)).data
    assert (link.links.total, link.links.opened_unique) == (2, len(opened))
    assert sum(share.count for share in link.country) == len(opened)
    tracked = sdk("statistics.short_url_tracking", link.long_url_id)
    assert (tracked.total, tracked.current_page_size) == (2, 2)
    assert {visit.contact.first_name for visit in tracked.data} == {"Ada", "Alan"}
