"""What Acme has beside its texts when the world begins: campaigns, templates, letters and flyers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sandbox.collection import Record
from tui.sandbox.mms import MMS
from tui.sandbox.post import LETTERS, POSTCARDS
from tui.sandbox.return_addresses import ADDRESS

if TYPE_CHECKING:
    from tui.sandbox.world import World

_DAY = 86_400
_ADDRESSES = (("hello@acme.example", 1), ("news@acme.example", 1), ("events@acme.example", 0))
_TEMPLATES = (("Monthly newsletter", 11), ("Birthday voucher", 25))
_RETURN_ADDRESSES = (
    ("Acme", "12 King Street", "", "Newtown", "NSW", "2042", "AU"),
    ("Acme Northern Beaches", "3 Ocean Parade", "Shop 2", "Manly", "NSW", "2095", "AU"),
)
_NEWSLETTERS = (
    (33, "Newsletter, last month", True, "Sent"),
    (20, "Voucher for regulars", False, "Cancelled"),
    (4, "Newsletter, this month", True, "Sent"),
)
"""How many days ago, its name, whether to all customers, and what became of it."""
_NEWSLETTER = (
    "<h1>This month in your garden</h1><p>Hi (First Name), it is time to plant tomatoes, and seedlings"
    " are 2 for $9 until Sunday.</p>"
)
_LEMONS = (
    "(First Name), our Northern Beaches shop opens on Saturday, with free lemon trees. Reply STOP to opt out"
)
_HERBS = "(First Name), our herbs are 3 for $10 all week. Reply STOP to opt out"
_WORKSHOP = "<p>Hi (First Name), four places are left in our weekend pruning workshop.</p>"


def add_mailings(world: World) -> None:
    """Give the world addresses, templates, campaigns and letters that could be Acme's."""
    for address, verified in _ADDRESSES:
        world.email_addresses.create({"email_address": address}, verified=verified)
    for name, design in _TEMPLATES:
        world.email_templates.create({"template_name": name, "template_id_master": design})
    for parts in _RETURN_ADDRESSES:
        world.return_addresses.create(dict(zip(ADDRESS, parts, strict=True)))
    _add_email_campaigns(world)
    _add_mms_campaigns(world)
    _add_post(world)


def _add_email_campaigns(world: World) -> None:
    now, campaigns = int(world.now), world.email_campaigns
    customers, vips, *_ = (record["list_id"] for record in world.lists)
    sender = next(iter(world.email_addresses))["email_address_id"]
    template = next(iter(world.email_templates))["template_id"]
    common = {"from_email_address_id": sender, "from_name": "Acme", "template_id": template}
    letter = {**common, "subject": "This month in your garden", "body": _NEWSLETTER}
    for days, name, to_all, status in _NEWSLETTERS:
        at, list_id = now - days * _DAY, customers if to_all else vips
        values = {**letter, "name": name, "list_id": list_id, "schedule": at}
        campaign = campaigns.restore(values, status, at)
        if status == "Sent":
            campaigns.depart(campaign, campaigns.offers(campaign), at)
    workshop = {**common, "name": "Pruning workshop", "subject": "Four places left", "body": _WORKSHOP}
    campaigns.open({**workshop, "list_id": vips, "schedule": now + 3 * _DAY})


def _add_mms_campaigns(world: World) -> None:
    now, (_, vips, beaches, *_) = int(world.now), (record["list_id"] for record in world.lists)
    common = {"media_file": "https://acme.example/lemons.jpg", "from": ""}
    lemons = {**common, "name": "Free lemon trees", "subject": "Free lemon trees", "body": _LEMONS}
    at = now - 5 * _DAY
    sent = world.mms_campaigns.restore({**lemons, "list_id": beaches, "schedule": at}, "Sent", at)
    message = {name: sent[name] for name in ("list_id", "subject", "body", "from", "custom_string")}
    MMS.restore(world, {"media_file": sent["media_file"], "messages": [message]}, at)
    herbs = {**common, "name": "Herb week", "subject": "Herb week", "body": _HERBS}
    world.mms_campaigns.open({**herbs, "list_id": vips, "schedule": now + 4 * _DAY})


def _add_post(world: World) -> None:
    """Letters and postcards of the last weeks, and flyers."""
    now = int(world.now)
    sender = next(iter(world.return_addresses))["return_address_id"]
    customers = list(world.contacts)[:9]
    rows = [_addressed(contact, sender) for contact in customers]
    letter = {"file_url": "https://acme.example/invoice.pdf", "colour": 1}
    LETTERS.restore(world, {**letter, "recipients": rows[:5]}, now - 26 * _DAY)
    LETTERS.restore(world, {**letter, "recipients": rows[5:]}, now - 9 * _DAY)
    cards = ["https://acme.example/front.pdf", "https://acme.example/back.pdf"]
    POSTCARDS.restore(world, {"file_urls": cards, "recipients": rows[2:6]}, now - 14 * _DAY)
    flyers = {"name": "Spring flyers", "size": "DL", "file_urls": cards}
    areas = [{"location_id": 1, "quantity": 3_000}, {"location_id": 2, "quantity": 2_500}]
    world.direct_mail.restore(
        {**flyers, "areas": areas, "schedule": now - 30 * _DAY}, "Sent", now - 30 * _DAY
    )


def _addressed(contact: Record, return_address_id: int) -> Record:
    address = {name: contact[name] or "" for name in ADDRESS if name in contact}
    name = f"{contact['first_name']} {contact['last_name']}"
    return {**address, "address_name": name, "return_address_id": return_address_id}
