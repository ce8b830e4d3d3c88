"""Sub-accounts: user names and keys for one account, each allowed some things and not others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Collection, Record

AREAS = (
    *("users", "billing", "reporting", "contacts", "settings", "sms", "email", "voice", "fax", "post", "mms"),
    *("reseller", "global_sending", "smpp"),
)
"""What a sub-account may be allowed, each by the flag `access_<area>`."""
_PERSON = ("api_username", "email", "phone_number", "first_name", "last_name")
_FLAGS = {
    **{f"access_{area}": 1 for area in AREAS},
    "hide_pricing": 0,
    "share_campaigns": 0,
    "sms_deidentify_message": 0,
}


class Subaccounts(Collection):
    """The sub-accounts of one account. The first is the main one: its owner's, which stays.

    All of them share the account's balance and data; nothing is kept apart for one alone.
    """

    def __init__(self, first_id: int) -> None:
        blank = {**dict.fromkeys(_PERSON, ""), **_FLAGS, "notes": ""}
        super().__init__("subaccount_id", blank, first_id=first_id)
        self.reset_codes: dict[int, str] = {}
        """The code that a new password can be set with, by sub-account, until it is used."""
        self._passwords: dict[int, str] = {}

    def open(self, values: Mapping[str, Any], key: str) -> Record:
        """A new sub-account with this key."""
        given = _given(values)
        made = self.create(given, api_key=key, is_main=int(not len(self)), sign_up_type=None)
        return self._remember(made, given.get("password"))

    def change(self, subaccount_id: object, values: Mapping[str, Any]) -> Record:
        """The sub-account with these details replaced; what is null stays."""
        given = _given(values)
        return self._remember(self.update(subaccount_id, given), given.get("password"))

    def renew_key(self, subaccount_id: object, key: str) -> Record:
        """The sub-account with this key in place of the one before."""
        return self.update(subaccount_id, {}, api_key=key)

    def delete(self, number: object) -> Record:
        """The sub-account that is no longer there. Refuses to delete the main one."""
        if self.get(number)["is_main"]:
            raise bad_request({self.key: "The main subaccount cannot be deleted."})
        return super().delete(number)

    def username_of(self, subaccount_id: int) -> str | None:
        """The user name of a sub-account; None when it is gone."""
        return next((one["api_username"] for one in self if one[self.key] == subaccount_id), None)

    def accepts(self, subaccount: Record, secret: str) -> bool:
        """Whether this is its key or its password."""
        return bool(secret) and secret in (
            subaccount["api_key"],
            self._passwords.get(subaccount["subaccount_id"]),
        )

    def set_password(self, subaccount: Record, password: object) -> None:
        """Let it sign in with this password from now on."""
        self._passwords[subaccount["subaccount_id"]] = str(password)

    def _remember(self, subaccount: Record, password: object) -> Record:
        if password:
            self.set_password(subaccount, password)
        return subaccount


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not null. Refuses flags that are neither set nor unset."""
    given = {name: value for name, value in values.items() if value is not None}
    wrong = [name for name in _FLAGS if str(given.get(name, 0)) not in ("0", "1", "False", "True")]
    if wrong:
        raise bad_request({name: f"The {name} must be 1 or 0." for name in wrong})
    return given
