"""Reminders of user names, and new passwords in place of forgotten ones."""

from __future__ import annotations

from tui.sandbox import reach
from tui.sandbox.answers import Answer, bad_request, not_found
from tui.sandbox.message import guid
from tui.sandbox.notices import Notice
from tui.sandbox.registry import Call, answers

_SENT = "An email notification has been sent."


@answers("forgot.username")
def username(call: Call) -> Answer:
    """Everybody who can be reached there is told their user name."""
    given = {name: call.body[name] for name in ("email", "phone_number") if call.body.get(name)}
    if len(given) != 1:
        raise bad_request({"email": "Give either the email or the phone number."})
    name, to = next(iter(given.items()))
    if name == "phone_number":
        home = call.body.get("country") or call.world.account.settings["country"]
        to = reach.number(given, name, home)
    found = [(world, one) for world in call.accounts for one in world.account.subaccounts if one[name] == to]
    if not found:
        raise not_found("User not found.")
    for world, subaccount in found:
        world.notices.append(Notice(to, f"Your user name is {subaccount['api_username']}."))
    return Answer([], _SENT)


@answers("forgot.password")
def password(call: Call) -> Answer:
    found = call.accounts.named(str(call.body["username"]))
    if found is None:
        raise not_found("User not found.")
    world, subaccount = found
    code = guid(world.chance.getrandbits(128))
    world.account.subaccounts.reset_codes[subaccount["subaccount_id"]] = code
    text = f"Your verification code is {code}, for subaccount #{subaccount['subaccount_id']}."
    world.notices.append(Notice(subaccount["email"], text, code))
    return Answer([], _SENT)


@answers("forgot.password_verify")
def password_verify(call: Call) -> Answer:
    """A code is good for one new password."""
    subaccounts = call.world.account.subaccounts
    subaccount = subaccounts.get(call.body["subaccount_id"])
    number = subaccount["subaccount_id"]
    if subaccounts.reset_codes.get(number) != str(call.body["activation_token"]):
        raise bad_request({"activation_token": "The activation token is invalid."})
    del subaccounts.reset_codes[number]
    subaccounts.set_password(subaccount, call.body["password"])
    return Answer([], "Your password has been updated.")
