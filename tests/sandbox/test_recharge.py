"""Credit: packages and their prices, the stored card, and payments."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tests.sandbox.caller import Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

NUMBER = "5520000000000000"
CARD = {
    "number": NUMBER,
    "expiry_month": "05",
    "expiry_year": 2031,
    "cvc": "012",
    "name": "Ada Lovelace",
    "bank_name": "Analytical Bank",
}


def test_packages_are_those_of_the_account_or_of_a_country(caller: Caller) -> None:
    own = caller.get("/recharge/packages")
    assert own == caller.get("/recharge/packages", country="au")
    assert own["currency"]["currency_name_short"] == "AUD"
    assert [row["package_id"] for row in own["packages"]] == list(range(1, 11))
    twenty, largest = own["packages"][0], own["packages"][-1]
    price = caller.get("/pricing/AU", currency="AUD")["sms"]
    assert (twenty["package_price"], twenty["sms_price"]) == ("20.00", float(price["price_rate_0"]))
    assert twenty["sms_quantity"] == int(Decimal(20) / Decimal(price["price_rate_0"]))
    assert largest["sms_price"] == float(price["price_rate_3"]) < twenty["sms_price"]
    american = caller.get("/recharge/packages", country="US")
    assert american["currency"]["currency_name_short"] == "USD"
    assert american["packages"][0]["sms_price"] != twenty["sms_price"]
    assert {row["package_id"] for row in american["packages"]}.isdisjoint(range(1, 11))
    assert caller.ask("GET", "/recharge/packages", country="XX").status_code == 400


def test_a_purchase_raises_the_balance_and_is_noted(caller: Caller, world: World, clock: ManualClock) -> None:
    before, payments = world.account.balance, caller.get("/recharge/transactions")["total"]
    clock.advance(10)
    paid = caller.put("/recharge/purchase/2")
    assert paid == {
        "user_id": world.account.user_id,
        "amount": 50,
        "currency": "AUD",
        "amount_aud": 50,
        "date": int(clock.now()),
    }
    assert Decimal(caller.get("/account")["balance"]) == before + 50
    listed = caller.get("/recharge/transactions")
    assert listed["total"] == payments + 1
    newest = listed["data"][0]
    assert (newest["amount"], newest["currency"], newest["date"]) == (50, "AUD", paid["date"])
    assert caller.get(f"/recharge/transactions/{newest['invoice_number']}") == newest
    assert caller.ask("GET", "/recharge/transactions/none").status_code == 404


def test_a_package_in_another_currency_is_worth_its_value(caller: Caller, world: World) -> None:
    before = world.account.balance
    paid = caller.put("/recharge/purchase/11")
    assert (paid["amount"], paid["currency"], paid["amount_aud"]) == (20, "USD", 30.3)
    assert world.account.balance == before + Decimal("30.30")


def test_without_a_card_or_a_package_nothing_is_bought(caller: Caller, world: World) -> None:
    before = world.account.balance
    for package_id in ("0", "51", "x"):
        answer = caller.ask("PUT", f"/recharge/purchase/{package_id}")
        assert (answer.status_code, answer.json()["response_msg"]) == (404, "Package not found.")
    world.billing.card = None
    answer = caller.ask("PUT", "/recharge/purchase/1")
    assert (answer.status_code, answer.json()["response_msg"]) == (404, "Customer token not found.")
    assert (world.account.balance, len(world.billing.payments)) == (before, 4)


def test_a_card_is_kept_without_its_number(caller: Caller, world: World) -> None:
    world.billing.card = None
    assert caller.ask("GET", "/recharge/credit-card").status_code == 404
    stored = caller.ask("PUT", "/recharge/credit-card", CARD)
    assert stored.json()["data"]["token"].startswith("cus_")
    shown = caller.get("/recharge/credit-card")
    assert shown == {
        "display_number": "XXXX-XXXX-XXXX-0000",
        "expiry_month": 5,
        "expiry_year": 2031,
        "name": "Ada Lovelace",
    }
    kept = json.dumps([vars(world.billing), stored.json()])
    assert NUMBER not in kept
    assert "012" not in kept


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "5520000000000001"}, "number"),
        ({"number": "12"}, "number"),
        ({"expiry_month": 13}, "expiry_month"),
        ({"expiry_year": 2020}, "expiry_year"),
        ({"cvc": "abc"}, "cvc"),
        ({"name": ""}, "name"),
    ],
)
def test_a_card_that_cannot_be_is_refused(caller: Caller, wrong: dict[str, object], field: str) -> None:
    before = caller.get("/recharge/credit-card")
    answer = caller.ask("PUT", "/recharge/credit-card", {**CARD, **wrong})
    assert answer.status_code == 400
    assert list(answer.json()["data"]) == [field]
    assert caller.get("/recharge/credit-card") == before


def test_referrals_are_listed(caller: Caller, clock: ManualClock) -> None:
    rows = caller.get("/referral/accounts")["data"]
    assert [row["referral_rule_id"] for row in rows] == [1, 2]
    assert all(row["percentage_referral"] == 5 and row["date_referred"] < clock.now() for row in rows)
