"""What people decide about conversations, apart from what was said in them.

`Board` is all that a decision needs of the place where it is kept: a team may one day keep it in one
database of its own, while messages stay in each file. `LocalBoard` keeps it in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tui.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Standing:
    """How one conversation stands. Times in Unix seconds, 0 for never."""

    done: bool = False
    snoozed_until: int = 0
    woken_at: int = 0
    """When it last woke by itself: from then it stands as if something had arrived."""
    assignee: str = ""
    """Whose it is, as "ana@desk"; "" for nobody's."""
    muted: bool = False
    blocked: bool = False
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote down about a counterpart. It never leaves."""

    id: str
    counterpart: str
    at: int
    who: str
    text: str


class Board(Protocol):
    """Reads and replaces what stands about counterparts."""

    def standings(self, counterparts: Iterable[str]) -> dict[str, Standing]:
        """How each of these stands, in this order."""

    def put(self, standings: Mapping[str, Standing]) -> None:
        """From now on they stand so. What is unread is never done."""

    def due(self, now: int) -> list[str]:
        """Counterparts whose snooze is over."""

    def notes(self, ids: Iterable[str]) -> list[Note]:
        """These notes, as far as they exist."""

    def put_notes(self, notes: Iterable[Note]) -> None:
        """Add these notes."""

    def drop_notes(self, ids: Iterable[str]) -> None:
        """Take these notes away."""


class LocalBoard:
    """A board in the file itself, within one transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def standings(self, counterparts: Iterable[str]) -> dict[str, Standing]:
        return {key: self._standing(key) for key in counterparts}

    def _standing(self, counterpart: str) -> Standing:
        columns = "SELECT done, snoozed_until, woken_at, assignee, muted, blocked FROM"
        row = None
        for table in ("conversation", "standing"):
            row = row or self._tx.row(f"{columns} {table} WHERE counterpart = ?", (counterpart,))
        done, until, woken, assignee, muted, blocked = row or (0, 0, 0, "", 0, 0)
        labels = self._tx.rows("SELECT label FROM label WHERE counterpart = ?", (counterpart,))
        names = frozenset(label for (label,) in labels)
        return Standing(done == 1, until, woken, assignee, muted == 1, blocked == 1, names)

    def put(self, standings: Mapping[str, Standing]) -> None:
        for counterpart, standing in standings.items():
            self._put_row(counterpart, standing)
            self._put_labels(counterpart, standing.labels)
        if standings:
            self._tx.changed("conversations", *standings)

    def _put_row(self, counterpart: str, to: Standing) -> None:
        values = (to.done, to.snoozed_until, to.woken_at, to.assignee, to.muted, to.blocked)
        # The row in `standing` follows that of the conversation, wherever there is one.
        if not self._tx.execute(
            "UPDATE conversation SET done = ? AND unread = 0, snoozed_until = ?, woken_at = ?, assignee = ?,"
            " muted = ?, blocked = ? WHERE counterpart = ?",
            (*values, counterpart),
        ):
            self._tx.execute(
                "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)", (counterpart, *values)
            )

    def _put_labels(self, counterpart: str, labels: frozenset[str]) -> None:
        self._tx.execute("DELETE FROM label WHERE counterpart = ?", (counterpart,))
        self._tx.execute_all(
            "INSERT OR IGNORE INTO label VALUES (?, ?)", [(counterpart, label) for label in sorted(labels)]
        )

    def due(self, now: int) -> list[str]:
        rows = self._tx.rows(
            "SELECT counterpart FROM conversation WHERE snoozed_until BETWEEN 1 AND ?"
            " ORDER BY snoozed_until, id",
            (now,),
        )
        return [row[0] for row in rows]

    def notes(self, ids: Iterable[str]) -> list[Note]:
        sql = "SELECT id, counterpart, at, who, text FROM note WHERE id = ?"
        return [Note(*row) for id in ids for row in self._tx.rows(sql, (id,))]

    def put_notes(self, notes: Iterable[Note]) -> None:
        rows = [(note.id, note.counterpart, note.at, note.who, note.text) for note in notes]
        self._tx.execute_all(
            "INSERT OR IGNORE INTO note (id, counterpart, at, who, text) VALUES (?, ?, ?, ?, ?)", rows
        )
        self._announce_notes(row[1] for row in rows)

    def drop_notes(self, ids: Iterable[str]) -> None:
        gone = self.notes(ids)
        self._tx.execute_all("DELETE FROM note WHERE id = ?", [(note.id,) for note in gone])
        self._announce_notes(note.counterpart for note in gone)

    def _announce_notes(self, counterparts: Iterable[str]) -> None:
        if keys := set(counterparts):
            self._tx.changed("notes", *keys)
            self._tx.changed("conversations", *keys)
