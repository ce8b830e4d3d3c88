"""Messages: reading threads and receipts, and merging what polls and sends bring."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.store import conversations, outbox_history
from tui.store.background import Background
from tui.store.conversations import tally
from tui.store.merging import Kept, advances, is_local, merged, told
from tui.store.reader import Reader
from tui.store.rows import FAILURES, FINAL, Message, Receipt, State
from tui.store.stops import is_stop
from tui.store.text_index import NUMBER_BITS, hits, named
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import IndexWindow, Listing, Order, SearchWindow, Window

if TYPE_CHECKING:
    from tui.core.query import Word

_COLUMNS = ", ".join(Message._fields)
_PRICE = Message._fields.index("price")
_OLDEST = Order(("at", "number"))
_NEWEST = Order(("at", "number"), descending=True)
_NAMED = 2000
"""Messages to people whose name or number is searched for."""
_LOCAL_ID = re.compile(r"[0-9a-f]{20}-\d+")
_FAILED = Order(("failure", "at", "number"), descending=True)


def _make(row: Row) -> Message:
    price = row[_PRICE]
    amount = Decimal(price) if price else None
    return Message._make((*row[:_PRICE], amount, *row[10:12], row[12] == 1, *row[13:]))


_LISTING = Listing(
    table="message",
    rowid="number",
    columns=_COLUMNS,
    make=_make,
    key=lambda message: message.id,
    place="id = :key",
)

# Reads


def thread(reader: Reader, counterpart: str) -> Window[Message]:
    """All messages with one counterpart."""
    return IndexWindow(reader, _LISTING, _OLDEST, "counterpart = :counterpart", {"counterpart": counterpart})


def one(source: Source, id: str) -> Message | None:
    """One message."""
    row = source.row(f"SELECT {_COLUMNS} FROM message WHERE id = ?", (id,))  # noqa: S608  own names only
    return _make(row) if row else None


def sent_between(source: Source, counterpart: str, since: int, until: int) -> list[Message]:
    """What went to a counterpart in a time, oldest first."""
    rows = source.rows(
        f"SELECT {_COLUMNS} FROM message WHERE counterpart = ? AND direction = 'out'"  # noqa: S608
        " AND at BETWEEN ? AND ? ORDER BY at, number",
        (counterpart, since, until),
    )
    return [_make(row) for row in rows]


def oldest_pending(source: Source, since: int) -> int | None:
    """When the oldest message since then was sent that is still without a final state."""
    times = [
        source.rows(
            "SELECT min(at) FROM message WHERE direction = 'out' AND state = ? AND at >= ?", (state, since)
        )[0][0]
        for state in _STATES_OUT
        if state not in FINAL
    ]
    return min((at for at in times if at is not None), default=None)


def receipts(
    reader: Reader,
    background: Background,
    state: State | Literal[""] | Collection[State],
    search: str,
    *,
    failures_first: bool,
    since: int | None,
) -> Window[Message]:
    """What was sent, in one state, some or any, from a time on, all of it or what a search finds."""
    states = tuple(state) if not isinstance(state, str) else (state,) if state else ()
    mixed = not states or (set(states) & set(FAILURES) and set(states) - set(FAILURES))
    order = _FAILED if failures_first and mixed else _NEWEST
    where = "direction = 'out'"
    values: dict[str, object] = {}
    if states:
        places = {f"state{number}": each for number, each in enumerate(states)}
        where = f"{where} AND state IN ({', '.join(f':{place}' for place in places)})"
        values |= places
    if since is not None:
        where, values["since"] = f"{where} AND at >= :since", since
    if search.strip():
        from tui.core.query import read_words

        words = read_words(search)
        return SearchWindow(reader, background, _LISTING, lambda source: _found(source, words, where, values))
    names = [f"receipt {each}" for each in states or _STATES_OUT]
    counter = (lambda: tally(reader, names)) if since is None else None
    return IndexWindow(reader, _LISTING, order, where, values, counter)


def _found(
    source: Source, words: Sequence[Word], where: str, given: Mapping[str, object]
) -> Iterator[Sequence[int]]:
    """Numbers of messages under a condition: those to whoever is named so, then those that say so."""
    if not words:
        return
    values = dict(given)

    def mark(value: object) -> str:
        values[f"word{len(values)}"] = value
        return f":word{len(values) - 1}"

    people = " INTERSECT ".join(f"SELECT * FROM ({named(word, mark)})" for word in words)  # noqa: S608
    to_them = (
        "SELECT number FROM message WHERE counterpart IN"  # noqa: S608  own names only
        f" (SELECT counterpart FROM conversation WHERE id IN ({people})) AND {where}"
        f" ORDER BY at DESC, number DESC LIMIT {_NAMED}"
    )
    yield [row[0] for row in source.rows(to_them, values)]
    say_so = (
        f"SELECT number FROM json_each(:places) JOIN message ON number = value & {NUMBER_BITS}"  # noqa: S608
        f" WHERE {where} ORDER BY key"
    )
    for places in hits(source, words, None, None):
        yield [row[0] for row in source.rows(say_so, values | {"places": json.dumps(places)})]


class Answered(NamedTuple):
    """An answer that was not given at this console."""

    message: Message
    who: str
    """Who gave it; "" when it was sent with another program."""


def answered_since(source: Source, counterpart: str, at: int, session: str) -> Answered | None:
    """The newest answer from that time on, campaigns apart, that was not sent by this console."""
    row = source.row(
        f"SELECT coalesce(outbox.who, ''), {_columns_of('message')}"  # noqa: S608  own names only
        " FROM message LEFT JOIN outbox ON outbox.id = message.outbox_id"
        " WHERE message.counterpart = ? AND message.at >= ? AND message.direction = 'out'"
        " AND message.campaign_id IS NULL AND message.state NOT IN ('rejected', 'cancelled', 'scheduled')"
        " AND coalesce(outbox.session, '') != ? ORDER BY message.at DESC, message.number DESC LIMIT 1",
        (counterpart, at, session),
    )
    return Answered(_make(row[1:]), row[0]) if row else None


def _columns_of(table: str) -> str:
    return ", ".join(f"{table}.{column.strip()}" for column in _COLUMNS.split(","))


_STATES_OUT: tuple[State, ...] = (
    "sending",
    "accepted",
    "scheduled",
    "sent",
    "delivered",
    "failed",
    "rejected",
    "cancelled",
    "unknown",
)

# Writes


class Merged(NamedTuple):
    """What a merge brought: how many messages for the first time, and the ids of all that it changed."""

    new: int
    changed: frozenset[str]


def merge_messages(
    tx: Transaction,
    rows: Sequence[Message],
    *,
    numbers: Mapping[str, str] | None = None,
    listed: bool = False,
    ring_after: int | None = None,
) -> Merged:
    """Bring messages in, whether known or not, in any order and as often as one likes.

    `numbers`: counterparts as people write them. `listed`: these are ClickSend's unread messages. Unread
    inbound messages that are new and later than `ring_after` are told to subscribers as "arrived".
    """
    merge = _Merge(tx, [(row.id, row.custom_string) for row in rows])
    for row in rows:
        merge.see(row, listed=listed)
    changed = merge.write(numbers)
    new = [kept.message for kept in changed if kept.is_new]
    if listed and changed:
        tx.changed("marks")  # One that waits for its message to be listed can be made.
    if ring_after is not None:
        arrived = {m.counterpart for m in new if m.direction == "in" and not m.read and m.at > ring_after}
        if arrived := conversations.audible(tx, arrived):
            tx.changed("arrived", *arrived)
    return Merged(len(new), frozenset(kept.message.id for kept in changed))


def merge_receipts(tx: Transaction, receipts: Sequence[Receipt]) -> Merged:
    """Bring in what ClickSend reports. A receipt that comes before its message waits for it."""
    merge = _Merge(tx, [(receipt.message_id, receipt.custom_string) for receipt in receipts])
    unknown = [receipt for receipt in receipts if not merge.report(receipt)]
    early = frozenset(receipt.message_id for receipt in unknown if _keep_early(tx, receipt))
    changed = merge.write(None)
    return Merged(0, early.union(kept.message.id for kept in changed))


class _Merge:
    """The rows that one write touches: read first, merged in memory, written once."""

    def __init__(self, tx: Transaction, names: Sequence[tuple[str, str]]) -> None:
        self._tx = tx
        self._before = _known(tx, names)
        self._after = dict(self._before)
        self._by_id = {kept.message.id: number for number, kept in self._before.items()}
        self._by_reference = {
            kept.message.custom_string: number
            for number, kept in self._before.items()
            if kept.message.outbox_id is not None
        }
        self._twins: list[int] = []
        self._numbers = count(-1, -1)
        """For rows that SQLite has not numbered yet."""

    def _has_changed(self, kept: Kept) -> bool:
        return kept.is_new or kept != self._before[kept.number]

    def see(self, row: Message, *, listed: bool) -> None:
        """Merge a message into what is known of it."""
        number = self._number(row.id, row.custom_string if row.direction == "out" else "")
        if number is None:
            self._put(Kept(next(self._numbers), row, False, listed))
        else:
            self._put(merged(self._after[number], row, listed=listed))

    def report(self, receipt: Receipt) -> bool:
        """Merge a receipt into its message; False if that is not known."""
        number = self._number(receipt.message_id, receipt.custom_string)
        if number is None:
            return False
        kept = self._after[number]
        self._put(kept._replace(message=told(kept.message, receipt)))
        return True

    def _number(self, id: str, reference: str) -> int | None:
        """Which row this is: by id, or else by the reference that we sent it with."""
        number, local = self._by_id.get(id), self._by_reference.get(reference) if reference else None
        if number is None or local is None or number == local:
            return local if number is None else number
        # ClickSend's row came first without our reference: the local row is the same message.
        twin = self._after.pop(local)
        self._twins.append(local)
        self._put(merged(self._after[number], twin.message))
        return number

    def _put(self, kept: Kept) -> None:
        self._after[kept.number] = kept
        self._by_id[kept.message.id] = kept.number
        if kept.message.outbox_id is not None:
            self._by_reference[kept.message.custom_string] = kept.number

    def write(self, numbers: Mapping[str, str] | None) -> list[Kept]:
        """Write what changed, and all that follows from it; what changed."""
        self._take_early_receipts()
        self._settle_outbox()
        changed = [kept for kept in self._after.values() if self._has_changed(kept)]
        self._tx.execute_all("DELETE FROM message WHERE number = ?", [(number,) for number in self._twins])
        # In the order of time, as the full-text index takes them best.
        new = sorted((kept for kept in changed if kept.is_new), key=lambda kept: kept.message.at)
        self._tx.execute_together(_INSERT, [_values(kept) for kept in new])
        known = [kept for kept in changed if not kept.is_new]
        self._tx.execute_together(_UPDATE, [(*_values(kept), kept.number) for kept in known])
        touched = [kept.message for kept in changed] + [self._before[n].message for n in self._twins]
        announce(self._tx, touched + [self._before[kept.number].message for kept in known], numbers)
        return changed

    def _take_early_receipts(self) -> None:
        new = (kept.message for kept in self._after.values() if kept.is_new)
        ids = [message.id for message in new if message.direction == "out"]
        marks = ", ".join("?" * len(ids))
        for row in self._tx.rows(f"SELECT * FROM early_receipt WHERE message_id IN ({marks})", ids):  # noqa: S608
            self.report(Receipt(*row))
            self._tx.execute("DELETE FROM early_receipt WHERE message_id = ?", row[:1])

    def _settle_outbox(self) -> None:
        """What ClickSend knows by our reference was sent, whatever became of the answer to us."""
        referring = [
            (kept.message.outbox_id or outbox_of(kept.message.custom_string), kept)
            for kept in self._after.values()
            if kept.message.custom_string
            and kept.message.direction == "out"
            and not is_local(kept.message)
            and self._has_changed(kept)
        ]
        ids = {outbox_id for outbox_id, _ in referring}
        sql = f"SELECT id FROM outbox WHERE id IN ({', '.join('?' * len(ids))})"  # noqa: S608  own names only
        known = {row[0] for row in self._tx.rows(sql, tuple(ids))} if ids else ()
        ours = [(outbox_id, kept) for outbox_id, kept in referring if outbox_id in known]
        for outbox_id, kept in ours:
            self._put(kept._replace(message=kept.message._replace(outbox_id=outbox_id)))
        outbox_history.seen(self._tx, [(outbox_id, kept.message) for outbox_id, kept in ours])


_WRITTEN = f"{_COLUMNS}, listed, stop"
_INSERT = f"INSERT INTO message ({_WRITTEN}) {{rows}}"
_UPDATE = f"""
    WITH changed ({_WRITTEN}, number) AS ({{rows}})
    UPDATE message SET {", ".join(f"{name} = changed.{name}" for name in _WRITTEN.split(", "))}
    FROM changed WHERE message.number = changed.number
