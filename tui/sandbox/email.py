"""Transactional e-mail: one e-mail from a verified address to a few people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from tui.sandbox import offers, uploads
from tui.sandbox.answers import Refusal, bad_request
from tui.sandbox.collection import Record
from tui.sandbox.email_addresses import bounces, is_test, plain_text
from tui.sandbox.outgoing import Channel, Outgoing, Step
from tui.sandbox.prices import CURRENCY, EMAIL, money

if TYPE_CHECKING:
    from tui.sandbox.world import World

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_SENT = "Email added to outgoing mail queue for delivery"


class EmailChannel(Channel):
    """Paid by addresses. A whole e-mail is taken or refused, and an address that does not exist bounces."""

    name = "email_transactional"
    priced = "price"
    steps = (
        Step("WaitApproval", None, "Accepted for delivery"),
        Step("Queued:WaitSend", None, "Accepted for delivery", (2, 5)),
        Step("Sent", None, _SENT, (2, 10)),
    )

    def requests(self, world: World, body: Mapping[str, Any]) -> Iterator[Outgoing]:
        yield Outgoing(body, _people(body, "to")[0]["email"])

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        given = {name: _people(batch, name) for name in ("to", "cc", "bcc")}
        everybody = [person["email"] for people in given.values() for person in people]
        offers.refuse_too_many(everybody)
        if not str(batch["subject"]).strip():
            raise Refusal(400, "SUBJECT_REQUIRED", "The subject is missing.")
        if (verdict := offers.planned(world, message)) != "SUCCESS":
            return verdict
        sender = _sender(world, batch)
        message.sender = sender["email_address"]
        message.details = {
            "from_email_address_id": sender["email_address_id"],
            "from_name": str(batch["from"].get("name") or ""),
            **{name: people or None for name, people in given.items()},
            "subject": str(batch["subject"]),
            "body": str(batch["body"]),
            "body_plain_text": plain_text(str(batch["body"])),
            "soft_bounce_count": 0,
            "hard_bounce_count": 0,
            "_attachments": list(_attachments(batch)),
        }
        message.parts = sum(not is_test(address) for address in everybody)
        message.price = message.parts * EMAIL
        return "SUCCESS"

    def said(self, message: Outgoing) -> object:
        return message.details["subject"], message.details["body"]

    def fails(self, message: Outgoing) -> bool:
        """A bounce is counted; the e-mail itself was sent."""
        return False

    def is_silent(self, message: Outgoing) -> bool:
        return False

    def learned(self, message: Outgoing, chance: Random) -> Record:
        everybody = (person for name in ("to", "cc", "bcc") for person in message.details[name] or ())
        return {"hard_bounce_count": sum(bounces(person["email"]) for person in everybody)}

    def receipt_rules(self, world: World) -> Iterable[Record]:
        return world.email_receipt_rules

    def row(self, world: World, message: Outgoing) -> Record:
        return {
            "user_id": world.account.user_id,
            "subaccount_id": message.subaccount_id,
            **message.details,
            "schedule": message.schedule,
            "message_id": message.message_id,
            "status": message.status,
            "status_text": message.status_text,
            "price": money(message.price),
            "date_added": message.at,
            "custom_string": message.custom_string or None,
            "_currency": CURRENCY,
        }

    def history_row(self, world: World, message: Outgoing) -> Record:
        return self.row(world, message)


def _people(body: Mapping[str, Any], name: str) -> list[Record]:
    """Whom it goes to. Refuses what is no address."""
    rows = offers.requested(body, name) if body.get(name) else []
    if name == "to" and not rows:
        raise bad_request({name: f"The {name} field is required."})
    found = [{"email": str(row.get("email") or ""), "name": str(row.get("name") or "")} for row in rows]
    wrong = next((person["email"] for person in found if not _ADDRESS.fullmatch(person["email"])), None)
    if wrong is not None:
        raise Refusal(400, "INVALID_RECIPIENT", f"{wrong or 'An empty address'} is no e-mail address.")
    return found


def _sender(world: World, body: Mapping[str, Any]) -> Record:
    given = body.get("from")
    if not isinstance(given, dict) or not given.get("email_address_id"):
        raise bad_request({"from": "The from field must have an email_address_id."})
    return world.email_addresses.usable(given["email_address_id"])


def _attachments(body: Mapping[str, Any]) -> Iterator[Record]:
    for given in offers.requested(body, "attachments") if body.get("attachments") else ():
        uploads.decoded(given.get("content"))
        yield {
            "file_name": str(given.get("filename") or "file"),
            "content_type": str(given.get("type") or ""),
            "content_disposition": str(given.get("disposition") or "attachment"),
            "content_id": str(given.get("content_id") or ""),
        }


EMAIL_CHANNEL = EmailChannel()
