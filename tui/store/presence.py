"""Who has which conversation open, in all consoles on this file."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from tui.store.transaction import Source, Transaction

BEAT_SECONDS = 10
"""How often a console says again where it is."""
EXPIRY_SECONDS = 30
"""After so long without a beat, a console is gone: killed, stopped or cut off."""


class Presence(NamedTuple):
    """A person at another console, in one conversation."""

    who: str
    counterpart: str
    writing: bool
    seen_at: int


def be_present(tx: Transaction, counterpart: str, at: int, *, writing: bool = False) -> None:
    """This console has this conversation open ("" for none), and still has: call it again at each beat."""
    before = tx.row("SELECT counterpart, writing FROM presence WHERE session = ?", (tx.session,))
    tx.execute(
        "INSERT OR REPLACE INTO presence VALUES (?, ?, ?, ?, ?)",
        (tx.session, tx.who, counterpart, writing, at),
    )
    expired = tx.execute("DELETE FROM presence WHERE seen_at <= ?", (at - EXPIRY_SECONDS,))
    if expired or before != (counterpart, int(writing)):
        tx.changed("presence", counterpart)


def leave(tx: Transaction) -> None:
    """This console has nothing open any more."""
    if tx.execute("DELETE FROM presence WHERE session = ?", (tx.session,)):
        tx.changed("presence")


def others(source: Source, session: str, now: float) -> dict[str, tuple[Presence, ...]]:
    """Everybody at other consoles, by the conversation that they have open."""
    found: defaultdict[str, tuple[Presence, ...]] = defaultdict(tuple)
    for who, counterpart, writing, seen_at in source.rows(
        "SELECT who, counterpart, writing, seen_at FROM presence"
        " WHERE session != ? AND seen_at > ? AND counterpart != '' ORDER BY who, session",
        (session, int(now) - EXPIRY_SECONDS),
    ):
        found[counterpart] += (Presence(who, counterpart, writing == 1, seen_at),)
    return dict(found)
