"""Inbound messages and delivery receipts: what POLL rules put aside, and marking it read."""

from __future__ import annotations

from typing import Any

from tui.sandbox import polling
from tui.sandbox.answers import Answer, not_found
from tui.sandbox.delivery import ABSENT_CODE, DELIVERED, STATUS_TEXTS
from tui.sandbox.message import Message
from tui.sandbox.messaging import POLL, new_id
from tui.sandbox.prices import DEDICATED
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import matches, terms
from tui.sandbox.world import World

_TESTER = "+61491570006"


@answers("sms.inbound_list")
def inbound_list(call: Call) -> Answer:
    world, wanted = call.world, terms(call.query.get("q", ""))
    unread = world.inbound.unread()
    if wanted:
        unread = [
            position for position in unread if matches(_inbound(world, world.messages[position]), wanted)
        ]
    return Answer(call.page(unread, lambda position: _inbound(world, world.messages[position])))


@answers("sms.inbound_get")
def inbound_get(call: Call) -> Answer:
    """By the id of the message that was answered: the first answer, read or not."""
    log = call.world.messages
    sent = log.find(call.path["original_message_id"])
    answer = log.answer_to(sent) if sent and sent.outbound else None
    if answer is None:
        raise not_found("Inbound message record not found.")
    return Answer(_inbound(call.world, answer), "Here's your result.")


@answers("sms.inbound_mark_read")
def inbound_mark_read(call: Call) -> Answer:
    call.world.inbound.mark(_bound(call))
    return Answer({}, "Inbound messages have been marked as read.")


@answers("sms.inbound_mark_read_one")
def inbound_mark_read_one(call: Call) -> Answer:
    message = call.world.messages.find(call.path["message_id"])
    if message is None or message.outbound:
        raise not_found("Inbound message record not found.")
    call.world.inbound.mark_one(message.position)
    return Answer(1, "Inbound messages have been marked as read.")


@answers("sms.inbound_test")
def inbound_test(call: Call) -> Answer:
    """The sandbox calls no server: only what goes to poll can be seen afterwards."""
    world = call.world
    if call.body["url"] == POLL:
        message = world.replies.receive(_TESTER, "This is a test incoming SMS.", int(world.now))
        row = _inbound(world, message)
    else:
        row = {
            "timestamp": int(world.now),
            "from": _TESTER,
            "body": "This is a test incoming SMS.",
            "original_body": "This is the original message.",
            "original_message_id": new_id(world),
            "to": DEDICATED["AU"],
            "custom_string": "",
            "message_id": new_id(world),
            "_keyword": "This",
        }
    row["timestamp_send"] = row["timestamp"]
    return Answer(row, "Here are your incoming messages.")


@answers("sms.receipts_list")
def receipts_list(call: Call) -> Answer:
    world = call.world
    rows = call.page(world.receipts.unread(), lambda position: _receipt(world, world.messages[position]))
    return Answer(rows, "Here are your delivery receipts.")


@answers("sms.receipts_get")
def receipts_get(call: Call) -> Answer:
    """Test numbers never have one."""
    message = call.world.messages.find(call.path["message_id"])
    if message is None or message.final_at is None:
        raise not_found("Receipt record not found.")
    return Answer(_receipt(call.world, message), "Your receipt.")


@answers("sms.receipts_mark_read")
def receipts_mark_read(call: Call) -> Answer:
    call.world.receipts.mark(_bound(call))
    return Answer({}, "Receipts has been marked as read.")


@answers("sms.receipts_test")
def receipts_test(call: Call) -> Answer:
    """With "poll" the latest delivered message is reported once more; nothing is called otherwise."""
    world = call.world
    log, now = world.messages, int(world.now)
    latest = next((m for m in map(log.__getitem__, range(len(log) - 1, -1, -1)) if m.final_at), None)
    if call.body["url"] == POLL and latest:
        world.receipts.put(latest, now, polling.receipt_copies(world.receipt_rules, latest))
        return Answer(_receipt(world, latest), "Receipt has been added")
    row = _report(new_id(world), DELIVERED, sent=now, final=now, account=world.account.subaccount_id)
    return Answer(row, "Receipt has been added")


def _inbound(world: World, message: Message) -> dict[str, Any]:
    sent = None if message.original is None else world.messages[message.original]
    return {
        "timestamp": message.at,
        "from": message.number,
        "body": message.body,
        "original_body": sent.body if sent else None,
        "original_message_id": world.messages.id_of(sent) if sent else None,
        "to": message.sender,
        "custom_string": sent.custom_string if sent else "",
        "message_id": world.messages.id_of(message),
        "_keyword": next(iter(message.body.split()), ""),
    }


def _receipt(world: World, message: Message) -> dict[str, Any]:
    row = _report(
        world.messages.id_of(message),
        message.status_code or DELIVERED,
        sent=message.schedule,
        final=message.final_at or message.at,
        account=world.account.sender_of(message),
    )
    return row | {"error_text": message.error_text, "custom_string": message.custom_string or None}


def _report(message_id: str, code: int, *, sent: int, final: int, account: int) -> dict[str, Any]:
    return {
        "timestamp_send": sent,
        "timestamp": final,
        "message_id": message_id,
        "status_code": code,
        "status_text": STATUS_TEXTS[code],
        "error_code": None if code == DELIVERED else ABSENT_CODE,
        "error_text": None,
        "custom_string": None,
        "subaccount_id": account,
        "message_type": "sms",
        "digits": None,
    }


def _bound(call: Call) -> int | None:
    """Without a moment, everything is marked: also what came since the caller looked."""
    return call.number("date_before") or None
