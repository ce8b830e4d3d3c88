"""Letters, postcards and direct mail over HTTP, and return addresses through the official client."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

RETURN = {
    "address_name": "Acme",
    "address_line_1": "12 King Street",
    "address_city": "Newtown",
    "address_postal_code": "2042",
    "address_country": "AU",
}
CARDS = ["https://example.com/front.pdf", "https://example.com/back.pdf"]


@pytest.fixture
def return_address_id(sdk: Sdk) -> int:
    request = clicksend.CreateReturnAddressRequest(**RETURN)
    made = sdk("post.return_addresses_create", create_return_address_request=request).data
    number: int = made.return_address_id
    return number


def ada(return_address_id: int) -> dict[str, Any]:
    return {
        "address_name": "Ada Lovelace",
        "address_line_1": "1 Test Street",
        "address_city": "Perth",
        "address_state": "WA",
        "address_postal_code": "6000",
        "address_country": "AU",
        "return_address_id": return_address_id,
    }


def test_the_life_of_a_return_address(sdk: Sdk, raw: Raw, world: World, return_address_id: int) -> None:
    assert RETURN.items() <= world.return_addresses.get(return_address_id).items()
    number = str(return_address_id)
    assert raw("post.return_addresses_update", number, body=RETURN | {"address_state": "NSW"})
    shown = sdk("post.return_addresses_get", number).data
    assert (shown.address_state, shown.address_city) == ("NSW", "Newtown")
    listed = {row.return_address_id for row in sdk("post.return_addresses_list").data.data}
    assert return_address_id in listed
    assert sdk("post.return_addresses_delete", number).data == []
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("post.return_addresses_get", number)


def test_letters_are_priced_sent_and_found(raw: Raw, world: World, return_address_id: int) -> None:
    before = world.account.balance
    body = {"file_url": "https://example.com/a.pdf", "recipients": [ada(return_address_id)]}
    price = raw("post.letters_price", body=body)
    assert world.account.balance == before
    sent = raw("post.letters_send", body=body)
    assert before - world.account.balance == Decimal("1.27")
    assert price["total_price"] == sent["total_price"] == 1.27
    number = sent["recipients"][0]["message_id"]
    assert number in {row["message_id"] for row in raw("post.letters_history")["data"]}
    assert number in raw.fetch(raw("post.letters_history_export", filename="l.csv")["url"])


def test_postcards_are_priced_sent_and_found(raw: Raw, world: World, return_address_id: int) -> None:
    before = world.account.balance
    body = {"file_urls": CARDS, "recipients": [ada(return_address_id)]}
    assert raw("post.postcards_price", body=body)["total_price"] == 10
    assert world.account.balance == before
    number = raw("post.postcards_send", body=body)["recipients"][0]["message_id"]
    assert before - world.account.balance == 10
    assert number in {row["message_id"] for row in raw("post.postcards_history")["data"]}
    assert number in raw.fetch(raw("post.postcards_history_export", filename="p.csv")["url"])


def test_an_address_is_detected(raw: Raw) -> None:
    found = raw("post.detect_address", body={"address": "Ada, 1 Test Street, Perth WA 6000"})
    assert (found["address_name"], found["address_city"]) == ("Ada", "Perth")


def test_direct_mail_goes_to_areas(raw: Raw, world: World, clock: ManualClock) -> None:
    before = world.account.balance
    (area,) = raw("direct_mail.locations_search", "AU", q="6000")["data"]
    areas = [{"location_id": area["location_id"], "quantity": 5000}]
    body = {"name": "Flyers", "size": "A5", "file_urls": CARDS, "areas": areas}
    assert raw("direct_mail.campaigns_price", body=body)["total_price"] == 600
    assert world.account.balance == before
    made = raw("direct_mail.campaigns_send", body=body)["data"]
    clock.advance(60)
    listed = {row["campaign_id"]: row["status"] for row in raw("direct_mail.campaigns_list")["data"]}
    assert listed[made["campaign_id"]] == "Sent"
    assert before - world.account.balance == 600
