"""The numbers that an account rents, and those that it could rent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from tui.sandbox.answers import Refusal, bad_request, not_found
from tui.sandbox.collection import Record
from tui.sandbox.message import FREE

if TYPE_CHECKING:
    from tui.sandbox.world import World

PRICES = {
    "AU": (Decimal("20.00"), Decimal("18.59")),
    "US": (Decimal("5.00"), Decimal("26.94")),
    "CA": (Decimal("5.00"), Decimal("24.10")),
    "GB": (Decimal("10.00"), Decimal("16.40")),
    "NZ": (Decimal("25.00"), Decimal("45.00")),
}
"""What a number costs at first and every month, in the countries where there are some."""
_PREFIXES = {"AU": "+6148107", "US": "+1940394", "CA": "+1438800", "GB": "+44786001", "NZ": "+6421028"}
_LONG_CODES = {"US": "10DLC", "CA": "10DLC"}
_ON_OFFER = range(3_000, 3_280, 7)
_REVIEWED_FOR = 120
"""Seconds from a registration to its approval; with ClickSend it takes days."""


class Status(IntEnum):
    """How far the registration of a number is, as ClickSend counts."""

    READY = 0
    UNREGISTERED = 1
    IN_REVIEW = 2
    REGISTERED = 5


class Numbers(Mapping[str, str]):
    """By country, the number that messages there come from by default; `rented` has all numbers."""

    def __init__(self, world: World, owned: Mapping[str, str]) -> None:
        self._world = world
        self.rented = [_rented(number, country, "sms", Status.READY) for country, number in owned.items()]

    def __getitem__(self, country: str) -> str:
        return self._defaults()[country]

    def __iter__(self) -> Iterator[str]:
        return iter(self._defaults())

    def __len__(self) -> int:
        return len(self._defaults())

    def get_rented(self, number: str) -> Record | None:
        """The number if the account rents it."""
        return next((row for row in self.rented if row["dedicated_number"] == number), None)

    def is_ours(self, number: str) -> bool:
        """Whether messages of the account can come from this number."""
        return bool(self.get_rented(number)) or self._world.own_numbers.is_usable(number)

    def may_send(self, number: str, country: str) -> bool:
        """The same for messages to one country: a rented number serves its own country alone."""
        row = self.get_rented(number)
        return bool(row and row["country"] == country) or self._world.own_numbers.is_usable(number, country)

    def for_sale(self, country: str) -> list[str]:
        """The numbers of a country that nobody has rented yet."""
        prefix = _PREFIXES.get(country)
        if prefix is None:
            return []
        rented = {row["dedicated_number"] for row in self.rented}
        return [number for last in _ON_OFFER if (number := f"{prefix}{last}") not in rented]

    def buy(self, number: str, use: str, *, registered: bool) -> Record:
        """Rent a number and pay for it. Refuses what is not for sale and what cannot be paid."""
        country = next((country for country in _PREFIXES if number in self.for_sale(country)), None)
        if country is None:
            raise not_found("Dedicated number not found.")
        price, account = sum(PRICES[country], FREE), self._world.account
        if price > account.balance:
            raise Refusal(400, "INSUFFICIENT_CREDIT", "You do not have enough credit.")
        account.balance -= price
        wanted = country == "AU" or country in _LONG_CODES
        row = _rented(number, country, use, Status.UNREGISTERED if wanted else Status.READY)
        self.rented.append(row)
        if country == "AU" and registered:
            self._review([row])
        return row

    def register(self, number_type: str, country: str) -> None:
        """Review the numbers of this type and country. Refuses all but Canadian 10DLC, as ClickSend does."""
        if (number_type, country) != ("10DLC", "CA"):
            raise bad_request({"number_type": "Only 10DLC numbers of Canada can be registered."})
        self._review([row for row in self.rented if (row["number_type"], row["country"]) == ("10DLC", "CA")])

    def _review(self, rows: list[Record]) -> None:
        def approve(_: int) -> None:
            for row in rows:
                row["status"] = Status.REGISTERED

        for row in rows:
            row["status"] = Status.IN_REVIEW
        self._world.agenda.add(int(self._world.now) + _REVIEWED_FOR, approve)

    def _defaults(self) -> dict[str, str]:
        return {row["country"]: row["dedicated_number"] for row in reversed(self.rented)}


def _rented(number: str, country: str, use: str, status: Status) -> Record:
    return {
        "dedicated_number": number,
        "country": country,
        "type": use,
        "number_type": _LONG_CODES.get(country, "longcode"),
        "status": status,
    }
