"""The full-text index: which messages say something, which conversations are named so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.core.words import phrase
from tui.store.transaction import Source

if TYPE_CHECKING:
    from tui.core.query import Word

SLICE = 500
"""Hits that are given in one go."""
_AT_ONCE = 10 * SLICE
"""Hits that are read in one go where words are found by their beginnings: that looks at all such words."""
_NEWEST_PEOPLE = (500, 50, 5)
_NEWEST_MESSAGES = 2000
"""The newest messages are looked into by themselves: of so many conversations, if they are no more."""
NUMBER_BITS = 268435455
"""The part of a message's place in the index that is its number; the rest is its time."""
_LATEST = 17179869183


def expression(words: Sequence[Word]) -> str:
    """What MATCH takes to find all of these words."""
    return " AND ".join(phrase(word.text, prefix=word.prefix) for word in words)


def hits(source: Source, words: Sequence[Word], after: int | None, before: int | None) -> Iterator[list[int]]:
    """The places of messages that say all of these words, newest first, slice by slice.

    With beginnings of words, those in the newest messages come first, and then again.
    """
    begun = any(word.prefix for word in words)
    if begun and before is None:
        yield _hits_in_newest(source, words, after or 0)
    size = _AT_ONCE if begun else SLICE
    first, last = _place(after or 0), _place(_LATEST + 1 if before is None else before)
    while True:
        rows = source.rows(
            "SELECT rowid FROM message_text WHERE message_text MATCH ? AND rowid >= ? AND rowid < ?"
            " ORDER BY rowid DESC LIMIT ?",
            (expression(words), first, last, size),
        )
        for start in range(0, len(rows), SLICE):
            yield [row[0] for row in rows[start : start + SLICE]]
        if len(rows) < size:
            return
        last = rows[-1][0]


def hits_among(source: Source, messages: str, values: Mapping[str, Any], words: Sequence[Word]) -> list[int]:
    """Of the messages that a query gives as (place, body), those that say all of these words, newest first.

    It makes a small index of them: the large one is asked for many messages only, or else for one word.
    """
    if not source.rows("SELECT 1 FROM temp.sqlite_master WHERE name = 'few_text'"):
        like_it = source.rows("SELECT sql FROM sqlite_master WHERE name = 'message_text'")[0][0]
        source.rows(like_it.replace("message_text", "temp.few_text", 1))
    source.rows("INSERT INTO few_text (few_text) VALUES ('delete-all')")
    source.rows(
        f"INSERT INTO few_text (rowid, body) SELECT place, searchable(body) FROM ({messages})",  # noqa: S608
        values,
    )
    sql = "SELECT rowid FROM few_text WHERE few_text MATCH ? ORDER BY rowid DESC"
    return [row[0] for row in source.rows(sql, (expression(words),))]


def _hits_in_newest(source: Source, words: Sequence[Word], after: int) -> list[int]:
    """Those among the newest messages: all since the last word in one of the newest conversations."""
    newest = "SELECT counterpart, place FROM conversation ORDER BY place DESC LIMIT :people"
    messages = f"FROM ({newest}) CROSS JOIN message USING (counterpart) WHERE message.at >= :since"
    for people in _NEWEST_PEOPLE:
        values = {"people": people, "most": _NEWEST_MESSAGES + 1}
        (since,) = source.rows(f"SELECT min(place) FROM ({newest})", values)[0]  # noqa: S608
        values["since"] = max(after, since or 0)
        (count,) = source.rows(f"SELECT count(*) FROM (SELECT 1 {messages} LIMIT :most)", values)[0]  # noqa: S608
        if count <= _NEWEST_MESSAGES:
            return hits_among(source, f"SELECT message.place AS place, body {messages}", values, words)
    return []


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
