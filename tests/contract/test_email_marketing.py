"""E-mail campaigns, their addresses and their templates through the official client."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


@pytest.fixture
def list_id(raw: Raw) -> int:
    number: int = raw("contacts.lists_create", body={"list_name": "Two"})["list_id"]
    for name in ("ada", "alan"):
        raw("contacts.create", number, body={"first_name": name, "email": f"{name}@example.com"})
    return number


@pytest.fixture
def address_id(sdk: Sdk) -> int:
    """A verified address."""
    request = clicksend.CreateAllowedEmailAddressRequest(email_address="sales@acme.example")
    number: int = sdk(
        "email_marketing.addresses_create", create_allowed_email_address_request=request
    ).data.email_address_id
    token = sdk("email_marketing.addresses_verify_send", str(number)).data["activation_token"]
    assert sdk("email_marketing.addresses_verify", str(number), token).data.verified == 1
    return number


def details(list_id: int, address_id: int) -> dict[str, str]:
    return {
        "list_id": str(list_id),
        "name": "Spring",
        "subject": "It is spring",
        "body": "<p>Hi</p>",
        "from_email_address_id": str(address_id),
        "from_name": "Acme",
    }


def send(sdk: Sdk, list_id: int, address_id: int, **more: Any) -> Any:
    request = clicksend.SendEmailCampaignRequest(**details(list_id, address_id), **more)
    return sdk("email_marketing.campaigns_send", send_email_campaign_request=request).data


def test_the_life_of_an_address(sdk: Sdk, world: World, address_id: int) -> None:
    assert world.email_addresses.get(address_id)["verified"] == 1
    shown = sdk("email_marketing.addresses_get", str(address_id)).data
    assert (shown.email_address, shown.verified) == ("sales@acme.example", 1)
    listed = {row.email_address for row in sdk("email_marketing.addresses_list").data.data}
    assert "sales@acme.example" in listed
    with pytest.raises(clicksend.exceptions.BadRequestException):
        sdk("email_marketing.addresses_verify", str(address_id), "wrong")
    assert sdk("email_marketing.addresses_delete", str(address_id)).data is None
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("email_marketing.addresses_get", str(address_id))


def test_a_campaign_is_priced_and_goes_out(
    sdk: Sdk, raw: Raw, world: World, clock: ManualClock, list_id: int, address_id: int
) -> None:
    before = world.account.balance
    request = clicksend.CalculateEmailCampaignPriceRequest(**details(list_id, address_id))
    price = sdk("email_marketing.campaigns_price", calculate_email_campaign_price_request=request).data
    assert (price.total_count, price.queued_count, price.total_price) == (2, 2, "0.0200")
    assert world.account.balance == before
    sent = send(sdk, list_id, address_id)
    assert (sent.total_price, sent.data.status, sent.currency.currency_name_short) == (
        "0.0200",
        "Queued",
        "AUD",
    )
    number = str(sent.data.email_campaign_id)
    clock.advance(60)
    assert sdk("email_marketing.campaigns_get", number).data.status == "Sent"
    assert before - world.account.balance == Decimal("0.02")
    rows = sdk("email_marketing.campaigns_history", number).data.data
    assert {row.to_address for row in rows} == {"ada@example.com", "alan@example.com"}
    assert number in {str(row.email_campaign_id) for row in sdk("email_marketing.campaigns_list").data.data}
    assert "ada@example.com" in raw.fetch(raw("email_marketing.campaigns_history_export", number)["url"])
    files = world.files.count
    assert sdk("email_marketing.campaigns_history_export", number) is None
    assert world.files.count == files + 1


def test_a_draft_is_scheduled_and_then_cancelled(
    sdk: Sdk, clock: ManualClock, list_id: int, address_id: int
) -> None:
    number = str(send(sdk, list_id, address_id, draft=1).data.email_campaign_id)
    changed = details(list_id, address_id) | {"schedule": int(clock.now()) + 600, "subject": "Changed"}
    request = clicksend.UpdateEmailCampaignRequest(
        **changed | {"list_id": list_id, "from_email_address_id": address_id}
    )
    shown = sdk("email_marketing.campaigns_update", number, update_email_campaign_request=request).data
    assert (shown.status, shown.subject) == ("Scheduled", "Changed")
    assert sdk("email_marketing.campaigns_cancel", number).data.status == "Cancelled"
    clock.advance(900)
    assert sdk("email_marketing.campaigns_history", number).data.total == 0


def test_the_life_of_a_template(sdk: Sdk, raw: Raw) -> None:
    design = sdk("templates.master_list").data[0]
    assert sdk("templates.master_get", str(design.template_id_master)).data.body == design.body
    request = clicksend.CreateEmailTemplateRequest(
        template_id_master=design.template_id_master, template_name="News"
    )
    made = sdk("templates.email_create", create_email_template_request=request).data
    assert made.body == design.body
    number = str(made.template_id)
    change = clicksend.UpdateEmailTemplateRequest(body="<p>Hi</p>")
    sdk("templates.email_update", number, update_email_template_request=change)
    shown = sdk("templates.email_get", number).data
    assert (shown.template_name, shown.body) == ("News", "<p>Hi</p>")
    assert "News" in {row.template_name for row in sdk("templates.email_list").data.data}
    url = raw("templates.email_image_upload", number, body={"image": "R0lGODlh"})
    assert raw.fetch(url) == "GIF89a"
    assert sdk("templates.email_delete", number).data == []
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("templates.email_get", number)


def test_designs_stand_in_categories(sdk: Sdk) -> None:
    everything = {row.template_id_master for row in sdk("templates.master_list").data}
    found: set[int] = set()
    for category in sdk("templates.categories_list").data:
        number = str(int(category.category_id))
        assert sdk("templates.categories_get", number).data.name == category.category_name
        designs = sdk("templates.category_templates", number).data
        assert all(row.body for row in designs)
        found |= {row.template_id_master for row in designs}
    assert found == everything != set()
