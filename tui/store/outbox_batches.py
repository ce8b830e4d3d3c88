"""Large sends: their messages leave in batches, each in flight before its request and settled after it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tui.store import outbox, outbox_history, outbox_messages
from tui.store.outbox_messages import Addressee, Priced, Settled
from tui.store.rows import MessageState, OutboxState
from tui.store.sessions import is_running
from tui.store.transaction import Source, Transaction

UNRECORDED = "What became of a batch could not be recorded."
RATE_OVER = 10.0
"""Seconds over which the rate of a send is taken."""


class Progress(NamedTuple):
    """How far a large send is. `total` are the messages that were confirmed, `done` those with an outcome."""

    state: OutboxState
    total: int
    done: int = 0
    accepted: int = 0
    rejected: int = 0
    unknown: int = 0
    in_flight: int = 0
    rate: float = 0.0
    """Messages a second, lately."""
    spent: Decimal = Decimal(0)
    """What ClickSend charged for what was answered."""
    detail: str = ""
    """Why it is paused, or what became of it."""

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this rate; None when nothing tells."""
        return (self.total - self.done) / self.rate if self.rate > 0 else None


def _update(columns: Sequence[str], states: Sequence[MessageState]) -> str:
    """Writes these columns of the messages of `{rows}` (then `outbox_id`) that are in one of the states.

    A failure ends the whole write anyway: OR FAIL saves the copies that would undo the statement alone. With
    the plus sign, messages are found by number and not through the index of the states, which changes.
    """
    written = ", ".join(f"{name} = told.{name}" for name in columns[:-1])
    return (
        f"WITH told ({', '.join(columns)}, outbox_id) AS ({{rows}})"  # noqa: S608  own names only
        f" UPDATE OR FAIL outbox_message SET {written} FROM told"
        " WHERE outbox_message.outbox_id = told.outbox_id AND outbox_message.number = told.number"
        f" AND +outbox_message.state IN ({', '.join(map(repr, states))})"
    )


_PRICE = _update(Priced._fields, ("draft", "quoted"))
_SETTLE = _update(Settled._fields, ("in flight", "unknown"))


# Reads


def progress(source: Source, outbox_id: str, now: float) -> Progress | None:
    """How far a large send is; None if there is no such send."""
    item = outbox.one(source, outbox_id)
    if item is None:
        return None
    rows = source.rows(
        "SELECT size, left_at, answered_at, accepted, rejected, unknown, charged FROM outbox_batch"
        " WHERE outbox_id = ?",
        (outbox_id,),
    )
    answered = [row for row in rows if row[2]]
    accepted, rejected, unknown = (sum(row[column] for row in answered) for column in (3, 4, 5))
    return Progress(
        state=item.state,
        total=int(item.quote.get("accepted") or 0),
        done=accepted + rejected + unknown,
        accepted=accepted,
        rejected=rejected,
        unknown=unknown,
        in_flight=sum(row[0] for row in rows if not row[2]),
        rate=_rate([(row[1], row[2], sum(row[3:6])) for row in answered], now),
        spent=sum((Decimal(row[6]) for row in answered), Decimal(0)),
        detail=item.detail,
    )


def _rate(answered: Sequence[tuple[float, float, int]], now: float) -> float:
    """Messages a second over the last seconds, or since the first request that was answered in them."""
    lately = [batch for batch in answered if batch[1] > now - RATE_OVER]
    if not lately:
        return 0.0
    began = max(now - RATE_OVER, min(left for left, _, _ in lately))
    return sum(size for _, _, size in lately) / max(now - began, 0.001)


# Writes


def start(tx: Transaction, outbox_id: str, states: Sequence[OutboxState]) -> bool:
    """Take a send that is in one of these states, to let it go from here; False if nobody may now.

    Nobody may while another console that runs sends it or has messages of it in flight. What a console that
    is gone had in flight becomes unknown.
    """
    row = tx.row("SELECT state, session FROM outbox WHERE id = ?", (outbox_id,))
    if row is None or row[0] not in states:
        return False
    if row[1] != tx.session:
        busy = row[0] == "sending" or _in_flight(tx, outbox_id)
        if busy and is_running(row[1], tx.session):
            return False
        lose(tx, outbox_id)
    tx.execute(
        "UPDATE outbox SET state = 'sending', session = ?, detail = '' WHERE id = ?", (tx.session, outbox_id)
    )
    tx.changed("outbox", outbox_id)
    return True


