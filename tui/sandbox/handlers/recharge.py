"""Buying credit with a stored card."""

from __future__ import annotations

from decimal import Decimal

from tui.sandbox import packages
from tui.sandbox.answers import Answer, bad_request, not_found
from tui.sandbox.countries import countries
from tui.sandbox.message import guid
from tui.sandbox.prices import in_account_currency
from tui.sandbox.registry import Call, answers


@answers("recharge.card_get")
def card_get(call: Call) -> Answer:
    return Answer(call.world.billing.stored_card(), "Customer payment info.")


@answers("recharge.card_update")
def card_update(call: Call) -> Answer:
    call.world.billing.store(call.body, call.world.now)
    token = f"cus_{guid(call.world.chance.getrandbits(128)).replace('-', '')[:22]}"
    return Answer({"token": token}, "Your payment info has been updated.")


@answers("recharge.packages")
def listed(call: Call) -> Answer:
    country = (call.query.get("country") or str(call.world.account.settings["country"])).upper()
    if country not in countries():
        raise bad_request({"country": "The country is invalid."})
    return Answer(packages.packages(country), "List of Packages.")


@answers("recharge.purchase")
def purchase(call: Call) -> Answer:
    world, number = call.world, call.path["package_id"]
    world.billing.stored_card()
    found = packages.package_price(int(number)) if number.isdecimal() else None
    if found is None:
        raise not_found("Package not found.")
    price, currency = found
    credit = round(in_account_currency(Decimal(price), currency), 2)
    world.account.balance += credit
    world.billing.note(price, currency, int(world.now), world.chance.getrandbits(128))
    # Whole dollars are a whole number, as in ClickSend's own client.
    in_dollars = int(credit) if credit == int(credit) else float(credit)
    paid = {"user_id": world.account.user_id, "amount": price, "currency": currency}
    return Answer(
        paid | {"amount_aud": in_dollars, "date": int(world.now)},
        f"Successfully purchased a package #{number}",
    )


@answers("recharge.transactions_list")
def transactions_list(call: Call) -> Answer:
    return Answer(call.page(call.world.billing.payments[::-1], dict), "Here are your transactions.")


@answers("recharge.transactions_get")
def transactions_get(call: Call) -> Answer:
    return Answer(call.world.billing.payment(call.path["transaction_id"]), "Here is your transaction.")
