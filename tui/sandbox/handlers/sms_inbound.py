"""Inbound messages and delivery receipts: what POLL rules put aside, and marking it read."""

from __future__ import annotations

from functools import partial

from tui.sandbox import reports
from tui.sandbox.answers import Answer, not_found
from tui.sandbox.delivery import DELIVERED
from tui.sandbox.messaging import POLL, new_id
from tui.sandbox.prices import DEDICATED
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import matches, terms

_TESTER = "+61491570006"


@answers("sms.inbound_list")
def inbound_list(call: Call) -> Answer:
    world, wanted = call.world, terms(call.query.get("q", ""))
    row = partial(reports.inbound, world)
    unread = [world.messages[position] for position in world.inbound.unread()]
    if wanted:
        unread = [message for message in unread if matches(row(message), wanted)]
    return Answer(call.page(unread, row))


@answers("sms.inbound_get")
def inbound_get(call: Call) -> Answer:
    """By the id of the message that was answered: the first answer, read or not."""
    log = call.world.messages
    sent = log.find(call.path["original_message_id"])
    answer = log.answer_to(sent) if sent and sent.outbound else None
    if answer is None:
        raise not_found("Inbound message record not found.")
    return Answer(reports.inbound(call.world, answer), "Here's your result.")


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
    """Without "poll" the server is called, if it is on this machine."""
    world = call.world
    if call.body["url"] == POLL:
        message = world.replies.receive(_TESTER, "This is a test incoming SMS.", int(world.now))
        row = reports.inbound(world, message)
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
        world.webhooks.call(str(call.body["url"]), row, str(call.body.get("webhook_type") or "post"))
    row["timestamp_send"] = row["timestamp"]
    return Answer(row, "Here are your incoming messages.")


@answers("sms.receipts_list")
def receipts_list(call: Call) -> Answer:
    world = call.world
    messages = [world.messages[position] for position in world.receipts.unread()]
    rows = call.page(messages, partial(reports.receipt, world))
    return Answer(rows, "Here are your delivery receipts.")


@answers("sms.receipts_get")
def receipts_get(call: Call) -> Answer:
    """Test numbers never have one."""
    message = call.world.messages.find(call.path["message_id"])
    if message is None or message.final_at is None:
        raise not_found("Receipt record not found.")
    return Answer(reports.receipt(call.world, message), "Your receipt.")


@answers("sms.receipts_mark_read")
def receipts_mark_read(call: Call) -> Answer:
    call.world.receipts.mark(_bound(call))
    return Answer({}, "Receipts has been marked as read.")


@answers("sms.receipts_test")
def receipts_test(call: Call) -> Answer:
    """With "poll" the latest delivered message is reported once more; else a server here is told."""
    world = call.world
    log, now = world.messages, int(world.now)
    latest = next((m for m in map(log.__getitem__, range(len(log) - 1, -1, -1)) if m.final_at), None)
    if call.body["url"] == POLL and latest:
        world.receipts.put(latest, now, world.automations.sms_receipt(latest, now))
        return Answer(reports.receipt(world, latest), "Receipt has been added")
    row = reports.report(new_id(world), DELIVERED, sent=now, final=now, account=world.account.subaccount_id)
    if call.body["url"] != POLL:
        world.webhooks.call(str(call.body["url"]), row)
    return Answer(row, "Receipt has been added")


def _bound(call: Call) -> int | None:
    """Without a moment, everything is marked: also what came since the caller looked."""
    return call.number("date_before") or None
