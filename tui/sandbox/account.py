"""A ClickSend account: who it belongs to, its key, its settings and its money."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tui.sandbox.prices import CURRENCY, money

TRIAL_CREDIT = Decimal("4.998000")
OPENING_BALANCE = Decimal("1117.461060")
TEST_KEY = "D83DED51-9E35-4D42-9BB9-0E34B7CA85AE"
"""ClickSend's published key of its accounts `nocredit`, `notactive` and `banned`."""

_ACCESS = (
    *("users", "billing", "reporting", "contacts", "settings", "sms", "email", "voice", "fax", "post", "mms"),
    *("reseller", "global_sending", "smpp"),
)
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


class Account:
    """One account and its balance in Australian dollars."""

    def __init__(self, username: str, key: str, *, user_id: int, created: int, balance: Decimal) -> None:
        self.username = username
        self.key = key
        self.password = ""
        self.user_id = user_id
        self.created = created
        self.balance = balance
        self.active = True
        self.banned = False
        self.part_limit = 6
        """How many parts a text may have; ClickSend cuts longer ones off."""
        self.hides_prices = False
        """Whether prices are left out of quotes. What ClickSend does then is not documented."""
        self.settings: dict[str, Any] = dict(_SETTINGS)
        self.activation_token = ""

    @property
    def subaccount_id(self) -> int:
        """The sub-account that the key belongs to."""
        return self.user_id + 40_000

    def accepts(self, secret: str) -> bool:
        """Whether this is the account's key or password."""
        return secret == self.key or (bool(self.password) and secret == self.password)

    def update(self, values: Mapping[str, Any]) -> None:
        """Take over the settings among the values."""
        self.settings |= {name: values[name] for name in self.settings if values.get(name) is not None}
        self.username = str(values.get("username") or self.username)
        self.password = str(values.get("password") or self.password)

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
            "_subaccount": self._subaccount() if with_subaccount else None,
        }

    def _subaccount(self) -> dict[str, Any]:
        return {
            "subaccount_id": self.subaccount_id,
            "api_username": self.username,
            "api_key": self.key,
            "email": self.settings["user_email"],
            "phone_number": self.settings["user_phone"],
            "first_name": self.settings["user_first_name"],
            "last_name": self.settings["user_last_name"],
            **{f"access_{area}": 1 for area in _ACCESS},
            "hide_pricing": int(self.hides_prices),
            "share_campaigns": 1,
            "notes": None,
            "is_main": 1,
        }
