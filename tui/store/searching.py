"""Searching conversations: their names, numbers and notes first, then what was said, newest hit first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from tui.core.query import Query, Word, parse
from tui.core.words import phrase
from tui.store.background import Background
from tui.store.conversations import LISTING, NEWEST, VIEWS, WAITING
from tui.store.reader import Reader
from tui.store.rows import Conversation, View
from tui.store.text_index import NUMBER_BITS, SLICE, hits, hits_among, named
from tui.store.transaction import Source
from tui.store.windows import SearchWindow

_FEW = 100
"""Conversations of which it is quicker to look into each than to look through all hits."""
_ABOUT = 2000
"""Names, numbers and notes that are looked at for one word."""


def window(
    reader: Reader, background: Background, view: View, query: Query, me: str, *, unread_first: bool
) -> SearchWindow[Conversation]:
    """The conversations of a view that a query finds.

    Where the query says how they stand (is:done), it is not the view that does.
    """

    def search(source: Source) -> Iterator[Sequence[int]]:
        return _Search(source, view, query, me, unread_first=unread_first).run()

    return SearchWindow(reader, background, LISTING, search)


def matching(source: Source, view: View, text: str, me: str) -> list[str]:
    """The counterparts of everything that a search finds in a view (all of the view for an empty one)."""
    query = parse(text, me) if text.strip() else Query()
    search = _Search(source, view, query, me, unread_first=False)
    ids = list(dict.fromkeys(id for found in search.run() for id in found))
    rows = source.rows(
        "SELECT counterpart FROM json_each(?) JOIN conversation ON conversation.id = value ORDER BY key",
        (json.dumps(ids),),
    )
    return [row[0] for row in rows]


class _Search:
    """One search. Hits are ids of conversations; one that has several hits comes as often."""

    def __init__(self, source: Source, view: View, query: Query, me: str, *, unread_first: bool) -> None:
        self._source = source
        self._query = query
        self._unread_first = unread_first
        self._values: dict[str, Any] = {"me": me}
        self._where = " AND ".join(self._conditions(view)) or "1"

    def run(self) -> Iterator[Sequence[int]]:
        if not self._query.words:
            yield from self._by_conditions()
            return
        about = [self._about(word) for word in self._query.words]
        if not (self._query.senders or self._query.recipients):
            yield self._kept(set.intersection(*about))
        yield from self._partly_about(about)
        yield from self._said()

    # By conditions alone

    def _by_conditions(self) -> Iterator[Sequence[int]]:
        order = WAITING if self._unread_first else NEWEST
        where, beyond, place = f"{self._where} AND {self._times('last_at')}", "1", dict[str, Any]()
        while True:
            rows = self._source.rows(
                f"SELECT {', '.join(order.columns)} FROM conversation WHERE {where} AND {beyond}"  # noqa: S608
                f" ORDER BY {order.clause()} LIMIT {SLICE}",
                self._values | place,
            )
            yield [row[-1] for row in rows]
            if len(rows) < SLICE:
                return
            beyond, place = order.beyond(itself=False), order.values(rows[-1])

    def _conditions(self, view: View) -> Iterator[str]:
        query = self._query
        standings = query.is_ & {"open", "snoozed", "done", "blocked"}
        yield f"standing IN ({self._marks(standings)})" if standings else VIEWS[view]
        for label in query.labels:
            yield (
                "conversation.counterpart IN (SELECT label.counterpart FROM label"  # noqa: S608
                f" WHERE label = {self._mark(label)})"
            )
        for word in (*query.senders, *query.recipients):
            # Without the sign, each hit would be looked for among all who are named so.
            yield f"+conversation.id IN ({named(word, self._mark)})"
        if query.assignees:
            yield f"assignee IN ({self._marks(query.assignees)})"
        for name in (*(f"is:{each}" for each in query.is_), *(f"has:{each}" for each in query.has)):
            if name in _TRAITS:
                yield _TRAITS[name]
        if not query.words:
            yield from self._directions(
                "EXISTS (SELECT 1 FROM message WHERE message.counterpart = conversation.counterpart AND {})"
            )

    def _directions(self, form: str) -> Iterator[str]:
        for people, direction in ((self._query.senders, "in"), (self._query.recipients, "out")):
            if people:
                yield form.format(f"message.direction = '{direction}'")

    def _times(self, column: str) -> str:
        self._values |= {"after": self._query.after, "before": self._query.before}
        return f"(:after IS NULL OR {column} >= :after) AND (:before IS NULL OR {column} < :before)"

    # Names, numbers, notes

    def _about(self, word: Word) -> set[int]:
        note = self._mark(phrase(word.text, prefix=word.prefix))
        sql = (
            f"{named(word, self._mark)} UNION SELECT conversation.id FROM note_text"  # noqa: S608
            " JOIN note ON note.number = note_text.rowid JOIN conversation USING (counterpart)"
            f" WHERE note_text MATCH {note} LIMIT {_ABOUT}"
        )
        return {row[0] for row in self._source.rows(sql, self._values)}

    def _kept(self, ids: set[int]) -> list[int]:
        """Those of these conversations that the conditions let pass, newest first."""
        if not ids:
            return []
        sql = (
            f"SELECT id FROM conversation WHERE id IN (SELECT value FROM json_each(:ids)) AND {self._where}"  # noqa: S608
            f" AND {self._times('last_at')} ORDER BY place DESC, id DESC"
        )
        return [row[0] for row in self._source.rows(sql, self._values | {"ids": json.dumps(sorted(ids))})]

    def _partly_about(self, about: list[set[int]]) -> Iterator[Sequence[int]]:
        """One word is their name, another was said."""
        if len(about) < 2:
            return
        missing: defaultdict[tuple[Word, ...], list[int]] = defaultdict(list)
        for id in self._kept(set.union(*about)):
            pairs = zip(self._query.words, about, strict=True)
            missing[tuple(word for word, ids in pairs if id not in ids)].append(id)
        for words, ids in missing.items():
            if 0 < len(words) < len(about):
                yield from self._said_among(ids, words)

    def _said_among(self, ids: Sequence[int], words: Sequence[Word]) -> Iterator[Sequence[int]]:
        if len(ids) <= _FEW:
            yield self._said_in(ids, words)
            return
        wanted = set(ids)
        for found in self._said_anywhere(words):
            yield [id for id in found if id in wanted]

    # What was said

    def _said(self) -> Iterator[Sequence[int]]:
        query = self._query
        if query.labels or query.senders or query.recipients or query.assignees or "snoozed" in query.is_:
            sql = f"SELECT id FROM conversation WHERE {self._where} LIMIT {_FEW + 1}"  # noqa: S608
            few = [row[0] for row in self._source.rows(sql, self._values)]
            if len(few) <= _FEW:
                yield self._said_in(few, query.words)
                return
        yield from self._said_anywhere(query.words)

    def _said_anywhere(self, words: Sequence[Word]) -> Iterator[Sequence[int]]:
        for places in hits(self._source, words, self._query.after, self._query.before):
            yield self._conversations_of(places)

    def _conversations_of(self, places: Sequence[int]) -> list[int]:
        where = " AND ".join((self._where, *self._directions("{}")))
        sql = (
            "SELECT conversation.id FROM json_each(:places) AS hit"  # noqa: S608  own names only
            f" CROSS JOIN message ON message.number = hit.value & {NUMBER_BITS}"
            " CROSS JOIN conversation ON conversation.counterpart = message.counterpart"
            f" WHERE {where} ORDER BY hit.key"
        )
        return [row[0] for row in self._source.rows(sql, self._values | {"places": json.dumps(places)})]

    def _said_in(self, ids: Sequence[int], words: Sequence[Word]) -> list[int]:
        """Those of a few conversations in which this was said, newest hit first."""
        where = " AND ".join((self._times("message.at"), *self._directions("{}")))
        sql = (
            "SELECT message.place AS place, body FROM json_each(:ids) AS few"  # noqa: S608  own names only
            " CROSS JOIN conversation ON conversation.id = few.value"
            f" CROSS JOIN message ON message.counterpart = conversation.counterpart WHERE {where}"
        )
        places = hits_among(self._source, sql, self._values | {"ids": json.dumps(list(ids))}, words)
        return self._conversations_of(places)

    # Values of a statement

    def _mark(self, value: object) -> str:
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f":{name}"

    def _marks(self, values: Sequence[object] | frozenset[str]) -> str:
        return ", ".join(self._mark(value) for value in values)


_TRAITS = {
    "is:unread": "waiting = 1",
    "is:read": "waiting = 0",
    "is:muted": "muted = 1",
    "has:failed": "attention = 'failed'",
    "has:stop": "attention = 'stop'",
    "has:unknown": "attention = 'unknown'",
    "has:draft": "draft = 1",
    "has:note": "conversation.counterpart IN (SELECT note.counterpart FROM note)",
    "has:label": "conversation.counterpart IN (SELECT label.counterpart FROM label)",
}
