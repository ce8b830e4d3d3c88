"""Numbers to send from, through the official client."""

from __future__ import annotations

from decimal import Decimal

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

REGISTRATION = clicksend.RegisterNumbersRequest(
    full_name="Ada Lovelace",
    company_name="Acme",
    email="ada@acme.example",
    website_url="https://acme.example",
    sample_message="Your order is ready.",
    primary_use_case="Notifications",
    company_number="+1-800-555-0199",
    area_code="416, 647, 905",
)


def test_a_number_is_bought(sdk: Sdk, world: World) -> None:
    before = world.account.balance
    offer = sdk("numbers.search", "AU").data.data[0]
    who = clicksend.BuyNumberRequestRegistrationData(
        business_name="Acme Pty Ltd",
        business_address="1 Test Street",
        suburb="Perth",
        postcode="6000",
        state="WA",
        contact_name="Ada Lovelace",
        contact_number="+61411111111",
        country="AU",
    )
    request = clicksend.BuyNumberRequest(
        dedicated_number=offer.dedicated_number, type="sms", registration_data=who
    )
    bought = sdk("numbers.buy", offer.dedicated_number, request).data
    assert (bought.dedicated_number, bought.price_total) == (offer.dedicated_number, offer.price_total)
    assert before - world.account.balance == Decimal(offer.price_total)
    newest = sdk("numbers.list", q="country:AU").data.data[-1]
    assert (newest.dedicated_number, newest.status.value) == (offer.dedicated_number, 2)
    message = clicksend.SendSmsRequestMessagesInner(
        body="Hi", to="+61491570156", **{"from": newest.dedicated_number}
    )
    sent = sdk("sms.send", send_sms_request=clicksend.SendSmsRequest(messages=[message])).data.messages[0]
    assert sent.var_from == offer.dedicated_number
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("numbers.buy", offer.dedicated_number, request)


def test_a_number_is_registered(sdk: Sdk, world: World, clock: ManualClock) -> None:
    number = sdk("numbers.search", "CA").data.data[0].dedicated_number
    sdk("numbers.buy", number, clicksend.BuyNumberRequest(dedicated_number=number, type="mms"))
    answer = sdk("numbers.register", "10DLC", "CA", register_numbers_request=REGISTRATION)
    assert answer.data is None
    clock.advance(300)
    row = sdk("numbers.list", q="country:CA").data.data[0]
    assert (row.type, row.number_type, row.status.label) == ("mms", "10DLC", "REGISTERED")
    with pytest.raises(clicksend.exceptions.BadRequestException):
        sdk("numbers.register", "10DLC", "US", register_numbers_request=REGISTRATION)


def test_the_life_of_an_alpha_tag(sdk: Sdk, clock: ManualClock) -> None:
    before = [row.alpha_tag for row in sdk("numbers.alpha_tags_list").alpha_tags]
    business = clicksend.RequestAlphaTagRequestBusinessesInner.from_dict(
        {
            "country": "AU",
            "business_name": "Acme Pty Ltd",
            "business_relationship": "PRIMARY",
            "business_info": {"website": "https://acme.example", "phone_number": "+61411111111"},
            "business_address": {
                "addr_line1": "1 Test Street",
                "city": "Perth",
                "state": "WA",
                "postal": "6000",
            },
            "representative": {"first_name": "Ada", "last_name": "L", "email": "ada@acme.example"},
            "abn": "51824753556",
        }
    )
    request = clicksend.RequestAlphaTagRequest(
        alpha_tag="Garden", reason="Trademark", countries=["AU"], businesses=[business]
    )
    made = sdk("numbers.alpha_tags_request", request_alpha_tag_request=request)
    assert (made.alpha_tag, made.status, made.countries) == ("Garden", "PENDING", ["AU"])
    clock.advance(300)
    assert sdk("numbers.alpha_tags_get", made.id).status == "APPROVED"
    page = sdk("numbers.alpha_tags_list", page_size=1, sort_direction="desc")
    assert page.metadata.pagination.page_size == 1
    assert "offset=" in page.metadata.pagination.next
    assert sdk("numbers.alpha_tags_delete", made.id) is None
    assert [row.alpha_tag for row in sdk("numbers.alpha_tags_list").alpha_tags] == before
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("numbers.alpha_tags_get", made.id)


