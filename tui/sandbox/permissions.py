"""Which permission of a sub-account each operation needs."""

from __future__ import annotations

from tui.api.operation import Operation
from tui.sandbox.answers import Refusal
from tui.sandbox.collection import Record

NEEDED: dict[str, str] = {
    "account": "",
    "account.update": "users",
    "account.usage": "reporting",
    "sms": "sms",
    "sms.history_export": "reporting",
    "mms": "mms",
    "mms.history_export": "reporting",
    "voice": "voice",
    "voice.history_export": "reporting",
    "fax": "fax",
    "fax.history_export": "reporting",
    "email": "email",
    "email.history_export": "reporting",
    "post": "post",
    "post.letters_history_export": "reporting",
    "post.postcards_history_export": "reporting",
    "direct_mail": "post",
    "sms_campaigns": "sms",
    "sms_campaigns.link_export": "reporting",
    "sms_campaigns.link_statistics": "reporting",
    "mms_campaigns": "mms",
    "email_marketing": "email",
    "email_marketing.campaigns_history_export": "reporting",
    "contacts": "contacts",
    "search": "contacts",
    "templates": "settings",
    "automations": "settings",
    "email_to_sms": "settings",
    "uploads": "",
    "delivery_issues": "",
    "numbers": "settings",
    "numbers.list": "",
    "numbers.buy": "billing",
    "countries": "",
    "countries.selected_get": "global_sending",
    "countries.selected_set": "global_sending",
    "countries.agree": "global_sending",
    "statistics": "reporting",
    "recharge": "billing",
    "subaccounts": "users",
    "reseller": "reseller",
    "referral": "billing",
    "forgot": "",
}
"""The area by section, or by operation where one differs from its section; empty where none is needed.

ClickSend says what the permissions are called and not what each covers: this is what their names suggest.
"""


def flag_for(operation: Operation[..., object]) -> str:
    """The flag of a sub-account that allows the operation; empty when everybody may."""
    area = NEEDED.get(operation.id, NEEDED[operation.section])
    return f"access_{area}" if area else ""


def check(operation: Operation[..., object], subaccount: Record) -> None:
    """Refuse what the sub-account is not allowed."""
    flag = flag_for(operation)
    if flag and not subaccount[flag]:
        raise Refusal(403, "FORBIDDEN", f"Your subaccount does not have the permission {flag}.")
