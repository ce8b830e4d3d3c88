"""The full-text index: which messages say something, which conversations are named so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.core.words import phrase
from tui.store.transaction import Source

if TYPE_CHECKING:
    from tui.core.query import Word

SLICE = 500
"""Hits that are read in one go."""
PREFIX_SLICE = 4 * SLICE
"""The same where words are found by their beginnings: each slice then costs a look at all such words."""
NUMBER_BITS = 268435455
"""The part of a message's place in the index that is its number; the rest is its time."""
_LATEST = 17179869183


def expression(words: Sequence[Word]) -> str:
    """What MATCH takes to find all of these words."""
    return " AND ".join(phrase(word.text, prefix=word.prefix) for word in words)


def hits(source: Source, words: Sequence[Word], after: int | None, before: int | None) -> Iterator[list[int]]:
    """The places of messages that say all of these words, newest first, slice by slice."""
    size = PREFIX_SLICE if any(word.prefix for word in words) else SLICE
    first, last = _place(after or 0), _place(_LATEST + 1 if before is None else before)
    while True:
        rows = source.rows(
            "SELECT rowid FROM message_text WHERE message_text MATCH ? AND rowid >= ? AND rowid < ?"
            " ORDER BY rowid DESC LIMIT ?",
            (expression(words), first, last, size),
        )
        if not rows:
            return
        yield [row[0] for row in rows]
        last = rows[-1][0]


def named(word: Word, mark: Callable[[object], str]) -> str:
    """The query for ids of conversations with this in their name or number. `mark` gives a value its name."""
    sql = f"SELECT rowid FROM name_text WHERE name_text MATCH {mark(phrase(word.text, prefix=True))}"  # noqa: S608
    number = word.digits or word.text  # an alpha tag is found by a part of it, too
    if len(number) < 3:
        return sql
    return f"{sql} UNION SELECT rowid FROM number_text WHERE number_text MATCH {mark(phrase(number))}"  # noqa: S608


def _place(at: int) -> int:
    """The first place of what was said at that time."""
    return max(0, min(at, _LATEST + 1)) << 28
