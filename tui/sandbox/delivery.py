"""How an outbound message travels: queued, sent, and delivered or failed, each a few seconds later.

A text with a URL waits for approval first, as ClickSend's vetting of links makes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.phone import TEST_NUMBERS
from tui.sandbox import people
from tui.sandbox.message import Message

if TYPE_CHECKING:
    from tui.sandbox.outgoing import Outgoing
    from tui.sandbox.world import World

SENT, DELIVERED, FAILED = 200, 201, 301
STATUS_TEXTS = {
    SENT: "Success: Message accepted by the network.",
    DELIVERED: "Success: Message received on handset.",
    FAILED: "Failure: Message could not be delivered.",
}
ABSENT = "Absent subscriber: the handset was off or out of coverage."
ABSENT_CODE = 12

_REVIEWED_FOR = 20
_QUEUED_FOR = range(1, 3)
_ON_THE_WAY_FOR = range(2, 7)


def accept(world: World, message: Message) -> None:
    """Take a message: it goes now or at its time. Test numbers get nothing and never a receipt."""
    if message.schedule > world.now:
        message.status = "Scheduled"
        world.agenda.add(message.schedule, lambda at: _dispatch(world, message, at))
        return
    message.schedule = message.at
    _dispatch(world, message, message.at)


def cancel(world: World, message: Message | Outgoing) -> None:
    """Stop a scheduled message and give its price back."""
    message.status = "Cancelled"
    world.account.balance += message.price


def is_scheduled(message: Message | Outgoing) -> bool:
    """Whether it can still be cancelled."""
    return message.status == "Scheduled"


def conclude(world: World, message: Message, at: int) -> None:
    """The network reports what became of a message, and the rules for receipts are carried out."""
    message.final_at = at
    failed = people.is_dead(message.number)
    message.status_code = FAILED if failed else DELIVERED
    message.status = "Failed" if failed else "Sent"
    message.error_text = ABSENT if failed else None
    world.receipts.put(message, at, world.automations.sms_receipt(message, at))


def _dispatch(world: World, message: Message, at: int) -> None:
    if message.status == "Cancelled":
        return
    if message.number in TEST_NUMBERS:
        message.status = "Completed"
    elif "http://" in message.body or "https://" in message.body or "www." in message.body:
        message.status = "WaitApproval"
        world.agenda.add(at + _REVIEWED_FOR, lambda at: _queue(world, message, at))
    else:
        _queue(world, message, at)


def _queue(world: World, message: Message, at: int) -> None:
    message.status = "Queued"
    world.agenda.add(at + world.chance.choice(_QUEUED_FOR), lambda at: _send(world, message, at))


def _send(world: World, message: Message, at: int) -> None:
    message.status = "Sent"
    message.status_code = SENT
    if people.is_silent(message.number):
        return
    world.agenda.add(at + world.chance.choice(_ON_THE_WAY_FOR), lambda at: _arrive(world, message, at))


def _arrive(world: World, message: Message, at: int) -> None:
    conclude(world, message, at)
    if not message.failed:
        world.replies.follow(message, at)
