"""Direct mail: flyers to every letterbox of some areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tui.sandbox.answers import bad_request
from tui.sandbox.campaigns import Campaigns
from tui.sandbox.collection import Record
from tui.sandbox.countries import country_name
from tui.sandbox.message import FREE
from tui.sandbox.post import file_urls
from tui.sandbox.prices import CURRENCY, FEWEST_FLYERS, FLYER, amount, money

if TYPE_CHECKING:
    from tui.sandbox.world import World

_SIZES = ("A5", "DL")
_PLACES = (
    ("AU", "2042", "Newtown", "New South Wales", "NSW", "-33.898100", "151.174500"),
    ("AU", "2204", "Marrickville", "New South Wales", "NSW", "-33.911000", "151.155000"),
    ("AU", "3056", "Brunswick", "Victoria", "VIC", "-37.766700", "144.962600"),
    ("AU", "6000", "Perth", "Western Australia", "WA", "-31.952200", "115.858900"),
    ("AU", "6003", "Northbridge, Perth", "Western Australia", "WA", "-31.947000", "115.857000"),
    ("NZ", "1010", "Auckland Central", "Auckland", "AUK", "-36.848500", "174.763300"),
    ("NZ", "6011", "Wellington Central", "Wellington", "WGN", "-41.286500", "174.776200"),
    ("GB", "BS1", "Bristol", "England", "ENG", "51.455200", "-2.596600"),
    ("US", "97209", "Portland", "Oregon", "OR", "45.528100", "-122.684400"),
    ("AD", "AD100", "Canillo", "", "", "42.583300", "1.666700"),
)
DETAILS: dict[str, Any] = {
    "name": "",
    "size": "",
    "schedule": 0,
    "source": None,
    "custom_string": None,
}
"""What a caller decides of a campaign, beside its areas and its files."""


@dataclass(frozen=True, slots=True)
class MailedArea:
    """The flyers for one area."""

    location: Mapping[str, Any]
    quantity: int

    @property
    def price(self) -> Decimal:
        """The price of all its flyers."""
        return self.quantity * FLYER


class DirectMail(Campaigns[MailedArea]):
    """The direct mail campaigns of one account."""

    required = ("name", "size")

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__(world, "campaign_id", DETAILS, first_id=first_id)

    def offers(self, campaign: Mapping[str, Any]) -> list[MailedArea]:
        return [MailedArea(_location(area.get("location_id")), _quantity(area)) for area in _areas(campaign)]

    def depart(self, campaign: Record, found: list[MailedArea], at: int) -> None:
        """Nothing is told of a single flyer."""

    def verify(self, values: Mapping[str, Any]) -> None:
        if values["size"] not in _SIZES:
            raise bad_request({"size": "The size must be A5 or DL."})
        file_urls(values)
        if sum(area.quantity for area in self.offers(values)) < FEWEST_FLYERS:
            raise bad_request({"areas": f"A campaign has {FEWEST_FLYERS} pieces at least."})

    def restore(self, values: Mapping[str, Any], status: str, added: int) -> Record:
        campaign = super().restore(values, status, added)
        campaign["areas"] = [dict(area) for area in _areas(values)]
        return campaign

    def shown(self, campaign: Record) -> Record:
        found = self.offers(campaign)
        shown = {name: value for name, value in campaign.items() if name != "areas"}
        rows = [self._row(area, campaign[self.key], campaign["status"]) for area in found]
        total = sum(area.quantity for area in found)
        return shown | {"message_id": None, "_areas": rows, "_total_quantity": str(total)}

    def preview(self, values: Mapping[str, Any], found: list[MailedArea]) -> Record:
        typed = {**self.blank, **self._typed(values)}
        return typed | {
            "schedule": typed["schedule"] or int(self.world.now),
            "date_added": int(self.world.now),
            "status": "Queued",
            "user_id": self.world.account.user_id,
            "_areas": [self._row(area, None, "Queued") for area in found],
        }

    def totals(self, values: Mapping[str, Any], found: list[MailedArea]) -> Record:
        price = sum((area.price for area in found), FREE)
        return {
            "total_price": None if self.world.account.hides_prices else amount(price),
            "total_quantity": sum(area.quantity for area in found),
            "currency": CURRENCY,
        }

    def created(self, campaign: Record) -> Record:
        return self.totals(campaign, self.offers(campaign)) | {"data": self.shown(campaign)}

    def _row(self, area: MailedArea, campaign_id: int | None, status: str) -> Record:
        told = ("location_id", "place_name", "postal_code", "country_code")
        return {name: area.location[name] for name in told} | {
            "campaign_id": campaign_id,
            "country_name": country_name(area.location["country_code"]),
            "quantity": area.quantity,
            "price": None if self.world.account.hides_prices else money(area.price, 2),
            "status": status,
        }


def locations(country: str, words: str) -> list[Record]:
    """The areas of a country whose postal code or name has these words."""
    sought = words.strip().lower()
    return [
        place
        for place in _LOCATIONS.values()
        if place["country_code"] == country.upper()
        and (sought in place["place_name"].lower() or sought in place["postal_code"].lower())
    ]


def _place(number: int, place: tuple[str, ...]) -> Record:
    country, postal_code, name, region, code, latitude, longitude = place
    return {
        "location_id": number,
        "country_code": country,
        "postal_code": postal_code,
        "place_name": name,
        "admin_name1": region,
        "admin_code1": code,
        **{f"admin_{what}{level}": "" for what in ("name", "code") for level in (2, 3)},
        "latitude": latitude,
        "longitude": longitude,
        "accuracy": 6,
    }


_LOCATIONS = {number: _place(number, place) for number, place in enumerate(_PLACES, start=1)}


def _areas(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    areas = values.get("areas")
    if not isinstance(areas, list) or not all(isinstance(area, dict) for area in areas):
        raise bad_request({"areas": "The areas must be a list of areas."})
    return areas


def _location(number: object) -> Record:
    text = str(number)
    if not text.isdecimal() or int(text) not in _LOCATIONS:
        raise bad_request({"areas": f"There is no location {text}."})
    return _LOCATIONS[int(text)]


def _quantity(area: Mapping[str, Any]) -> int:
    text = str(area.get("quantity"))
    if not text.isdecimal():
        raise bad_request({"areas": "The quantity of an area must be a number."})
    return int(text)