def test_the_life_of_an_own_number(sdk: Sdk, raw: Raw) -> None:
    before = len(sdk("numbers.own_numbers_list").own_numbers)
    request = clicksend.RequestOwnNumberVerificationOtpRequest(
        label="Ada", phone_number="0491570158", country="AU"
    )
    begun = sdk("numbers.own_numbers_request_otp", request_own_number_verification_otp_request=request)
    assert (begun.status, begun.remaining_attempts) == ("PENDING", 3)
    code = clicksend.VerifyOwnNumberOtpRequest(code="570158", phone_number="+61491570158", country="AU")
    verified = sdk("numbers.own_numbers_verify_otp", begun.id, verify_own_number_otp_request=code)
    assert (verified.status, verified.remaining_attempts) == ("APPROVED", 2)
    shown = sdk("numbers.own_numbers_get", begun.own_number_id)
    assert (shown.phone_number, shown.label, shown.status) == ("+61491570158", "Ada", "APPROVED")
    assert shown.verified_timestamp >= shown.created_timestamp
    changed = raw("numbers.own_numbers_update", begun.own_number_id, body={"label": "Grace"})
    assert (changed["label"], changed["status"]) == ("Grace", "APPROVED")
    assert sdk("numbers.own_numbers_get", begun.own_number_id).label == "Grace"
    assert len(sdk("numbers.own_numbers_list").own_numbers) == before + 1
    assert str(sdk("numbers.own_numbers_delete", begun.own_number_id).id) == begun.own_number_id
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("numbers.own_numbers_get", begun.own_number_id)


def strategy(
    sender_type: str, sender_id: str
) -> clicksend.CreateDefaultSenderRequestDefaultSenderStrategiesInner:
    return clicksend.CreateDefaultSenderRequestDefaultSenderStrategiesInner(
        sender_type=sender_type, sender_id=sender_id
    )


def test_the_life_of_a_default_sender(sdk: Sdk) -> None:
    request = clicksend.CreateDefaultSenderRequest(
        country_code="NZ", product_type="SMS", default_sender_strategies=[strategy("alpha_tag", "ACME")]
    )
    made = sdk("numbers.default_senders_create", create_default_sender_request=request).data
    assert made.default_sender_strategies[0].sender_id == "ACME"
    change = clicksend.UpdateDefaultSenderRequest(default_sender_strategies=[strategy("shared_longcode", "")])
    sdk("numbers.default_senders_update", made.id, update_default_sender_request=change)
    shown = sdk("numbers.default_senders_get", made.id).data
    assert (shown.country_code, shown.default_sender_strategies[0].sender_type) == ("NZ", "shared_longcode")
    page = sdk("numbers.default_senders_list", per_page=1, sort_by="country_code").data
    assert (len(page.data), page.data[0].country_code) == (1, "FJ")
    assert page.next_page_url
    assert sdk("numbers.default_senders_delete", made.id) is None
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("numbers.default_senders_get", made.id)


def test_a_wrong_default_sender_comes_back_with_details(sdk: Sdk) -> None:
    request = clicksend.CreateDefaultSenderRequest(
        country_code="NZ", product_type="SMS", default_sender_strategies=[strategy("alpha_tag", "Not Mine")]
    )
    with pytest.raises(clicksend.exceptions.BadRequestException) as refused:
        sdk("numbers.default_senders_create", create_default_sender_request=request)
    (detail,) = refused.value.data.details
    assert detail.var_field == "default_sender_strategies[0].sender_id"
    assert detail.reason


def test_countries_allow_kinds_of_sender(sdk: Sdk) -> None:
    (row,) = sdk("numbers.compliant_sender_types", "SMS", ["US"]).data.data
    assert row.recipient_country_code == "US"
    assert "alpha_tag" in row.blocked_sender_types
    assert row.allowed_sender_types[0].allowed_sender_countries.country_codes == ["US"]
    assert len(sdk("numbers.compliant_sender_types", "SMS").data.data) > 200
