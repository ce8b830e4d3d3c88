"""Which messages are read here, and the marks that wait to be made at ClickSend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tui.store.rows import PendingMark
from tui.store.transaction import Row, Source, Transaction

_MARKS_AT_ONCE = 50
_COLUMNS = "number, id, direction, read, decided"


# Read or not


def unread(tx: Transaction, counterparts: Sequence[str]) -> list[Row]:
    """The unread messages of these, as (number, id, direction, read, decided)."""
    sql = f"SELECT {_COLUMNS} FROM message WHERE counterpart = ? AND read = 0"  # noqa: S608  own names only
    return [row for counterpart in counterparts for row in tx.rows(sql, (counterpart,))]


def newest(tx: Transaction, counterparts: Sequence[str]) -> list[Row]:
    """The newest message from each of these, or else the newest at all, in the same form."""
    return [row for counterpart in counterparts if (row := _newest(tx, counterpart))]


def _newest(tx: Transaction, counterpart: str) -> Row | None:
    sql = f"SELECT {_COLUMNS} FROM message WHERE counterpart = ?"  # noqa: S608  own names only
    order = "ORDER BY at DESC, number DESC LIMIT 1"
    return tx.row(f"{sql} AND direction = 'in' {order}", (counterpart,)) or tx.row(
        f"{sql} {order}", (counterpart,)
    )


def set_read(tx: Transaction, rows: Iterable[Sequence[Any]]) -> None:
    """Set `read` and `decided` of messages, given as (number, read, decided)."""
    tx.execute_all(
        "UPDATE message SET read = ?, decided = ? WHERE number = ?",
        [(read, decided, number) for number, read, decided in rows],
    )


# Marks that wait to be made at ClickSend


def pending_marks(source: Source, now: float) -> list[PendingMark]:
    """Marks that are due, of messages that ClickSend still had as unread when it was last asked."""
    rows = source.rows(
        "SELECT message_id, due_at FROM pending_mark CROSS JOIN message ON message.id = message_id"
        " WHERE due_at <= ? AND listed = 1 ORDER BY due_at, message_id LIMIT ?",
        (int(now), _MARKS_AT_ONCE),
    )
    return [PendingMark(*row) for row in rows]


def next_mark_due(source: Source) -> int | None:
    """When the next mark is due, or None if none waits."""
    row = source.row(
        "SELECT min(due_at) FROM pending_mark CROSS JOIN message ON message.id = message_id WHERE listed = 1"
    )
    return row[0] if row else None


def marks_made(tx: Transaction, message_ids: Iterable[str]) -> None:
    """These marks need not wait any more: made, or not possible."""
    tx.execute_all("DELETE FROM pending_mark WHERE message_id = ?", [(id,) for id in message_ids])


def marks_of(tx: Transaction, message_ids: Iterable[str]) -> list[Row]:
    """The marks of these messages that wait, as (id, due_at)."""
    sql = "SELECT message_id, due_at FROM pending_mark WHERE message_id = ?"
    return [row for id in message_ids for row in tx.rows(sql, (id,))]


def add_marks(tx: Transaction, marks: Iterable[Sequence[Any]]) -> None:
    """Let marks wait, given as (id, due_at)."""
    tx.execute_all("INSERT OR IGNORE INTO pending_mark VALUES (?, ?)", marks)
    tx.changed("marks")


def drop_marks(tx: Transaction, marks: Iterable[Sequence[Any]]) -> int:
    """Let these wait no more; how many of them still did."""
    return tx.execute_all("DELETE FROM pending_mark WHERE message_id = ?", [mark[:1] for mark in marks])
