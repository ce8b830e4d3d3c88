"""SMS campaigns, and who opened their links."""

from __future__ import annotations

from typing import Any

from tui.sandbox.answers import Answer
from tui.sandbox.campaigning import Words, serve_campaigns
from tui.sandbox.collection import Record
from tui.sandbox.files import as_csv
from tui.sandbox.links import SMS_CAMPAIGN, counted
from tui.sandbox.registry import Call, answers

serve_campaigns(
    "sms_campaigns.",
    lambda world: world.campaigns,
    Words(
        listed="Here are your SMS campaigns.",
        priced="Here is your price for your SMS Campaign.",
        sent="Your new campaign has been added.",
        shown="Your SMS Campaign.",
        updated="Your SMS Campaign has been updated.",
        cancelled="Your SMS Campaign has been cancelled.",
    ),
)


@answers("sms_campaigns.link_statistics")
def link_statistics(call: Call) -> Answer:
    visits = _visits(call)
    opened = sum(1 for visit in visits if visit["open_count"])
    data = {
        "links": {"opened": opened, "unopened": len(visits) - opened},
        "device": counted(visits, "user_device"),
        "os": counted(visits, "user_os"),
        "browser": counted(visits, "user_browser"),
        "country": counted(visits, "user_geo_country"),
    }
    return Answer(data, "Here is your result.")


@answers("sms_campaigns.link_tracking")
def link_tracking(call: Call) -> Answer:
    return Answer(call.page(_visits(call), dict), "Here is your result.")


@answers("sms_campaigns.link_export")
def link_export(call: Call) -> Answer:
    heading = ("phone_number", "first_name", "last_name", "open_count", "date_opened", "country", "device")
    rows = (_line(visit) for visit in _visits(call))
    path = call.world.files.add(as_csv(heading, rows), call.query["filename"])
    return Answer({"url": call.on_host(path)}, "Download your file here.")


def _visits(call: Call) -> list[dict[str, Any]]:
    world = call.world
    campaign: Record = world.campaigns.get(call.path["campaign_id"])
    found = world.links.of(SMS_CAMPAIGN, campaign["sms_campaign_id"])
    return [visit for link in found for visit in link.visits(world.now)]


def _line(visit: dict[str, Any]) -> tuple[object, ...]:
    who = visit["contact"]
    opened = (visit["open_count"], visit["date_opened"], visit["user_geo_country"], visit["user_device"])
    return (who["phone_number"], who["first_name"], who["last_name"], *opened)
