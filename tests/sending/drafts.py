"""A good draft of every channel, as the sandbox takes it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from tui.sandbox.world import World
from tui.sending.draft import CampaignDraft, MessageDraft
from tui.sending.recipient import Recipient

PHONES = ("+61491570156", "+447400123456", "+12015550123")
FAXES = ("+61255501111", "+61255502222")
EMAILS = ("ada@example.com", "bob@example.com")
PDF, PICTURE = "https://example.com/paper.pdf", "https://example.com/sale.jpg"
WAY_OUT = "Hello (First Name). StopMsg.me/xxxxx"


def address(name: str, **parts: str) -> Recipient:
    """Somebody in Marrickville."""
    return Recipient.at(
        {
            "address_name": name,
            "address_line_1": "1 Test Street",
            "address_city": "Marrickville",
            "address_state": "NSW",
            "address_postal_code": "2204",
            "address_country": "AU",
        }
        | parts
    )


def attachment(content: bytes = b"Hello") -> dict[str, str]:
    """A file in an e-mail."""
    return {
        "content": b64encode(content).decode(),
        "type": "text/plain",
        "filename": "note.txt",
        "content_id": "note",
    }


def message_drafts(world: World) -> dict[str, MessageDraft]:
    """One to several recipients on every channel for messages."""
    sender = next(each for each in world.email_addresses if each["verified"])
    back = {"return_address_id": next(iter(world.return_addresses))["return_address_id"]}
    home = (address("Ada Lovelace"), address("Bob Byron"))

    def to(*numbers: str) -> tuple[Recipient, ...]:
        return tuple(map(Recipient, numbers))

    spoken: dict[str, Any] = {"lang": "en-au", "voice": "female", "require_input": True}
    mailed = {"sender": {"email_address_id": sender["email_address_id"], "name": "Acme"}, "subject": "Ready"}
    drafts = (
        MessageDraft("sms", to(*PHONES), "Hello"),
        MessageDraft("mms", to(*PHONES), "Hello", content={"subject": "Sale", "media_file": PICTURE}),
        MessageDraft("voice", to(*PHONES), "Hello", content=spoken),
        MessageDraft("fax", to(*FAXES), content={"file_url": PDF}),
        MessageDraft(
            "email", to(*EMAILS), "<p>It is ready.</p>", sender["email_address"],
            content={**mailed, "attachments": [attachment()], "cc": [{"email": "cc@example.com"}]},
        ),
        MessageDraft("letter", home, content={**back, "file_url": PDF, "colour": True}),
        MessageDraft("postcard", home, content={**back, "file_urls": [PDF, PDF]}),
    )  # fmt: skip
    return {draft.channel: draft for draft in drafts}


def campaign_drafts(world: World) -> dict[str, CampaignDraft]:
    """A campaign on every channel for campaigns."""
    to = next(each["list_id"] for each in world.lists if world.contacts.on_list(each["list_id"]))
    sender = next(each["email_address_id"] for each in world.email_addresses if each["verified"])
    drafts = (
        CampaignDraft("Spring", to, "", WAY_OUT),
        CampaignDraft("Spring", to, "", WAY_OUT, None, "mms", {"subject": "Sale", "media_file": PICTURE}),
        CampaignDraft(
            "Spring", to, "", f"{WAY_OUT} unsubscribe", None, "email",
            {"subject": "Sale", "from_email_address_id": sender, "from_name": "Acme"},
        ),
        CampaignDraft(
            "Spring", 0, "", "", None, "direct mail",
            {"size": "A5", "file_urls": [PDF], "areas": [{"location_id": 1, "quantity": 6000}]},
        ),
    )  # fmt: skip
    return {draft.channel: draft for draft in drafts}
