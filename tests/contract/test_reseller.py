"""Resellers and their customers through the official client, and over HTTP where it has no method."""

from __future__ import annotations

from decimal import Decimal

import clicksend

from tests.contract.driver import Raw, Sdk
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


def test_a_customer_is_created_and_listed(sdk: Sdk, stage_url: str, world: World) -> None:
    request = clicksend.CreateResellerAccountRequest(**CLIENT)
    made = sdk("reseller.accounts_create", create_reseller_account_request=request).data
    assert (made.user_phone, made.balance, made.subaccount.api_username) == (
        "+15184811002",
        "0.000000",
        "ada",
    )
    assert sdk("reseller.accounts_list").data.data[-1].user_id == made.user_id
    assert sdk("reseller.accounts_get", str(made.user_id)).data.account_name == "Engines"
    assert world.reseller.customers[made.user_id].account.username == "ada"
    ada = Sdk(stage_url, made.subaccount.api_key, username="ada")
    assert ada("account.get").data.user_id == made.user_id
    ada.close()


def test_a_customer_is_changed_and_given_credit(raw: Raw, world: World) -> None:
    number, customer = next(iter(world.reseller.customers.items()))
    changed = raw("reseller.accounts_update", number, body=CLIENT)
    assert (changed["account_name"], customer.account.settings["account_name"]) == ("Engines", "Engines")
    before = (world.account.balance, customer.account.balance)
    credit = {"client_user_id": number, "balance": 12, "currency": "AUD"}
    told = raw("reseller.transfer_credit", body=credit)
    assert Decimal(told["balance"]) == customer.account.balance == before[1] + 12
    assert world.account.balance == before[0] - 12


def test_settings_and_public_sign_up(raw: Raw, world: World) -> None:
    (settings,) = raw("reseller.settings_get")
    changed = raw("reseller.settings_update", body={**settings, "subdomain": "mine", "default_margin": 40})
    assert world.reseller.settings == changed == settings | {"subdomain": "mine", "default_margin": 40}
    public = raw("reseller.settings_by_subdomain", "mine")
    assert (public["company_name"], "default_margin" in public) == ("Acme", False)
    body = {**CLIENT, "reseller_user_id": public["reseller_user_id"]}
    made = raw("reseller.accounts_create_public", body=body)
    assert made["user_id"] in world.reseller.customers
