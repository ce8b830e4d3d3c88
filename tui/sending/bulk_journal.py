"""What is written down of a large send at each step, with its entry in the audit trail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from tui.core.limits import NO_LIMITS, Limits
from tui.sending import journal
from tui.sending.quote import Quote
from tui.sending.result import Outcome
from tui.sending.retrying import check_retry
from tui.sending.spending import check_day
from tui.sending.transmitting import STOPPED, Answered
from tui.store import audit, outbox_batches
from tui.store.outbox_messages import Addressee, Settled
from tui.store.rows import OutboxState
from tui.store.transaction import Transaction

STOPPED_BEFORE = "It was stopped before the next batch left."
OUT_OF_CREDIT = "INSUFFICIENT_CREDIT"
_AUDIT: dict[OutboxState, audit.Outcome] = {
    "accepted": "done",
    "rejected": "refused",
    "unknown": "unknown",
    "not sent": "not sent",
}


def begin_pricing(tx: Transaction, outbox_id: str) -> bool:
    """Void the price that was told before; False if the send is confirmed already."""
    changed = tx.execute(
        "UPDATE outbox SET state = 'draft', quote = '{}' WHERE id = ? AND state IN ('draft', 'quoted')",
        (outbox_id,),
    )
    tx.changed("outbox", outbox_id)
    return bool(changed)


def quoted(tx: Transaction, quote: Quote) -> None:
    """Keep the price of a large send."""
    tx.execute(
        "UPDATE outbox SET state = 'quoted', quote = ? WHERE id = ? AND state = 'draft'",
        (json.dumps(quote.record(), default=str), quote.id),
    )
    tx.changed("outbox", quote.id)


def confirm(tx: Transaction, quote: Quote, at: int, operation: str, limits: Limits = NO_LIMITS) -> bool:
    """A person said yes: the audit trail has it from now on. False if this is not the price that stands.

    Raises SendRefused if it is beyond the limit of a day by now, or went to some of them meanwhile.
    """
    check_day(tx, quote, limits, at)
    check_retry(tx, quote)
    if not outbox_batches.confirm(tx, quote.id, quote.made_at, at):
        return False
    audit.record(tx, operation, "unknown", at, outbox_id=quote.id)
    return True


def settle(
    tx: Transaction,
    outbox_id: str,
    batch: int,
    messages: Sequence[Addressee],
    answered: Answered,
    now: float,
) -> bool:
    """Write down a batch after its request; whether more may follow. What surely was not processed waits
    again. After any failure no more leaves until a person says so.
    """
    if answered.surely_not_sent:
        outbox_batches.put_back(tx, outbox_id, batch)
        outbox_batches.pause(tx, outbox_id, str(answered.error or STOPPED_BEFORE))
        return False
    numbers = [row.number for row in messages]
    outcomes = journal.own(tx, outbox_id, list(zip(numbers, answered.outcomes, strict=False)))
    rows = list(map(_settled, numbers, outcomes)) or list(map(_lost, numbers))
    paid = (each.price or Decimal(0) for each in outcomes if each.fate == "accepted")
    outbox_batches.settle(tx, outbox_id, batch, rows, sum(paid, Decimal(0)), now)
    if answered.error is not None or not answered.outcomes:
        outbox_batches.pause(tx, outbox_id, str(answered.error or STOPPED))
        return False
    if any(row.code == OUT_OF_CREDIT for row in rows):
        outbox_batches.pause(tx, outbox_id, "The credit is used up. Top up, then let it go on.")
        return False
    return True


def _settled(number: int, outcome: Outcome) -> Settled:
    return Settled(
        outcome.fate,
        outcome.reason,
        outcome.code,
        outcome.message_id,
        outcome.sender,
        outcome.parts,
        None if outcome.price is None else str(outcome.price),
        number,
    )


def _lost(number: int) -> Settled:
    return Settled("unknown", STOPPED, "", "", "", None, None, number)


def end(tx: Transaction, outbox_id: str) -> OutboxState | None:
    """Give it its last state, if nothing of it waits any more."""
    state = outbox_batches.end(tx, outbox_id)
    if state is not None:
        audit.settle(tx, outbox_id, _AUDIT[state])
    return state


def cancel_rest(tx: Transaction, outbox_id: str, reason: str) -> int:
    """Take back what has not left; how many messages that are."""
    count = outbox_batches.cancel_rest(tx, outbox_id, reason)
    end(tx, outbox_id)
    return count


def recover(tx: Transaction) -> list[str]:
    """After a console that died: what it had in flight is unknown, the rest waits. The ids."""
    found = outbox_batches.recover(tx)
    for id in found:
        end(tx, id)
    return found
