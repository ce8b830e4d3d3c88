"""What people decide about conversations (done, open again, unread), and taking it back step by step."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, cast

from tui.store import conversations
from tui.store.rows import PendingMark, Undone
from tui.store.transaction import Row, Source, Transaction

Kind = Literal["done", "reopen", "unread"]

_MARKS_AT_ONCE = 50
_KEPT_SECONDS = 7 * 24 * 3600
"""How long a decision can be taken back."""

# Deciding


def done(tx: Transaction, counterparts: Sequence[str], at: int, mark_due_at: int) -> None:
    """Nothing more to do: read and out of Open at once, and marked read at ClickSend at `mark_due_at`."""
    unread = _unread(tx, counterparts)
    marks = [(id, mark_due_at) for _, id, direction, *_ in unread if direction == "in"]
    _remember(tx, "done", counterparts, at, unread, marks)
    _set_read(tx, ((number, True, True) for number, *_ in unread))
    _set_done(tx, ((counterpart, True) for counterpart in counterparts))
    tx.execute_all("INSERT OR IGNORE INTO pending_mark VALUES (?, ?)", marks)
    tx.changed("marks")
    _announce(tx, counterparts)


def reopen(tx: Transaction, counterparts: Sequence[str], at: int) -> None:
    """Back to Open, as read as it was."""
    _remember(tx, "reopen", counterparts, at, [], [])
    _set_done(tx, ((counterpart, False) for counterpart in counterparts))
    _announce(tx, counterparts)


def set_unread(tx: Transaction, counterparts: Sequence[str], at: int) -> None:
    """Unread again here: the newest message from them, or else the newest at all. ClickSend is not told.

    Marks of that message that are still waiting are dropped: it is not read.
    """
    newest = [row for counterpart in counterparts if (row := _newest(tx, counterpart))]
    waiting = [mark for row in newest for mark in tx.rows(_MARK, row[1:2])]
    _remember(tx, "unread", counterparts, at, newest, waiting)
    _set_read(tx, ((number, False, True) for number, *_ in newest))
    _set_done(tx, ((counterpart, False) for counterpart in counterparts))
    tx.execute_all("DELETE FROM pending_mark WHERE message_id = ?", [mark[:1] for mark in waiting])
    _announce(tx, counterparts)


def undo(tx: Transaction) -> Undone | None:
    """Take back this console's last decision; None if there is none left.

    What came in since stays as it is. A mark that ClickSend was given already cannot be taken back there.
    """
    row = tx.row(
        "SELECT id, kind, before FROM decision WHERE session = ? ORDER BY id DESC LIMIT 1", (tx.session,)
    )
    if row is None:
        return None
    tx.execute("DELETE FROM decision WHERE id = ?", row[:1])
    kind, before = cast(Kind, row[1]), json.loads(row[2])
    counterparts = tuple(counterpart for counterpart, _ in before["conversations"])
    _set_read(tx, before["messages"])
    _set_done(tx, before["conversations"])
    marked = _restore_marks(tx, kind, before["marks"])
    _announce(tx, counterparts)
    return Undone(kind, counterparts, marked)


# Marks that wait to be made at ClickSend


def pending_marks(source: Source, now: float) -> list[PendingMark]:
    """Marks that are due, of messages that ClickSend still had as unread when it was last asked."""
    rows = source.rows(
        "SELECT message_id, due_at FROM pending_mark JOIN message ON message.id = message_id"
        " WHERE due_at <= ? AND listed = 1 ORDER BY due_at, message_id LIMIT ?",
        (int(now), _MARKS_AT_ONCE),
    )
    return [PendingMark(*row) for row in rows]


def next_mark_due(source: Source) -> int | None:
    """When the next mark is due, or None if none waits."""
    row = source.row(
        "SELECT min(due_at) FROM pending_mark JOIN message ON message.id = message_id WHERE listed = 1"
    )
    return row[0] if row else None


def marks_made(tx: Transaction, message_ids: Iterable[str]) -> None:
    """These marks need not wait any more: made, or not possible."""
    tx.execute_all("DELETE FROM pending_mark WHERE message_id = ?", [(id,) for id in message_ids])


# The rows behind a decision

_READ_COLUMNS = "number, id, direction, read, decided"
_MARK = "SELECT message_id, due_at FROM pending_mark WHERE message_id = ?"


def _unread(tx: Transaction, counterparts: Sequence[str]) -> list[Row]:
    sql = f"SELECT {_READ_COLUMNS} FROM message WHERE counterpart = ? AND read = 0"  # noqa: S608
    return [row for counterpart in counterparts for row in tx.rows(sql, (counterpart,))]


def _newest(tx: Transaction, counterpart: str) -> Row | None:
    sql = f"SELECT {_READ_COLUMNS} FROM message WHERE counterpart = ?"  # noqa: S608  own names only
    order = "ORDER BY at DESC, number DESC LIMIT 1"
    return tx.row(f"{sql} AND direction = 'in' {order}", (counterpart,)) or tx.row(
        f"{sql} {order}", (counterpart,)
    )


def _set_read(tx: Transaction, rows: Iterable[Sequence[Any]]) -> None:
    """Set `read` and `decided` of messages, given as (number, read, decided)."""
    tx.execute_all(
        "UPDATE message SET read = ?, decided = ? WHERE number = ?",
        [(read, decided, number) for number, read, decided in rows],
    )


def _set_done(tx: Transaction, rows: Iterable[Sequence[Any]]) -> None:
    tx.execute_all(
        "UPDATE conversation SET done = ? WHERE counterpart = ?", [(value, key) for key, value in rows]
    )


def _restore_marks(tx: Transaction, kind: Kind, marks: Sequence[Sequence[Any]]) -> int:
    """Put waiting marks back as they were; the number of marks that were made at ClickSend meanwhile."""
    if kind == "unread":
        tx.execute_all("INSERT OR IGNORE INTO pending_mark VALUES (?, ?)", marks)
        tx.changed("marks")
        return 0
    taken = tx.execute_all("DELETE FROM pending_mark WHERE message_id = ?", [mark[:1] for mark in marks])
    return len(marks) - taken


def _remember(
    tx: Transaction,
    kind: Kind,
    counterparts: Sequence[str],
    at: int,
    messages: Sequence[Row],
    marks: Sequence[Row],
) -> None:
    sql = "SELECT counterpart, done FROM conversation WHERE counterpart = ?"
    before = {  # numbers, not ids: an id changes when ClickSend gives its own
        "conversations": [row for key in counterparts for row in tx.rows(sql, (key,))],
        "messages": [(number, read, decided) for number, _, _, read, decided in messages],
        "marks": marks,
    }
    tx.execute("DELETE FROM decision WHERE at < ?", (at - _KEPT_SECONDS,))
    tx.execute(
        "INSERT INTO decision (session, at, kind, before) VALUES (?, ?, ?, ?)",
        (tx.session, at, kind, json.dumps(before)),
    )


def _announce(tx: Transaction, counterparts: Sequence[str]) -> None:
    conversations.refresh(tx, counterparts)
    tx.changed("messages")
