"""The messages of a send, one by one: a table that grows with the file it was read from, read in windows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from tui.store.reader import Reader
from tui.store.rows import FAILURES, MessageState, OutboxMessage, OutboxState, State
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import IndexWindow, Listing, Order, Window

COLUMNS = (
    "outbox_id, number, recipient, state, line, name, country, fields, reason, code, batch, message_id,"
    " sender, parts, price, charged, became, became_text"
)
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _as_json(fields: Mapping[str, str]) -> str:
    """An object of texts, "" for none; without an encoder that is made anew for each of thousands."""
    return (
        f"{{{', '.join([f'{_quoted(name)}: {_quoted(text)}' for name, text in fields.items()])}}}"
        if fields
        else ""
    )


def make(row: Row) -> OutboxMessage:
    """A row of all columns as a message."""
    fields = json.loads(row[7]) if row[7] else {}
    return OutboxMessage(*(*row[:7], fields, *row[8:14], _money(row[14]), _money(row[15]), *row[16:]))


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


class Summary(NamedTuple):
    """What became of a send until now. Messages of a campaign are ClickSend's, and not counted here."""

    states: Mapping[MessageState, int]
    """How many messages are in each state of the send itself."""
    became: Mapping[State, int]
    """Of the accepted ones, how many are sent, delivered, failed and so on since."""
    failed: Mapping[str, int]
    """Of those that failed, how many for each cause, as ClickSend words it."""
    replies: int
    """Messages that recipients wrote after it was sent to them."""
    cost: Decimal
    """What was charged for accepted ones; as quoted where ClickSend did not say."""


