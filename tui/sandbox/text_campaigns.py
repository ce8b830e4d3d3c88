"""SMS and MMS campaigns: one text to a whole list, now or at a set time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.sandbox import delivery, links
from tui.sandbox.answers import Refusal
from tui.sandbox.campaigns import Campaigns, members
from tui.sandbox.collection import Record
from tui.sandbox.message import Message, guid
from tui.sandbox.offers import Offer, judge, personal, senders_by_country
from tui.sandbox.prices import granted_sender

if TYPE_CHECKING:
    from tui.sandbox.world import World

MOST_RECIPIENTS = 20_000
_OPT_OUT_LINK = re.compile(r"StopMsg\.me/x+", re.IGNORECASE)
_SHORT_LINK = re.compile(r"(?:https?://)?(?:smsg\.us|smsg\.io|smsu\.io)/x+", re.IGNORECASE)

DETAILS: dict[str, Any] = {
    "name": "",
    "list_id": 0,
    "from": "",
    "body": "",
    "schedule": 0,
    "url_to_shorten": "",
    "source": None,
}
"""What a caller decides of a campaign."""


class TextCampaigns(Campaigns[Offer]):
    """Campaigns that send a text to every number on a list."""

    def offers(self, campaign: Mapping[str, Any]) -> list[Offer]:
        """The campaign's message for every member of its list that can get it."""
        senders = senders_by_country(campaign.get("senders"))
        request = {"from": campaign["from"], "list_id": campaign["list_id"], "schedule": 0}
        request["custom_string"] = campaign.get("custom_string", "")
        found = []
        for contact in members(self.world, campaign):
            body = self._text(campaign, contact)
            offer = Offer(request, str(contact["phone_number"] or ""), body, contact)
            self.judge(offer, senders)
            if offer.status == "SUCCESS":
                found.append(offer)
        return found

    def judge(self, offer: Offer, senders: Mapping[str, str]) -> None:
        """Decide whether the message can be sent, and for what price."""
        judge(self.world, offer, senders=senders)

    def verify(self, values: Mapping[str, Any]) -> None:
        if len(members(self.world, values)) > MOST_RECIPIENTS:
            raise Refusal(
                400, "TOO_MANY_RECIPIENTS", f"A campaign goes to {MOST_RECIPIENTS} recipients at most."
            )
        home = str(self.world.account.settings["country"])
        if granted_sender(str(values.get("from") or ""), home, self.world.numbers) is None:
            raise Refusal(400, "INVALID_SENDER_ID", "This sender cannot be used.")

    def restore(self, values: Mapping[str, Any], status: str, added: int) -> Record:
        campaign = super().restore(values, status, added)
        campaign["custom_string"] = guid(self.world.chance.getrandbits(128))
        return campaign

    def computed(self, campaign: Record) -> Record:
        return {
            "_list_name": self.world.lists.get(campaign["list_id"])["list_name"],
            "_total_count": len(members(self.world, campaign)),
        }

    def preview(self, values: Mapping[str, Any], found: list[Offer]) -> Record:
        return {
            "from": found[0].sender if found else str(values.get("from") or ""),
            "body": found[0].body if found else values["body"],
            "schedule": int(values.get("schedule") or self.world.now),
        }

    def _text(self, campaign: Mapping[str, Any], contact: Mapping[str, Any]) -> str:
        body = personal(str(campaign["body"]), contact)
        body = _OPT_OUT_LINK.sub(lambda _: self.world.links.short_form("StopMsg.me"), body)
        if not campaign["url_to_shorten"]:
            return body
        short = self.world.links.short_form()
        body, replaced = _SHORT_LINK.subn(short, body)
        return body if replaced else f"{body} {short}"


class SmsCampaigns(TextCampaigns):
    """SMS campaigns, whose links tell who opened them."""

    required = ("name", "body")

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__(world, "sms_campaign_id", DETAILS, first_id=first_id)

    def restore(self, values: Mapping[str, Any], status: str, added: int) -> Record:
        campaign = super().restore(values, status, added)
        campaign["senders"] = values.get("senders") or None
        return campaign

    def computed(self, campaign: Record) -> Record:
        opt_out = int(bool(_OPT_OUT_LINK.search(campaign["body"])))
        return super().computed(campaign) | {"unsubscribe_link": opt_out}

    def depart(self, campaign: Record, found: list[Offer], at: int) -> None:
        for message in self.messages(campaign, found, at):
            message.subaccount_id = campaign["subaccount_id"]
            delivery.accept(self.world, self.world.messages.append(message))

    def messages(self, campaign: Record, found: list[Offer], at: int) -> list[Message]:
        """The campaign's messages at the moment they leave, and the links in them."""
        campaign["_total_count"] = len(found)
        if campaign["url_to_shorten"]:
            visitors = [offer.visitor(at) for offer in found]
            number, url = campaign["sms_campaign_id"], campaign["url_to_shorten"]
            self.world.links.add(links.SMS_CAMPAIGN, number, url, visitors)
        for offer in found:
            offer.schedule = at
        return [offer.message(at) for offer in found]
