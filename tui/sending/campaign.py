"""SMS campaigns to a contact list: how they are priced and sent, and what the answers say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tui.api import sms_campaigns
from tui.api.models.sms_campaigns import Campaign, CampaignPrice
from tui.api.operation import Request
from tui.core.parts import measure
from tui.core.text import clean_line
from tui.sending.channel import SOURCE, Channel, Pricing, clean_currency
from tui.sending.draft import CampaignDraft, same_sender
from tui.sending.result import Outcome, fate_of_campaign


class CampaignChannel(Channel[CampaignDraft, CampaignPrice, Campaign]):
    """POST /sms-campaigns/price and POST /sms-campaigns/send."""

    def price_request(self, draft: CampaignDraft) -> Request[CampaignPrice]:
        """The campaign without its source."""
        return sms_campaigns.price.bind(_campaign(draft))

    def send_request(self, draft: CampaignDraft, send_id: str) -> Request[Campaign]:
        """The campaign; ClickSend gives campaign messages references of its own."""
        return sms_campaigns.send.bind(_campaign(draft) | {"source": SOURCE})

    def outcomes(self, draft: CampaignDraft, send_id: str) -> tuple[Outcome, ...]:
        """One, for the campaign as a whole: ClickSend expands the list."""
        return (Outcome(send_id, "", "not sent", sender=draft.sender, parts=measure(draft.body).parts),)

    def unpriced(self, draft: CampaignDraft) -> Pricing:
        """Nothing: who is on the list is for ClickSend to say."""
        return Pricing()

    def read_price(self, draft: CampaignDraft, answer: CampaignPrice) -> Pricing:
        """A total for the whole list; how each recipient fares is not told."""
        count = answer.total_count or 0
        warnings = []
        sender = clean_line(answer.preview.sender) if answer.preview else ""
        if sender and draft.sender and not same_sender(sender, draft.sender):
            warnings.append(f"ClickSend would send it from {sender} and not from {draft.sender}.")
        total = answer.total_price
        if total == 0 and count:
            warnings.append("ClickSend states a price of zero for a campaign that is not free.")
            total = None
        refusal = "Nobody on this list would get it. Choose another list." if answer.total_count == 0 else ""
        return Pricing((), total, clean_currency(answer.currency), count, 0, tuple(warnings), refusal)

    def read_answer(
        self, outcomes: tuple[Outcome, ...], answer: Campaign
    ) -> tuple[tuple[Outcome, ...], Decimal | None]:
        """The campaign's status; its answer tells no price."""
        status = clean_line(answer.status)
        fate, reason = fate_of_campaign(status)
        return (
            tuple(
                replace(
                    outcome,
                    fate=fate,
                    reason=reason,
                    code=status,
                    message_id=str(answer.sms_campaign_id),
                    sender=clean_line(answer.sender) or outcome.sender,
                )
                for outcome in outcomes
            ),
            None,
        )


def _campaign(draft: CampaignDraft) -> dict[str, Any]:
    return {
        "list_id": draft.list_id,
        "name": draft.name,
        "body": draft.body,
        "sender": draft.sender or None,
        "schedule": draft.schedule,
    }