def take(tx: Transaction, outbox_id: str, most: int, now: float) -> tuple[int, list[Addressee]] | None:
    """The next messages that are confirmed, put in flight under a number of their own; None when the send
    does not go on: it is paused, or nothing is left.
    """
    row = tx.row("SELECT state, session FROM outbox WHERE id = ?", (outbox_id,))
    if row is None or row != ("sending", tx.session):
        return None
    messages = outbox_messages.addressees(tx, outbox_id, -1, most, ("confirmed",))
    if not messages:
        return None
    last = tx.rows("SELECT coalesce(max(batch), 0) FROM outbox_batch WHERE outbox_id = ?", (outbox_id,))
    batch = int(last[0][0]) + 1
    tx.execute(
        "UPDATE OR FAIL outbox_message SET state = 'in flight', batch = ?"
        " WHERE outbox_id = ? AND number BETWEEN ? AND ? AND +state = 'confirmed'",
        (batch, outbox_id, messages[0].number, messages[-1].number),
    )
    tx.execute(
        "INSERT INTO outbox_batch (outbox_id, batch, size, left_at) VALUES (?, ?, ?, ?)",
        (outbox_id, batch, len(messages), now),
    )
    tx.changed("outbox", outbox_id)
    return batch, messages


def settle(
    tx: Transaction, outbox_id: str, batch: int, messages: Sequence[Settled], charged: Decimal, now: float
) -> None:
    """Write down what became of each message of a batch, unless history has told more of it meanwhile."""
    tx.execute_together(_SETTLE, [(*message, outbox_id) for message in messages])
    states = [message.state for message in messages]
    tx.execute(
        "UPDATE outbox_batch SET answered_at = ?, accepted = ?, rejected = ?, unknown = ?, charged = ?"
        " WHERE outbox_id = ? AND batch = ?",
        (
            now,
            *(states.count(state) for state in ("accepted", "rejected", "unknown")),
            str(charged),
            outbox_id,
            batch,
        ),
    )
    if "unknown" in states:
        outbox_history.settle_by_history(tx, outbox_id)
    tx.changed("outbox", outbox_id)


def put_back(tx: Transaction, outbox_id: str, batch: int) -> None:
    """A batch surely was not processed: its messages are as they were before, and its number is free."""
    tx.execute(
        "UPDATE outbox_message SET state = 'confirmed', batch = 0"
        " WHERE outbox_id = ? AND state = 'in flight' AND batch = ?",
        (outbox_id, batch),
    )
    tx.execute("DELETE FROM outbox_batch WHERE outbox_id = ? AND batch = ?", (outbox_id, batch))
    tx.changed("outbox", outbox_id)


def pause(tx: Transaction, outbox_id: str, detail: str = "") -> bool:
    """Let no more of a send go; what is in flight is waited for. False if it does not go now."""
    changed = tx.execute(
        "UPDATE outbox SET state = 'paused', detail = ? WHERE id = ? AND state = 'sending'",
        (detail, outbox_id),
    )
    if changed:
        tx.changed("outbox", outbox_id)
    return bool(changed)


def cancel_rest(tx: Transaction, outbox_id: str, reason: str) -> int:
    """Take back what has not left; how many messages that are."""
    count = tx.execute(
        "UPDATE outbox_message SET state = 'not sent', reason = ?"
        " WHERE outbox_id = ? AND state = 'confirmed'",
        (reason, outbox_id),
    )
    end(tx, outbox_id)
    tx.changed("outbox", outbox_id)
    return count


def end(tx: Transaction, outbox_id: str) -> OutboxState | None:
    """Give a send its last state when nothing of it waits any more; None while something does."""
    counts = outbox_messages.counts(tx, outbox_id)
    state = outbox_messages.overall(counts)
    if state is None:
        return None
    order: Sequence[MessageState] = ("unknown", "accepted", "rejected", "not sent")
    detail = ", ".join(f"{counts[each]:,} {each}" for each in order if counts.get(each))
    tx.execute("UPDATE outbox SET state = ?, detail = ? WHERE id = ?", (state, f"{detail}.", outbox_id))
    tx.changed("outbox", outbox_id)
    return state


