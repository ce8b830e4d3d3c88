"""Judges messages that a caller wants priced or sent: recipient by recipient, as ClickSend does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.core.parts import kept, measure
from tui.sandbox import delivery, links, prices
from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.links import Visitor
from tui.sandbox.message import FREE, Message

if TYPE_CHECKING:
    from tui.sandbox.world import World

MOST_RECIPIENTS = 1000
LONGEST_WAIT = 122 * 86_400
"""Seconds a message may be scheduled ahead: four months."""
_THROTTLE = 5
_LONGEST_URL = 250
_URL = re.compile(r"https?://\S+")
_PLACEHOLDERS = {
    "(First Name)": "first_name",
    "(Last Name)": "last_name",
    "(Cust. 1)": "custom_1",
    "(Cust. 2)": "custom_2",
    "(Cust. 3)": "custom_3",
    "(Cust. 4)": "custom_4",
}


Grant = Callable[[str, str], tuple[str, bool] | None]
"""The sender, and whether it is shared, for the one asked for and the recipient's country; None if no sender
can look like that.
"""


class Addressed(Protocol):
    """What any channel sends to a number: `to` and `schedule` are as asked for until they are judged."""

    request: Mapping[str, Any]
    to: str
    country: str
    schedule: int


@dataclass(slots=True)
class Offer:
    """One message to one recipient. `status` is "SUCCESS" or why ClickSend would not take it."""

    request: Mapping[str, Any]
    to: str
    body: str
    contact: Mapping[str, Any] | None = None
    status: str = "SUCCESS"
    sender: str = ""
    shared: bool = False
    country: str = ""
    parts: int = 0
    price: Decimal = FREE
    schedule: int = 0
    long_url: str = ""

    @property
    def custom_string(self) -> str:
        """The caller's own note."""
        return str(self.request.get("custom_string") or "")

    def message(self, at: int) -> Message:
        """The offer as a message taken at this moment."""
        list_id = self.request.get("list_id") if self.contact else None
        return Message(
            True,
            at,
            self.to,
            self.sender,
            self.body,
            self.country,
            "Queued",
            self.parts,
            self.price,
            self.schedule,
            self.shared,
            self.custom_string,
            int(list_id) if list_id else None,
            self.request.get("from_email"),
        )

    def visitor(self, at: int) -> Visitor:
        """The recipient as somebody who is sent a link at this moment."""
        who = self.contact or {"contact_id": 0, "first_name": "", "last_name": ""}
        return Visitor(who["contact_id"], who["first_name"], who["last_name"], self.to, self.country, at)


def offers(world: World, body: Mapping[str, Any]) -> list[Offer]:
    """Every message of the request for every recipient, judged but for credit and throttling."""
    found = [
        Offer(request, to, text_for(request, contact), contact)
        for request in requested(body, "messages")
        for to, contact in recipients(world, request)
    ]
    refuse_too_many(found)
    grant = grants(world, senders_by_country(body.get("senders")))
    for offer in found:
        judge(world, offer, grant)
        if body.get("shorten_urls") and offer.status == "SUCCESS":
            _shorten(world, offer)
    return found


def grants(world: World, senders: Mapping[str, str]) -> Grant:
    """The senders that the messages of one request get.

    `senders` has the sender asked for by recipient's country, for messages that ask for none themselves.
    """

    @cache
    def grant(asked: str, country: str) -> tuple[str, bool] | None:
        wanted = asked or senders.get(country) or world.default_senders.sender_for(country)
        return prices.granted_sender(wanted, country, world.numbers)

    return grant


def judge(world: World, offer: Offer, grant: Grant) -> None:
    """Decide whether ClickSend takes the message, from which sender and for what price."""
    offer.status = _refusal(world, offer)
    if offer.status != "SUCCESS":
        return
    granted = grant(str(offer.request.get("from") or ""), offer.country)
    if granted is None:
        offer.status = "INVALID_SENDER_ID"
        return
    offer.sender, offer.shared = granted
    weigh(world, offer)


def take(world: World, offer: Offer, at: int, *, automatic: bool = False) -> Message | None:
    """Accept an offer: it is paid for and leaves. None if that cannot be; `offer.status` says why."""
    if offer.status == "SUCCESS" and is_throttled(world, offer):
        offer.status = "THROTTLED"
    if offer.status == "SUCCESS" and offer.price > max(world.account.balance, FREE):
        offer.status = "INSUFFICIENT_CREDIT"
    if offer.status != "SUCCESS":
        return None
    world.account.balance -= offer.price
    message = world.messages.append(offer.message(at))
    message.automatic = automatic
    message.subaccount_id = world.account.subaccount_id
    delivery.accept(world, message)
    if offer.long_url:
        message_id = world.messages.id_of(message)
        world.links.add(links.QUICK_SMS, message_id, offer.long_url, [offer.visitor(message.schedule)])
    return message


