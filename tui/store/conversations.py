"""Conversations: one row for each counterpart, kept up to date by every write that touches its messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tui.store import campaigns
from tui.store.facts import RECEIPTS_READ_UNTIL
from tui.store.reader import Reader
from tui.store.rows import Conversation, Counts, View
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import FoundWindow, IndexWindow, Listing, Order, Window, like

_COLUMNS = (
    "counterpart, number, name, last_at, preview, last_direction, last_state, unread, done, attention, draft"
)
_VIEWS: Mapping[View, str] = {"open": "done = 0", "unread": "waiting = 1", "done": "done = 1", "all": "1"}
_TALLIES: Mapping[View, tuple[str, ...]] = {
    "open": ("00", "01"),
    "unread": ("01", "11"),
    "done": ("10", "11"),
    "all": ("00", "01", "10", "11"),
}
_NEWEST = Order(("last_at", "id"), descending=True)
_WAITING = Order(("waiting", "last_at", "id"), descending=True)
_NUMBER = re.compile(r"[\d\s()+./-]*\d[\d\s()+./-]*")


def _make(row: Row) -> Conversation:
    number, name, last_at, preview, direction, state, unread, done, attention, draft = row[1:]
    return Conversation(
        row[0], number, name, last_at, preview, direction, state, unread, done == 1, attention, draft == 1
    )


_LISTING = Listing(
    table="conversation",
    rowid="id",
    columns=_COLUMNS,
    make=_make,
    key=lambda conversation: conversation.counterpart,
    place="counterpart = :key",
)

# Reads


def window(reader: Reader, view: View, search: str, *, unread_first: bool) -> Window[Conversation]:
    """The conversations of a view, all of them or those that a search finds."""
    order = _WAITING if unread_first else _NEWEST
    if not search.strip():
        names = tuple(f"conversation {tally}" for tally in _TALLIES[view])
        return IndexWindow(reader, _LISTING, order, _VIEWS[view], counter=lambda: tally(reader, names))
    text = search.strip()
    where = (
        "(name LIKE :text ESCAPE '\\' OR number LIKE :text ESCAPE '\\'"
        " OR counterpart LIKE :digits ESCAPE '\\'"
        " OR counterpart IN (SELECT counterpart FROM message WHERE body LIKE :text ESCAPE '\\'))"
    )
    sql = f"SELECT id FROM conversation WHERE {_VIEWS[view]} AND {where} ORDER BY {order.clause()}"  # noqa: S608
    return FoundWindow(reader, _LISTING, sql, {"text": like(text), "digits": like(digits(text))})


def one(source: Source, counterpart: str) -> Conversation | None:
    """One conversation."""
    sql = f"SELECT {_COLUMNS} FROM conversation WHERE counterpart = ?"  # noqa: S608  own names only
    row = source.row(sql, (counterpart,))
    return _make(row) if row else None


def next_unread(source: Source, counterpart: str) -> str:
    """The unread conversation after this one in the order of time, and then round; "" for none."""
    sql = "SELECT counterpart FROM conversation WHERE waiting = 1 {} ORDER BY last_at DESC, id DESC LIMIT 1"
    place = source.row("SELECT last_at, id FROM conversation WHERE counterpart = ?", (counterpart,))
    row = source.row(sql.format("AND (last_at, id) < (?, ?)"), place) if place else None
    row = row or source.row(sql.format(""))
    return str(row[0]) if row else ""


def stopped(source: Source, counterpart: str) -> bool:
    """Whether the newest message from this counterpart asks not to be written to."""
    row = source.row(
        "SELECT stop FROM message WHERE counterpart = ? AND direction = 'in'"
        " ORDER BY at DESC, number DESC LIMIT 1",
        (counterpart,),
    )
    return bool(row and row[0])


def counts(source: Source) -> Counts:
    """What the header shows."""
    tallies: dict[str, int] = dict(source.rows("SELECT name, count FROM tally"))

    def total(view: View) -> int:
        return sum(tallies.get(f"conversation {name}", 0) for name in _TALLIES[view])

    until = source.row("SELECT value FROM fact WHERE name = ?", (RECEIPTS_READ_UNTIL,))
    failed = source.rows(
        "SELECT count(*) FROM message WHERE direction = 'out' AND failure = 1 AND at > ?",
        (int(until[0]) if until else 0,),
    )
    return Counts(
        conversations=total("all"),
        open=total("open"),
        unread=total("unread"),
        done=total("done"),
        failed_receipts=failed[0][0],
        campaigns_active=len(campaigns.active(source)),
        unknown=tallies.get("receipt unknown", 0),
    )


def tally(source: Source, names: Iterable[str]) -> int:
    """The sum of counters that the file keeps by itself."""
    wanted = tuple(names)
    sql = f"SELECT total(count) FROM tally WHERE name IN ({', '.join('?' * len(wanted))})"  # noqa: S608
    return int(source.rows(sql, wanted)[0][0])


def digits(text: str) -> str:
    """A number as typed, brought near E.164 so that a part of it is found; other text unchanged."""
    if not _NUMBER.fullmatch(text):
        return text
    return re.sub(r"\D", "", text).lstrip("0") or text


# Writes

_REFRESH = """
    INSERT INTO conversation (
        counterpart, number, name, last_at, preview, last_direction, last_state, unread, done,
        attention, draft
    )
    SELECT
        :counterpart,
        :number,
        coalesce(
            (SELECT name FROM contact WHERE phone = :counterpart ORDER BY name = '', list_id, id LIMIT 1), ''
        ),
        newest.at,
        trim(substr(replace(replace(newest.body, char(10), ' '), char(9), ' '), 1, 160)),
        newest.direction,
        newest.state,
        (SELECT count(*) FROM message WHERE counterpart = :counterpart AND read = 0),
        -- What is only ours, or was read elsewhere, waits for nobody.
        NOT EXISTS (
            SELECT 1 FROM message WHERE counterpart = :counterpart AND (read = 0 OR state = 'unknown')
        ),
        CASE
            WHEN EXISTS (
                SELECT 1 FROM message WHERE counterpart = :counterpart AND state = 'unknown'
            ) THEN 'unknown'
            WHEN (
                SELECT stop FROM message WHERE counterpart = :counterpart AND direction = 'in'
                ORDER BY at DESC, number DESC LIMIT 1
            ) THEN 'stop'
            WHEN newest.direction = 'out' AND newest.failure THEN 'failed'
            ELSE ''
        END,
        EXISTS (SELECT 1 FROM draft WHERE key = :counterpart)
    FROM message AS newest
    WHERE newest.number = coalesce(
        -- What is to be said later, or was taken back, is not the last word.
        (
            SELECT number FROM message
            WHERE counterpart = :counterpart AND state NOT IN ('scheduled', 'cancelled')
            ORDER BY at DESC, number DESC LIMIT 1
        ),
        (SELECT number FROM message WHERE counterpart = :counterpart ORDER BY at DESC, number DESC LIMIT 1)
    )
    ON CONFLICT (counterpart) DO UPDATE SET
        number = CASE WHEN :known THEN excluded.number ELSE number END,
        name = excluded.name,
        last_at = excluded.last_at,
        preview = excluded.preview,
        last_direction = excluded.last_direction,
        last_state = excluded.last_state,
        unread = excluded.unread,
        -- Something unread is never done: a new message opens the conversation again, and so does a send
        -- whose outcome becomes unknown, until a person says otherwise.
        done = done AND excluded.unread = 0 AND (excluded.attention != 'unknown' OR attention = 'unknown'),
        attention = excluded.attention,
        draft = excluded.draft
"""


def refresh(tx: Transaction, counterparts: Iterable[str], numbers: Mapping[str, str] | None = None) -> None:
    """Make the rows of these conversations say again what their messages say.

    `numbers` maps a counterpart to the number as people write it; without, the row keeps what it had.
    """
    known = numbers or {}
    touched = sorted(set(counterparts))
    if not touched:
        return
    tx.execute_all(
        _REFRESH,
        (
            {"counterpart": key, "number": known.get(key, key), "known": key in known and bool(known[key])}
            for key in touched
        ),
    )
    tx.changed("conversations", *touched)


def remove_empty(tx: Transaction, counterpart: str) -> None:
    """Take away a conversation of which no message is left."""
    tx.execute(
        "DELETE FROM conversation WHERE counterpart = ?"
        " AND NOT EXISTS (SELECT 1 FROM message WHERE message.counterpart = conversation.counterpart)",
        (counterpart,),
    )
