"""The account's dedicated numbers."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tui.sandbox.answers import Answer
from tui.sandbox.countries import country_name
from tui.sandbox.prices import CURRENCY
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import matches, selected, terms

_MONTHLY = {"AU": "18.59", "US": "26.94"}
_NUMBER_TYPES = {"AU": "longcode", "US": "10DLC"}
_READY = {
    "value": 0,
    "label": "REGISTRATION_NOT_REQUIRED",
    "description": "This number is ready to use.",
    "name": "Ready to use",
}


@answers("numbers.list")
def listed(call: Call) -> Answer:
    """An empty list comes without `data` and without a currency, as ClickSend's does."""
    excluded = call.query.get("excluding_number_type", "").lower()
    found = [
        number
        for number in selected(_numbers(call), call.query)
        if number["number_type"].lower() != excluded and matches(number, terms(call.query.get("q2", "")))
    ]
    rows = call.page(found, dict)
    if not found:
        del rows["data"]
    return Answer(rows | {"_currency": CURRENCY if found else None}, "Here are you dedicated numbers.")


def _numbers(call: Call) -> list[dict[str, Any]]:
    return [
        {
            "dedicated_number": number,
            "country": country,
            "price": _MONTHLY[country],
            "_country_name": country_name(country),
            "notes": "",
            "type": "sms",
            "number_type": _NUMBER_TYPES[country],
            "number_category": "standard",
            "number_guid": str(uuid5(NAMESPACE_URL, number)).upper(),
            "form_submission_id": "",
            "status": _READY,
        }
        for country, number in call.world.numbers.items()
    ]