"""  # noqa: S608  own names only


def announce(tx: Transaction, messages: Iterable[Message], numbers: Mapping[str, str] | None = None) -> None:
    """Bring the conversations of changed messages up to date, and tell subscribers."""
    touched = list(messages)
    if not touched:
        return
    conversations.refresh(tx, {message.counterpart for message in touched}, numbers)
    tx.changed("messages", *(message.id for message in touched))
    if sent := [message.id for message in touched if message.direction == "out"]:
        tx.changed("receipts", *sent)


def local_id(outbox_id: str, index: int) -> str:
    """The id of a message until ClickSend gives it one: the custom_string that it is sent with."""
    return f"{outbox_id}-{index}"


def is_local_id(reference: str) -> bool:
    """Whether this console, or another one, made it."""
    return _LOCAL_ID.fullmatch(reference) is not None


def outbox_of(reference: str) -> str:
    """The outbox id in a reference of ours; of another's, something that is no outbox id."""
    return reference.rpartition("-")[0]


def _known(tx: Transaction, names: Sequence[tuple[str, str]]) -> dict[int, Kept]:
    """The rows with these ids or references, by number."""
    ids = {id for id, _ in names}
    references = {reference for _, reference in names if reference}
    sql = f"SELECT number, decided, listed, {_COLUMNS} FROM message WHERE "  # noqa: S608  own names only
    rows = tx.rows(f"{sql} id IN ({', '.join('?' * len(ids))})", tuple(ids))
    if references:
        mine = f"{sql} outbox_id IS NOT NULL AND custom_string IN ({', '.join('?' * len(references))})"
        rows += tx.rows(mine, tuple(references))
    return {row[0]: Kept(row[0], _make(row[3:]), row[1] == 1, row[2] == 1) for row in rows}


def _values(kept: Kept) -> tuple[object, ...]:
    message = kept.message
    price = None if message.price is None else str(message.price)
    stop = message.direction == "in" and is_stop(message.body)
    return *message[:_PRICE], price, *message[_PRICE + 1 :], kept.listed, stop


def _keep_early(tx: Transaction, receipt: Receipt) -> bool:
    """Keep a receipt until its message comes; False if it says nothing new."""
    row = tx.row("SELECT state FROM early_receipt WHERE message_id = ?", (receipt.message_id,))
    if row is not None and (row[0] == receipt.state or not advances(row[0], receipt.state)):
        return False
    tx.execute(
        "INSERT OR REPLACE INTO early_receipt VALUES (?, ?, ?, ?, ?)",
        (receipt.message_id, receipt.state, receipt.state_text, receipt.code, receipt.error_text),
    )
    return True
