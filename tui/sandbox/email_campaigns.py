"""E-mail campaigns: one e-mail to everybody on a list who has an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tui.sandbox.campaigns import Campaigns, members
from tui.sandbox.collection import Record
from tui.sandbox.email_addresses import bounces, is_test, plain_text
from tui.sandbox.message import FREE, guid
from tui.sandbox.outgoing import Outgoing
from tui.sandbox.prices import EMAIL

if TYPE_CHECKING:
    from tui.sandbox.world import World

PRODUCT = "email"
"""As the account's usage calls e-mails of campaigns."""
_PROCESSED_AFTER = 3
_OPENERS, _CLICKERS = 40, 12
"""Per cent of recipients who open an e-mail within a day, and who click in it."""
_BOUNCERS = 3
_WITHIN = 86_400
_COUNTS = ("send", "open", "click", "hard_bounce", "soft_bounce", "abuse", "unsubscribe")

DETAILS: dict[str, Any] = {
    "name": "",
    "subject": "",
    "body": "",
    "list_id": 0,
    "from_email_address_id": 0,
    "from_name": "",
    "template_id": 0,
    "schedule": 0,
    "custom_string": "",
}
"""What a caller decides of a campaign."""


class EmailCampaigns(Campaigns[Outgoing]):
    """The e-mail campaigns of one account, and who did what with their e-mails."""

    required = ("name", "subject", "body", "from_name")

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__(world, "email_campaign_id", DETAILS, first_id=first_id)
        self._sent: dict[int, list[Outgoing]] = {}

    def open(self, values: Mapping[str, Any]) -> Record:
        """A new campaign; a draft is kept until it is updated."""
        if str(values.get("draft") or 0) in ("0", "False"):
            return super().open(values)
        self.check(values)
        return self.restore(values, "Draft", int(self.world.now))

    def offers(self, campaign: Mapping[str, Any]) -> list[Outgoing]:
        reachable = (contact for contact in members(self.world, campaign) if contact["email"])
        return [
            Outgoing(campaign, contact["email"], contact, price=_price(contact["email"]), parts=1)
            for contact in reachable
        ]

    def depart(self, campaign: Record, found: list[Outgoing], at: int) -> None:
        number = campaign[self.key]
        self._sent[number] = found
        for email in found:
            email.at = email.schedule = at
            email.status = "Sent"
            email.subaccount_id = campaign["subaccount_id"]
            email.message_id = _id_of(number, email.to)
            self.world.channels[PRODUCT].append(email)

    def verify(self, values: Mapping[str, Any]) -> None:
        members(self.world, values)
        self.world.email_addresses.usable(values.get("from_email_address_id"))
        if values.get("template_id"):
            self.world.email_templates.get(values["template_id"])

    def computed(self, campaign: Record) -> Record:
        return {"body_plain_text": plain_text(campaign["body"])}

    def shown(self, campaign: Record) -> Record:
        later = campaign["schedule"] > campaign["date_added"]
        return (
            campaign
            | self._counts(campaign)
            | {
                "schedule": str(campaign["schedule"]) if later else "",
                "date_added": str(campaign["date_added"]),
            }
        )

    def preview(self, values: Mapping[str, Any], found: list[Outgoing]) -> Record:
        shown = ("name", "subject", "body", "from_email_address_id", "from_name", "list_id", "template_id")
        typed = {**self.blank, **self._typed(values)}
        return {name: typed[name] for name in shown}

    def totals(self, values: Mapping[str, Any], found: list[Outgoing]) -> Record:
        """Of the contacts on the list only those are queued who have an address."""
        everybody = len(members(self.world, values))
        return super().totals(values, found) | {"total_count": everybody, "queued_count": len(found)}

    def created(self, campaign: Record) -> Record:
        return self.totals(campaign, self.offers(campaign)) | {"data": self.shown(campaign)}

    def history(self, number: object, since: int, until: int) -> list[Record]:
        """What became of every e-mail of a campaign that left in a span of time."""
        campaign = self.get(number)
        sent = self._sent.get(campaign[self.key], ())
        return [self._row(campaign, email) for email in sent if since <= email.at <= until]

    def _row(self, campaign: Record, email: Outgoing) -> Record:
        who = email.contact or {}
        name = f"{who.get('first_name') or ''} {who.get('last_name') or ''}".strip()
        return {
            "message_id": email.message_id,
            "email_campaign_id": campaign[self.key],
            "contact_id": who.get("contact_id"),
            "to_address": email.to,
            "to_name": name or email.to,
            # ClickSend has the number of the address here, not the address.
            "from_address": str(campaign["from_email_address_id"]),
            "from_name": campaign["from_name"],
            "subject": campaign["subject"],
            **_outcome(email, self.world.now),
        }

    def _counts(self, campaign: Record) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for email in self._sent.get(campaign[self.key], ()):
            outcome = _outcome(email, self.world.now)
            counts["send"] += outcome["status"] == "Sent"
            counts.update({name: int(bool(outcome.get(f"{name}_count"))) for name in _COUNTS[1:]})
        return {f"{name}_count": counts[name] for name in _COUNTS}


def _price(address: str) -> Decimal:
    return FREE if is_test(address) else EMAIL


def _id_of(number: int, address: str) -> str:
    """The id of a campaign's e-mail to an address, the same in every world that is made alike."""
    return guid(Random(f"{number} {address}").getrandbits(128))  # noqa: S311


def _outcome(email: Outgoing, now: float) -> Record:
    """What became of an e-mail by now; its id settles what its recipient does with it."""
    mix = crc32(email.message_id.encode())
    bounced = bounces(email.to) or mix // 10_000 % 100 < _BOUNCERS
    processed = now >= email.at + _PROCESSED_AFTER
    opened = processed and not bounced and mix % 100 < _OPENERS and now >= email.at + mix // 100 % _WITHIN
    return {
        "status": ("Bounced" if bounced else "Sent") if processed else None,
        "processed_at": str(email.at + _PROCESSED_AFTER) if processed else None,
        "open_count": 1 + mix // 7 % 3 if opened else 0,
        "click_count": int(opened and mix % 100 < _CLICKERS),
        "hard_bounce_count": int(bounced and processed),
        "soft_bounce_count": 0,
    }
