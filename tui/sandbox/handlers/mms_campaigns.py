"""MMS campaigns."""

from __future__ import annotations

from tui.sandbox.campaigning import Words, serve_campaigns

serve_campaigns(
    "mms_campaigns.",
    lambda world: world.mms_campaigns,
    Words(
        listed="Here are your MMS campaigns.",
        priced="Here is your price for your MMS Campaign.",
        sent="Your new campaign has been added.",
        shown="Your MMS Campaign.",
        updated="Your MMS Campaign has been updated.",
        cancelled="Your MMS Campaign has been cancelled.",
    ),
    bare=True,
)
