"""What the official client cannot say well enough is refused, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, NamedTuple

import clicksend
import pytest

from tests.contract.driver import REFUSED, Sdk
from tui.sandbox.world import World

CARD = clicksend.UpdatePaymentInfoRequest(
    number="5520000000000000", expiry_month=5, expiry_year=2031, cvc=123, name="Ada", bank_name="Bank"
)
TEXT = clicksend.CalculateSmsCampaignPriceRequest(list_id="428", name="Spring", var_from="", body="Hi")
BAD_REQUEST = clicksend.exceptions.BadRequestException


class Attempt(NamedTuple):
    """A call with all that the client lets it say; the ids of its records; what would change."""

    ids: Callable[[World], Iterable[object]]
    named: dict[str, Any]
    error: type[Exception]
    match: str
    state: Callable[[World], object]


ATTEMPTS = {
    "email.history_export": Attempt(
        lambda _: (), {}, BAD_REQUEST, "filename", lambda world: world.files.count
    ),
    "post.return_addresses_update": Attempt(
        lambda world: [next(iter(world.return_addresses))["return_address_id"]],
        {
            "update_return_address_request": clicksend.UpdateReturnAddressRequest(
                address_country="NZ", address_state="WLG"
            )
        },
        BAD_REQUEST,
        "address_name",
        lambda world: list(world.return_addresses),
    ),
    "mms_campaigns.update": Attempt(
        lambda world: [next(iter(world.mms_campaigns))["mms_campaign_id"]],
        {"calculate_sms_campaign_price_request": TEXT},
        BAD_REQUEST,
        "subject",
        lambda world: list(world.mms_campaigns),
    ),
    "numbers.own_numbers_update": Attempt(
        lambda world: [next(iter(world.own_numbers))["id"]],
        {},
        clicksend.exceptions.UnauthorizedException,
        "Authorization",
        lambda world: list(world.own_numbers),
    ),
    "reseller.accounts_update": Attempt(
        lambda world: [next(iter(world.reseller.customers))],
        {"update_payment_info_request": CARD},
        BAD_REQUEST,
        "user_email",
        lambda world: [customer.account.settings for customer in world.reseller.customers.values()],
    ),
    "reseller.transfer_credit": Attempt(
        lambda _: (),
        {"update_payment_info_request": CARD},
        BAD_REQUEST,
        "client_user_id",
        lambda world: world.account.balance,
    ),
}


@pytest.mark.parametrize("operation_id", REFUSED)
def test_too_little_is_refused(sdk: Sdk, world: World, operation_id: str) -> None:
    attempt = ATTEMPTS[operation_id]
    before = deepcopy(attempt.state(world))
    with pytest.raises(attempt.error, match=attempt.match):
        sdk(operation_id, *map(str, attempt.ids(world)), **attempt.named)
    assert attempt.state(world) == before
