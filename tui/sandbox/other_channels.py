"""What Acme has sent by other means than texts when the world begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.sandbox.collection import Record
from tui.sandbox.conversations import CONTACTS, ordinary_people
from tui.sandbox.email import EMAIL_CHANNEL
from tui.sandbox.fax import FAX
from tui.sandbox.mms import MMS
from tui.sandbox.outgoing import Channel
from tui.sandbox.people import Person
from tui.sandbox.voice import VOICE

if TYPE_CHECKING:
    from tui.sandbox.world import World

_HOUR = 3600
_REMINDER = (
    "Hello, this is Acme. Your delivery comes tomorrow before noon. Press 1 to confirm, 2 to change it."
)
_RECALL = (
    "This is Acme. Please do not use the ladder that you bought in March. We take it back at every shop."
)
_SALE = "Everything green is 20% off this weekend at Acme."
_FORM = "https://acme.example/files/order-form.pdf"
_RECEIPT = "<p>Thank you for your order.</p><p>It is ready to collect until Saturday.</p>"


def add_messages_of_other_channels(world: World) -> None:
    """Picture messages, calls, faxes and e-mails of the last weeks, and what became of them."""
    who = ordinary_people(world, CONTACTS, 5)
    sent = [*_pictures(who), *_calls(who), *_faxes(), *_emails(world, who)]
    for hours, channel, body in sorted(sent, key=lambda one: one[0], reverse=True):
        channel.restore(world, body, int(world.now) - hours * _HOUR)


def _pictures(who: list[Person]) -> list[tuple[int, Channel, Record]]:
    sale = {"subject": "Spring sale", "body": _SALE}
    picture = {"media_file": "https://acme.example/pictures/spring.jpg"}
    return [(76, MMS, picture | {"messages": [sale | {"to": one.number} for one in who]})]


def _calls(who: list[Person]) -> list[tuple[int, Channel, Record]]:
    def calls(body: str, called: list[Person], **more: Any) -> Record:
        common = {"body": body, "lang": "en-au", "voice": "female", **more}
        return {"messages": [common | {"to": one.number} for one in called]}

    return [
        (194, VOICE, calls(_RECALL, who[:2], machine_detection=1)),
        (30, VOICE, calls(_REMINDER, who[2:], require_input=1, custom_string="delivery")),
    ]


def _faxes() -> list[tuple[int, Channel, Record]]:
    return [
        (hours, FAX, {"file_url": _FORM, "messages": [{"to": to, "custom_string": "order form"}]})
        for hours, to in ((410, "+61255501230"), (55, "+61255501231"))
    ]


def _emails(world: World, who: list[Person]) -> list[tuple[int, Channel, Record]]:
    sender = next(iter(world.email_addresses))["email_address_id"]
    common = {"from": {"email_address_id": sender, "name": "Acme"}, "subject": "Your order", "body": _RECEIPT}
    return [
        (20 + 9 * number, EMAIL_CHANNEL, common | {"to": [{"email": one.email, "name": one.first_name}]})
        for number, one in enumerate(who[:3])
    ]
