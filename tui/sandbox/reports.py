"""What ClickSend tells of an inbound message and of a delivery: to who polls, and to a server it calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.sandbox.delivery import ABSENT_CODE, DELIVERED, STATUS_TEXTS
from tui.sandbox.message import Message

if TYPE_CHECKING:
    from tui.sandbox.world import World


def inbound(world: World, message: Message) -> dict[str, Any]:
    """An inbound message and what it answers."""
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


def receipt(world: World, message: Message) -> dict[str, Any]:
    """What became of a message."""
    row = report(
        world.messages.id_of(message),
        message.status_code or DELIVERED,
        sent=message.schedule,
        final=message.final_at or message.at,
        account=world.account.sender_of(message),
    )
    return row | {"error_text": message.error_text, "custom_string": message.custom_string or None}


def report(message_id: str, code: int, *, sent: int, final: int, account: int) -> dict[str, Any]:
    """The same of any message, by its id and status code."""
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
