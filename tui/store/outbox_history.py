"""What history tells of messages of sends: they did leave, whatever became of the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal

from tui.store import outbox_messages
from tui.store.rows import Message, MessageState
from tui.store.transaction import Transaction

_IN_HISTORY = "It is in ClickSend's history."


def seen(tx: Transaction, found: Sequence[tuple[str, Message]]) -> None:
    """Messages of sends of ours that ClickSend knows: they did leave, whatever became of the answer."""
    if not found:
        return
    settled = tx.execute_all(
        "UPDATE outbox_message SET state = ?, reason = ?, message_id = ?, parts = ?, charged = ?"
        " WHERE outbox_id = ? AND number = ? AND state IN ('unknown', 'not sent')",
        [
            (
                "rejected" if message.state == "rejected" else "accepted",
                _IN_HISTORY,
                message.id,
                message.parts,
                None if message.price is None else str(message.price),
                outbox_id,
                message.custom_string.rpartition("-")[2],
            )
            for outbox_id, message in found
        ],
    )
    for outbox_id in dict.fromkeys(outbox_id for outbox_id, _ in found):
        known_now(tx, outbox_id, was_settled=bool(settled))


def known_now(tx: Transaction, outbox_id: str, *, was_settled: bool = True) -> None:
    """Bring the word for a whole send, and the counts of its batches, up to what its messages became."""
    doubtful = "SELECT 1 FROM outbox WHERE id = ? AND state IN ('unknown', 'not sent')"
    if is_doubtful := tx.row(doubtful, (outbox_id,)) is not None:
        # A send of an earlier version has no rows: that one message left is all that is known of it.
        state = outbox_messages.overall(outbox_messages.counts(tx, outbox_id) or {"accepted": 1})
        if state is not None:
            tx.execute("UPDATE outbox SET state = ? WHERE id = ?", (state, outbox_id))
    if was_settled:
        recount(tx, outbox_id)
    if is_doubtful or was_settled:
        tx.changed("outbox", outbox_id)


def settle_by_history(tx: Transaction, outbox_id: str) -> None:
    """What is unknown of a send and came with history while its answer was waited for did leave."""
    tx.execute(
        "UPDATE outbox_message SET state = CASE m.state WHEN 'rejected' THEN 'rejected' ELSE 'accepted' END,"
        " reason = ?2, message_id = m.id, parts = m.parts, charged = m.price FROM message AS m"
        " WHERE outbox_message.outbox_id = ?1 AND outbox_message.state = 'unknown' AND m.outbox_id = ?1"
        " AND m.id != m.custom_string AND m.custom_string = ?1 || '-' || outbox_message.number",
        (outbox_id, _IN_HISTORY),
    )
    recount(tx, outbox_id)


def recount(tx: Transaction, outbox_id: str) -> None:
    """Count anew what became of the batches of which some was not known, once more is."""
    found = tx.rows(
        "SELECT batch, state, charged, count(*) FROM outbox_message WHERE outbox_id = ?1 AND batch IN"
        " (SELECT batch FROM outbox_batch WHERE outbox_id = ?1 AND unknown > 0) GROUP BY 1, 2, 3",
        (outbox_id,),
    )
    charged: defaultdict[int, Decimal] = defaultdict(Decimal)
    states: dict[int, Counter[MessageState]] = {}
    for batch, state, price, count in found:
        states.setdefault(batch, Counter())[state] += count
        if state == "accepted" and price is not None:
            charged[batch] += Decimal(price) * count
    tx.execute_all(
        "UPDATE outbox_batch SET accepted = ?, rejected = ?, unknown = ?, charged = ?"
        " WHERE outbox_id = ? AND batch = ?",
        [
            (each["accepted"], each["rejected"], each["unknown"], str(charged[batch]), outbox_id, batch)
            for batch, each in states.items()
        ],
    )
