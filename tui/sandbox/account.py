"""A ClickSend account: who it belongs to, its key, its settings and its money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from tui.sandbox.collection import Record
from tui.sandbox.message import Message
from tui.sandbox.prices import CURRENCY, money
from tui.sandbox.subaccounts import Subaccounts

TRIAL_CREDIT = Decimal("4.998000")
OPENING_BALANCE = Decimal("1117.461060")
TEST_KEY = "D83DED51-9E35-4D42-9BB9-0E34B7CA85AE"
"""ClickSend's published key of its accounts `nocredit`, `notactive` and `banned`."""

_SETTINGS = {
    "account_name": "Acme",
    "user_email": "demo@acme.example",
    "user_phone": "+61491570156",
    "user_first_name": "Priya",
    "user_last_name": "Raman",
    "country": "AU",
    "timezone": "Australia/Sydney",
    "private_uploads": 0,
    "setting_sms_hide_business_name": 0,
    "setting_sms_hide_your_number": 0,
}
"""What its owner may change."""
_OWNER = {
    "email": "user_email",
    "phone_number": "user_phone",
    "first_name": "user_first_name",
    "last_name": "user_last_name",
}
"""What the main sub-account has from the settings."""


class Account:
    """One account and its balance in Australian dollars."""

    def __init__(self, username: str, key: str, *, user_id: int, created: int, balance: Decimal) -> None:
        self.user_id = user_id
        self.created = created
        self.balance = balance
        self.active = True
        self.banned = False
        self.is_new = False
        """Whether what ClickSend offers to no new customer is refused."""
        self.part_limit = 6
        """How many parts a text may have; ClickSend cuts longer ones off."""
        self.settings: dict[str, Any] = dict(_SETTINGS)
        self.activation_token = ""
        self.subaccounts = Subaccounts(first_id=user_id + 40_000)
        self.main = self.subaccounts.open({"api_username": username, "share_campaigns": 1}, key)
        self._acting = self.main
        self.update({})

    @property
    def username(self) -> str:
        """What the owner signs in with."""
        return str(self.main["api_username"])

    @property
    def key(self) -> str:
        """The owner's key."""
        return str(self.main["api_key"])

    @property
    def subaccount_id(self) -> int:
        """The sub-account whose call is being answered; between calls the main one."""
        return int(self._acting["subaccount_id"])

    @property
    def hides_prices(self) -> bool:
        """Whether prices are left out of quotes. What ClickSend does then is not documented."""
        return bool(self._acting["hide_pricing"])

    @hides_prices.setter
    def hides_prices(self, hides: bool) -> None:
        self._acting["hide_pricing"] = int(hides)

    @contextmanager
    def acting(self, subaccount: Record) -> Iterator[None]:
        """Answer a call of this sub-account: what is done meanwhile is done by it."""
        self._acting = subaccount
        try:
            yield
        finally:
            self._acting = self.main

    def sender_of(self, message: Message) -> int:
        """The sub-account that a message belongs to."""
        return message.subaccount_id or int(self.main["subaccount_id"])

    def update(self, values: Mapping[str, Any]) -> None:
        """Take over the settings among the values."""
        self.settings |= {name: values[name] for name in self.settings if values.get(name) is not None}
        owner = {name: self.settings[setting] for name, setting in _OWNER.items()}
        owner |= {"api_username": values.get("username") or self.username, "password": values.get("password")}
        self.subaccounts.change(self.main["subaccount_id"], owner)

    def record(self, *, with_subaccount: bool = True) -> dict[str, Any]:
        """The account as ClickSend tells it: with its key in clear."""
        settings = self.settings
        return {
            "user_id": self.user_id,
            "username": self.username,
            **settings,
            "active": int(self.active),
            "banned": int(self.banned),
            "balance": money(self.balance, 6),
            "balance_commission": "0.000000",
            "low_credit_amount": "50.00",
            "auto_recharge": 0,
            "auto_recharge_amount": "20.00",
            "account": 0,
            "account_billing_email": settings["user_email"],
            "account_billing_mobile": settings["user_phone"],
            "reply_to": "originalemail",
            "delivery_to": settings["user_email"],
            "date_sign_up": self.created,
            "country_ip": settings["country"],
            "default_country_sms": settings["country"],
            "priority": 0,
            "price_rate": 0,
            "pricing_variant": 0,
            "on_trial": 0,
            "trial_expiry": None,
            "old_dashboard": 0,
            "fax_quality": 0,
            "setting_unicode_sms": 1,
            "setting_email_sms_subject": 0,
            "setting_fix_sender_id": 0,
            "setting_sms_message_char_limit": self.part_limit,
            "_currency": CURRENCY,
            "_subaccount": dict(self._acting) if with_subaccount else None,
        }
