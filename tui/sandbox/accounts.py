"""The accounts that may sign in: the one on show, ClickSend's three test accounts, and new ones."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as BadBase64
from collections.abc import Iterator

from tui.sandbox.account import TEST_KEY, TRIAL_CREDIT
from tui.sandbox.answers import Refusal
from tui.sandbox.message import FREE
from tui.sandbox.world import World

_FIRST_NEW_ID = 60_001


class Accounts:
    """Worlds by the user names of their accounts."""

    def __init__(self, shown: World) -> None:
        self._shown = shown
        self._others: dict[str, World] = {}
        for username in ("nocredit", "notactive", "banned"):
            account = self._open(username, TEST_KEY).account
            account.balance = FREE
            account.active = username != "notactive"
            account.banned = username == "banned"

    def sign_in(self, authorization: str) -> World:
        """The world of whoever signs in with this header. Refuses wrong keys and banned accounts."""
        username, secret = _credentials(authorization)
        world = next((world for world in self if world.account.username == username), None)
        if world is None or not world.account.accepts(secret):
            raise Refusal(401, "UNAUTHORIZED", "Authorization failed.")
        if world.account.banned:
            raise Refusal(403, "FORBIDDEN", "Your account has been banned.")
        return world

    def create(self, username: str, key: str) -> World:
        """A new account with trial credit, not active until it is verified."""
        if any(world.account.username == username for world in self):
            raise Refusal(400, "ALREADY_EXISTS", "This username already exists.")
        world = self._open(username, key)
        world.account.active = False
        world.account.balance = TRIAL_CREDIT
        return world

    def __iter__(self) -> Iterator[World]:
        return iter((self._shown, *self._others.values()))

    def _open(self, username: str, key: str) -> World:
        number = _FIRST_NEW_ID + len(self._others)
        world = World(seed=number, messages=0, clock=self._shown.clock, username=username, key=key)
        world.account.user_id = number
        self._others[username] = world
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
