"""The countries that an account sends to, through the official client."""

from __future__ import annotations

import clicksend

from tests.contract.driver import Sdk
from tui.sandbox.clock import ManualClock


def test_countries_are_selected_and_agreed_to(sdk: Sdk, clock: ManualClock) -> None:
    known = {row.code: row.id for row in sdk("countries.global_list").data}
    request = clicksend.SelectCountriesForGlobalSendingRequest(country_list_ids=[known["AU"], known["CZ"]])
    selected = sdk("countries.selected_set", select_countries_for_global_sending_request=request).data
    assert {(row.code, row.agreed_at is None) for row in selected} == {("AU", False), ("CZ", True)}
    agreed = sdk("countries.agree").data
    assert {row.code: row.agreed_at for row in agreed}["CZ"] == int(clock.now())
    assert sdk("countries.selected_get").data == agreed
    messages = [
        clicksend.SendSmsRequestMessagesInner(body="Hi", to=to) for to in ("+4915112345678", "+420601123456")
    ]
    priced = sdk(
        "sms.price",
        calculate_sms_price_request=clicksend.CalculateSmsPriceRequest.from_dict(
            {"messages": [message.to_dict() for message in messages]}
        ),
    ).data
    assert [row.status for row in priced.messages] == ["COUNTRY_NOT_ENABLED", "SUCCESS"]


def test_time_zones(sdk: Sdk) -> None:
    assert "Australia/Sydney" in sdk("countries.timezones").data
