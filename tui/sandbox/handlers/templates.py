"""SMS templates."""

from __future__ import annotations

from tui.sandbox.plain import Words, plain

plain(
    "templates.sms",
    lambda world: world.templates,
    Words(
        listed="Here are your data.",
        created="New template has been saved.",
        shown="Here is your template.",
        updated="Your template has been updated.",
        deleted="Your template has been deleted.",
    ),
)
