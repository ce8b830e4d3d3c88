"""Texts that are being written: saved as they are typed, kept until they are sent or emptied.

All consoles on a file share what is kept under a key, so that what one puts aside another can go on with.
Where two write under the same key at once, the second one's text is kept apart from the first one's, until it
is sent or emptied; once its console has ended, any other one finds it.
"""

from __future__ import annotations

from collections.abc import Collection

from tui.store.sessions import is_running
from tui.store.transaction import Source, Transaction

_APART = "\x1f"
"""Between a key and the session whose text is kept apart."""
HAS_DRAFT = "EXISTS (SELECT 1 FROM draft WHERE key >= {0} AND key < {0} || char(32))"
"""Whether anything is kept under a key, whoever wrote it."""


def read(source: Source, key: str, session: str) -> str:
    """What the console of this session goes on with under a key, or nothing."""
    found = _found(source, key, session)
    return found[1] if found else ""


def save_draft(tx: Transaction, key: str, text: str, instead_of: Collection[str] | None = None) -> None:
    """Keep a text, or forget it when it is blank. A reply has its counterpart as key: its row shows it.

    `instead_of` are the texts that it follows: any other that is kept meanwhile is another console's, and
    stays. None for whatever is kept.
    """
    place, found = _found(tx, key, tx.session) or (key, "")
    mine = _apart(key, tx.session)
    if place != mine and found and instead_of is not None and found not in {*instead_of, text}:
        place = mine
    elif place not in (key, mine):
        tx.execute("DELETE FROM draft WHERE key = ?", (place,))
        place = key
    if text.strip():
        tx.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (place, text))
    else:
        tx.execute("DELETE FROM draft WHERE key = ?", (place,))
    tx.changed("drafts", key)
    if tx.execute(
        f"UPDATE conversation SET draft = NOT draft WHERE counterpart = ?1"  # noqa: S608  own names only
        f" AND draft != {HAS_DRAFT.format('?1')}",
        (key,),
    ):
        tx.changed("conversations", key)


def _found(source: Source, key: str, session: str) -> tuple[str, str] | None:
    """Where this console's text under a key is, and the text: its own, what all share, or what one left that
    has ended.
    """
    for place in (_apart(key, session), key):
        if row := source.row("SELECT key, text FROM draft WHERE key = ?", (place,)):
            return str(row[0]), str(row[1])
    apart = source.rows(
        "SELECT key, text FROM draft WHERE key > ? || char(31) AND key < ? || char(32) ORDER BY key",
        (key, key),
    )
    left = (row for row in apart if not is_running(row[0].partition(_APART)[2], session))
    return next(((str(place), str(text)) for place, text in left), None)


def _apart(key: str, session: str) -> str:
    return f"{key}{_APART}{session}"
