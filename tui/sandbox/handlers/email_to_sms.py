"""Who may send e-mails that become text messages, and what is cut from them."""

from __future__ import annotations

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Record
from tui.sandbox.plain import Words, plain
from tui.sandbox.registry import Call


def _judge(call: Call) -> None:
    name, at, domain = str(call.body.get("email_address", "*@*")).partition("@")
    if not (name and at and domain):
        raise bad_request({"email_address": "The email address must be a valid email address."})


def _other_name(rule: Record) -> Record:
    """Alone, ClickSend calls the text by another name than in a list."""
    return {"rule_id": rule["rule_id"], "stripped_string": rule["strip_string"]}


plain(
    "email_to_sms.addresses",
    lambda world: world.allowed_addresses,
    Words(
        listed="Here are some data.",
        created="New data has been saved.",
        shown="Here are some data.",
        updated="Your data has been updated.",
        deleted="Allowed email address was deleted.",
    ),
    judge=_judge,
)

plain(
    "email_to_sms.stripped",
    lambda world: world.stripped_strings,
    Words(
        listed="Here is your result.",
        created="Strip string has been created.",
        shown="Here is your result.",
        updated="Strip string has been updated.",
        deleted="Strip string has been deleted.",
    ),
    one=_other_name,
    gone=True,
)
