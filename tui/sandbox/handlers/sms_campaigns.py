"""SMS campaigns, and who opened their links."""

from __future__ import annotations

from typing import Any

from tui.sandbox.answers import Answer
from tui.sandbox.collection import Record
from tui.sandbox.files import as_csv
from tui.sandbox.links import SMS_CAMPAIGN, counted
from tui.sandbox.prices import CURRENCY, money
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import selected


@answers("sms_campaigns.list")
def listed(call: Call) -> Answer:
    since, until = call.number("date_from"), call.number("date_to", 1 << 40)
    found = [record for record in call.world.campaigns if since <= record["date_added"] <= until]
    rows = call.page(selected(found, call.query, order="date_added:asc"), dict)
    return Answer(rows, "Here are your SMS campaigns.")


@answers("sms_campaigns.price")
def price(call: Call) -> Answer:
    offers, total = call.world.campaigns.price(call.body)
    first = {
        "from": offers[0].sender if offers else str(call.body.get("from") or ""),
        "body": offers[0].body if offers else call.body["body"],
        "schedule": call.number("schedule") or int(call.world.now),
    }
    shown = None if call.world.account.hides_prices else money(total)
    data = {"total_count": len(offers), "total_price": shown, "data": first, "_currency": CURRENCY}
    return Answer(data, "Here is your price for your SMS Campaign.")


@answers("sms_campaigns.send")
def send(call: Call) -> Answer:
    return Answer(call.world.campaigns.open(call.body), "Your new campaign has been added.")


@answers("sms_campaigns.get")
def get(call: Call) -> Answer:
    return Answer(call.world.campaigns.get(call.path["sms_campaign_id"]), "Your SMS Campaign.")


@answers("sms_campaigns.update")
def update(call: Call) -> Answer:
    record = call.world.campaigns.change(call.path["sms_campaign_id"], call.body)
    return Answer(record, "Your SMS Campaign has been updated.")


@answers("sms_campaigns.cancel")
def cancel(call: Call) -> Answer:
    record = call.world.campaigns.cancel(call.path["sms_campaign_id"])
    return Answer(record, "Your SMS Campaign has been cancelled.")


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
