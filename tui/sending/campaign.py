"""Campaigns of every channel: how they are priced and sent, and what the answers say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from tui.api.operation import Request
from tui.core.text import clean_line
from tui.sending import arguments
from tui.sending.channel import Channel, Pricing, clean_currency
from tui.sending.draft import CampaignDraft, same_sender
from tui.sending.result import Outcome, fate_of_whole

LONGEST_LIST = 20_000
"""Contacts that one campaign reaches."""
_ANOTHER = "ClickSend's answer is about another campaign. Whether it was sent is not known."
_NOBODY = "Nobody on this list would get it. Choose another list."


class CampaignChannel(Channel[CampaignDraft, Any, Any]):
    """The price and the send operation of the campaign's channel."""

    def price_request(self, draft: CampaignDraft) -> Request[Any]:
        """The campaign without its reference."""
        known = draft.product.price.arguments.model_fields
        said = arguments.of_campaign(draft)
        return draft.product.price.bind({name: said[name] for name in known if name in said})

    def send_request(self, draft: CampaignDraft, outcomes: Sequence[Outcome]) -> Request[Any]:
        """The campaign, with its reference where the channel has one."""
        return draft.product.send.bind(arguments.of_campaign(draft, outcomes[0].reference))

    def outcomes(
        self, draft: CampaignDraft, send_id: str, numbers: Sequence[int] | None = None
    ) -> tuple[Outcome, ...]:
        """One, for the campaign as a whole: ClickSend expands the list."""
        parts = draft.product.count(draft.body)
        return (Outcome(send_id, "", "not sent", sender=draft.sender, parts=parts, body=draft.body),)

    def unpriced(self, draft: CampaignDraft) -> Pricing:
        """Nothing: who is on the list is for ClickSend to say."""
        return Pricing()

    def read_price(self, draft: CampaignDraft, answer: Any) -> Pricing:
        """A total for the whole list; how each recipient fares is not told."""
        reached = getattr(answer, "queued_count", None)
        count = answer.total_count if reached is None else reached
        warnings = list(_price_warnings(draft, answer, count))
        total = answer.total_price
        if total == 0 and count:
            warnings.append("ClickSend states a price of zero for a campaign that is not free.")
            total = None
        left_out = max(0, (answer.total_count or 0) - (count or 0))
        refusal = _NOBODY if count == 0 else ""
        if draft.product.to_list and (answer.total_count or 0) > LONGEST_LIST:
            refusal = (
                f"{answer.total_count:,} contacts are on this list, and a campaign reaches {LONGEST_LIST:,}. "
                "Split the list, or send to it from Compose, which sends in parts."
            )
        return Pricing(
            (), total, clean_currency(answer.currency), count or 0, left_out, tuple(warnings), refusal
        )

    def read_answer(
        self, draft: CampaignDraft, outcomes: tuple[Outcome, ...], answer: Any
    ) -> tuple[tuple[Outcome, ...], Decimal | None]:
        """The campaign's status, and what it costs where the answer tells."""
        product = draft.product
        campaign = getattr(answer, product.under) if product.under else answer
        charged = getattr(answer, "total_price", None)
        list_id = getattr(campaign, "list_id", None)
        if product.to_list and list_id is not None and list_id != draft.list_id:
            return tuple(outcome.became("unknown", _ANOTHER) for outcome in outcomes), None
        return tuple(_outcome(outcome, campaign, product.id_field, charged) for outcome in outcomes), charged


def _outcome(outcome: Outcome, campaign: Any, id_field: str, charged: Decimal | None) -> Outcome:
    status = clean_line(getattr(campaign, "status", ""))
    fate, reason = fate_of_whole(status)
    id = getattr(campaign, id_field, None)
    return outcome._replace(
        fate=fate,
        reason=reason,
        code=status,
        message_id="" if id is None else str(id),
        sender=clean_line(getattr(campaign, "sender", "")) or outcome.sender,
        price=charged,
    )


def _price_warnings(draft: CampaignDraft, answer: Any, count: int | None) -> Iterator[str]:
    preview = getattr(answer, "preview", None)
    sender = clean_line(getattr(preview, "sender", ""))
    if sender and draft.sender and not same_sender(sender, draft.sender):
        yield f"ClickSend would send it from {sender} and not from {draft.sender}."
    missing = (answer.total_count or 0) - (count or 0)
    if count and missing > 0:
        yield f"{missing} of {answer.total_count} on the list cannot get it: they have no address for it."