_LISTING = Listing(
    table="outbox_message",
    rowid="number",
    columns=COLUMNS,
    make=make,
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


def failed(reader: Reader, outbox_id: str) -> Window[OutboxMessage]:
    """The accepted messages of a send that failed since, as receipts and history say."""
    values = {"outbox_id": outbox_id, **{f"failure{number}": state for number, state in enumerate(FAILURES)}}
    failures = ", ".join(f":failure{number}" for number in range(len(FAILURES)))
    where = (
        "outbox_id = :outbox_id AND state = 'accepted' AND number IN"  # noqa: S608  own names only
        f" (SELECT o.number FROM outbox_message AS o {ITS_MESSAGE}"
        f" WHERE o.outbox_id = :outbox_id AND o.state = 'accepted' AND {_BECAME} IN ({failures}))"
    )
    return IndexWindow(reader, _LISTING, Order(("number",)), where, values)


def one(source: Source, outbox_id: str, number: int) -> OutboxMessage | None:
    """One message of a send."""
    sql = f"SELECT {COLUMNS} FROM outbox_message WHERE outbox_id = ? AND number = ?"  # noqa: S608
    row = source.row(sql, (outbox_id, number))
    return make(row) if row else None


def some(source: Source, outbox_id: str, state: MessageState, most: int) -> list[OutboxMessage]:
    """The first messages of a send that are in a state."""
    rows = source.rows(
        f"SELECT {COLUMNS} FROM outbox_message WHERE outbox_id = ? AND state = ? ORDER BY number LIMIT ?",  # noqa: S608
        (outbox_id, state, most),
    )
    return [make(row) for row in rows]


def after(
    source: Source, outbox_id: str, number: int, most: int, states: Sequence[MessageState]
) -> list[OutboxMessage]:
    """The next messages of a send after a number that are in one of some states."""
    sql = (
        f"SELECT {COLUMNS} FROM outbox_message WHERE outbox_id = ? AND number > ?"  # noqa: S608
        f" AND state IN ({', '.join('?' * len(states))}) ORDER BY number LIMIT ?"
    )
    return [make(row) for row in source.rows(sql, (outbox_id, number, *states, most))]


_CALLED = "json_extract(outbox.draft, '$.operation')"
"""The operation of a send that is the call of one: letters and postcards count their ids apart."""


def ids_of_others(source: Source, outbox_id: str, ids: Iterable[tuple[int, str]]) -> set[int]:
    """Of messages of a send, by number, those whose id another message of its kind has."""
    rows = source.rows(
        "SELECT json_extract(new.value, '$[0]') FROM json_each(?1) AS new"  # noqa: S608  own names only
        " WHERE EXISTS (SELECT 1 FROM outbox_message AS o JOIN outbox ON outbox.id = o.outbox_id"
        " WHERE o.message_id = json_extract(new.value, '$[1]') AND o.message_id != ''"
        " AND (o.outbox_id != ?2 OR o.number != json_extract(new.value, '$[0]'))"
        f" AND (outbox.kind, {_CALLED}) IS (SELECT kind, {_CALLED} FROM outbox WHERE id = ?2))",
        (json.dumps([*ids]), outbox_id),
    )
    return {number for (number,) in rows}


class Entry(NamedTuple):
    """A message as it was read from a file or a list: "draft", or "left out" for a reason."""

    number: int
    line: int
    recipient: str
    name: str
    fields: Mapping[str, str]
    state: MessageState = "draft"
    reason: str = ""
    code: str = ""


class Addressee(NamedTuple):
    """What is needed of a message to price or send it."""

    number: int
    recipient: str
    line: int
    name: str
    fields: Mapping[str, str]


def addressees(
    source: Source, outbox_id: str, after: int, most: int, states: Sequence[MessageState]
) -> list[Addressee]:
    """The next messages of a send after a number that are in one of some states, to be priced or sent."""
    sql = (
        "SELECT number, recipient, line, name, fields FROM outbox_message WHERE outbox_id = ? AND number > ?"  # noqa: S608
        f" AND state IN ({', '.join('?' * len(states))}) ORDER BY number LIMIT ?"
    )
    rows = source.rows(sql, (outbox_id, after, *states, most))
    known = json.loads(f"[{','.join([row[4] or '{}' for row in rows])}]")
    return [Addressee._make((*row[:4], fields)) for row, fields in zip(rows, known, strict=True)]


class Priced(NamedTuple):
    """What the price of a message, or the refusal, changes in its row."""

    state: MessageState
    reason: str
    country: str
    sender: str
    parts: int | None
    price: str | None
    number: int


class Settled(NamedTuple):
    """What the outcome of a message changes in its row."""

    state: MessageState
    reason: str
    code: str
    message_id: str
    sender: str
    parts: int | None
    charged: str | None
    number: int


def lines_of(source: Source, outbox_id: str, recipients: Sequence[str]) -> dict[str, int]:
    """Which of these recipients a send has already, and from which line."""
    # By itself, SQLite goes through the whole send for so many.
    sql = (
        "SELECT recipient, line FROM outbox_message INDEXED BY outbox_message_recipient"  # noqa: S608
        f" WHERE outbox_id = ? AND state = 'draft' AND recipient IN ({', '.join('?' * len(recipients))})"
    )
    return dict(source.rows(sql, (outbox_id, *recipients)))


def codes(source: Source, outbox_id: str, state: MessageState) -> dict[str, int]:
    """How many messages of a send that are in a state have each code."""
    sql = "SELECT code, count(*) FROM outbox_message WHERE outbox_id = ? AND state = ? GROUP BY code"
    return dict(source.rows(sql, (outbox_id, state)))


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


def summary(source: Source, outbox_id: str) -> Summary:
    """What became of a send until now, with what receipts and history have told of its messages."""
    found = source.rows(
        f"SELECT {_BECAME}, {_CAUSE}, count(*) FROM outbox_message AS o {ITS_MESSAGE}"  # noqa: S608
        " WHERE o.outbox_id = ? AND o.state = 'accepted' GROUP BY 1, 2",
        (outbox_id,),
    )
    became: Counter[State] = Counter()
    failed: Counter[str] = Counter()
    for state, cause, count in found:
        became[state] += count
        if state in FAILURES:
            failed[cause] += count
    paid = source.rows(
        "SELECT coalesce(charged, price), count(*) FROM outbox_message"
        " WHERE outbox_id = ? AND state = 'accepted' AND coalesce(charged, price) IS NOT NULL GROUP BY 1",
        (outbox_id,),
    )
    return Summary(
        states=counts(source, outbox_id),
        became=became,
        failed=failed,
        replies=_replies(source, outbox_id),
        cost=sum((Decimal(price) * count for price, count in paid), Decimal(0)),
    )


ITS_MESSAGE = (
    "LEFT JOIN message AS m ON m.id = CASE WHEN o.message_id != '' THEN o.message_id"
    " ELSE o.outbox_id || '-' || o.number END"
)
"""The message in the threads that a message of a send is, by ClickSend's id or by our reference."""
_BECAME = "coalesce(m.state, nullif(o.became, ''), 'accepted')"
_CAUSE = "coalesce(nullif(m.error_text, ''), nullif(m.state_text, ''), o.became_text, '')"


def spent_since(source: Source, at: int) -> Decimal:
    """What sends that were confirmed since a moment cost: as charged, else as quoted, message by message,
    or as a whole where only that was told.
    """
    told = source.rows(
        "SELECT o.outbox_id, coalesce(o.charged, o.price), count(*) FROM outbox"
        " JOIN outbox_message AS o ON o.outbox_id = outbox.id"
        " WHERE outbox.created_at >= ? AND o.state IN ('confirmed', 'in flight', 'accepted', 'unknown')"
        " GROUP BY 1, 2",
        (at,),
    )
    total, singly = Decimal(0), set()
    for outbox_id, price, count in told:
        if price is not None:
            total += Decimal(price) * count
            singly.add(outbox_id)
    for outbox_id in {row[0] for row in told} - singly:
        row = source.row("SELECT json_extract(quote, '$.total') FROM outbox WHERE id = ?", (outbox_id,))
        total += Decimal(row[0]) if row and row[0] is not None else Decimal(0)
    return total


def _replies(source: Source, outbox_id: str) -> int:
    row = source.row(
        "SELECT count(*) FROM outbox JOIN outbox_message AS o ON o.outbox_id = outbox.id"
        " JOIN message AS m ON m.counterpart = o.recipient AND m.direction = 'in'"
        " AND m.at >= max(outbox.created_at, outbox.schedule)"
        " WHERE outbox.id = ? AND o.state = 'accepted'",
        (outbox_id,),
    )
    return int(row[0]) if row else 0


def became(source: Source, outbox_id: str, number: int, most: int) -> list[tuple[OutboxMessage, str, str]]:
    """The next messages of a send after a number, each with what it became since and ClickSend's words."""
    columns = ", ".join(f"o.{column.strip()}" for column in COLUMNS.split(","))
    rows = source.rows(
        f"SELECT {columns}, CASE WHEN o.state = 'accepted' THEN {_BECAME} ELSE '' END, {_CAUSE}"  # noqa: S608
        f" FROM outbox_message AS o {ITS_MESSAGE} WHERE o.outbox_id = ? AND o.number > ?"
        " ORDER BY o.number LIMIT ?",
        (outbox_id, number, most),
    )
    return [(make(row[:-2]), row[-2], row[-1]) for row in rows]


# Writes


def overall(counts: Mapping[MessageState, int]) -> OutboxState | None:
    """The one word for a whole send: unknown as soon as one message is; None while some are under way."""
    if counts.keys() & {"draft", "quoted", "confirmed", "in flight"}:
        return None
    order: tuple[Literal["unknown", "accepted", "rejected"], ...] = ("unknown", "accepted", "rejected")
    return next((state for state in order if counts.get(state)), "not sent")


def set_all(tx: Transaction, outbox_id: str, old: MessageState, new: MessageState, reason: str = "") -> None:
    """All messages of a send that are in one state are in another, for the same reason."""
    tx.execute(
        "UPDATE outbox_message SET state = ?, reason = ? WHERE outbox_id = ? AND state = ?",
        (new, reason, outbox_id, old),
    )


def add(tx: Transaction, messages: Iterable[OutboxMessage]) -> None:
    """Put down messages of a send; one that is there already is put down anew."""
    sql = f"INSERT OR REPLACE INTO outbox_message ({COLUMNS}) {{rows}}"
    tx.execute_together(sql, [_values(message) for message in messages])
    tx.changed("outbox")


def enter(tx: Transaction, outbox_id: str, entries: Sequence[Entry]) -> None:
    """Put down messages of a large send that are new."""
    tx.execute_together(
        _ENTER,
        [(outbox_id, *entry[:_FIELDS], _as_json(entry.fields), *entry[_FIELDS + 1 :]) for entry in entries],
    )
    tx.changed("outbox")


_FIELDS = Entry._fields.index("fields")
_ENTERED = ", ".join(("outbox_id", *Entry._fields))
_ENTER = (
    f"WITH read ({_ENTERED}) AS ({{rows}})"  # noqa: S608  own names only
    f" INSERT OR FAIL INTO outbox_message ({_ENTERED}, country, batch, message_id, sender)"
    " SELECT *, '', 0, '', '' FROM read"
)


def _values(message: OutboxMessage) -> tuple[object, ...]:
    return (
        message.outbox_id,
        message.number,
        message.recipient,
        message.state,
        message.line,
        message.name,
        message.country,
        _as_json(message.fields),
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
