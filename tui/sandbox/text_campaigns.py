"""SMS and MMS campaigns: one text to a whole list, now or at a set time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tui.api.types import Convert
from tui.sandbox import delivery, links
from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.campaigns import Campaigns, P, members
from tui.sandbox.collection import Record
from tui.sandbox.files import Files
from tui.sandbox.message import FREE, Message, guid
from tui.sandbox.mms import LONGEST_SUBJECT, MMS
from tui.sandbox.offers import Offer, grants, judge, personal, senders_by_country
from tui.sandbox.outgoing import Outgoing
from tui.sandbox.prices import granted_sender
from tui.sandbox.uploads import is_usable

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
}
"""What a caller decides of a campaign."""


class TextCampaigns(Campaigns[P]):
    """Campaigns that send a text to every number on a list."""

    def seen(self, offer: P) -> tuple[str, str]:
        """The sender and the text that a recipient sees."""
        raise NotImplementedError

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

    def preview(self, values: Mapping[str, Any], found: list[P]) -> Record:
        asked = str(values.get("from") or ""), str(values["body"])
        sender, body = self.seen(found[0]) if found else asked
        return {"from": sender, "body": body, "schedule": int(values.get("schedule") or self.world.now)}

    def text(self, campaign: Mapping[str, Any], contact: Mapping[str, Any]) -> str:
        """The text for one contact, with names and links of its own."""
        body = personal(str(campaign["body"]), contact)
        body = _OPT_OUT_LINK.sub(lambda _: self.world.links.short_form("StopMsg.me"), body)
        if not campaign["url_to_shorten"]:
            return body
        short = self.world.links.short_form()
        body, replaced = _SHORT_LINK.subn(short, body)
        return body if replaced else f"{body} {short}"


class SmsCampaigns(TextCampaigns[Offer]):
    """SMS campaigns, whose links tell who opened them."""

    required = ("name", "body")

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__(world, "sms_campaign_id", DETAILS | {"source": None}, first_id=first_id)

    def offers(self, campaign: Mapping[str, Any]) -> list[Offer]:
        """The campaign's message for every member of its list that can get it."""
        grant = grants(self.world, senders_by_country(campaign.get("senders")))
        request = {"from": campaign["from"], "list_id": campaign["list_id"], "schedule": 0}
        request["custom_string"] = campaign.get("custom_string", "")
        found = []
        for contact in members(self.world, campaign):
            number = str(contact["phone_number"] or "")
            offer = Offer(request, number, self.text(campaign, contact), contact)
            judge(self.world, offer, grant)
            if offer.status == "SUCCESS":
                found.append(offer)
        return found

    def seen(self, offer: Offer) -> tuple[str, str]:
        return offer.sender, offer.body

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


class MmsCampaigns(TextCampaigns[Outgoing]):
    """MMS campaigns, whose messages stand in the history of MMS."""

    required = ("name", "subject", "body", "media_file")

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__(
            world, "mms_campaign_id", DETAILS | {"subject": "", "media_file": ""}, first_id=first_id
        )

    def offers(self, campaign: Mapping[str, Any]) -> list[Outgoing]:
        asked = {name: campaign.get(name) for name in ("from", "list_id", "subject", "custom_string")}
        found = []
        for contact in members(self.world, campaign):
            request = {**asked, "body": self.text(campaign, contact)}
            message = Outgoing(request, str(contact["phone_number"] or ""), contact)
            if MMS.judge(self.world, message, campaign) == "SUCCESS":
                message.price = FREE if MMS.is_test(message) else message.price
                found.append(message)
        return found

    def seen(self, offer: Outgoing) -> tuple[str, str]:
        return offer.sender, offer.details["body"]

    def verify(self, values: Mapping[str, Any]) -> None:
        super().verify(values)
        if len(str(values["subject"])) > LONGEST_SUBJECT:
            raise bad_request({"subject": f"The subject may have at most {LONGEST_SUBJECT} characters."})
        if not is_usable(self.world, str(values["media_file"]), Convert.MMS):
            raise Refusal(400, "INVALID_MEDIA_FILE", "The media file cannot be used.")

    def computed(self, campaign: Record) -> Record:
        kept = self._kept(campaign["media_file"])
        name = PurePosixPath(urlsplit(kept).path).name
        return super().computed(campaign) | {"media_file": kept, "_media_file_url": kept, "file_name": name}

    def preview(self, values: Mapping[str, Any], found: list[Outgoing]) -> Record:
        shown = super().preview(values, found)
        return shown | {"schedule": str(shown["schedule"])}

    def depart(self, campaign: Record, found: list[Outgoing], at: int) -> None:
        campaign["_total_count"] = len(found)
        for message in found:
            message.schedule = at
            message.subaccount_id = campaign["subaccount_id"]
            MMS.dispatch(self.world, message, at)

    def _kept(self, url: str) -> str:
        """The address of the picture for as long as the campaign lives: an upload would be gone before."""
        file = self.world.files.at(url)
        if file is None or file.until is None:
            return url
        host = url[: url.index(Files.PATH)]
        return host + self.world.files.add(file.content, file.name, convert=Convert.MMS)
