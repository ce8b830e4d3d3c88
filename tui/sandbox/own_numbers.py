"""Phones of the account's owner that messages may come from, once a code that was sent there is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Collection, Record, uuids

if TYPE_CHECKING:
    from tui.sandbox.world import World

_ATTEMPTS = 3
_CODE_LASTS = 600
"""Seconds."""
_NEARS_EXPIRY_AFTER = 334 * 86_400
"""Seconds: eleven months."""
_NOT_FOR = frozenset({"US", "CA"})


class OwnNumbers(Collection):
    """Own numbers in order of creation, with the verifications that were begun."""

    def __init__(self, world: World) -> None:
        super().__init__("id", {"label": ""}, ids=uuids(world.seed, "own numbers"))
        self._world = world
        self.verifications = Collection("id", {}, ids=uuids(world.seed, "verifications"))

    def add(self, number: str, country: str, label: str, *, verified: int | None = None) -> Record:
        """A number that is not verified, or was at some moment."""
        at = verified or int(self._world.now)
        return self.create(
            {"label": label},
            phone_number=number,
            country=country,
            status="APPROVED" if verified else "PENDING",
            verified=verified,
            created=at,
            updated=at,
        )

    def change(self, number_id: str, label: str) -> Record:
        """The number with another label."""
        return self.update(number_id, {"label": label}, updated=int(self._world.now))

    def begin(self, number: str, country: str, label: str) -> Record:
        """Send a code to a number, new or known. In the sandbox the code is its last six digits."""
        known = next((row for row in self if row["phone_number"] == number), None)
        owned, now = known or self.add(number, country, label), int(self._world.now)
        return self.verifications.create(
            {},
            own_number_id=owned["id"],
            status="PENDING",
            remaining_attempts=_ATTEMPTS,
            expires=now + _CODE_LASTS,
            created=now,
            updated=now,
        )

    def verify(self, verification_id: str, number: str, code: str) -> Record:
        """Approve the number if the code is right. Refuses a wrong code, and any after three or too late."""
        verification = self.verifications.get(verification_id)
        owned, now = self.get(verification["own_number_id"]), int(self._world.now)
        if verification["status"] != "PENDING" or now > verification["expires"]:
            raise bad_request({"code": "The code has expired: ask for another."})
        right = owned["phone_number"] == number and code == number[-6:]
        verification["remaining_attempts"] -= 1
        verification["updated"] = owned["updated"] = now
        if right:
            verification["status"] = owned["status"] = "APPROVED"
            owned["verified"] = now
        elif not verification["remaining_attempts"]:
            verification["status"] = "REJECTED"
            owned["status"] = "REJECTED" if owned["verified"] is None else owned["status"]
        if not right:
            raise bad_request({"code": "The code is wrong."})
        return verification

    def is_usable(self, number: str, country: str = "") -> bool:
        """Whether messages, to this country, may come from the number."""
        return country not in _NOT_FOR and any(
            row["phone_number"] == number and row["status"] == "APPROVED" for row in self
        )

    def nears_expiry(self, row: Record) -> bool:
        """Whether the number should be verified again soon."""
        return row["verified"] is not None and self._world.now - row["verified"] > _NEARS_EXPIRY_AFTER
