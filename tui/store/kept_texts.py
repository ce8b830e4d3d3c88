"""Texts that people keep by name: canned replies of their own, and searches."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tui.store.transaction import Source, Transaction

Kind = Literal["reply", "search"]


class KeptText(NamedTuple):
    """A canned reply or a saved search. Names are the same in capitals or not."""

    name: str
    text: str


def texts(source: Source, kind: Kind) -> list[KeptText]:
    """All of one kind, by name."""
    rows = source.rows("SELECT name, text FROM kept_text WHERE kind = ? ORDER BY name", (kind,))
    return [KeptText(*row) for row in rows]


def keep_text(tx: Transaction, kind: Kind, name: str, text: str) -> None:
    """Keep a text under a name, in place of what had it before."""
    tx.execute("INSERT OR REPLACE INTO kept_text VALUES (?, ?, ?)", (kind, " ".join(name.split()), text))
    tx.changed("kept", name)


def drop_text(tx: Transaction, kind: Kind, name: str) -> None:
    """Forget a text."""
    if tx.execute("DELETE FROM kept_text WHERE kind = ? AND name = ?", (kind, name)):
        tx.changed("kept", name)
