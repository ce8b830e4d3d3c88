"""Campaigns take the same path as messages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sending.conftest import confirmed
from tests.sending.faulty import Fault, FaultyClickSend
from tui.core.errors import SendRefused
from tui.sending.draft import CampaignDraft, restore
from tui.sending.sender import Sender
from tui.store.database import Store

CAMPAIGN = CampaignDraft("Spring sale", 428, "", "Hello (First Name). Reply STOP to opt out.")


async def test_a_campaign_takes_the_same_path(
    sender: Sender, store: Store, clicksend: FaultyClickSend
) -> None:
    quote = await sender.quote(CAMPAIGN)
    assert (quote.total, quote.accepted_count, quote.lines) == (Decimal("1.5840"), 20, ())
    result = await sender.send(quote.confirm())
    assert (result.state, result.total, result.outcomes[0].message_id) == ("accepted", None, "7")
    item = store.outbox_item(quote.id)
    assert item
    assert (item.kind, item.state, restore(item.kind, item.draft)) == ("sms campaign", "accepted", CAMPAIGN)
    assert clicksend.bodies == [
        {"list_id": 428, "name": "Spring sale", "body": CAMPAIGN.body, "source": "clicksend-tui"}
    ]


@pytest.mark.parametrize(
    ("status", "state"),
    [("WaitApproval", "accepted"), ("Failed", "rejected"), ("Draft", "unknown"), ("", "unknown")],
)
async def test_the_status_of_a_campaign_decides(
    sender: Sender, clicksend: FaultyClickSend, status: str, state: str
) -> None:
    clicksend.answers = {"status": status}
    assert (await sender.send(await confirmed(sender, CAMPAIGN))).state == state


async def test_a_lost_campaign_is_unknown(sender: Sender, store: Store, clicksend: FaultyClickSend) -> None:
    clicksend.faults = [Fault.CUT_DONE]
    result = await sender.send(await confirmed(sender, CAMPAIGN))
    assert result.state == "unknown"
    assert store.outbox_item(result.outbox_id).state == "unknown"  # type: ignore[union-attr]


async def test_a_campaign_to_nobody_cannot_be_confirmed(sender: Sender, clicksend: FaultyClickSend) -> None:
    clicksend.prices = {"total_price": "0.0000", "total_count": 0}
    with pytest.raises(SendRefused, match="Nobody on this list"):
        (await sender.quote(CAMPAIGN)).confirm()
