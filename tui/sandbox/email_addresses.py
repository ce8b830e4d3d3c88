"""The addresses that e-mails may come from, what is special about those they go to, and their plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.collection import Collection, Record
from tui.sandbox.message import guid

if TYPE_CHECKING:
    from tui.sandbox.world import World

_TEST_ADDRESSES = frozenset({"test1@test.com", "test2@test.com", "test3@test.com"})
_BOUNCES = "bounce"
_TAG = re.compile(r"<[^>]*>")


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


def is_test(address: str) -> bool:
    """Whether it is one of ClickSend's test recipients: nothing is sent to them and nothing charged."""
    return address.lower() in _TEST_ADDRESSES


def bounces(address: str) -> bool:
    """Whether nothing can be delivered to it: its name says so."""
    return address.lower().startswith(_BOUNCES)


def plain_text(html: str) -> str:
    """The words of an e-mail's HTML."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())
