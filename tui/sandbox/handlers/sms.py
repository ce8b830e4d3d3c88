"""Text messages: price, send, cancel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from tui.sandbox import delivery, offers
from tui.sandbox.answers import Answer, not_found
from tui.sandbox.countries import country_name
from tui.sandbox.messaging import new_id, rejected, shown, totals
from tui.sandbox.offers import Offer
from tui.sandbox.prices import CURRENCY, money
from tui.sandbox.registry import Call, answers
from tui.sandbox.selection import REGISTRATION
from tui.sandbox.world import World


@answers("sms.price")
def price(call: Call) -> Answer:
    """It looks exactly like a send, message ids and all, and does nothing."""
    found = offers.offers(call.world, call.body)
    rows = [_priced(call.world, offer) for offer in found]
    data = shown(call.world, _answer(found, rows))
    wanted = call.body.get("show_summary") or any(offer.request.get("show_summary") for offer in found)
    return Answer(
        data | ({"_summary": _summary(call.world, found)} if wanted else {}), "Here is some pricing."
    )


@answers("sms.send")
def send(call: Call) -> Answer:
    world, found, at = call.world, offers.offers(call.world, call.body), int(call.world.now)
    rows = [_take(world, offer, at) for offer in found]
    return Answer(_answer(found, rows), "Messages queued for delivery.")


@answers("sms.cancel")
def cancel(call: Call) -> Answer:
    message = call.world.messages.find(call.path["message_id"])
    if message is None or not delivery.is_scheduled(message):
        raise not_found("Scheduled message record not found.")
    delivery.cancel(call.world, message)
    return Answer({}, f"Message {call.path['message_id']} has been cancelled.")


@answers("sms.cancel_all")
def cancel_all(call: Call) -> Answer:
    """Campaigns that wait go, too, each as a whole."""
    world, reference = call.world, call.body.get("custom_string")
    scheduled = [
        message
        for message in world.messages.recent()
        if delivery.is_scheduled(message) and reference in (None, "", message.custom_string)
    ]
    for message in scheduled:
        delivery.cancel(world, message)
    waiting = [
        campaign
        for campaign in world.campaigns
        if campaign["status"] == "Scheduled" and reference in (None, "", campaign["custom_string"])
    ]
    for campaign in waiting:
        world.campaigns.cancel(campaign["sms_campaign_id"])
    total = len(scheduled) + sum(campaign["_total_count"] for campaign in waiting)
    return Answer({"count": total}, f"{total} messages has been cancelled.")


def _take(world: World, offer: Offer, at: int) -> dict[str, Any]:
    """Accept an offer, or say why not."""
    message = offers.take(world, offer, at)
    if message is None:
        return _rejected(world, offer)
    return _row(offer, world.messages.id_of(message)) | {
        "direction": "out",
        "date": message.at,
        "schedule": message.schedule,
        "user_id": world.account.user_id,
        "subaccount_id": world.account.subaccount_id,
        "list_id": None if message.list_id is None else str(message.list_id),
        "from_email": message.from_email,
        "carrier": "",
    }


def _priced(world: World, offer: Offer) -> dict[str, Any]:
    if offer.status != "SUCCESS":
        return _rejected(world, offer)
    schedule = offer.request.get("schedule") or ""
    return _row(offer, new_id(world)) | {"date": "", "schedule": str(schedule)}


def _row(offer: Offer, message_id: str) -> dict[str, Any]:
    contact_id = offer.request.get("contact_id") or (offer.contact or {}).get("contact_id")
    return {
        "to": offer.to,
        "body": offer.body,
        "from": offer.sender,
        "message_id": message_id,
        "message_parts": offer.parts,
        "message_price": money(offer.price),
        "custom_string": offer.custom_string,
        "contact_id": None if contact_id is None else str(contact_id),
        "is_shared_system_number": offer.shared,
        "country": offer.country,
        "status": offer.status,
    }


def _rejected(world: World, offer: Offer) -> dict[str, Any]:
    known = {"to": offer.to, "body": offer.body, "is_shared_system_number": False}
    return rejected(world, offer.status, offer.request, **known)


def _answer(found: Iterable[Offer], rows: list[dict[str, Any]]) -> dict[str, Any]:
    judged = ((offer.status, offer.price) for offer in found)
    return totals(judged) | {"messages": rows, "_currency": CURRENCY}


def _summary(world: World, found: Iterable[Offer]) -> dict[str, Any]:
    """What ClickSend tells of each country that the messages go to."""
    recipients = Counter(offer.country for offer in found if offer.country)
    return {
        "test_message": "This is a test message from Acme. We are trialling business text messaging.",
        "countries": [
            {"country": _country(world, code, number)} for code, number in sorted(recipients.items())
        ],
    }


def _country(world: World, code: str, recipients: int) -> dict[str, Any]:
    registration = REGISTRATION.get(code, 0)
    since = {"date": "2025-03-14 18:12:22.000000", "timezone_type": 3, "timezone": "UTC"}
    return {
        "name": country_name(code),
        "registration_type": registration,
        "receipient_count": recipients,
        "usable_sender_id": True,
        "selected": world.countries.is_selected(code),
        "regulation": {
            "country_user_id": 1_234_567,
            "sms_registration_type": registration,
            "restricted_sending": False,
            "trial_sending": False,
            "regulation_requirements_description": "No gambling, no adult content, no personal messaging.",
            "created_at": since,
            "updated_at": since,
        },
    }
