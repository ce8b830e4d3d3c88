"""Countries and list prices."""

from __future__ import annotations

from tui.sandbox.answers import Answer, bad_request, not_found
from tui.sandbox.countries import countries
from tui.sandbox.prices import currency_of, price_list
from tui.sandbox.registry import Call, answers


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
