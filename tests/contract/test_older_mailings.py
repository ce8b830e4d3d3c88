"""Post, MMS campaigns and e-mail campaigns through ClickSend's older client, which knows all of them."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from tests.contract.driver import Raw
from tests.contract.older import Older
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

PERTH = {
    "address_name": "Ada",
    "address_line_1": "1 Test Street",
    "address_city": "Perth",
    "address_state": "WA",
    "address_postal_code": "6000",
    "address_country": "AU",
}


@pytest.fixture
def list_id(raw: Raw) -> int:
    """A list of one, who has a number and an address."""
    number: int = raw("contacts.lists_create", body={"list_name": "One"})["list_id"]
    raw("contacts.create", number, body={"phone_number": CUSTOMER, "email": "ada@example.com"})
    return number


def test_letters_and_postcards_are_priced_and_sent(older: Older, world: World) -> None:
    address = older.model("Address", **PERTH)
    sender = older("post.return_addresses_create", return_address=address)["return_address_id"]
    older("post.return_addresses_update", sender, return_address=address)
    recipient = older.model("PostRecipient", **PERTH, return_address_id=sender)
    letter = older.model("PostLetter", file_url="https://example.com/a.pdf", recipients=[recipient], colour=1)
    urls = ["https://example.com/front.pdf", "https://example.com/back.pdf"]
    card = older.model("PostPostcard", file_urls=urls, recipients=[recipient])
    before = world.account.balance
    assert older("post.letters_price", post_letter=letter)["total_price"] == 1.47
    assert older("post.postcards_price", post_postcards=card)["total_price"] == 10
    assert world.account.balance == before
    for channel, sent in (
        ("post", older("post.letters_send", post_letter=letter)),
        ("postcards", older("post.postcards_send", post_postcards=card)),
    ):
        (row,) = sent["recipients"]
        assert row["status"] == "SUCCESS"
        assert world.channels[channel].find(row["message_id"])
    assert float(before - world.account.balance) == pytest.approx(11.47)
    older("post.return_addresses_delete", sender)
    assert sender not in {record["return_address_id"] for record in world.return_addresses}


def test_an_address_is_detected_in_a_file(older: Older) -> None:
    pdf = b"%PDF-1.4\n(Ada) Tj\n(1 Test Street) Tj\n(Perth WA 6000) Tj\n"
    file = older.model("UploadFile", content=b64encode(pdf).decode())
    assert older("post.detect_address", upload_file=file)["address_postal_code"] == "6000"


def test_an_mms_campaign_is_priced_planned_changed_and_cancelled(
    older: Older, world: World, clock: ManualClock, list_id: int
) -> None:
    def campaign(subject: str) -> Any:
        picture = {"media_file": "https://example.com/sale.jpg", "subject": subject}
        later = int(clock.now()) + 600
        return older.model("MmsCampaign", list_id=list_id, name="One", body="Hi", schedule=later, **picture)

    assert older("mms_campaigns.price", campaign=campaign("Sale"))["total_price"] == "0.4752"
    number = older("mms_campaigns.send", campaign=campaign("Sale"))["mms_campaign_id"]
    older("mms_campaigns.update", number, campaign=campaign("Changed"))
    kept = world.mms_campaigns.get(number)
    assert (kept["subject"], kept["status"]) == ("Changed", "Scheduled")
    older("mms_campaigns.cancel", number)
    assert kept["status"] == "Cancelled"


def test_an_email_campaign_is_priced_planned_changed_and_cancelled(
    older: Older, world: World, clock: ManualClock, list_id: int
) -> None:
    made = older(
        "email_marketing.addresses_create",
        email_address=older.model("EmailAddress", email_address="sales@acme.example"),
    )
    sender = made["email_address_id"]
    token = older("email_marketing.addresses_verify_send", sender)["activation_token"]
    assert older("email_marketing.addresses_verify", sender, token)["verified"] == 1
    assert world.email_addresses.get(sender)["verified"] == 1

    def campaign(subject: str) -> Any:
        """The model declares the ids as numbers with decimals."""
        later = int(clock.now()) + 600
        names = {"name": "One", "from_name": "Acme", "subject": subject, "body": "<p>Hi</p>"}
        ids = {"list_id": float(list_id), "from_email_address_id": float(sender)}
        return older.model("EmailCampaign", schedule=later, **ids, **names)

    assert (
        older("email_marketing.campaigns_price", email_campaign=campaign("Sale"))["total_price"] == "0.0100"
    )
    sent = older("email_marketing.campaigns_send", email_campaign=campaign("Sale"))
    number = sent["data"]["email_campaign_id"]
    older("email_marketing.campaigns_update", number, email_campaign=campaign("Changed"))
    kept = world.email_campaigns.get(number)
    assert (kept["subject"], kept["status"]) == ("Changed", "Scheduled")
    older("email_marketing.campaigns_cancel", number)
    assert kept["status"] == "Cancelled"
    older("email_marketing.addresses_delete", sender)
    assert sender not in {record["email_address_id"] for record in world.email_addresses}


def test_an_email_template_lives_and_ends(older: Older, world: World) -> None:
    before = len(world.email_templates)
    new = older.model("EmailTemplateNew", template_name="News", template_id_master=57)
    number = older("templates.email_create", email_template=new)["template_id"]
    change = older.model("EmailTemplateUpdate", template_name="Other", body="<p>Hi</p>")
    older("templates.email_update", number, email_template=change)
    assert world.email_templates.get(number)["template_name"] == "Other"
    older("templates.email_delete", number)
    assert len(world.email_templates) == before
