"""Rows to put into a store."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings

from tui.store.messages import local_id
from tui.store.rows import Message, OutboxItem

ANA = "+61411111111"
BOB = "+61422222222"
CLEO = "+14055555555"
NOON = 1_793_000_000

PATIENT = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
"""For properties of a store: each example writes a file, as fast as the machine happens to be."""


def inbound(id: str, at: int = NOON, counterpart: str = ANA, body: str = "Hello", **facts: Any) -> Message:
    """An unread message from somebody."""
    facts = {"sender": "+61499999999", "read": False} | facts
    return Message(id, counterpart, "in", body, at, "received", **facts)


def outbound(
    id: str, at: int = NOON, counterpart: str = ANA, body: str = "Hi", state: str = "sent", **facts: Any
) -> Message:
    """A message to somebody."""
    facts = {"sender": "+61499999999"} | facts
    return Message(id, counterpart, "out", body, at, state, **facts)  # type: ignore[arg-type]


def send(id: str = "box", state: str = "sending") -> OutboxItem:
    """A confirmed send."""
    draft = {"to": [ANA], "body": "Sure"}
    return OutboxItem(id, NOON, "sms", draft, {"total": "0.0700"}, state)  # type: ignore[arg-type]


def leaving(outbox_id: str = "box", index: int = 0, **facts: Any) -> Message:
    """A message of a send whose answer has not come."""
    reference = local_id(outbox_id, index)
    facts = {"state": "sending", "custom_string": reference, "outbox_id": outbox_id} | facts
    return outbound(reference, **facts)
