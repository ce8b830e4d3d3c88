"""What becomes of messages sent from here on channels that have no threads: as their histories tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from tui.store import outbox_history
from tui.store.merging import advances
from tui.store.messages import local_id
from tui.store.rows import FINAL, State
from tui.store.transaction import Row, Source, Transaction


class Seen(NamedTuple):
    """A message as the history of its channel tells of it. `reference` is the custom_string it left with."""

    message_id: str
    reference: str
    state: State
    state_text: str = ""
    price: Decimal | None = None
    parts: int | None = None


def waited_for(source: Source, kinds: Sequence[str], since: int) -> Mapping[str, int]:
    """The kinds of which a message sent since then may still become something, and when the oldest left."""
    rows = source.rows(
        "SELECT outbox.kind, min(outbox.created_at)"
        " FROM outbox JOIN outbox_message AS o ON o.outbox_id = outbox.id"
        " WHERE outbox.kind IN (SELECT value FROM json_each(:kinds))"
        " AND max(outbox.created_at, outbox.schedule) >= :since"
        " AND (o.state = 'unknown' OR o.state = 'accepted'"
        " AND o.became NOT IN (SELECT value FROM json_each(:final))) GROUP BY outbox.kind",
        {"kinds": json.dumps(kinds), "since": since, "final": json.dumps([*FINAL])},
    )
    return dict(rows)


def follow(tx: Transaction, kind: str, seen: Iterable[Seen]) -> int:
    """Bring what history tells of messages of this kind to the sends they belong to; how many that changed.

    One whose answer was lost, and that history shows under our reference, was accepted.
    """
    changed, settled = 0, dict[str, None]()
    for one in seen:
        rows = tx.rows(
            "SELECT o.outbox_id, o.number, o.state, o.became, o.message_id"
            " FROM outbox_message AS o JOIN outbox ON outbox.id = o.outbox_id"
            " WHERE outbox.kind = ? AND o.state IN ('accepted', 'unknown') AND"
            " (o.message_id != '' AND o.message_id = ? OR o.outbox_id = ? AND o.number = ?)",
            (kind, one.message_id, *_place(one.reference)),
        )
        changed += sum(_follow(tx, row, one) for row in rows)
        settled |= {row[0]: None for row in rows if row[2] == "unknown"}
    for outbox_id in settled:
        outbox_history.known_now(tx, outbox_id)
    if changed:
        tx.changed("outbox")
    return changed


def _place(reference: str) -> tuple[str, int]:
    """The send and the number that a reference of ours names; of another's, none that exist."""
    id, _, number = reference.rpartition("-")
    place = (id, int(number)) if number.isdecimal() and len(number) < 10 else ("", -1)
    return place if local_id(*place) == reference else ("", -1)


def _follow(tx: Transaction, row: Row, seen: Seen) -> bool:
    outbox_id, number, state, became, message_id = row
    if state == "accepted" and message_id and (became == seen.state or _is_further(became, seen.state)):
        return False
    tx.execute(
        "UPDATE outbox_message SET state = 'accepted',"
        " reason = CASE state WHEN 'unknown' THEN 'It is in ClickSend''s history.' ELSE reason END,"
        " message_id = coalesce(nullif(message_id, ''), :id), became = :became, became_text = :words,"
        " charged = coalesce(charged, :price), parts = coalesce(parts, :parts)"
        " WHERE outbox_id = :outbox_id AND number = :number",
        {
            "outbox_id": outbox_id,
            "number": number,
            "id": seen.message_id,
            "became": seen.state,
            "words": seen.state_text,
            "price": None if seen.price is None else str(seen.price),
            "parts": seen.parts,
        },
    )
    return True


def _is_further(became: State | Literal[""], seen: State) -> bool:
    return became != "" and not advances(became, seen)
