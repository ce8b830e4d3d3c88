"""What Acme has beside its texts when the world begins: e-mail campaigns and what they are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.sandbox.world import World

_DAY = 86_400
_ADDRESSES = (("hello@acme.example", 1), ("news@acme.example", 1), ("events@acme.example", 0))
_TEMPLATES = (("Monthly newsletter", 11), ("Birthday voucher", 25))
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
_WORKSHOP = "<p>Hi (First Name), four places are left in our weekend pruning workshop.</p>"


def add_mailings(world: World) -> None:
    """Give the world addresses, templates and campaigns that could be Acme's."""
    for address, verified in _ADDRESSES:
        world.email_addresses.create({"email_address": address}, verified=verified)
    for name, design in _TEMPLATES:
        world.email_templates.create({"template_name": name, "template_id_master": design})
    _add_email_campaigns(world)


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
