"""Rules for inbound messages and for delivery reports, by channel."""

from __future__ import annotations

from tui.api.types import RuleAction
from tui.sandbox.answers import bad_request
from tui.sandbox.plain import Words, plain
from tui.sandbox.registry import Call

_ACTIONS = {*RuleAction, "NOTHING"}
"""ClickSend's documents show NOTHING as well, for faxes."""


def _judge(call: Call) -> None:
    action = call.body.get("action")
    if action is not None and str(action) not in _ACTIONS:
        raise bad_request({"action": "The selected action is invalid."})


plain(
    "automations.sms_inbound",
    lambda world: world.inbound_rules,
    Words(
        listed="Your list of inbound rules.",
        created="Your record has been added.",
        shown="Your inbound rule.",
        updated="Your record has been updated.",
        deleted="Your record has been deleted.",
    ),
    page_links=True,
    judge=_judge,
)

plain(
    "automations.sms_receipts",
    lambda world: world.receipt_rules,
    Words(
        listed="Your list of rule incoming sms receipt.",
        created="Your new SMS receipt has been added.",
        shown="Your rule incoming voice receipt.",
        updated="Your rule incoming sms receipt has been updated.",
        deleted="Your rule incoming sms receipt has been deleted.",
    ),
    judge=_judge,
)

plain(
    "automations.voice_receipts",
    lambda world: world.voice_receipt_rules,
    Words(
        listed="Your voice receipts.",
        created="Your new voice receipt has been added.",
        shown="Your rule incoming voice receipt.",
        updated="Your rule incoming voice receipt.",
        deleted="Your rule voice receipt has been deleted.",
    ),
    judge=_judge,
)

plain(
    "automations.fax_receipts",
    lambda world: world.fax_receipt_rules,
    Words(
        listed="Here is your result.",
        created="Your new Fax receipt has been added.",
        shown="Your rule incoming fax receipt.",
        updated="Your rule incoming fax receipt has been updated.",
        deleted="Your rule incoming fax receipt has been deleted.",
    ),
    judge=_judge,
    gone=None,
)

plain(
    "automations.fax_inbound",
    lambda world: world.fax_inbound_rules,
    Words(
        listed="Your inbound fax rules.",
        created="New rule has been added.",
        shown="Your inbound fax.",
        updated="Your inbound fax.",
        deleted="Your fax inbound rule has been deleted.",
    ),
    judge=_judge,
)

plain(
    "automations.email_receipts",
    lambda world: world.email_receipt_rules,
    Words(
        listed="Here is your result.",
        created="Automation email receipt rule has been created.",
        shown="Here is your result.",
        updated="Automation email receipt rule has been updated.",
        deleted="Automation email receipt rule has been deleted.",
    ),
    judge=_judge,
    gone=True,
)
