"""Who may sign in: the account on show, its customers, ClickSend's three test accounts, and new ones."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator
from decimal import Decimal

from tui.sandbox.account import TEST_KEY, TRIAL_CREDIT
from tui.sandbox.answers import Refusal
from tui.sandbox.collection import Record
from tui.sandbox.message import guid
from tui.sandbox.world import World

_FIRST_NEW_ID = 60_001


class Accounts:
    """Every account there is, and whose user name and key open it."""

    def __init__(self, shown: World) -> None:
        self._shown = shown
        self._worlds = {world.account.user_id: world for world in (shown, *shown.reseller.customers.values())}
        for username in ("nocredit", "notactive", "banned"):
            account = self._open(username, TEST_KEY).account
            account.active = username != "notactive"
            account.banned = username == "banned"

    def sign_in(self, authorization: str) -> tuple[World, Record]:
        """The world and the sub-account that this header opens. Refuses wrong keys and banned accounts."""
        username, secret = _credentials(authorization)
        found = self.named(username)
        if found is None or not found[0].account.subaccounts.accepts(found[1], secret):
            raise Refusal(401, "UNAUTHORIZED", "Authorization failed.")
        if found[0].account.banned:
            raise Refusal(403, "FORBIDDEN", "Your account has been banned.")
        return found

    def named(self, username: str) -> tuple[World, Record] | None:
        """Whose user name this is."""
        everybody = ((world, one) for world in self for one in world.account.subaccounts)
        return next((found for found in everybody if found[1]["api_username"] == username), None)

    def claim(self, username: object, holder: Record | None = None) -> None:
        """Refuse a user name that belongs to somebody else."""
        found = self.named(str(username))
        if found and found[1] is not holder:
            raise Refusal(400, "ALREADY_EXISTS", "This username already exists.")

    def create(self, username: str, *, balance: Decimal = TRIAL_CREDIT) -> World:
        """A new account, not active until it is verified."""
        self.claim(username)
        world = self._open(username, guid(self._shown.chance.getrandbits(128)))
        world.account.active = False
        world.account.balance = balance
        return world

    def get(self, user_id: int) -> World | None:
        """The world of the account with this number."""
        return self._worlds.get(user_id)

    def __iter__(self) -> Iterator[World]:
        return iter(self._worlds.values())

    def _open(self, username: str, key: str) -> World:
        user_id = max(_FIRST_NEW_ID - 1, *self._worlds) + 1
        self._worlds[user_id] = world = self._shown.other(username, key, user_id)
        return world


def _credentials(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        username, _, secret = b64decode(encoded, validate=True).decode().partition(":")
    except (BadBase64, UnicodeDecodeError):
        return "", ""
    return username, secret
