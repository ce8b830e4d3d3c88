"""The outbox: every confirmed send, committed before its request leaves, with what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from tui.store import conversations, outbox_history, outbox_messages
from tui.store.messages import announce, local_id, merge_messages
from tui.store.messages import one as message_by_id
from tui.store.rows import Message, OutboxItem, OutboxState
from tui.store.sessions import is_running
from tui.store.transaction import Row, Source, Transaction

LOST = "The console ended before ClickSend answered."
SETTLED = "Settled by hand."
IS_LARGE = "(json_extract(draft, '$.source') IS NOT NULL)"
"""The condition for sends in many batches, which `outbox_batches` keeps."""
_COLUMNS = "id, created_at, kind, draft, quote, state, detail, held_until, schedule"

# Reads


def items(source: Source, states: Sequence[OutboxState] = ()) -> list[OutboxItem]:
    """Confirmed sends, oldest first."""
    where = f"state IN ({', '.join('?' * len(states))})" if states else "1"
    sql = f"SELECT {_COLUMNS} FROM outbox WHERE {where} ORDER BY created_at, id"  # noqa: S608  own names only
    return [_make(row) for row in source.rows(sql, states)]


def newest(source: Source, most: int) -> list[OutboxItem]:
    """Confirmed sends: those whose outcome is not known, then the newest of the others."""
    order = "ORDER BY state = 'unknown' DESC, created_at DESC, id LIMIT ?"
    return [_make(row) for row in source.rows(f"SELECT {_COLUMNS} FROM outbox {order}", (most,))]  # noqa: S608


def unknown_count(source: Source) -> int:
    """How many confirmed sends there are whose outcome is not known."""
    row = source.row("SELECT count(*) FROM outbox WHERE state = 'unknown'", ())
    return int(row[0]) if row else 0


def one(source: Source, id: str) -> OutboxItem | None:
    """One confirmed send."""
    row = source.row(f"SELECT {_COLUMNS} FROM outbox WHERE id = ?", (id,))  # noqa: S608  own names only
    return _make(row) if row else None


def sent_alike(
    source: Source, kind: str, record: Mapping[str, Any], accepted: int, since: int
) -> OutboxItem | None:
    """The newest send since a moment that took the same as this draft to the same: people, a list, or as many
    from the same file or list. One that surely did not leave is none.
    """
    found = source.rows(
        f"SELECT {_COLUMNS} FROM outbox WHERE created_at >= ?1 AND kind = ?2"  # noqa: S608  own names only
        " AND state IN ('confirmed', 'sending', 'paused', 'accepted', 'unknown')"
        f" AND {_ALIKE} AND (NOT {IS_LARGE} OR json_extract(quote, '$.accepted') = ?4)"
        " ORDER BY created_at DESC, id",
        (since, kind, json.dumps(dict(record), default=str), accepted),
    )
    carries = None if record.get("body") else _carried(record)
    items = (_make(row) for row in found)
    return next((item for item in items if carries in (None, _carried(item.draft))), None)


_ALIKE = " AND ".join(
    f"json_extract(draft, '$.{name}') IS json_extract(?3, '$.{name}')"
    for name in ("body", "to", "list_id", "source.file", "source.list_id")
)


def _carried(record: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a draft carries beside a text: its arguments, and of those that are files what was uploaded."""
    files = record.get("files") or {}
    content = record.get("content") or {}
    return {name: value for name, value in content.items() if name not in files}, files


def _make(row: Row) -> OutboxItem:
    return OutboxItem(*(*row[:3], json.loads(row[3]), json.loads(row[4]), *row[5:]))


# Writes


def outbox_add(
    tx: Transaction,
    item: OutboxItem,
    messages: Sequence[Message] = (),
    numbers: Mapping[str, str] | None = None,
) -> None:
    """Note a send that is about to leave, with its messages under their local ids (`messages.local_id`)."""
    tx.execute(
        f"INSERT INTO outbox ({_COLUMNS}, session, who) VALUES ({', '.join('?' * 11)})",  # noqa: S608
        (
            item.id,
            item.created_at,
            item.kind,
            json.dumps(dict(item.draft), default=str),
            json.dumps(dict(item.quote), default=str),
            item.state,
            item.detail,
            item.held_until,
            item.schedule,
            tx.session,
            tx.who,
        ),
    )
    tx.changed("outbox", item.id)
    merge_messages(tx, messages, numbers=numbers)


def outbox_update(tx: Transaction, id: str, state: OutboxState, detail: str = "") -> None:
    """Say what became of a send. What is not known of it is not known of its messages either; messages of
    a send that surely did not happen are taken away.
    """
    tx.execute("UPDATE outbox SET state = ?, detail = ? WHERE id = ?", (state, detail, id))
    tx.changed("outbox", id)
    match state:
        case "unknown":
            _lose_messages(tx, id, detail)
        case "not sent":
            _remove_messages(tx, id)


