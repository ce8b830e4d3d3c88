"""Accounts, sub-accounts, credit and customers through ClickSend's older client."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.contract import older as five
from tests.contract.older import Older
from tui.sandbox.world import World

CLIENT = {
    "username": "ada",
    "password": "engine",
    "user_phone": "518-481-1001",
    "user_email": "ada@example.com",
    "user_first_name": "Ada",
    "user_last_name": "Lovelace",
    "account_name": "Engines",
    "country": "US",
}
CARD: dict[str, Any] = {
    "number": "5520000000000000",
    "expiry_month": 5,
    "expiry_year": 2031,
    "cvc": 123,
    "name": "Ada Lovelace",
    "bank_name": "Analytical Bank",
}


@pytest.fixture
def refused() -> Any:
    """What the client raises when it is refused."""
    return five.client().rest.ApiException


def test_an_account_is_opened_and_activated(older: Older, stage_url: str) -> None:
    made = older("account.create", account=older.model("Account", **CLIENT))
    assert (made["active"], made["user_phone"]) == (0, "+15184811001")
    ada = Older(stage_url, made["_subaccount"]["api_key"], "ada")
    verify = ada.model("AccountVerify", country="US", user_phone="518-481-1001", type="sms")
    token = ada("account.verify_send", account_verify=verify)["activation_token"]
    assert ada("account.verify", token)["active"] == 1
    assert ada("account.get")["active"] == 1
    ada.close()


def test_subaccounts_live_and_end(older: Older, stage_url: str, world: World, refused: Any) -> None:
    person = {"email": "a@example.com", "phone_number": "+61491570156", "first_name": "A", "last_name": "L"}
    model = older.model("Subaccount", api_username="ada", password="engine", access_billing=0, **person)
    made = older("subaccounts.create", subaccount=model)
    number = made["subaccount_id"]
    key = older("subaccounts.regen_api_key", number)["api_key"]
    assert key == world.account.subaccounts.get(number)["api_key"] != made["api_key"]
    ada = Older(stage_url, key, "ada")
    with pytest.raises(refused, match="access_billing"):
        ada("recharge.purchase", 1)
    model.access_billing = 1
    assert older("subaccounts.update", number, subaccount=model)["access_billing"] == 1
    assert ada("recharge.purchase", 1)["amount"] == 20
    assert older("subaccounts.delete", number) is True
    with pytest.raises(refused, match="Unauthorized"):
        ada("account.get")
    ada.close()


def test_credit_is_bought_with_a_stored_card(older: Older, world: World, refused: Any) -> None:
    world.billing.card = None
    with pytest.raises(refused, match="Customer token not found"):
        older("recharge.purchase", 2)
    older("recharge.card_update", credit_card=older.model("CreditCard", **CARD))
    assert world.billing.stored_card()["display_number"] == "XXXX-XXXX-XXXX-0000"
    before = world.account.balance
    assert older("recharge.purchase", 2)["amount"] == 50
    assert world.account.balance == before + 50


def test_a_customer_is_opened_changed_and_given_credit(older: Older, world: World) -> None:
    model = older.model("ResellerAccount", **CLIENT)
    number = older("reseller.accounts_create", reseller_account=model)["user_id"]
    model.account_name = "Difference"
    older("reseller.accounts_update", number, reseller_account=model)
    customer, before = world.reseller.customers[number].account, world.account.balance
    assert customer.settings["account_name"] == "Difference"
    transfer = older.model("ResellerAccountTransferCredit", client_user_id=number, balance=12, currency="AUD")
    older("reseller.transfer_credit", reseller_account_transfer_credit=transfer)
    assert (customer.balance, world.account.balance) == (Decimal(12), before - 12)


def test_what_was_forgotten_is_sent_and_replaced(older: Older, stage_url: str, world: World) -> None:
    older("forgot.username", forgot_username=older.model("ForgotUsername", phone_number="+61491570157"))
    assert world.notices[-1].text == "Your user name is acme-frontdesk."
    older("forgot.password", forgot_password=older.model("ForgotPassword", username="acme-frontdesk"))
    number = next(
        one["subaccount_id"] for one in world.account.subaccounts if one["api_username"] == "acme-frontdesk"
    )
    verify = older.model(
        "AccountForgotPasswordVerify",
        subaccount_id=number,
        activation_token=world.notices[-1].code,
        password="fresh",
    )
    older("forgot.password_verify", verify_password=verify)
    mia = Older(stage_url, "fresh", "acme-frontdesk")
    assert mia("account.get")["_subaccount"]["subaccount_id"] == number
    mia.close()
