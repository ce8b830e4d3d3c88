"""The messages of a send, one by one: a table that grows with the file it was read from, read in windows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tui.store.reader import Reader
from tui.store.rows import MessageState, OutboxMessage
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import IndexWindow, Listing, Order, Window

_COLUMNS = (
    "outbox_id, number, recipient, state, line, name, country, fields, reason, code, batch, message_id,"
    " sender, parts, price, charged, became, became_text"
)
_PLACES = ", ".join("?" * (_COLUMNS.count(",") + 1))


def _make(row: Row) -> OutboxMessage:
    fields = json.loads(row[7]) if row[7] else {}
    return OutboxMessage(*(*row[:7], fields, *row[8:14], _money(row[14]), _money(row[15]), *row[16:]))


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


_LISTING = Listing(
    table="outbox_message",
    rowid="number",
    columns=_COLUMNS,
    make=_make,
    key=lambda message: str(message.number),
    place="number = :key",
)

# Reads


def window(reader: Reader, outbox_id: str, states: Sequence[MessageState] = ()) -> Window[OutboxMessage]:
    """The messages of a send in the order of its file, all of them or those in some states."""
    where, values = "outbox_id = :outbox_id", {"outbox_id": outbox_id}
    if states:
        places = {f"state{number}": state for number, state in enumerate(states)}
        where = f"{where} AND state IN ({', '.join(f':{place}' for place in places)})"
        values |= places
    return IndexWindow(reader, _LISTING, Order(("number",)), where, values)


def some(source: Source, outbox_id: str, state: MessageState, most: int) -> list[OutboxMessage]:
    """The first messages of a send that are in a state."""
    rows = source.rows(
        f"SELECT {_COLUMNS} FROM outbox_message WHERE outbox_id = ? AND state = ? ORDER BY number LIMIT ?",  # noqa: S608
        (outbox_id, state, most),
    )
    return [_make(row) for row in rows]


def after(
    source: Source, outbox_id: str, number: int, most: int, states: Sequence[MessageState]
) -> list[OutboxMessage]:
    """The next messages of a send after a number that are in one of some states."""
    sql = (
        f"SELECT {_COLUMNS} FROM outbox_message WHERE outbox_id = ? AND number > ?"  # noqa: S608
        f" AND state IN ({', '.join('?' * len(states))}) ORDER BY number LIMIT ?"
    )
    return [_make(row) for row in source.rows(sql, (outbox_id, number, *states, most))]


def lines_of(source: Source, outbox_id: str, recipients: Sequence[str]) -> dict[str, int]:
    """Which of these recipients a send has already, and from which line."""
    sql = (
        f"SELECT recipient, line FROM outbox_message WHERE outbox_id = ? AND state = 'draft'"  # noqa: S608
        f" AND recipient IN ({', '.join('?' * len(recipients))})"
    )
    return dict(source.rows(sql, (outbox_id, *recipients)))


def reasons(source: Source, outbox_id: str, state: MessageState) -> list[tuple[str, int]]:
    """Why messages are in a state, the most frequent reason first."""
    sql = (
        "SELECT reason, count(*) FROM outbox_message WHERE outbox_id = ? AND state = ?"
        " GROUP BY reason ORDER BY count(*) DESC, reason"
    )
    return [(reason, count) for reason, count in source.rows(sql, (outbox_id, state))]


def counts(source: Source, outbox_id: str) -> dict[MessageState, int]:
    """How many messages of a send are in each state."""
    sql = "SELECT state, count(*) FROM outbox_message WHERE outbox_id = ? GROUP BY state"
    return {state: count for state, count in source.rows(sql, (outbox_id,))}


# Writes


def add(tx: Transaction, messages: Iterable[OutboxMessage]) -> None:
    """Put down messages of a send; one that is there already is put down anew."""
    sql = f"INSERT OR REPLACE INTO outbox_message ({_COLUMNS}) VALUES ({_PLACES})"  # noqa: S608  own names only
    tx.execute_all(sql, (_values(message) for message in messages))
    tx.changed("outbox")


def _values(message: OutboxMessage) -> tuple[object, ...]:
    return (
        message.outbox_id,
        message.number,
        message.recipient,
        message.state,
        message.line,
        message.name,
        message.country,
        json.dumps(dict(message.fields), ensure_ascii=False) if message.fields else "",
        message.reason,
        message.code,
        message.batch,
        message.message_id,
        message.sender,
        message.parts,
        None if message.price is None else str(message.price),
        None if message.charged is None else str(message.charged),
        message.became,
        message.became_text,
    )
