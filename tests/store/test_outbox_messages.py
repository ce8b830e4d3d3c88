"""Messages of a send: put down by number, read in windows, counted by state."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tui.store import outbox_messages
from tui.store.database import Store
from tui.store.outbox_messages import add
from tui.store.rows import OutboxMessage


def message(number: int, **facts: object) -> OutboxMessage:
    facts = {"state": "draft", "line": number + 2, "fields": {"(First Name)": "Zoë"}} | facts
    return OutboxMessage("box", number, f"+6141111{number:04}", **facts)  # type: ignore[arg-type]


def test_messages_come_back_as_they_were_in_the_order_of_the_file(store: Store) -> None:
    written = [
        message(2, price=Decimal("0.0700"), charged=Decimal("0.07")),
        message(0),
        message(1, became="sent"),
    ]
    store.write_now(add, written)
    assert list(outbox_messages.window(store._reader, "box").page(0)) == sorted(
        written, key=lambda row: row.number
    )
    assert outbox_messages.window(store._reader, "other").count() == 0


def test_a_message_put_down_again_replaces_itself(store: Store) -> None:
    store.write_now(add, [message(0), message(1)])
    store.write_now(add, [replace(message(1), state="in flight", batch=1)])
    assert outbox_messages.counts(store._reader, "box") == {"draft": 1, "in flight": 1}
    assert outbox_messages.some(store._reader, "box", "in flight", 10) == [
        message(1, state="in flight", batch=1)
    ]
    assert outbox_messages.window(store._reader, "box", ["draft", "quoted"]).count() == 1
