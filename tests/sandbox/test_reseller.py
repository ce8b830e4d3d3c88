"""Resellers: their settings, the accounts of their customers, and credit for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.account import TEST_KEY
from tui.sandbox.world import World

CLIENT = {
    "username": "ada",
    "password": "engine",
    "user_email": "ada@example.com",
    "user_phone": "518-481-1002",
    "user_first_name": "Ada",
    "user_last_name": "Lovelace",
    "account_name": "Engines",
    "country": "US",
}
SETTINGS = {
    "company_name": "MyCompany",
    "subdomain": "mine",
    "allow_public_signups": 0,
    "default_margin": 100,
    "default_margin_numbers": 150,
    "trial_balance": 50,
    "colour_navigation": "#9999FF",
    "logo_url_dark": "https://example.com/dark.png",
    "logo_url_light": "https://example.com/light.png",
}


@pytest.fixture
def stranger(caller: Caller) -> Iterator[Caller]:
    stranger = Caller(caller.url, username="")
    yield stranger
    stranger.close()


def test_settings_are_replaced_and_told_by_subdomain(caller: Caller, stranger: Caller, world: World) -> None:
    assert stranger.get("/reseller/acme")["company_name"] == "Acme"
    changed = caller.put("/reseller", **SETTINGS)
    assert changed == SETTINGS | {"reseller_user_id": world.account.user_id}
    assert caller.get("/reseller") == [changed]
    public = stranger.get("/reseller/mine")
    assert public == {
        name: value
        for name, value in changed.items()
        if name not in ("default_margin", "default_margin_numbers", "trial_balance", "subdomain")
    }
    assert stranger.ask("GET", "/reseller/acme").status_code == 404
    assert caller.ask("PUT", "/reseller", {**SETTINGS, "default_margin": "much"}).status_code == 400
    assert caller.get("/reseller") == [changed]


def test_a_subdomain_belongs_to_one_reseller(caller: Caller) -> None:
    other = Caller(caller.url, "nocredit", TEST_KEY)
    assert other.get("/reseller") == []
    answer = other.ask("PUT", "/reseller", {**SETTINGS, "subdomain": "acme"})
    assert (answer.status_code, answer.json()["response_code"]) == (400, "ALREADY_EXISTS")
    assert other.put("/reseller", **SETTINGS)["subdomain"] == "mine"
    other.close()


def test_a_customer_is_created_listed_and_signs_in(caller: Caller, world: World) -> None:
    before = caller.get("/reseller/accounts")
    assert [row["account_name"] for row in before["data"]] == ["Bayside Dental", "Harbour Cycles"]
    made = caller.post("/reseller/accounts", **CLIENT)
    assert (made["user_phone"], made["balance"], made["active"]) == ("+15184811002", "0.000000", 0)
    assert made["_subaccount"]["access_reseller"] == 0
    assert caller.get("/reseller/accounts")["data"] == [*before["data"], made]
    assert caller.get(f"/reseller/accounts/{made['user_id']}") == made
    for secret in ("engine", made["_subaccount"]["api_key"]):
        ada = Caller(caller.url, "ada", secret)
        assert ada.get("/account")["user_id"] == made["user_id"]
        ada.close()
    again = caller.ask("POST", "/reseller/accounts", CLIENT)
    assert again.json()["response_code"] == "ALREADY_EXISTS"


def test_a_customer_is_changed_by_its_reseller_alone(caller: Caller) -> None:
    number = caller.post("/reseller/accounts", **CLIENT)["user_id"]
    details = {**CLIENT, "username": "augusta", "password": "new", "account_name": "Difference"}
    changed = caller.put(f"/reseller/accounts/{number}", **details)
    assert (changed["account_name"], changed["_subaccount"]) == ("Difference", None)
    ada = Caller(caller.url, "augusta", "new")
    assert ada.get("/account")["account_name"] == "Difference"
    ada.close()
    other = Caller(caller.url, "nocredit", TEST_KEY)
    for method, path in (("GET", f"/reseller/accounts/{number}"), ("PUT", f"/reseller/accounts/{number}")):
        assert other.ask(method, path, details).status_code == 404
    other.close()
    taken = caller.ask("PUT", f"/reseller/accounts/{number}", {**details, "username": "demo"})
    assert taken.json()["response_code"] == "ALREADY_EXISTS"


def test_strangers_sign_up_only_where_the_reseller_lets_them(
    caller: Caller, stranger: Caller, world: World
) -> None:
    body = {**CLIENT, "reseller_user_id": world.account.user_id}
    made = stranger.post("/reseller/accounts-public", **body)
    assert made["user_id"] in world.reseller.customers
    caller.put("/reseller", **SETTINGS)
    refused = stranger.ask("POST", "/reseller/accounts-public", {**body, "username": "alan"})
    assert refused.status_code == 403
    unknown = stranger.ask("POST", "/reseller/accounts-public", {**body, "reseller_user_id": 1})
    assert unknown.status_code == 404
    assert len(world.reseller.customers) == 3


def test_credit_leaves_the_reseller_and_reaches_the_customer(caller: Caller, world: World) -> None:
    number, customer = next(iter(world.reseller.customers.items()))
    giver, taker = world.account.balance, customer.account.balance
    told = caller.put("/reseller/transfer-credit", client_user_id=number, balance=12, currency="AUD")
    assert (told["user_id"], Decimal(told["balance"])) == (number, taker + 12)
    assert (world.account.balance, customer.account.balance) == (giver - 12, taker + 12)
    caller.put("/reseller/transfer-credit", client_user_id=str(number), balance=33, currency="USD")
    assert (world.account.balance, customer.account.balance) == (giver - 62, taker + 62)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"balance": 5000}, 400, "INSUFFICIENT_CREDIT"),
        ({"balance": 10**30}, 400, "INSUFFICIENT_CREDIT"),
        ({"balance": 0}, 400, "BAD_REQUEST"),
        ({"balance": -5}, 400, "BAD_REQUEST"),
        ({"currency": "XXX"}, 400, "BAD_REQUEST"),
        ({"client_user_id": 1}, 404, "NOT_FOUND"),
    ],
)
def test_a_transfer_that_cannot_be_moves_nothing(
    caller: Caller, world: World, body: dict[str, object], status: int, code: str
) -> None:
    number, customer = next(iter(world.reseller.customers.items()))
    before = (world.account.balance, customer.account.balance)
    wanted = {"client_user_id": number, "balance": 12, "currency": "AUD", **body}
    answer = caller.ask("PUT", "/reseller/transfer-credit", wanted)
    assert (answer.status_code, answer.json()["response_code"]) == (status, code)
    assert (world.account.balance, customer.account.balance) == before


def test_what_a_customer_sends_costs_the_customer(caller: Caller, world: World) -> None:
    customer = next(iter(world.reseller.customers.values()))
    before = (world.account.balance, customer.account.balance)
    client = Caller(caller.url, customer.account.username, customer.account.key)
    client.send(CUSTOMER, "Your appointment is tomorrow.")
    assert (world.account.balance, customer.account.balance) == (before[0], before[1] - Decimal("0.0792"))
    assert caller.history() == []
    assert client.ask("GET", "/reseller/accounts").status_code == 403
    client.close()
