"""Fills a world with customers, conversations, campaigns and templates that could be Acme's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.sandbox import delivery, people
from tui.sandbox.archive import Archive
from tui.sandbox.collection import Record
from tui.sandbox.conversations import (
    ARCHIVED,
    CONTACTS,
    MOST,
    OPTED_OUT,
    conversations,
    ordinary_people,
    unreachable_person,
)
from tui.sandbox.log import MessageLog
from tui.sandbox.mailings import add_mailings
from tui.sandbox.message import Identity, Message
from tui.sandbox.other_channels import add_messages_of_other_channels
from tui.sandbox.people import Person
from tui.sandbox.prices import DEDICATED

if TYPE_CHECKING:
    from tui.sandbox.world import World

_DAY = 86_400
_A_CONVERSATION = 6
"""About so many messages make a conversation with its share of campaigns."""
_LATELY = 24
"""Days of history that are written by hand; what is older is archive."""
_ARCHIVED_DAYS = 96
_ARCHIVED_CONTACTS = 5_000
_RECEIPTS_READ_AFTER = 2 * _DAY
_LISTS = (
    ("Customers", CONTACTS, 104),
    ("VIP", CONTACTS, 22),
    ("Northern Beaches", 22, 20),
    ("Opt-out", OPTED_OUT, 6),
)

_TEMPLATES = (
    ("Ready to collect", "Hi (First Name), your order is ready to collect from Acme. Open until 5:30 pm."),
    ("Delivery tomorrow", "Hi (First Name), we deliver tomorrow between 8 am and noon. Reply Y to confirm."),
    (
        "Running late",
        "Sorry (First Name), our driver is running about 30 minutes late. Thank you for waiting.",
    ),
    ("Opening hours", "Acme is open Monday to Saturday 7 am to 5:30 pm and Sunday 8 am to 4 pm."),
    (
        "Invoice reminder",
        "Dear (First Name) (Last Name), invoice (Cust. 3) is due this week. Thank you, Acme.",
    ),
    ("Spring sale", "(First Name), 20% off everything green this weekend at Acme. Opt out: StopMsg.me/xxxxx"),
)
_SALE = (
    "Hi (First Name), spring sale at Acme: 20% off everything green. smsg.us/xxxxx Opt out: StopMsg.me/xxxxx"
)
_EARLY = (
    "(First Name), as a VIP you can order our new season herbs before anyone else. Opt out: StopMsg.me/xxxxx"
)
_OPENING = (
    "Our Northern Beaches shop opens on Saturday! Free lemon trees. Map: smsg.us/xxxxx Opt out: reply STOP"
)
_WORKSHOP = (
    "Hi (First Name), 4 places left in our weekend pruning workshop. Reply YES to book, STOP to opt out"
)
_SURVEY = "Hi (First Name), how likely are you to recommend Acme, 0 to 10? Reply STOP to opt out"


def populate(world: World, messages: int, *, rules: bool) -> None:
    """Give the world about so many messages, and what else belongs to a business that sends them."""
    if rules:
        world.inbound_rules.create({"rule_name": "Poll inbound", "action": "POLL", "action_address": "poll"})
        world.receipt_rules.create({"rule_name": "Poll receipts", "action": "POLL", "action_address": "poll"})
        for reports in (world.voice_receipt_rules, world.fax_receipt_rules):
            reports.create({"rule_name": "Poll receipts", "action": "POLL", "action_address": "poll"})
    world.fax_inbound_rules.create(
        {"rule_name": "To the office", "action": "EMAIL_FIXED", "action_address": "office@acme.example"}
    )
    world.email_receipt_rules.create(
        {"rule_name": "Bounces", "action": "URL", "action_address": "https://acme.example/bounces"}
    )
    for address in ("orders@acme.example", "*@shop.acme.example"):
        world.allowed_addresses.create({"email_address": address, "from": DEDICATED["AU"]})
    for text in ("Sent from my phone", "Acme Pty Ltd, confidential"):
        world.stripped_strings.create({"strip_string": text})
    _add_senders(world)
    for name, body in _TEMPLATES:
        world.templates.create({"template_name": name, "body": body})
    _add_contacts(world)
    spoken = list(conversations(world, min(MOST, max(1, messages // _A_CONVERSATION))))
    lately = [*_campaigns(world), *(message for one in spoken for message in one.messages)]
    _add_history(world, lately, older=max(0, messages - len(lately)))
    unread = [message for one in spoken for message in one.messages[len(one.messages) - one.unread :]]
    for message in sorted(unread, key=lambda message: message.at):
        world.inbound.put(message, message.at, world.automations.inbound(message, message.at))
    waiting = {message.number for message in unread}
    contacts = ordinary_people(world, CONTACTS, MOST)
    add_mailings(world)
    add_messages_of_other_channels(world)
    world.regulars = [who for who in contacts if who.number not in waiting]


def _add_senders(world: World) -> None:
    """A name that is approved and one that is not, two phones, and what messages to Fiji come from."""
    now = int(world.now)
    company = {"reason": "Company Name"}
    world.alpha_tags.add({"alpha_tag": "ACME", **company}, ["AU"], "APPROVED", now - 400 * _DAY)
    world.alpha_tags.add({"alpha_tag": "ACMEGarden", **company}, [], "PENDING", now - _DAY // 4)
    world.own_numbers.add("+61491570110", "AU", "Priya", verified=now - 340 * _DAY)
    world.own_numbers.add("+61491570313", "AU", "Front desk")
    name = {"sender_type": "alpha_tag", "sender_id": "ACME", "note": "Agreed with the shop there"}
    world.default_senders.open(
        {"country_code": "FJ", "product_type": "SMS", "default_sender_strategies": [name]}
    )


def _add_contacts(world: World) -> None:
    for name, start, size in _LISTS:
        list_id = _add_list(world, name, ordinary_people(world, start, size))
    world.opt_out_list = list_id
    customers = next(iter(world.lists))["list_id"]
    world.contacts.add(customers, people.contact_fields(unreachable_person(world), 0), int(world.now) - _DAY)


def _add_list(world: World, name: str, members: list[Person]) -> int:
    now, list_id = int(world.now), int(world.add_list(name)["list_id"])
    for order, who in enumerate(members):
        added = now - (len(members) - order) * _DAY
        world.contacts.add(list_id, people.contact_fields(who, order), added)
    return list_id


def _campaigns(world: World) -> Iterator[Message]:
    """Campaigns in every state; yields the messages of those that were sent."""
    now = int(world.now)
    customers, vips, beaches, _ = (record["list_id"] for record in world.lists)

    def past(days: int, name: str, list_id: int, body: str, status: str, url: str = "") -> Record:
        at = now - days * _DAY
        sender = "ACME" if "StopMsg.me" in body else ""
        values = {"name": name, "list_id": list_id, "body": body, "from": sender, "url_to_shorten": url}
        return world.campaigns.restore({**values, "schedule": at}, status, at)

    past(16, "Autumn clearance", customers, _SALE, "Cancelled")
    for campaign in (
        past(12, "Spring sale", vips, _SALE, "Sent", "https://acme.example/spring"),
        past(5, "VIP early access", vips, _EARLY, "Sent"),
        past(3, "Northern Beaches opening", beaches, _OPENING, "Sent", "https://acme.example/beaches"),
    ):
        found = world.campaigns.offers(campaign)
        yield from world.campaigns.messages(campaign, found, campaign["date_added"])
    past(1, "Loyalty survey", customers, _SURVEY, "Draft")
    workshop = {"name": "Pruning workshop", "list_id": customers, "body": _WORKSHOP, "from": ""}
    world.campaigns.open({**workshop, "schedule": now + 2 * _DAY})


def _add_history(world: World, lately: list[Message], older: int) -> None:
    """Let the recent messages follow an archive of so many older ones, with what became of each."""
    end = int(world.now) - _LATELY * _DAY
    archive = Archive(older, end=end, days=_ARCHIVED_DAYS, seed=world.seed, first_person=ARCHIVED)
    world.messages = MessageLog(archive, Identity(world.seed))
    for message in sorted(lately, key=lambda message: message.at):
        world.messages.append(message)
        if message.outbound:
            delivery.conclude(world, message, message.at + 4)
    world.receipts.mark(before=int(world.now) - _RECEIPTS_READ_AFTER)
    known = range(0, min(archive.people, 2 * _ARCHIVED_CONTACTS), 2)
    if known:
        _add_list(world, "Online shop", [archive.customer(number) for number in known])