def lose(tx: Transaction, outbox_id: str) -> int:
    """What was in flight in a console that is gone is unknown; how many messages that are."""
    reason = "The console ended before ClickSend answered. Whether it was sent is not known."
    count = tx.execute(
        "UPDATE outbox_message SET state = 'unknown', reason = ? WHERE outbox_id = ? AND state = 'in flight'",
        (reason, outbox_id),
    )
    tx.execute(
        "UPDATE outbox_batch SET answered_at = left_at, unknown = size"
        " WHERE outbox_id = ? AND answered_at = 0",
        (outbox_id,),
    )
    outbox_history.settle_by_history(tx, outbox_id)
    tx.changed("outbox", outbox_id)
    return count


def reclaim(tx: Transaction, outbox_id: str) -> None:
    """The same for a send of this console of which nothing is under way any more; what has not left waits."""
    sql = "SELECT 1 FROM outbox WHERE id = ? AND session = ? AND state IN ('sending', 'paused')"
    if tx.row(sql, (outbox_id, tx.session)) is None:
        return
    lost = lose(tx, outbox_id)
    if end(tx, outbox_id) is None:
        pause(tx, outbox_id, UNRECORDED if lost else "")


def recover(tx: Transaction) -> list[str]:
    """Large sends that went in a process that is gone: what it had in flight is unknown, the rest waits,
    paused, for a person. Their ids. What it had prepared and nobody confirmed is forgotten.
    """
    for id, session in tx.rows(
        f"SELECT id, session FROM outbox WHERE state IN ('draft', 'quoted') AND {outbox.IS_LARGE}"  # noqa: S608
    ):
        if not is_running(session, tx.session):
            discard(tx, id)
    found = []
    for id, state, session in tx.rows(
        "SELECT id, state, session FROM outbox"  # noqa: S608  own names only
        f" WHERE state IN ('confirmed', 'sending', 'paused') AND {outbox.IS_LARGE}"
    ):
        if session == tx.session or is_running(session, tx.session):
            continue
        lost = lose(tx, id) if _in_flight(tx, id) else 0
        if state == "paused" and not lost:
            continue
        detail = f"The console ended before {lost:,} were answered." if lost else "The console ended."
        if end(tx, id) is None:
            tx.execute("UPDATE outbox SET state = 'paused', detail = ? WHERE id = ?", (detail, id))
        tx.changed("outbox", id)
        found.append(id)
    return found


def _in_flight(tx: Transaction, outbox_id: str) -> bool:
    sql = "SELECT 1 FROM outbox_message WHERE outbox_id = ? AND state = 'in flight' LIMIT 1"
    return tx.row(sql, (outbox_id,)) is not None


def confirm(tx: Transaction, outbox_id: str, made_at: float, at: int) -> bool:
    """A person said yes, `at` this moment, to the price that was told then; False if it is not the one that
    stands.
    """
    row = tx.row(
        "SELECT 1 FROM outbox WHERE id = ? AND state = 'quoted' AND json_extract(quote, '$.made_at') = ?",
        (outbox_id, made_at),
    )
    if row is None:
        return False
    tx.execute(
        "UPDATE outbox_message SET state = 'confirmed' WHERE outbox_id = ? AND state = 'quoted'", (outbox_id,)
    )
    tx.execute(
        "UPDATE outbox SET state = 'confirmed', created_at = ?, session = ?, who = ? WHERE id = ?",
        (at, tx.session, tx.who, outbox_id),
    )
    tx.changed("outbox", outbox_id)
    return True


def price(tx: Transaction, outbox_id: str, messages: Sequence[Priced]) -> None:
    """Note the price of messages, or why ClickSend would not take them."""
    tx.execute_together(_PRICE, [(*message, outbox_id) for message in messages])
    tx.changed("outbox", outbox_id)


def discard(tx: Transaction, outbox_id: str) -> bool:
    """Forget a large send that was prepared and never confirmed."""
    gone = tx.execute("DELETE FROM outbox WHERE id = ? AND state IN ('draft', 'quoted')", (outbox_id,))
    if gone:
        tx.execute("DELETE FROM outbox_message WHERE outbox_id = ?", (outbox_id,))
        tx.changed("outbox", outbox_id)
    return bool(gone)
