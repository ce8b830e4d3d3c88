"""Credit and referrals through the official client."""

from __future__ import annotations

import clicksend
import pytest

from tests.contract.driver import Sdk
from tui.sandbox.world import World


def test_credit_is_bought_with_the_stored_card(sdk: Sdk, world: World) -> None:
    before = world.account.balance
    offered = sdk("recharge.packages").data
    package = offered.packages[1]
    assert (package.package_price, offered.currency.min_recharge_amount) == ("50.00", "20.00")
    paid = sdk("recharge.purchase", str(package.package_id)).data
    assert (paid.amount, paid.amount_aud, paid.currency) == (50, 50, "AUD")
    assert world.account.balance == before + 50
    newest = sdk("recharge.transactions_list").data.data[0]
    assert (newest.amount, newest.var_date) == (50, paid.var_date)
    assert sdk("recharge.transactions_get", newest.invoice_number).data == newest


def test_a_card_is_stored_and_shown_masked(sdk: Sdk, world: World) -> None:
    world.billing.card = None
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("recharge.card_get")
    with pytest.raises(clicksend.exceptions.NotFoundException, match=r"Customer token not found\."):
        sdk("recharge.purchase", "1")
    request = clicksend.UpdatePaymentInfoRequest(
        number="5520000000000000",
        expiry_month=5,
        expiry_year=2031,
        cvc=123,
        name="Roland Robot",
        bank_name="Robotic Banking",
    )
    assert sdk("recharge.card_update", update_payment_info_request=request).data.token.startswith("cus_")
    card = sdk("recharge.card_get").data
    assert (card.display_number, card.expiry_month, card.name) == ("XXXX-XXXX-XXXX-0000", 5, "Roland Robot")
    assert world.billing.card == card.to_dict()


def test_referrals_are_listed(sdk: Sdk, world: World) -> None:
    listed = sdk("referral.accounts_list").data
    assert [row.percentage_referral for row in listed.data] == [5, 5]
    assert [row.referral_rule_id for row in listed.data] == [
        one["referral_rule_id"] for one in world.referrals
    ]
