"""The addresses that letters and postcards come back to when they cannot be delivered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Collection, Record
from tui.sandbox.countries import countries

if TYPE_CHECKING:
    from tui.sandbox.world import World

ADDRESS: dict[str, Any] = {
    "address_name": "",
    "address_line_1": "",
    "address_line_2": "",
    "address_city": "",
    "address_state": "",
    "address_postal_code": "",
    "address_country": "",
}
"""The parts of a postal address."""


class ReturnAddresses(Collection):
    """Postal addresses whose country is known."""

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__("return_address_id", ADDRESS, first_id=first_id)
        self._world = world

    def create(self, values: Mapping[str, Any], **computed: Any) -> Record:
        """A new address. Refuses countries that do not exist."""
        owner = {"user_id": self._world.account.user_id}
        return super().create(_with_country(values), **owner | computed)

    def update(self, number: object, values: Mapping[str, Any], **computed: Any) -> Record:
        """The address with other parts. Refuses countries that do not exist."""
        return super().update(number, _with_country(values), **computed)


def country_of(address: Mapping[str, Any]) -> str:
    """The ISO code of an address's country; empty if there is no such country."""
    code = str(address.get("address_country") or "").upper()
    return code if code in countries() else ""


def _with_country(values: Mapping[str, Any]) -> Record:
    country = country_of(values)
    if not country:
        raise bad_request({"address_country": "The address_country must be a country code of two letters."})
    return {**values, "address_country": country}
