"""Sub-accounts: their life, and new keys for them."""

from __future__ import annotations

from typing import Any

from tui.sandbox import reach
from tui.sandbox.answers import Answer
from tui.sandbox.message import guid
from tui.sandbox.registry import Call, answers


@answers("subaccounts.list")
def listed(call: Call) -> Answer:
    return Answer(call.page(list(call.world.account.subaccounts), dict), "SUCCESS")


@answers("subaccounts.create")
def create(call: Call) -> Answer:
    details = _details(call)
    call.accounts.claim(details["api_username"])
    return Answer(
        call.world.account.subaccounts.open(details, _new_key(call)), "New account has been created."
    )


@answers("subaccounts.get")
def get(call: Call) -> Answer:
    return Answer(call.world.account.subaccounts.get(call.path["subaccount_id"]))


@answers("subaccounts.update")
def update(call: Call) -> Answer:
    subaccounts, details = call.world.account.subaccounts, _details(call)
    present = subaccounts.get(call.path["subaccount_id"])
    if "api_username" in details:
        call.accounts.claim(details["api_username"], present)
    changed = subaccounts.change(present["subaccount_id"], details)
    return Answer(changed, f"Subaccount #{present['subaccount_id']} has been updated.")


@answers("subaccounts.delete")
def delete(call: Call) -> Answer:
    gone = call.world.account.subaccounts.delete(call.path["subaccount_id"])
    return Answer(True, f"Subaccount #{gone['subaccount_id']} has been deleted")


@answers("subaccounts.regen_api_key")
def regen_api_key(call: Call) -> Answer:
    key = _new_key(call)
    call.world.account.subaccounts.renew_key(call.path["subaccount_id"], key)
    return Answer({"api_key": key}, "Your API Key has been regenerated.")


def _details(call: Call) -> dict[str, Any]:
    """What is said of the sub-account, its number in international form."""
    details = {name: value for name, value in call.body.items() if value is not None}
    if "phone_number" in details:
        home = call.world.account.settings["country"]
        details["phone_number"] = reach.number(details, "phone_number", home)
    if "email" in details:
        details["email"] = reach.email(details, "email")
    if "api_username" in details:
        details["api_username"] = str(details["api_username"])
    return details


def _new_key(call: Call) -> str:
    return guid(call.world.chance.getrandbits(128))
