"""Short links in messages, and who has opened them by now."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

QUICK_SMS, SMS_CAMPAIGN = "quick_sms", "sms_campaign"
SHORT_DOMAIN = "smsu.io"
_OPENERS = 45
"""Per cent of recipients who open a link, within two hours."""
_WITHIN = 7200
_DEVICES = (
    ("phone", "iOS", "Safari"),
    ("phone", "Android", "Chrome"),
    ("phone", "iOS", "Chrome"),
    ("desktop", "Windows", "Edge"),
    ("tablet", "iPadOS", "Safari"),
)
_REGIONS = {"AU": "New South Wales", "NZ": "Auckland", "US": "Oregon", "GB": "Bristol"}


class Visitor(NamedTuple):
    """Somebody who was sent a link."""

    contact_id: int
    first_name: str
    last_name: str
    number: str
    country: str
    sent_at: int


@dataclass(slots=True)
class Link:
    """One long URL that went out in short form. `source` and `source_id` say what it was sent with."""

    source: str
    source_id: str
    url: str
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What ClickSend knows the long URL by."""
        return f"{self.source}-{self.source_id}-{md5(self.url.encode(), usedforsecurity=False).hexdigest()}"

    def visits(self, now: float) -> list[dict[str, Any]]:
        """Every recipient, and when and how they opened the link if they have by now."""
        return [_visit(visitor, crc32((self.id + visitor.number).encode()), now) for visitor in self.visitors]


class Links:
    """All short links of an account."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._links: dict[str, Link] = {}

    def short_form(self, domain: str = SHORT_DOMAIN) -> str:
        """What stands for a URL in a message."""
        return f"{domain}/{''.join(self._chance.choices(string.ascii_letters + string.digits, k=6))}"

    def add(self, source: str, source_id: object, url: str, visitors: Iterable[Visitor]) -> None:
        """Remember that these people were sent this link."""
        link = Link(source, str(source_id), url)
        self._links.setdefault(link.id, link).visitors.extend(visitors)

    def of(self, source: str, source_id: object) -> list[Link]:
        """The links that were sent with one message or campaign."""
        return [
            link for link in self._links.values() if (link.source, link.source_id) == (source, str(source_id))
        ]

    def get(self, link_id: str) -> Link | None:
        """The link that ClickSend knows by this id."""
        return self._links.get(link_id)


def counted(visits: Iterable[Mapping[str, Any]], field: str) -> list[dict[str, Any]]:
    """How many openers have each value of a field."""
    counts = Counter(str(visit[field]) for visit in visits if visit["open_count"])
    return [{"label": label, "count": count} for label, count in sorted(counts.items())]


def _visit(visitor: Visitor, mix: int, now: float) -> dict[str, Any]:
    opened_at = visitor.sent_at + 30 + mix // 100 % _WITHIN
    opened = mix % 100 < _OPENERS and opened_at <= now
    device, system, browser = _DEVICES[mix // 7 % len(_DEVICES)]
    return {
        "contact": {
            "contact_id": visitor.contact_id,
            "first_name": visitor.first_name,
            "last_name": visitor.last_name,
            "phone_number": visitor.number,
        },
        "open_count": 1 + mix // 11 % 3 if opened else 0,
        "date_opened": opened_at if opened else None,
        "user_geo_country": visitor.country if opened else None,
        "user_geo_region": _REGIONS.get(visitor.country, "Other") if opened else None,
        "user_device": device if opened else None,
        "user_browser": browser if opened else None,
        "user_os": system if opened else None,
    }
