"""The account's dedicated numbers, and those for sale."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import ValidationError

from tui.api.models.numbers import Registration
from tui.api.types import DigitsAt, NumberUse
from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.collection import Record
from tui.sandbox.countries import country_name
from tui.sandbox.numbers import PRICES, Status
from tui.sandbox.prices import CURRENCY, money
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import matches, selected, terms

_STATUSES = {
    Status.READY: ("REGISTRATION_NOT_REQUIRED", "Ready to use", "This number is ready to use."),
    Status.UNREGISTERED: ("REGISTRATION_NOT_INITIATED", "Unregistered", "This number is not registered yet."),
    Status.IN_REVIEW: ("REGISTRATION_INITIATED", "Decision Pending", "The registration is being reviewed."),
    Status.REGISTERED: ("REGISTERED", "Registered", "This number is registered."),
}


@answers("numbers.list")
def listed(call: Call) -> Answer:
    """An empty list comes without `data` and without a currency, as ClickSend's does."""
    excluded = call.query.get("excluding_number_type", "").lower()
    without_10dlc = call.query.get("exclude_10dlc_campaign", "").lower() in ("true", "1")
    found = [
        number
        for number in selected(map(_number, call.world.numbers.rented), call.query)
        if number["number_type"].lower() != excluded
        and not (without_10dlc and number["number_type"] == "10DLC")
        and matches(number, terms(call.query.get("q2", "")))
    ]
    rows = call.page(found, dict)
    if not found:
        del rows["data"]
    return Answer(rows | {"_currency": CURRENCY if found else None}, "Here are you dedicated numbers.")


@answers("numbers.search")
def search(call: Call) -> Answer:
    country, digits = call.path["country"].upper(), call.query.get("search", "").lstrip("+")
    place = call.number("search_type", DigitsAt.ANYWHERE)
    found = [number for number in call.world.numbers.for_sale(country) if _has(number[1:], digits, place)]
    rows = call.page(found, lambda number: _for_sale(number, country))
    return Answer(rows | {"_currency": CURRENCY}, "Here are some numbers.")


@answers("numbers.buy")
def buy(call: Call) -> Answer:
    """For an Australian number it may be said at once who uses it: then its registration begins."""
    use = str(call.body["type"])
    if use not in set(NumberUse):
        raise bad_request({"type": "The type must be sms or mms."})
    told = call.body.get("registration_data")
    if told is not None:
        _check(told)
    number = "+" + call.path["dedicated_number"].lstrip("+")
    row = call.world.numbers.buy(number, use, registered=told is not None)
    setup, monthly = PRICES[row["country"]]
    return Answer(
        {
            "dedicated_number": number,
            "country": row["country"],
            "price_total": money(setup + monthly, 2),
            "_price_setup": money(setup, 2),
            "_price_monthly": money(monthly, 2),
            "_currency": CURRENCY,
        },
        "Here is your new number.",
    )


@answers("numbers.register")
def register(call: Call) -> Answer:
    call.world.numbers.register(call.path["number_type"], call.path["country_code"].upper())
    return Answer(None, "10DLC number registration notification sent successfully.")


def _has(number: str, digits: str, place: int) -> bool:
    match place:
        case DigitsAt.AT_THE_START:
            return number.startswith(digits)
        case DigitsAt.AT_THE_END:
            return number.endswith(digits)
    return digits in number


def _check(told: object) -> None:
    """Refuse a registration that lacks something, field by field."""
    try:
        Registration.model_validate(told)
    except ValidationError as error:
        wrong = [".".join(map(str, item["loc"])) for item in error.errors(include_url=False)]
        problems = {f"registration_data.{name}": f"The {name} field is missing or invalid." for name in wrong}
        raise bad_request(problems) from None


def _for_sale(number: str, country: str) -> dict[str, Any]:
    setup, monthly = PRICES[country]
    return {
        "country": country,
        "country_name": country_name(country),
        "dedicated_number": number,
        "price_setup": money(setup, 2),
        "price_monthly": money(monthly, 2),
        "price_total": money(setup + monthly, 2),
        "address_requirement": "local" if country == "AU" else "none",
    }


def _number(row: Record) -> dict[str, Any]:
    label, name, description = _STATUSES[row["status"]]
    number, country = row["dedicated_number"], row["country"]
    return {
        "dedicated_number": number,
        "country": country,
        "price": money(PRICES[country][1], 2),
        "_country_name": country_name(country),
        "notes": "",
        "type": row["type"],
        "number_type": row["number_type"],
        "number_category": "standard",
        "number_guid": str(uuid5(NAMESPACE_URL, number)).upper(),
        "form_submission_id": "",
        "status": {
            "value": int(row["status"]),
            "label": label,
            "description": description,
            "name": name,
        },
    }
