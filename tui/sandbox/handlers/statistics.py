"""Statistics of the last thirty days, and of short links."""

from __future__ import annotations

from typing import Any

from tui.sandbox.answers import Answer, not_found
from tui.sandbox.links import Link, counted
from tui.sandbox.prices import CURRENCY, amount
from tui.sandbox.registry import Call, answers
from tui.sandbox.tally import Tally, channel_tally, tally
from tui.sandbox.voice import VOICE

DAYS = 30
_DAY = 86_400
_VISITS_SHOWN = 20


@answers("statistics.sms")
def sms(call: Call) -> Answer:
    """Days are those of UTC, today the last."""
    days = {start: tally(call.world.messages, start, start + _DAY) for start in _days(call)}
    stats = [{"date": start, **_counts(day)} for start, day in days.items()]
    total = _counts(sum(days.values(), Tally()))
    return Answer({"total": total, "stats": stats, "_currency": CURRENCY})


@answers("statistics.voice")
def voice(call: Call) -> Answer:
    log = VOICE.log(call.world)
    days = {start: channel_tally(log, start, start + _DAY) for start in _days(call)}
    stats = [{"date": start, **_calls(day)} for start, day in days.items()]
    total = _calls(sum(days.values(), Tally()))
    return Answer({"total": total, "stats": stats, "_currency": CURRENCY}, "Here are your statistics.")


@answers("statistics.short_url")
def short_url(call: Call) -> Answer:
    found = call.world.links.of(call.path["source"], call.path["source_id"])
    return Answer({"data": [_opened(link, call.world.now) for link in found]}, bare=True)


@answers("statistics.short_url_tracking")
def short_url_tracking(call: Call) -> Answer:
    """Pages by an opaque offset, which is the number of the first visit shown."""
    link = call.world.links.get(call.path["long_url_id"])
    if link is None:
        raise not_found("Link not found.")
    visits, start = link.visits(call.world.now), call.number("offset")
    limit = min(100, call.number("limit", _VISITS_SHOWN))
    shown = visits[start : start + limit]

    def url(offset: int, way: str) -> str:
        return f"{call.url}?offset={offset}&limit={limit}&direction={way}"

    data = {
        "total": len(visits),
        "per_page": limit,
        "current_page_size": len(shown),
        "prev_page_url": url(max(0, start - limit), "backward") if start else None,
        "next_page_url": url(start + limit, "forward") if start + limit < len(visits) else None,
        "data": [_tracked(visit) for visit in shown],
    }
    return Answer(data, bare=True)


def _days(call: Call) -> range:
    today = int(call.world.now) // _DAY * _DAY
    return range(today - (DAYS - 1) * _DAY, today + _DAY, _DAY)


def _counts(day: Tally) -> dict[str, Any]:
    return {
        "outbound": {"count": day.outbound, "price": amount(day.price)},
        "inbound": {"count": day.inbound, "price": 0},
        "bounced": {"count": day.bounced, "price": 0},
    }


def _calls(day: Tally) -> dict[str, Any]:
    """Nobody calls in."""
    return {name: counts for name, counts in _counts(day).items() if name != "inbound"}


def _opened(link: Link, now: float) -> dict[str, Any]:
    visits = link.visits(now)
    opened = [visit for visit in visits if visit["open_count"]]
    links = {
        "total": len(visits),
        "opened_unique": len(opened),
        "opened_total": sum(visit["open_count"] for visit in opened),
        "unopened": len(visits) - len(opened),
    }
    fields = {"device": "user_device", "os": "user_os", "browser": "user_browser"}
    fields |= {"country": "user_geo_country", "region": "user_geo_region"}
    return {"long_url_id": link.id, "links": links} | {
        name: counted(opened, field) for name, field in fields.items()
    }


def _tracked(visit: dict[str, Any]) -> dict[str, Any]:
    """Here the id of a contact is a text."""
    return visit | {"contact": visit["contact"] | {"contact_id": str(visit["contact"]["contact_id"])}}
