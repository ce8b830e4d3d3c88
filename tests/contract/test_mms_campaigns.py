"""MMS campaigns through the official client."""

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
def campaign(raw: Raw) -> dict[str, Any]:
    """What a campaign to one person is made of."""
    number = raw("contacts.lists_create", body={"list_name": "One"})["list_id"]
    raw("contacts.create", number, body={"first_name": "Ada", "phone_number": CUSTOMER})
    text = {"body": "Hi (First Name)", "subject": "Sale", "media_file": "https://example.com/sale.jpg"}
    return {"list_id": str(number), "name": "Spring", **text}


def test_a_campaign_is_priced_and_goes_out(
    sdk: Sdk, world: World, clock: ManualClock, campaign: dict[str, Any]
) -> None:
    before = world.account.balance
    price = sdk("mms_campaigns.price", body=campaign).data
    assert (price.total_count, price.total_price, price.data.body) == (1, "0.4752", "Hi Ada")
    assert world.account.balance == before
    request = clicksend.SendMmsCampaignRequest(**campaign)
    made = sdk("mms_campaigns.send", send_mms_campaign_request=request).data
    assert (made.status, made.list_name, made.total_count) == ("Queued", "One", 1)
    clock.advance(60)
    shown = sdk("mms_campaigns.get", str(made.mms_campaign_id)).data
    assert (shown.status, shown.media_file_url) == ("Sent", "https://example.com/sale.jpg")
    assert before - world.account.balance == Decimal(price.total_price)
    sent = world.channels["mms"].messages[-1]
    assert (sent.to, sent.details["body"], sent.status) == (CUSTOMER, "Hi Ada", "Sent")
    listed = sdk("mms_campaigns.list").data
    assert made.mms_campaign_id in {row.mms_campaign_id for row in listed}


def test_a_scheduled_campaign_is_changed_and_cancelled(
    sdk: Sdk, raw: Raw, world: World, clock: ManualClock, campaign: dict[str, Any]
) -> None:
    before = (world.account.balance, len(world.channels["mms"].messages))
    later = campaign | {"schedule": int(clock.now()) + 600}
    number = str(raw("mms_campaigns.send", body=later)["mms_campaign_id"])
    changed = raw("mms_campaigns.update", number, body=later | {"subject": "Changed"})
    assert (changed["subject"], changed["status"]) == ("Changed", "Scheduled")
    assert sdk("mms_campaigns.cancel", number).data.status == "Cancelled"
    clock.advance(900)
    assert sdk("mms_campaigns.get", number).data.status == "Cancelled"
    assert (world.account.balance, len(world.channels["mms"].messages)) == before
