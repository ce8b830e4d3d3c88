"""Direct mail: where it can go, and its campaigns."""

from __future__ import annotations

from tui.sandbox.answers import Answer
from tui.sandbox.campaigning import Words, serve_campaigns
from tui.sandbox.direct_mail import locations
from tui.sandbox.registry import Call, answers

serve_campaigns(
    "direct_mail.campaigns_",
    lambda world: world.direct_mail,
    Words(
        listed="Here are your results.",
        priced="Here is your price.",
        sent="New direct mail campaign created.",
    ),
)


@answers("direct_mail.locations_search")
def locations_search(call: Call) -> Answer:
    found = locations(call.path["country"], call.query["q"])
    return Answer(call.page(found, dict), "Here's your result.")
