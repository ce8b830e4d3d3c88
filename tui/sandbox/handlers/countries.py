"""Countries and list prices."""

from __future__ import annotations

from zoneinfo import available_timezones

from tui.sandbox import selection
from tui.sandbox.answers import Answer, bad_request, not_found
from tui.sandbox.countries import countries
from tui.sandbox.prices import currency_of, price_list
from tui.sandbox.registry import Call, answers

_SELECTED = "Here are your countries selection."


@answers("countries.list")
def listed(call: Call) -> Answer:
    rows = [{"code": code, "value": name} for code, name in countries().items()]
    return Answer(rows, "List of Countries.")


@answers("countries.pricing")
def pricing(call: Call) -> Answer:
    country, currency = call.path["country"].upper(), call.query["currency"].upper()
    if country not in countries():
        raise not_found("Country not found.")
    if currency_of(currency) is None:
        raise bad_request({"currency": "This currency is not supported."})
    return Answer(price_list(country, currency), "Price Lists.")


@answers("countries.timezones")
def timezones(call: Call) -> Answer:
    zones = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return Answer(sorted(zones), "Here are the timezones.")


@answers("countries.global_list")
def global_list(call: Call) -> Answer:
    return Answer(selection.listed(), "List of Countries.")


@answers("countries.selected_get")
def selected_get(call: Call) -> Answer:
    return Answer(call.world.countries.rows(), _SELECTED)


@answers("countries.selected_set")
def selected_set(call: Call) -> Answer:
    call.world.countries.replace(call.body["country_list_ids"])
    return Answer(call.world.countries.rows(), _SELECTED)


@answers("countries.agree")
def agree(call: Call) -> Answer:
    call.world.countries.agree(int(call.world.now))
    return Answer(call.world.countries.rows(), _SELECTED)