def outbox_release(tx: Transaction, id: str) -> bool:
    """A send that was held back goes now; False if it is not held any more."""
    released = tx.execute(
        "UPDATE outbox SET state = 'sending', held_until = 0 WHERE id = ? AND state = 'confirmed'", (id,)
    )
    tx.changed("outbox", id)
    return released > 0


def outbox_held(tx: Transaction) -> list[str]:
    """Sends that a console which is gone held back: they never left."""
    held = tx.rows(f"SELECT id, session FROM outbox WHERE state = 'confirmed' AND NOT {IS_LARGE}")  # noqa: S608
    return [id for id, session in held if not is_running(session, tx.session)]


def outbox_settle(tx: Transaction, id: str, *, was_sent: bool) -> None:
    """A person's verdict on all messages of a send whose outcome is not known. What history shows later
    corrects it.
    """
    outbox_messages.set_all(tx, id, "unknown", "accepted" if was_sent else "not sent", SETTLED)
    for local in _local_ids(tx, id, "unknown"):
        _settle_message(tx, local, was_sent=was_sent)
    _conclude(tx, id, "accepted" if was_sent else "not sent")


def outbox_settle_one(tx: Transaction, id: str, number: int, *, was_sent: bool) -> bool:
    """A person's verdict on one message of a send; False if its outcome is known."""
    settled = tx.execute(
        "UPDATE outbox_message SET state = ?, reason = ?"
        " WHERE outbox_id = ? AND number = ? AND state = 'unknown'",
        ("accepted" if was_sent else "not sent", SETTLED, id, number),
    )
    if settled:
        _settle_message(tx, local_id(id, number), was_sent=was_sent)
        _conclude(tx, id, "unknown")
    return bool(settled)


def _settle_message(tx: Transaction, local: str, *, was_sent: bool) -> None:
    message = message_by_id(tx, local)
    if message is None or message.state != "unknown":
        return
    if was_sent:
        tx.execute("UPDATE message SET state = 'accepted' WHERE id = ?", (local,))
    else:
        tx.execute("DELETE FROM message WHERE id = ?", (local,))
    announce(tx, [message._replace(state="accepted"), message])
    conversations.remove_empty(tx, message.counterpart)


def _conclude(tx: Transaction, id: str, otherwise: OutboxState) -> None:
    """The word for the whole send after a verdict; one that waits, paused, goes on waiting."""
    outbox_history.recount(tx, id)
    counts = outbox_messages.counts(tx, id)
    state = outbox_messages.overall(counts) if counts else otherwise
    if state is not None:
        tx.execute("UPDATE outbox SET state = ?, detail = ? WHERE id = ?", (state, SETTLED, id))
    tx.changed("outbox", id)


def outbox_recover(tx: Transaction) -> list[str]:
    """Sends that wait for an answer to a process that is gone become unknown; their ids."""
    waiting = tx.rows(
        f"SELECT id, session FROM outbox WHERE state = 'sending' AND NOT {IS_LARGE}"  # noqa: S608
    )
    lost = [id for id, session in waiting if not is_running(session, tx.session)]
    for id in lost:
        outbox_messages.set_all(tx, id, "in flight", "unknown", LOST)
        outbox_history.settle_by_history(tx, id)
        counts = outbox_messages.counts(tx, id)  # none for a send of an earlier version
        outbox_update(tx, id, (outbox_messages.overall(counts) if counts else None) or "unknown", LOST)
    return lost


def _lose_messages(tx: Transaction, id: str, detail: str) -> None:
    ids = _local_ids(tx, id, "sending")
    tx.execute_all(
        "UPDATE message SET state = 'unknown', state_text = ? WHERE id = ?",
        [(detail, local) for local in ids],
    )
    announce(tx, [message for local in ids if (message := message_by_id(tx, local))])


def _remove_messages(tx: Transaction, id: str) -> None:
    """Only rows under local ids: what ClickSend gave an id did happen."""
    gone = [message for local in _local_ids(tx, id) if (message := message_by_id(tx, local))]
    tx.execute_all("DELETE FROM message WHERE id = ?", [(message.id,) for message in gone])
    announce(tx, gone)
    for message in gone:
        conversations.remove_empty(tx, message.counterpart)


def _local_ids(tx: Transaction, outbox_id: str, state: str = "") -> list[str]:
    rows = tx.rows(
        "SELECT id FROM message WHERE outbox_id = ? AND id = custom_string AND (? = '' OR state = ?)",
        (outbox_id, state, state),
    )
    return [row[0] for row in rows]
