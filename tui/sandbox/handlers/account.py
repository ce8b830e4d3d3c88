"""The account: details, creation, activation and monthly usage."""

from __future__ import annotations

import calendar
from typing import Any

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.sandbox.answers import Answer, bad_request, not_found
from tui.sandbox.message import guid
from tui.sandbox.prices import CURRENCY, amount
from tui.sandbox.registry import Call, answers
from tui.sandbox.tally import tally

_LANGUAGES = frozenset(
    {"cs", "java", "android", "objectivec", "angular", "ruby", "python", "php", "nodejs", "go"}
)
_UNUSED = ("mms", "voice", "fax", "post", "email", "email_transactional", "postcards")


@answers("account.get")
def get(call: Call) -> Answer:
    return Answer(call.world.account.record(), "Here's your account")


@answers("account.create")
def create(call: Call) -> Answer:
    chance = call.world.chance
    world = call.accounts.create(str(call.body["username"]), guid(chance.getrandbits(128)))
    world.account.update({**call.body, "user_phone": _number(call.body["user_phone"], call.body["country"])})
    return Answer(world.account.record(), "Successfully created an account.")


@answers("account.update")
def update(call: Call) -> Answer:
    account = call.world.account
    number = _number(call.body["user_phone"], call.body["country"])
    account.update({**call.body, "user_phone": number})
    return Answer(account.record(with_subaccount=False), "Your account has been updated.")


@answers("account.verify_send")
def verify_send(call: Call) -> Answer:
    """No code leaves the sandbox; it comes back in the answer, as ClickSend's does."""
    account = call.world.account
    country = call.body.get("country") or account.settings["country"]
    number = _number(call.body.get("user_phone") or account.settings["user_phone"], country)
    account.activation_token = f"{call.world.chance.randrange(1_000_000):06d}"
    sent = {
        "country": country,
        "user_phone": number,
        "type": call.body.get("type") or "sms",
        "activation_token": account.activation_token,
    }
    return Answer(sent, "Verification sent.")


@answers("account.verify")
def verify(call: Call) -> Answer:
    account = call.world.account
    if not account.activation_token or call.path["activation_token"] != account.activation_token:
        raise bad_request({"activation_token": "The activation token is invalid."})
    account.active = True
    account.activation_token = ""
    return Answer(account.record(), "You're account has been verified.")


@answers("account.usage")
def usage(call: Call) -> Answer:
    year, month = call.number("year"), call.number("month")
    if not (2000 <= year < 3000 and 1 <= month <= 12):
        raise bad_request({"month": "There is no such month."})
    begins = calendar.timegm((year, month, 1, 0, 0, 0))
    ends = calendar.timegm((year + month // 12, month % 12 + 1, 1, 0, 0, 0))
    sent, account = tally(call.world.messages, begins, ends), call.world.account
    row = {
        "subaccount_id": account.subaccount_id,
        "username": account.username,
        "total_count": f"{sent.outbound}.00",
        "total_price": amount(sent.price),
        "notes": None,
    }
    used: dict[str, Any] = {
        "sms": [row] if sent.outbound else [],
        "sms_total": {"count": sent.outbound, "price": amount(sent.price)},
    }
    for product in _UNUSED:
        used |= {product: [], f"{product}_total": {"count": 0, "price": 0}}
    return Answer(used | {"_currency": CURRENCY}, "Here is your usage for this month.")


@answers("account.sdk_download")
def sdk_download(call: Call) -> Answer:
    language = call.path["type"]
    if language not in _LANGUAGES:
        raise not_found("There is no SDK for this language.")
    path = call.world.files.add(f"ClickSend SDK for {language}\n", f"clicksend-{language}.zip")
    return Answer({"url": call.on_host(path)}, "Download your file here.")


def _number(typed: object, country: object) -> str:
    try:
        return phone.parse(str(typed), str(country))
    except InvalidInput:
        raise bad_request({"user_phone": "The phone number is invalid."}) from None
