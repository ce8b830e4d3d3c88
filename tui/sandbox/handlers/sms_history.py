"""The history of text messages, a page or a file of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.sandbox.answers import Answer, bad_request
from tui.sandbox.delivery import ABSENT_CODE, STATUS_TEXTS
from tui.sandbox.files import as_csv
from tui.sandbox.message import Message
from tui.sandbox.messaging import KEPT
from tui.sandbox.prices import is_number, is_shared, money
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import direction, terms
from tui.sandbox.world import World

_FIELDS = frozenset({"status", "to", "from", "subaccount_id", "message_id"})
_ORDERS = frozenset({"date", "username", "from", "to", "status", "body"})


@answers("sms.history")
def history(call: Call) -> Answer:
    log = call.world.messages
    return Answer(call.page(_positions(call), lambda position: _row(call.world, log[position])))


@answers("sms.history_export")
def export(call: Call) -> Answer:
    rows = [_row(call.world, call.world.messages[position]) for position in _positions(call)]
    heading = list(rows[0]) if rows else ["date", "to", "from", "body", "status"]
    path = call.world.files.add(as_csv(heading, (list(row.values()) for row in rows)), call.query["filename"])
    return Answer({"url": call.on_host(path)}, "Download your file here.")


def _positions(call: Call) -> Sequence[int]:
    """Which messages were asked for, in order. Nothing is rendered, and only odd orders need sorting."""
    world, query = call.world, call.query
    start = max(call.number("date_from"), int(world.now) - KEPT)
    found: Sequence[int] = world.messages.between(start, call.number("date_to") or None)
    for field, value in terms(query.get("q", "")):
        if field in _FIELDS:
            found = _filtered(world, found, field, value)
    field, descending = direction(query.get("order_by") or "date:asc")
    if field not in _ORDERS:
        raise bad_request({"order_by": f"Cannot order by {field}."})
    if field not in ("date", "username"):
        log = world.messages
        return sorted(found, key=lambda position: _held(log[position], field).lower(), reverse=descending)
    return found[::-1] if descending else found


def _filtered(world: World, found: Sequence[int], field: str, value: str) -> Sequence[int]:
    """What ClickSend's one filter leaves; numbers and ids are looked up, a status needs a walk."""
    log = world.messages
    if field == "message_id":
        message = log.find(value)
        return [message.position] if message and message.position in found else []
    if field == "subaccount_id":
        return [position for position in found if str(world.account.sender_of(log[position])) == value]
    if field in ("to", "from") and _is_customer(world, value):
        found = [position for position in log.with_number(value) if position in found]
    return [position for position in found if _held(log[position], field).lower() == value]


def _is_customer(world: World, value: str) -> bool:
    return is_number(value) and not is_shared(value) and not world.numbers.is_ours(value)


def _held(message: Message, field: str) -> str:
    match field:
        case "to":
            return message.number if message.outbound else message.sender
        case "from":
            return message.sender if message.outbound else message.number
        case "status":
            return message.status
    return message.body


def _row(world: World, message: Message) -> dict[str, Any]:
    contact = world.contacts.with_number(message.number) or {}
    code = message.status_code
    return {
        "direction": "out" if message.outbound else "in",
        "date": message.at,
        "to": _held(message, "to"),
        "body": message.body,
        "status": message.status,
        "from": _held(message, "from"),
        "schedule": str(message.schedule or message.at),
        "status_code": None if code is None else str(code),
        "status_text": None if code is None else STATUS_TEXTS[code],
        "error_code": str(ABSENT_CODE) if message.error_text else None,
        "error_text": message.error_text,
        "message_id": world.messages.id_of(message),
        "message_parts": message.parts,
        "message_price": money(message.price, 6),
        "from_email": message.from_email,
        "list_id": None if message.list_id is None else str(message.list_id),
        "custom_string": message.custom_string or None,
        "contact_id": str(contact["contact_id"]) if contact else None,
        "user_id": world.account.user_id,
        "subaccount_id": world.account.sender_of(message),
        "country": message.country,
        "carrier": "",
        "first_name": contact.get("first_name"),
        "last_name": contact.get("last_name"),
        "_api_username": world.account.subaccounts.username_of(world.account.sender_of(message)),
    }
