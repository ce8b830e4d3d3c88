"""E-mail campaigns, and the addresses that e-mails may come from."""

from __future__ import annotations

from tui.sandbox.answers import Answer
from tui.sandbox.campaigning import Words as CampaignWords
from tui.sandbox.campaigning import serve_campaigns
from tui.sandbox.collection import Record
from tui.sandbox.files import as_csv
from tui.sandbox.plain import Words, plain
from tui.sandbox.registry import Call, answers

plain(
    "email_marketing.addresses",
    lambda world: world.email_addresses,
    Words(
        listed="Here are your email addresses",
        created="Email address has been created.",
        shown="Here is your email address.",
        deleted="Email address deleted.",
    ),
    gone=None,
)

serve_campaigns(
    "email_marketing.campaigns_",
    lambda world: world.email_campaigns,
    CampaignWords(
        listed="Here are your email campaigns",
        priced="Total price for email campaign.",
        sent="Email campaign has been created.",
        shown="Here is your email campaign.",
        updated="Email campaign has been updated.",
        cancelled="Email campaign has been cancelled.",
    ),
)


@answers("email_marketing.addresses_verify_send")
def addresses_verify_send(call: Call) -> Answer:
    """No e-mail leaves the sandbox: the code comes back in the answer, where ClickSend's has nothing."""
    token = call.world.email_addresses.send_token(call.path["email_address_id"])
    return Answer({"activation_token": token}, "Verification email has been sent.")


@answers("email_marketing.addresses_verify")
def addresses_verify(call: Call) -> Answer:
    address_id, token = call.path["email_address_id"], call.path["activation_token"]
    return Answer(call.world.email_addresses.verify(address_id, token), "Email address verified.")


@answers("email_marketing.campaigns_history")
def campaigns_history(call: Call) -> Answer:
    return Answer(call.page(_history(call), dict), "Here is your result.")


@answers("email_marketing.campaigns_history_export")
def campaigns_history_export(call: Call) -> Answer:
    rows = _history(call)
    heading = list(rows[0]) if rows else ["to_address", "status"]
    path = call.world.files.add(as_csv(heading, (list(row.values()) for row in rows)), "export.csv")
    return Answer({"url": call.on_host(path)}, "Download your file here.")


def _history(call: Call) -> list[Record]:
    since, until = call.number("date_from"), call.number("date_to", 1 << 40)
    return call.world.email_campaigns.history(call.path["email_campaign_id"], since, until)
