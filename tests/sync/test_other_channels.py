"""What becomes of calls, faxes and MMS that were sent from here is followed in their histories."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sync.desk import ANA, Desk
from tui.api.operation import catalogue
from tui.store import outbox_messages
from tui.store.messages import local_id
from tui.store.outbox import outbox_add
from tui.store.rows import MessageState, OutboxItem, OutboxMessage
from tui.store.transaction import Transaction

SEND = "0123456789abcdef0123"
REFERENCE = local_id(SEND, 0)

CALL = {"to": ANA, "body": "Your parcel is here", "voice": "female", "lang": "en-au", "country": "AU"}
PICTURE = {"to": ANA, "body": "Look", "subject": "A picture"}
SENDS: dict[str, tuple[str, dict[str, Any]]] = {
    "voice": ("voice.send", {"messages": [CALL | {"custom_string": REFERENCE}]}),
    "mms": (
        "mms.send",
        {"media_file": "https://example.com/a.jpg", "messages": [PICTURE | {"custom_string": REFERENCE}]},
    ),
    "fax": (
        "fax.send",
        {
            "file_url": "https://example.com/a.pdf",
            "messages": [{"to": "+61290001111", "custom_string": REFERENCE}],
        },
    ),
}


def note(tx: Transaction, kind: str, state: MessageState, at: int, message_id: str = "") -> None:
    """Keep a send of one message, as it was recorded before its history was looked at."""
    outbox_add(tx, OutboxItem(SEND, at, kind, {}, {}, state))  # type: ignore[arg-type]
    outbox_messages.add(tx, [OutboxMessage(SEND, 0, ANA, state, message_id=message_id)])


async def sent(desk: Desk, kind: str) -> str:
    """Send one on that channel; ClickSend's id of it."""
    desk.world.account.is_new = False  # Fax is for customers of old alone.
    operation, arguments = SENDS[kind]
    reply = await desk.client.transmit(catalogue()[operation].bind(arguments))
    (row,) = reply.result.rows
    assert row.status == "SUCCESS"
    return str(row.message_id)


def kept(desk: Desk) -> OutboxMessage:
    (row,) = desk.store.sends.messages(SEND).page(0)
    return row


@pytest.mark.parametrize("kind", SENDS)
async def test_what_became_of_it_is_told(quiet: Desk, kind: str) -> None:
    id = await sent(quiet, kind)
    quiet.store.write_now(note, kind, "accepted", int(quiet.time.now()), id)
    await quiet.start()
    for _ in range(20):
        await quiet.turn(60)
    assert kept(quiet).became in ("delivered", "sent")
    assert any("outbox" in change.topics for change in quiet.changes)


@pytest.mark.parametrize("kind", SENDS)
async def test_a_lost_answer_is_settled_by_our_reference(quiet: Desk, kind: str) -> None:
    id = await sent(quiet, kind)
    quiet.store.write_now(note, kind, "unknown", int(quiet.time.now()))
    await quiet.start()
    row = kept(quiet)
    assert (row.state, row.message_id, row.reason) == ("accepted", id, "It is in ClickSend's history.")
    item = quiet.store.outbox_item(SEND)
    assert item is not None
    assert item.state == "accepted"
    assert quiet.store.outbox_unknown() == 0


async def test_what_history_does_not_show_stays_unknown(quiet: Desk) -> None:
    quiet.store.write_now(note, "voice", "unknown", int(quiet.time.now()))
    await quiet.start()
    assert kept(quiet).state == "unknown"


async def test_nothing_is_asked_where_nothing_is_under_way(quiet: Desk) -> None:
    quiet.store.write_now(note, "voice", "rejected", int(quiet.time.now()))
    await quiet.start()
    await quiet.turn(700)
    assert not any(quiet.client.of(f"{kind}.history") for kind in SENDS)
