"""Numbers: those for sale, buying, registering, and sending from them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tests.sandbox.stage import Stage
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

WHO = {
    "business_name": "Acme Pty Ltd",
    "business_address": "1 Test Street",
    "suburb": "Perth",
    "postcode": "6000",
    "state": "WA",
    "contact_name": "Ada Lovelace",
    "contact_number": "+61411111111",
    "country": "AU",
}
REGISTRATION = {
    "full_name": "Ada Lovelace",
    "company_name": "Acme",
    "email": "ada@acme.example",
    "website_url": "https://acme.example",
    "sample_message": "Your order is ready.",
    "primary_use_case": "Notifications",
    "company_number": "+1-800-555-0199",
    "area_code": "416, 647, 905",
}


def for_sale(caller: Caller, country: str = "AU") -> str:
    number: str = caller.get(f"/numbers/search/{country}")["data"][0]["dedicated_number"]
    return number


def buy(caller: Caller, number: str, **more: object) -> dict[str, object]:
    bought: dict[str, object] = caller.post(f"/numbers/buy/{number}", type="sms", **more)
    return bought


def status(caller: Caller, number: str) -> str:
    rows = caller.get("/numbers", limit=100)["data"]
    return next(row["status"]["name"] for row in rows if row["dedicated_number"] == number)


def test_what_is_for_sale_has_a_price(caller: Caller) -> None:
    page = caller.get("/numbers/search/au")
    assert page["total"] > page["per_page"] == 15
    assert page["_currency"]["currency_name_short"] == "AUD"
    for row in page["data"]:
        assert row["country"] == "AU"
        assert Decimal(row["price_total"]) == Decimal(row["price_setup"]) + Decimal(row["price_monthly"])


def test_where_there_are_none_the_list_is_empty(caller: Caller) -> None:
    assert caller.get("/numbers/search/DE")["data"] == []


@pytest.mark.parametrize(
    ("place", "found"),
    [({"search_type": 0}, False), ({"search_type": 1}, True), ({"search_type": 2}, True), ({}, True)],
)
def test_digits_are_looked_for_in_a_place(caller: Caller, place: dict[str, int], found: bool) -> None:
    number = for_sale(caller)
    rows = caller.get("/numbers/search/AU", search=number[-4:], **place)["data"]
    assert (number in [row["dedicated_number"] for row in rows]) is found
    begins = caller.get("/numbers/search/AU", search=number[1:6], search_type=0)["data"]
    assert begins[0]["dedicated_number"] == number


def test_a_bought_number_is_paid_listed_and_not_for_sale_any_more(caller: Caller, world: World) -> None:
    before, number = world.account.balance, for_sale(caller)
    bought = buy(caller, number)
    assert before - world.account.balance == Decimal(str(bought["price_total"])) == Decimal("38.59")
    assert number in [row["dedicated_number"] for row in caller.get("/numbers")["data"]]
    assert for_sale(caller) != number
    assert caller.ask("POST", f"/numbers/buy/{number}", {"type": "sms"}).status_code == 404


def test_messages_come_from_a_bought_number(caller: Caller) -> None:
    number = for_sale(caller)
    assert caller.send(**{"from": number})["from"] != number
    buy(caller, number)
    row = caller.send(body="Again", **{"from": number})
    assert (row["from"], row["is_shared_system_number"]) == (number, False)
    assert caller.get("/sms/history", q=f"from:{number}")["total"] == 1
    buy(caller, canadian := for_sale(caller, "CA"))
    assert caller.send("+14165550123", "From nearby")["from"] == canadian


def test_a_new_account_has_no_number_until_it_buys_one(
    caller: Caller, stage: Stage, clock: ManualClock
) -> None:
    stage.play(World(messages=0, clock=clock))
    assert "data" not in caller.get("/numbers")
    buy(caller, number := for_sale(caller))
    assert [row["dedicated_number"] for row in caller.get("/numbers")["data"]] == [number]
    assert caller.send()["from"] == number


@pytest.mark.parametrize(
    ("number", "body", "code"),
    [
        ("+61400000001", {"type": "sms"}, 404),
        ("nonsense", {"type": "sms"}, 404),
        ("", {"type": "fax"}, 400),
        ("", {}, 400),
        ("", {"type": "sms", "registration_data": {}}, 400),
        ("", {"type": "sms", "registration_data": "Acme"}, 400),
        ("", {"type": "sms", "registration_data": WHO | {"suburb": "X"}}, 400),
    ],
)
def test_what_cannot_be_bought_costs_nothing(
    caller: Caller, world: World, number: str, body: dict[str, object], code: int
) -> None:
    before = world.account.balance
    answer = caller.ask("POST", f"/numbers/buy/{number or for_sale(caller)}", body)
    assert answer.status_code == code
    assert world.account.balance == before
    assert caller.get("/numbers")["total"] == 2


def test_a_number_needs_credit(caller: Caller, world: World) -> None:
    world.account.balance = Decimal(5)
    answer = caller.ask("POST", f"/numbers/buy/{for_sale(caller)}", {"type": "sms"})
    assert (answer.status_code, answer.json()["response_code"]) == (400, "INSUFFICIENT_CREDIT")
    assert world.account.balance == Decimal(5)


def test_what_is_wrong_with_a_registration_is_said_field_by_field(caller: Caller) -> None:
    body = {"type": "sms", "registration_data": WHO | {"suburb": "X", "country": "Australia"}}
    data = caller.ask("POST", f"/numbers/buy/{for_sale(caller)}", body).json()["data"]
    assert set(data) == {"registration_data.suburb", "registration_data.country"}


def test_an_australian_number_is_registered_with_who_uses_it(caller: Caller, clock: ManualClock) -> None:
    buy(caller, number := for_sale(caller))
    assert status(caller, number) == "Unregistered"
    buy(caller, number := for_sale(caller), registration_data=WHO)
    assert status(caller, number) == "Decision Pending"
    clock.advance(300)
    assert status(caller, number) == "Registered"


def test_canadian_numbers_are_registered_afterwards(caller: Caller, clock: ManualClock) -> None:
    buy(caller, number := for_sale(caller, "CA"))
    caller.post("/numbers/registrations/number-types/10DLC/country/CA", **REGISTRATION)
    assert status(caller, number) == "Decision Pending"
    clock.advance(300)
    assert status(caller, number) == "Registered"


@pytest.mark.parametrize("path", ["10DLC/country/US", "tollfree/country/CA"])
def test_no_other_number_can_be_registered(caller: Caller, path: str) -> None:
    answer = caller.ask("POST", f"/numbers/registrations/number-types/{path}", REGISTRATION)
    assert answer.status_code == 400
    assert answer.json()["data"]


def test_a_registration_needs_every_field(caller: Caller) -> None:
    for name in REGISTRATION:
        rest = {key: value for key, value in REGISTRATION.items() if key != name}
        answer = caller.ask("POST", "/numbers/registrations/number-types/10DLC/country/CA", rest)
        assert answer.json()["data"].keys() == {name}


def test_numbers_of_a_campaign_can_be_left_out(caller: Caller) -> None:
    numbers = caller.get("/numbers", exclude_10dlc_campaign="true")["data"]
    assert {row["country"] for row in numbers} == {"AU"}
    assert caller.get("/numbers", exclude_10dlc_campaign="false")["total"] == 2
    assert caller.history(CUSTOMER) == []