def senders_by_country(senders: object) -> dict[str, str]:
    """Which sender a request names for recipients of each country; a shared number has no name."""
    return {
        str(sender["recipient_country_code"]).upper(): str(sender.get("sender_id") or "")
        for sender in (senders if isinstance(senders, list) else ())
        if isinstance(sender, dict) and sender.get("recipient_country_code")
    }


def is_throttled(world: World, offer: Offer) -> bool:
    """Whether the same text went to the same recipient seconds ago."""
    for message in world.messages.recent_with(offer.to):
        if message.at <= world.now - _THROTTLE:
            break
        if message.outbound and message.body == offer.body:
            return True
    return False


def personal(body: str, contact: Mapping[str, Any]) -> str:
    """The body with the contact's details in place of the placeholders."""
    for placeholder, field in _PLACEHOLDERS.items():
        if placeholder in body:
            body = body.replace(placeholder, str(contact[field] or ""))
    return body


def weigh(world: World, offer: Offer) -> None:
    """Cut the text to the account's limit, and count its parts and its price."""
    limit = world.account.part_limit
    parts = measure(offer.body).parts
    if parts > limit:
        offer.body = kept(offer.body, limit)
        parts = limit
    offer.parts = parts
    offer.price = FREE if offer.to in phone.TEST_NUMBERS else parts * prices.price_of(offer.country)


def requested(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """What a request asks for one by one, each still to be judged."""
    rows = body.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise bad_request({name: f"The {name} must be a list of objects."})
    return rows


def recipients(
    world: World, request: Mapping[str, Any], field: str = "phone_number"
) -> Iterator[tuple[str, Mapping[str, Any] | None]]:
    """Whom it is for: one recipient, or everybody on a list who has what `field` names."""
    to = str(request.get("to") or "")
    if to or not request.get("list_id"):
        yield to, None
        return
    for contact in world.contacts.on_list(world.lists.get(request["list_id"])["list_id"]):
        if contact[field]:
            yield contact[field], contact


def refuse_too_many(found: Sized) -> None:
    """Refuse more recipients than one call may have."""
    if len(found) > MOST_RECIPIENTS:
        raise Refusal(400, "TOO_MANY_RECIPIENTS", f"You may send to {MOST_RECIPIENTS} recipients at most.")


def unreachable(world: World, offer: Addressed) -> str:
    """Why nothing can go to this number then, or "SUCCESS"; sets number, country and time."""
    if not offer.to:
        return "MISSING_REQUIRED_FIELDS"
    home = str(offer.request.get("country") or world.account.settings["country"])
    try:
        offer.to = phone.parse(offer.to, home)
    except InvalidInput:
        return "INVALID_RECIPIENT"
    offer.country = phone.country_of(offer.to)
    if not world.countries.is_selected(offer.country):
        return "COUNTRY_NOT_ENABLED"
    return planned(world, offer)


def planned(world: World, offer: Addressed) -> str:
    """Whether it can go when it shall, or "SUCCESS"; blank, zero and what is past mean at once."""
    now, wanted = int(world.now), offer.request.get("schedule")
    if not wanted:
        offer.schedule = now
        return "SUCCESS"
    wanted = str(wanted)
    if not wanted.isdecimal() or int(wanted) > now + LONGEST_WAIT:
        return "INVALID_SCHEDULE"
    offer.schedule = max(int(wanted), now)
    return "SUCCESS"


def text_for(request: Mapping[str, Any], contact: Mapping[str, Any] | None) -> str:
    """The text that one recipient gets."""
    body = str(request.get("body") or "")
    return personal(body, contact) if contact else body


def _refusal(world: World, offer: Offer) -> str:
    """Why the message cannot go to this recipient at all, or "SUCCESS"; sets number, country and time."""
    return unreachable(world, offer) if offer.body.strip() else "EMPTY_MESSAGE"


def _shorten(world: World, offer: Offer) -> None:
    url = _URL.search(offer.body)
    if url and len(url[0]) <= _LONGEST_URL:
        offer.long_url = url[0]
        offer.body = offer.body.replace(url[0], world.links.short_form(), 1)
        weigh(world, offer)
