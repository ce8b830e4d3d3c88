"""Conversations: one row for each counterpart, kept up to date by every write that touches its messages."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping

from tui.store import campaigns
from tui.store.board import Note
from tui.store.drafts import HAS_DRAFT
from tui.store.facts import RECEIPTS_READ_UNTIL
from tui.store.reader import Reader
from tui.store.rows import FAILURES, Conversation, Counts, Standing, View
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import IndexWindow, Listing, Order, Window

_COLUMNS = (
    "counterpart, number, name, last_at, preview, last_direction, last_state, unread, done, attention, draft,"
    " standing, snoozed_until, assignee, muted,"
    " (SELECT group_concat(label, char(31)) FROM label WHERE label.counterpart = conversation.counterpart),"
    " (SELECT count(*) FROM note WHERE note.counterpart = conversation.counterpart)"
)
VIEWS: Mapping[View, str] = {
    "open": "standing = 'open'",
    "unread": "standing = 'open' AND waiting = 1",
    "mine": "standing = 'open' AND assignee = :me",
    "snoozed": "standing = 'snoozed'",
    "done": "standing = 'done'",
    "blocked": "standing = 'blocked'",
    "all": "1",
}
"""Which conversations a view holds; `:me` is whoever looks."""
_STANDINGS: tuple[Standing, ...] = ("open", "snoozed", "done", "blocked")
NEWEST = Order(("place", "id"), descending=True)
WAITING = Order(("waiting", "place", "id"), descending=True)
_NUMBER = re.compile(r"[\d\s()+./-]*\d[\d\s()+./-]*")


def _make(row: Row) -> Conversation:
    number, name, last_at, preview, direction, state, unread, done, attention, draft = row[1:11]
    standing, until, assignee, muted, labels, notes = row[11:]
    return Conversation(
        row[0], number, name, last_at, preview, direction, state, unread, done == 1, attention, draft == 1,
        standing, until, assignee, muted == 1, tuple(sorted(labels.split("\x1f"))) if labels else (), notes,
    )  # fmt: skip


LISTING = Listing(
    table="conversation",
    rowid="id",
    columns=_COLUMNS,
    make=_make,
    key=lambda conversation: conversation.counterpart,
    place="counterpart = :key",
)

# Reads


def window(reader: Reader, view: View, me: str, *, unread_first: bool) -> Window[Conversation]:
    """The conversations of a view."""
    order = WAITING if unread_first else NEWEST
    names = _tallies(view, me)
    return IndexWindow(reader, LISTING, order, VIEWS[view], {"me": me}, lambda: tally(reader, names))


def _tallies(view: View, me: str) -> tuple[str, ...]:
    """The counters that make up the number of rows of a view."""
    match view:
        case "mine":
            return (f"mine {me}",)
        case "unread":
            return ("conversation open 1",)
        case "all":
            return tuple(f"conversation {each} {waiting}" for each in _STANDINGS for waiting in (0, 1))
    return f"conversation {view} 0", f"conversation {view} 1"


def one(source: Source, counterpart: str) -> Conversation | None:
    """One conversation."""
    sql = f"SELECT {_COLUMNS} FROM conversation WHERE counterpart = ?"  # noqa: S608  own names only
    row = source.row(sql, (counterpart,))
    return _make(row) if row else None


def next_unread(source: Source, counterpart: str) -> str:
    """The unread conversation after this one in the order of time, and then round; "" for none."""
    sql = (
        f"SELECT counterpart FROM conversation WHERE {VIEWS['unread']} {{}}"  # noqa: S608  own names only
        " ORDER BY place DESC, id DESC LIMIT 1"
    )
    place = source.row("SELECT place, id FROM conversation WHERE counterpart = ?", (counterpart,))
    row = source.row(sql.format("AND (place, id) < (?, ?)"), place) if place else None
    row = row or source.row(sql.format(""))
    return str(row[0]) if row else ""


def numbered(source: Source, counterparts: Collection[str]) -> set[str]:
    """Those whose number is known as people write it."""
    rows = source.rows(
        f"SELECT counterpart FROM conversation WHERE counterpart IN ({', '.join('?' * len(counterparts))})"  # noqa: S608
        " AND number != counterpart",
        tuple(counterparts),
    )
    return {row[0] for row in rows}


def stopped(source: Source, counterparts: Iterable[str]) -> list[str]:
    """Those of whom the newest message asks not to be written to, in their order."""
    rows = source.rows(
        "SELECT value FROM json_each(?) WHERE (SELECT stop FROM message WHERE counterpart = value"
        " AND direction = 'in' ORDER BY at DESC, number DESC LIMIT 1)",
        (json.dumps([*counterparts]),),
    )
    return [row[0] for row in rows]


def audible(source: Source, counterparts: Iterable[str]) -> set[str]:
    """Those of which one wants to hear when something arrives: neither muted nor blocked."""
    sql = "SELECT 1 FROM conversation WHERE counterpart = ? AND (muted OR blocked)"
    return {key for key in counterparts if source.row(sql, (key,)) is None}


def next_wake(source: Source) -> int | None:
    """When the next snooze is over, or None if nothing is snoozed."""
    row = source.row("SELECT min(snoozed_until) FROM conversation WHERE snoozed_until > 0")
    return row[0] if row else None


def notes(source: Source, counterpart: str) -> list[Note]:
    """The notes about a counterpart, oldest first."""
    rows = source.rows(
        "SELECT id, counterpart, at, who, text FROM note WHERE counterpart = ? ORDER BY at, number",
        (counterpart,),
    )
    return [Note(*row) for row in rows]


def labels(source: Source) -> list[tuple[str, int]]:
    """All labels in use, by name, each with the number of conversations that have it."""
    rows = source.rows("SELECT min(label), count(*) FROM label GROUP BY label ORDER BY label")
    return [(name, count) for name, count in rows]


def assignees(source: Source) -> list[str]:
    """Everybody who has conversations, by name."""
    rows = source.rows("SELECT DISTINCT assignee FROM conversation WHERE assignee != '' ORDER BY assignee")
    return [row[0] for row in rows]


def counts(source: Source, me: str) -> Counts:
    """What the header shows."""
    tallies: dict[str, int] = dict(source.rows("SELECT name, count FROM tally"))

    def total(view: View) -> int:
        return sum(tallies.get(name, 0) for name in _tallies(view, me))

    return Counts(
        conversations=total("all"),
        open=total("open"),
        unread=total("unread"),
        done=total("done"),
        failed_receipts=_failed(source, tallies),
        campaigns_active=len(campaigns.active(source)),
        unknown=tallies.get("receipt unknown", 0),
        mine=total("mine"),
        snoozed=total("snoozed"),
        blocked=total("blocked"),
    )


def _failed(source: Source, tallies: Mapping[str, int]) -> int:
    """Failures that nobody has marked read."""
    until = source.row("SELECT value FROM fact WHERE name = ?", (RECEIPTS_READ_UNTIL,))
    if until is None:  # nothing was ever marked: counting them one by one takes long
        return sum(tallies.get(f"receipt {state}", 0) for state in FAILURES)
    newer = "SELECT count(*) FROM message WHERE direction = 'out' AND failure = 1 AND at > ?"
    return int(source.rows(newer, (int(until[0]),))[0][0])


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

_REFRESH = f"""
    WITH touched (counterpart, number) AS ({{rows}})
    INSERT INTO conversation (
        counterpart, number, name, last_at, preview, last_direction, last_state, unread, done,
        attention, draft, snoozed_until, woken_at, assignee, muted, blocked
    )
    SELECT
        touched.counterpart,
        touched.number,
        coalesce(
            (
                SELECT name FROM contact WHERE phone = touched.counterpart
                ORDER BY name = '', list_id, id LIMIT 1
            ),
            ''
        ),
        newest.at,
        trim(substr(replace(replace(newest.body, char(10), ' '), char(9), ' '), 1, 160)),
        newest.direction,
        newest.state,
        (SELECT count(*) FROM message WHERE counterpart = touched.counterpart AND read = 0),
        -- What is only ours, or was read elsewhere, waits for nobody.
        coalesce(stands.done, 1) AND NOT EXISTS (
            SELECT 1 FROM message
            WHERE counterpart = touched.counterpart AND (read = 0 OR state = 'unknown')
        ),
        CASE
            WHEN EXISTS (
                SELECT 1 FROM message WHERE counterpart = touched.counterpart AND state = 'unknown'
            ) THEN 'unknown'
            WHEN (
                SELECT stop FROM message WHERE counterpart = touched.counterpart AND direction = 'in'
                ORDER BY at DESC, number DESC LIMIT 1
            ) THEN 'stop'
            WHEN newest.direction = 'out' AND newest.failure THEN 'failed'
            ELSE ''
        END,
        {HAS_DRAFT.format("touched.counterpart")},
        coalesce(stands.snoozed_until, 0),
        coalesce(stands.woken_at, 0),
        coalesce(stands.assignee, ''),
        coalesce(stands.muted, 0),
        coalesce(stands.blocked, 0)
    FROM touched
    CROSS JOIN message AS newest ON newest.number = coalesce(
        -- What is to be said later, or was taken back, is not the last word.
        (
            SELECT number FROM message
            WHERE counterpart = touched.counterpart AND state NOT IN ('scheduled', 'cancelled')
            ORDER BY at DESC, number DESC LIMIT 1
        ),
        (
            SELECT number FROM message WHERE counterpart = touched.counterpart
            ORDER BY at DESC, number DESC LIMIT 1
        )
    )
    LEFT JOIN standing AS stands ON stands.counterpart = touched.counterpart
    WHERE true  -- else ON would be read as that of a join
    ON CONFLICT (counterpart) DO UPDATE SET
        number = CASE WHEN excluded.number != excluded.counterpart THEN excluded.number ELSE number END,
        name = excluded.name,
        last_at = excluded.last_at,
        preview = excluded.preview,
        last_direction = excluded.last_direction,
        last_state = excluded.last_state,
        unread = excluded.unread,
        -- Something unread is never done: a new message opens the conversation again, and so does a send
        -- whose outcome becomes unknown, until a person says otherwise.
        done = done AND excluded.unread = 0 AND (excluded.attention != 'unknown' OR attention = 'unknown'),
        -- Whatever they write wakes it.
        snoozed_until = CASE
            WHEN excluded.unread > unread OR (excluded.last_direction = 'in' AND excluded.last_at > last_at)
            THEN 0 ELSE snoozed_until
        END,
        attention = excluded.attention,
        draft = excluded.draft
"""  # noqa: S608  own names only


def refresh(tx: Transaction, counterparts: Iterable[str], numbers: Mapping[str, str] | None = None) -> None:
    """Make the rows of these conversations say again what their messages say.

    `numbers` maps a counterpart to the number as people write it; without, the row keeps what it had.
    """
    known = numbers or {}
    touched = sorted(set(counterparts))
    if not touched:
        return
    tx.execute_together(_REFRESH, [(key, known.get(key) or key) for key in touched])
    tx.changed("conversations", *touched)


def remove_empty(tx: Transaction, counterpart: str) -> None:
    """Take away a conversation of which no message is left."""
    tx.execute(
        "DELETE FROM conversation WHERE counterpart = ?"
        " AND NOT EXISTS (SELECT 1 FROM message WHERE message.counterpart = conversation.counterpart)",
        (counterpart,),
    )
