"""Rules for inbound messages and for delivery reports."""

from __future__ import annotations

from tui.sandbox.plain import Words, plain

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
)
