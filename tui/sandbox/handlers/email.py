"""Transactional e-mail."""

from __future__ import annotations

from tui.sandbox import messaging
from tui.sandbox.answers import Answer, Refusal
from tui.sandbox.email import EMAIL_CHANNEL
from tui.sandbox.outgoing import Outgoing
from tui.sandbox.prices import CURRENCY, amount
from tui.sandbox.registry import Call, answers
from tui.sandbox.uploads import decoded

messaging.serve_history("email.", EMAIL_CHANNEL)


@answers("email.price")
def price(call: Call) -> Answer:
    message = _judged(call)
    details = message.details
    priced = {
        "price": amount(message.price),
        "subject": details["subject"],
        "body": details["body"],
        **{f"{name}_array": details[name] for name in ("to", "cc", "bcc")},
        "_currency": CURRENCY,
    }
    return Answer(messaging.shown(call.world, priced), "Here's the email price.")


@answers("email.send")
def send(call: Call) -> Answer:
    message = _judged(call)
    EMAIL_CHANNEL.take(call.world, message)
    _accepted(message)
    for shown, given in zip(message.details["_attachments"], call.body.get("attachments") or (), strict=True):
        path = call.world.files.add(decoded(given["content"]), shown["file_name"])
        shown["_attachment_file_url"] = call.on_host(path)
    row = EMAIL_CHANNEL.row(call.world, message)
    return Answer(row, "Transactional email queued for delivery.")


@answers("email.receipts_test")
def receipts_test(call: Call) -> Answer:
    """Nothing is called, and no operation lists the receipts of e-mails."""
    row = {
        "timestamp": int(call.world.now),
        "message_id": f"{messaging.new_id(call.world)}@clicksend.com",
        "status": "Delivered",
        "email": "john_doe@example.com",
    }
    return Answer(row, "Receipt has been added.")


def _judged(call: Call) -> Outgoing:
    [message] = EMAIL_CHANNEL.offers(call.world, call.body)
    return _accepted(message)


def _accepted(message: Outgoing) -> Outgoing:
    """A whole e-mail is taken or refused: there is no answer with statuses one by one."""
    if message.verdict != "SUCCESS":
        raise Refusal(400, message.verdict, "The email was not accepted.")
    return message
