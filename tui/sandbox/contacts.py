"""Contacts, each on one list; the same person may stand on several lists as several contacts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tui.sandbox.answers import bad_request, not_found
from tui.sandbox.collection import Collection, Record

DETAILS: dict[str, Any] = {
    "phone_number": None,
    "first_name": "",
    "last_name": "",
    "custom_1": "",
    "custom_2": "",
    "custom_3": "",
    "custom_4": "",
    "fax_number": None,
    "organization_name": None,
    "email": None,
    "address_line_1": None,
    "address_line_2": None,
    "address_city": None,
    "address_state": None,
    "address_postal_code": None,
    "address_country": None,
}
"""What may be noted of a contact."""
_ONE_OF = ("phone_number", "email", "fax_number")


class Contacts(Collection):
    """The contacts of all lists."""

    def __init__(self, first_id: int) -> None:
        super().__init__("contact_id", DETAILS, first_id=first_id)
        self._indexed_at = -1
        self._by_list: dict[int, list[Record]] = {}
        self._by_number: dict[str, Record] = {}

    def add(self, list_id: int, values: Record, at: int) -> Record:
        """A new contact on a list; it needs a number or an address to be reached at."""
        if not any(values.get(name) for name in _ONE_OF):
            raise bad_request({"phone_number": "A phone number, an email or a fax number is required."})
        return self.create(values, list_id=list_id, date_added=at, date_updated=at)

    def member(self, list_id: int, contact_id: object) -> Record:
        """The contact on this list. Refuses with 404 if it is on another."""
        contact = self.get(contact_id)
        if contact["list_id"] != list_id:
            raise not_found()
        return contact

    def on_list(self, list_id: int) -> list[Record]:
        """The contacts of a list, oldest first."""
        self._index()
        return self._by_list.get(list_id, [])

    def with_number(self, number: str) -> Record | None:
        """The contact that was first noted with this phone number."""
        self._index()
        return self._by_number.get(number)

    def _index(self) -> None:
        if self._indexed_at == self.changes:
            return
        by_list: dict[int, list[Record]] = defaultdict(list)
        self._by_number = {}
        for contact in self:
            by_list[contact["list_id"]].append(contact)
            if contact["phone_number"]:
                self._by_number.setdefault(contact["phone_number"], contact)
        self._by_list, self._indexed_at = dict(by_list), self.changes
