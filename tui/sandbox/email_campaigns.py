"""E-mail campaigns: one e-mail to everybody on a list who has an address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tui.sandbox.campaigns import Campaigns, members
from tui.sandbox.collection import Record
from tui.sandbox.message import FREE, guid
from tui.sandbox.prices import EMAIL

if TYPE_CHECKING:
    from tui.sandbox.world import World

TEST_ADDRESSES = frozenset({"test1@test.com", "test2@test.com", "test3@test.com"})
"""ClickSend's documented test recipients: nothing is sent to them and nothing charged."""
_PROCESSED_AFTER = 3
_OPENERS, _CLICKERS = 40, 12
"""Per cent of recipients who open an e-mail within a day, and who click in it."""
_BOUNCERS = 3
_WITHIN = 86_400
_TAG = re.compile(r"<[^>]*>")
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


@dataclass(frozen=True, slots=True)
class EmailOffer:
    """One e-mail of a campaign before it leaves."""

    contact: Mapping[str, Any]
    price: Decimal


@dataclass(frozen=True, slots=True)
class SentEmail:
    """One e-mail of a campaign after it left; what its recipient does with it is settled by its id."""

    message_id: str
    contact_id: int
    address: str
    name: str
    at: int

    def outcome(self, now: float) -> Record:
        """What became of it by now."""
        mix = crc32(self.message_id.encode())
        bounced = mix // 10_000 % 100 < _BOUNCERS
        processed = now >= self.at + _PROCESSED_AFTER
        opened = processed and not bounced and mix % 100 < _OPENERS and now >= self.at + mix // 100 % _WITHIN
        return {
            "status": ("Bounced" if bounced else "Sent") if processed else None,
            "processed_at": str(self.at + _PROCESSED_AFTER) if processed else None,
            "open_count": 1 + mix // 7 % 3 if opened else 0,
            "click_count": int(opened and mix % 100 < _CLICKERS),
            "hard_bounce_count": int(bounced and processed),
            "soft_bounce_count": 0,
        }


class EmailCampaigns(Campaigns[EmailOffer]):
    """The e-mail campaigns of one account, and who did what with their e-mails."""

    required = ("name", "subject", "body", "from_name")

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__(world, "email_campaign_id", DETAILS, first_id=first_id)
        self._sent: dict[int, list[SentEmail]] = {}

    def open(self, values: Mapping[str, Any]) -> Record:
        """A new campaign; a draft is kept until it is updated."""
        if str(values.get("draft") or 0) in ("0", "False"):
            return super().open(values)
        self.check(values)
        return self.restore(values, "Draft", int(self.world.now))

    def offers(self, campaign: Mapping[str, Any]) -> list[EmailOffer]:
        reachable = (contact for contact in members(self.world, campaign) if contact["email"])
        return [EmailOffer(contact, _price(contact["email"])) for contact in reachable]

    def depart(self, campaign: Record, found: list[EmailOffer], at: int) -> None:
        number = campaign[self.key]
        self._sent[number] = [_sent(number, offer.contact, at) for offer in found]

    def verify(self, values: Mapping[str, Any]) -> None:
        members(self.world, values)
        self.world.email_addresses.usable(values.get("from_email_address_id"))
        if values.get("template_id"):
            self.world.email_templates.get(values["template_id"])

    def computed(self, campaign: Record) -> Record:
        return {"body_plain_text": " ".join(unescape(_TAG.sub(" ", campaign["body"])).split())}

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

    def preview(self, values: Mapping[str, Any], found: list[EmailOffer]) -> Record:
        shown = ("name", "subject", "body", "from_email_address_id", "from_name", "list_id", "template_id")
        typed = {**self.blank, **self._typed(values)}
        return {name: typed[name] for name in shown}

    def totals(self, values: Mapping[str, Any], found: list[EmailOffer]) -> Record:
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

    def _row(self, campaign: Record, email: SentEmail) -> Record:
        return {
            "message_id": email.message_id,
            "email_campaign_id": campaign[self.key],
            "contact_id": email.contact_id,
            "to_address": email.address,
            "to_name": email.name,
            # ClickSend has the number of the address here, not the address.
            "from_address": str(campaign["from_email_address_id"]),
            "from_name": campaign["from_name"],
            "subject": campaign["subject"],
            **email.outcome(self.world.now),
        }

    def _counts(self, campaign: Record) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for email in self._sent.get(campaign[self.key], ()):
            outcome = email.outcome(self.world.now)
            counts["send"] += outcome["status"] == "Sent"
            counts.update({name: int(bool(outcome.get(f"{name}_count"))) for name in _COUNTS[1:]})
        return {f"{name}_count": counts[name] for name in _COUNTS}


def _price(address: str) -> Decimal:
    return FREE if address.lower() in TEST_ADDRESSES else EMAIL


def _sent(number: int, contact: Mapping[str, Any], at: int) -> SentEmail:
    contact_id, address = contact["contact_id"], contact["email"]
    mix = (number << 64 | contact_id) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128)
    name = f"{contact['first_name'] or ''} {contact['last_name'] or ''}".strip() or address
    return SentEmail(guid(mix), contact_id, address, name, at)
