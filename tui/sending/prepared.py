"""What was read for a large send before it is priced, and a send anew of what did not arrive."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.errors import InvalidInput
from tui.sending.journal import SOURCE
from tui.store import outbox, outbox_messages, outbox_retries
from tui.store.rows import OutboxItem
from tui.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was read: rows are in the store, "draft" those that can be sent, "left out" the others."""

    outbox_id: str
    ready: int
    left_out: int
    reasons: tuple[tuple[str, int], ...] = ()
    """Why rows were left out, the most frequent reason first; the rows: `store.sends.messages`."""
    notes: tuple[str, ...] = ()
    """Sentences on what had to be assumed of the file."""


def count(tx: Transaction, outbox_id: str, notes: tuple[str, ...] = ()) -> Prepared:
    """What has been read for a large send until now."""
    counts = outbox_messages.counts(tx, outbox_id)
    reasons = tuple(outbox_messages.reasons(tx, outbox_id, "left out"))
    return Prepared(outbox_id, counts.get("draft", 0), counts.get("left out", 0), reasons, notes)


def again(tx: Transaction, outbox_id: str, new_id: str, at: int) -> Prepared:
    """Prepare a large send to those alone whom one that has ended surely did not reach."""
    item = outbox.one(tx, outbox_id)
    if item is None or SOURCE not in item.draft or item.state in ("sending", "paused", "confirmed"):
        raise InvalidInput("This is no large send that has ended.", hint="Look at the outbox.")
    if not outbox_retries.copy_to_retry(tx, outbox_id, new_id):
        raise InvalidInput("Nobody is left to send it to again.", hint="Unknown ones can be settled.")
    draft = {**item.draft, "schedule": None, "retry_of": outbox_id}
    outbox.outbox_add(tx, OutboxItem(new_id, at, item.kind, draft, {}, "draft"))
    return count(tx, new_id)
