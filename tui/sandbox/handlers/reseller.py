"""Resellers: their settings, the accounts of their customers, and credit for them."""

from __future__ import annotations

from decimal import Decimal

from tui.sandbox.answers import Answer, Refusal, bad_request, not_found
from tui.sandbox.handlers.account import owner
from tui.sandbox.message import FREE
from tui.sandbox.prices import currency_of, in_account_currency
from tui.sandbox.registry import Call, answers
from tui.sandbox.reseller import Reseller


@answers("reseller.settings_get")
def settings_get(call: Call) -> Answer:
    settings = call.world.reseller.settings
    return Answer([settings] if settings else [], "Your result.")


@answers("reseller.settings_update")
def settings_update(call: Call) -> Answer:
    reseller, wanted = call.world.reseller, str(call.body["subdomain"])
    if _at(call, wanted) not in (None, reseller):
        raise Refusal(400, "ALREADY_EXISTS", "This subdomain already exists.")
    return Answer(reseller.change(call.body), "Your setting has been updated.")


@answers("reseller.settings_by_subdomain")
def settings_by_subdomain(call: Call) -> Answer:
    reseller = _at(call, call.path["subdomain"])
    if reseller is None:
        raise not_found()
    return Answer(reseller.public_settings, "Here's your result.")


@answers("reseller.accounts_list")
def accounts_list(call: Call) -> Answer:
    customers = list(call.world.reseller.customers.values())
    return Answer(call.page(customers, lambda customer: customer.account.record()))


@answers("reseller.accounts_create")
def accounts_create(call: Call) -> Answer:
    return _sign_up(call, call.world.reseller)


@answers("reseller.accounts_create_public")
def accounts_create_public(call: Call) -> Answer:
    world = call.accounts.get(call.number("reseller_user_id"))
    if world is None:
        raise not_found("Reseller not found.")
    world.reseller.check_public_sign_up()
    return _sign_up(call, world.reseller)


@answers("reseller.accounts_get")
def accounts_get(call: Call) -> Answer:
    return Answer(call.world.reseller.customer(call.path["client_user_id"]).account.record())


@answers("reseller.accounts_update")
def accounts_update(call: Call) -> Answer:
    account = call.world.reseller.customer(call.path["client_user_id"]).account
    details = owner(call.body)
    call.accounts.claim(details["username"], account.main)
    account.update(details)
    return Answer(account.record(with_subaccount=False), "Reseller account has been updated.")


@answers("reseller.transfer_credit")
def transfer_credit(call: Call) -> Answer:
    giver, currency = call.world.account, str(call.body["currency"])
    taker = call.world.reseller.customer(call.body["client_user_id"]).account
    given = call.number("balance")
    if currency_of(currency) is None:
        raise bad_request({"currency": "The currency is invalid."})
    if not given:
        raise bad_request({"balance": "The balance must be more than zero."})
    credit = in_account_currency(Decimal(given), currency)
    if credit > giver.balance:
        raise Refusal(400, "INSUFFICIENT_CREDIT", "Your balance is not sufficient.")
    giver.balance -= credit
    taker.balance += credit
    return Answer(taker.record(), "Your balance has been successfully transferred.")


def _at(call: Call, subdomain: str) -> Reseller | None:
    """The reseller whose site this is."""
    found = (world.reseller for world in call.accounts if world.reseller.settings)
    return next((one for one in found if (one.settings or {})["subdomain"] == subdomain), None)


def _sign_up(call: Call, reseller: Reseller) -> Answer:
    """A new account, whose reseller may look at it and give it credit."""
    details = owner(call.body)
    customer = call.accounts.create(details["username"], balance=FREE)
    customer.account.update(details)
    customer.account.main["access_reseller"] = 0
    reseller.customers[customer.account.user_id] = customer
    return Answer(customer.account.record(), "New reseller has been added.")
