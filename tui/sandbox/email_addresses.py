"""The addresses that e-mails may come from, and the codes that verify them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.collection import Collection, Record
from tui.sandbox.message import guid

if TYPE_CHECKING:
    from tui.sandbox.world import World


class EmailAddresses(Collection):
    """Each is unverified until the code that was sent to it comes back."""

    def __init__(self, world: World, first_id: int) -> None:
        super().__init__("email_address_id", {"email_address": ""}, first_id=first_id)
        self._world = world
        self._tokens: dict[int, str] = {}

    def create(self, values: Mapping[str, Any], **computed: Any) -> Record:
        """A new address, unverified unless it is said to be. Refuses what is none and what is there."""
        address = str(values["email_address"]).strip()
        name, _, domain = address.partition("@")
        if not name or not domain or " " in address:
            raise bad_request({"email_address": "The email address is invalid."})
        if any(known["email_address"].lower() == address.lower() for known in self):
            raise Refusal(400, "ALREADY_EXISTS", "This email address already exists.")
        fresh = {"verified": 0, "date_added": str(int(self._world.now))}
        return super().create({"email_address": address}, **fresh | computed)

    def send_token(self, number: object) -> str:
        """A new code for an address; the one before it is void."""
        address_id = self.get(number)[self.key]
        self._tokens[address_id] = token = guid(self._world.chance.getrandbits(128))
        return token

    def verify(self, number: object, token: str) -> Record:
        """The address, verified with the code that was sent last. Refuses any other."""
        address = self.get(number)
        if self._tokens.get(address[self.key]) != token.upper():
            raise bad_request({"activation_token": "The activation token is invalid."})
        del self._tokens[address[self.key]]
        return self.update(number, {}, verified=1)

    def usable(self, number: object) -> Record:
        """The verified address with this number. Refuses any other."""
        address = self.get(number)
        if not address["verified"]:
            raise bad_request({"from_email_address_id": "This email address is not verified."})
        return address
