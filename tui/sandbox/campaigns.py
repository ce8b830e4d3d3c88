"""SMS campaigns: one text to a whole list, now or at a set time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tui.sandbox import delivery, links
from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.collection import Collection, Record
from tui.sandbox.message import FREE, Message, guid
from tui.sandbox.offers import LONGEST_WAIT, Offer, judge, personal, senders_by_country
from tui.sandbox.prices import granted_sender

if TYPE_CHECKING:
    from tui.sandbox.world import World

MOST_RECIPIENTS = 20_000
_A_SECOND = 50
"""Messages that leave in a second."""
_OPT_OUT_LINK = re.compile(r"StopMsg\.me/x+", re.IGNORECASE)
_SHORT_LINK = re.compile(r"(?:https?://)?(?:smsg\.us|smsg\.io|smsu\.io)/x+", re.IGNORECASE)
_PENDING = ("Scheduled", "Queued", "Draft", "WaitApproval")

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


class Campaigns(Collection):
    """The campaigns of one account and their journey: Scheduled or Queued, Sending, Sent, or Cancelled."""

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__("sms_campaign_id", DETAILS, first_id=first_id)
        self._world = world
        self._plans: dict[int, int] = {}
        """Which plan of each campaign holds: one that was changed or cancelled must not start."""

    def open(self, values: Mapping[str, Any]) -> Record:
        """A new campaign, which starts at once or at its time."""
        self._check(values)
        campaign = self.restore(values, "Queued", int(self._world.now))
        self._plan(campaign)
        return campaign

    def restore(self, values: Mapping[str, Any], status: str, added: int) -> Record:
        """A campaign that is in some state already."""
        world = self._world
        return self.create(
            values,
            user_id=world.account.user_id,
            subaccount_id=world.account.subaccount_id,
            status=status,
            date_added=added,
            custom_string=guid(world.chance.getrandbits(128)),
            unsubscribe_link=int(bool(_OPT_OUT_LINK.search(str(values["body"])))),
            senders=values.get("senders") or None,
            _total_count=len(world.contacts.on_list(int(values["list_id"]))),
            _list_name=world.lists.get(values["list_id"])["list_name"],
        )

    def change(self, campaign_id: object, values: Mapping[str, Any]) -> Record:
        """A campaign that has not begun, replaced. Without a schedule it starts at once."""
        self._pending(campaign_id, "updated")
        self._check(values)
        campaign = self.update(campaign_id, {"schedule": 0, **values})
        campaign["unsubscribe_link"] = int(bool(_OPT_OUT_LINK.search(campaign["body"])))
        self._plan(campaign)
        return campaign

    def cancel(self, campaign_id: object) -> Record:
        """A campaign that has not begun, called off as a whole."""
        campaign = self._pending(campaign_id, "cancelled")
        campaign["status"] = "Cancelled"
        return campaign

    def price(self, values: Mapping[str, Any]) -> tuple[list[Offer], Decimal]:
        """The messages that such a campaign would send now, and what they cost."""
        self._check(values)
        found = self.offers({**DETAILS, **values})
        return found, sum((offer.price for offer in found), FREE)

    def offers(self, campaign: Mapping[str, Any]) -> list[Offer]:
        """The campaign's message for every member of its list that can get it."""
        senders = senders_by_country(campaign.get("senders"))
        request = {"from": campaign["from"], "list_id": campaign["list_id"], "schedule": 0}
        request["custom_string"] = campaign.get("custom_string", "")
        found = []
        for contact in self._world.contacts.on_list(int(campaign["list_id"])):
            body = self._text(campaign, contact)
            offer = Offer(request, str(contact["phone_number"] or ""), body, contact)
            judge(self._world, offer, senders=senders)
            if offer.status == "SUCCESS":
                found.append(offer)
        return found

    def deliver(self, campaign: Record, at: int) -> list[Message]:
        """The campaign's messages at the moment they leave, and the links in them."""
        found = self.offers(campaign)
        campaign["_total_count"] = len(found)
        if campaign["url_to_shorten"]:
            visitors = [offer.visitor(at) for offer in found]
            number, url = campaign["sms_campaign_id"], campaign["url_to_shorten"]
            self._world.links.add(links.SMS_CAMPAIGN, number, url, visitors)
        for offer in found:
            offer.schedule = at
        return [offer.message(at) for offer in found]

    def _text(self, campaign: Mapping[str, Any], contact: Mapping[str, Any]) -> str:
        body = personal(str(campaign["body"]), contact)
        body = _OPT_OUT_LINK.sub(lambda _: self._world.links.short_form("StopMsg.me"), body)
        if not campaign["url_to_shorten"]:
            return body
        short = self._world.links.short_form()
        body, replaced = _SHORT_LINK.subn(short, body)
        return body if replaced else f"{body} {short}"

    def _check(self, values: Mapping[str, Any]) -> None:
        world = self._world
        problems = {
            name: f"The {name} field is required."
            for name in ("name", "body")
            if not str(values.get(name) or "")
        }
        wanted = str(values.get("schedule") or 0)
        if not wanted.isdecimal() or int(wanted) > world.now + LONGEST_WAIT:
            problems["schedule"] = "A campaign may be scheduled four months ahead at most."
        if problems:
            raise bad_request(problems)
        members = world.contacts.on_list(world.lists.get(values.get("list_id"))["list_id"])
        if len(members) > MOST_RECIPIENTS:
            raise Refusal(
                400, "TOO_MANY_RECIPIENTS", f"A campaign goes to {MOST_RECIPIENTS} recipients at most."
            )
        home = str(world.account.settings["country"])
        if granted_sender(str(values.get("from") or ""), home, world.numbers) is None:
            raise Refusal(400, "INVALID_SENDER_ID", "This sender cannot be used.")

    def _pending(self, campaign_id: object, done: str) -> Record:
        campaign = self.get(campaign_id)
        if campaign["status"] not in _PENDING:
            raise bad_request({"status": f"A campaign that is {campaign['status']} cannot be {done}."})
        return campaign

    def _plan(self, campaign: Record) -> None:
        world = self._world
        campaign["_list_name"] = world.lists.get(campaign["list_id"])["list_name"]
        campaign["_total_count"] = len(world.contacts.on_list(campaign["list_id"]))
        later = campaign["schedule"] > world.now
        campaign["schedule"] = start = campaign["schedule"] if later else int(world.now)
        campaign["status"] = "Scheduled" if later else "Queued"
        self._plans[campaign["sms_campaign_id"]] = plan = self.changes
        world.agenda.add(start + (not later), lambda at: self._start(campaign, plan, at))

    def _start(self, campaign: Record, plan: int, at: int) -> None:
        """Send, unless it was cancelled or planned anew since."""
        if self._plans[campaign["sms_campaign_id"]] != plan or campaign["status"] not in _PENDING:
            return
        world, messages = self._world, self.deliver(campaign, at)
        price = sum((message.price for message in messages), FREE)
        if price > world.account.balance:
            campaign["status"] = "Failed"
            return
        world.account.balance -= price
        campaign["status"] = "Sending"
        for message in messages:
            message.subaccount_id = campaign["subaccount_id"]
            delivery.accept(world, world.messages.append(message))
        world.agenda.add(at + 2 + len(messages) // _A_SECOND, lambda _: campaign.update(status="Sent"))
