"""The account: details, creation, activation and monthly usage."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from tui.sandbox import reach
from tui.sandbox.answers import Answer, bad_request, not_found
from tui.sandbox.prices import CURRENCY, amount
from tui.sandbox.registry import Call, answers
from tui.sandbox.tally import Tally, by_subaccount, channel_by_subaccount
from tui.sandbox.world import World

_LANGUAGES = frozenset(
    {"cs", "java", "android", "objectivec", "angular", "ruby", "python", "php", "nodejs", "go"}
)
_OTHER_PRODUCTS = ("mms", "voice", "fax", "post", "email", "email_transactional", "postcards")


@answers("account.get")
def get(call: Call) -> Answer:
    return Answer(call.world.account.record(), "Here's your account")


@answers("account.create")
def create(call: Call) -> Answer:
    details = owner(call.body)
    account = call.accounts.create(details["username"]).account
    account.update(details)
    return Answer(account.record(), "Successfully created an account.")


@answers("account.update")
def update(call: Call) -> Answer:
    account = call.world.account
    details = owner(call.body)
    call.accounts.claim(details["username"], account.main)
    account.update(details)
    return Answer(account.record(with_subaccount=False), "Your account has been updated.")


@answers("account.verify_send")
def verify_send(call: Call) -> Answer:
    """No code leaves the sandbox; it comes back in the answer, as ClickSend's does."""
    account = call.world.account
    country = call.body.get("country") or account.settings["country"]
    number = reach.number({**account.settings, **_given(call.body)}, "user_phone", country)
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
    world = call.world
    used = _used(world, "sms", by_subaccount(world.messages, begins, ends))
    for product in _OTHER_PRODUCTS:
        used |= _used(world, product, channel_by_subaccount(world.channels[product], begins, ends))
    return Answer(used | {"_currency": CURRENCY}, "Here is your usage for this month.")


@answers("account.sdk_download")
def sdk_download(call: Call) -> Answer:
    language = call.path["type"]
    if language not in _LANGUAGES:
        raise not_found("There is no SDK for this language.")
    path = call.world.files.add(f"ClickSend SDK for {language}\n", f"clicksend-{language}.zip")
    return Answer({"url": call.on_host(path)}, "Download your file here.")


def owner(values: Mapping[str, Any]) -> dict[str, Any]:
    """An account's details as a caller gives them, its number in international form."""
    number = reach.number(values, "user_phone", values["country"])
    return {**values, "user_phone": number, "username": str(values["username"])}


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _used(world: World, product: str, sent: Mapping[int, Tally]) -> dict[str, Any]:
    """One product's rows, a sub-account each, and their total; 0 is the main one as well."""
    rows: dict[int, Tally] = defaultdict(Tally)
    for number, one in sent.items():
        rows[number or world.account.main["subaccount_id"]] += one
    total = sum(rows.values(), Tally())
    return {
        product: [_usage(world, product, *row) for row in rows.items() if row[1].outbound],
        f"{product}_total": {"count": total.outbound, "price": amount(total.price)},
    }


def _usage(world: World, product: str, subaccount_id: int, sent: Tally) -> dict[str, Any]:
    return {
        "subaccount_id": subaccount_id,
        "username": world.account.subaccounts.username_of(subaccount_id),
        # Of e-mails ClickSend counts whole ones.
        "total_count": sent.outbound if product.startswith("email") else f"{sent.outbound}.00",
        "total_price": amount(sent.price),
        "notes": None,
    }
