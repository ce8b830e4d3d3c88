"""What the store and the sandbox have on record, held against what was typed."""

from __future__ import annotations

import copy
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.terminal.typist import Decided
from tui.sandbox.world import World

ZONE = ZoneInfo("Australia/Sydney")
LIMIT = 60.0
"""Seconds in which everything that was done is marked read at the sandbox."""

ANSWERED_WITHIN = 600.0
"""Seconds in which whoever answers does."""

Row = tuple[Any, ...]


def rows(home: Path, sql: str) -> list[Row]:
    """What the store of the only profile in this home holds."""
    (path,) = home.rglob("*.sqlite3")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return file.execute(sql).fetchall()


def has_read_all(world: World, home: Path) -> bool:
    """Whether the store holds what the sandbox has."""
    wanted = (len(world.messages), len(world.contacts), len(world.templates))
    tables = ("message", "contact", "template")
    return wanted == tuple(rows(home, f"SELECT count(*) FROM {table}")[0][0] for table in tables)


def is_over(world: World, home: Path) -> bool:
    """Whether nobody will write any more, and the store holds what was written."""
    soon = world.now + ANSWERED_WITHIN
    return all(at > soon for at in tuple(world.agenda._seconds)) and has_read_all(world, home)


def titles(home: Path) -> Mapping[str, str]:
    """Whose conversation it is, by as much of its title as a row shows; none that two have."""
    found = rows(
        home, "SELECT substr(coalesce(nullif(name, ''), number), 1, 20), counterpart FROM conversation"
    )
    count = Counter(title for title, _ in found)
    return {title.strip(): number for title, number in found if count[title] == 1}


@dataclass
class Before:
    """How everything stood before anything was typed."""

    sent: Counter[tuple[str, str]]
    unread: frozenset[int]
    lists: Any
    contacts: Any
    stored: Mapping[str, list[Row]]


_UNTOUCHED = {
    "kept texts": "SELECT * FROM kept_text",
    "templates": "SELECT * FROM template ORDER BY id",
    "contacts": "SELECT id, list_id, name, phone FROM contact ORDER BY id",
    "rules": "SELECT kind, id, name, action, enabled FROM rule ORDER BY kind, id",
    "campaigns": "SELECT id, name, status FROM campaign ORDER BY id",
}


def look(world: World, home: Path) -> Before:
    """How everything stands."""
    return Before(
        Counter((each.number, each.body) for each in world.messages if each.outbound),
        frozenset(world.inbound.unread()),
        copy.deepcopy(list(world.lists)),
        copy.deepcopy(list(world.contacts)),
        {name: rows(home, sql) for name, sql in _UNTOUCHED.items()},
    )


def differences(
    world: World, home: Path, before: Before, decided: Mapping[str, Decided], who: str
) -> Iterator[str]:
    """Everything that is on record and was not typed, or was typed and is not on record."""
    yield from _standings(home, decided, who)
    yield from _texts(home, decided, who)
    yield from _sent(world, home, before, decided)
    yield from _marked(world, home, before, decided)
    now = look(world, home)
    for name, was in before.stored.items():
        if now.stored[name] != was:
            yield f"{name} changed: {set(now.stored[name]) ^ set(was)}"
    if (now.lists, now.contacts) != (before.lists, before.contacts):
        yield "contacts or lists changed at the sandbox"


def arrived(home: Path, number: str) -> frozenset[str]:
    """The ids of what the store has from somebody."""
    ((ids,),) = rows(home, f"{_ARRIVED} '{number}'")
    return frozenset((ids or "").split())


_ARRIVED = "SELECT group_concat(id, ' ') FROM message WHERE direction = 'in' AND message.counterpart ="


def _standings(home: Path, decided: Mapping[str, Decided], who: str) -> Iterator[str]:
    names = "counterpart, done, snoozed_until, blocked, assignee, muted"
    sql = f"SELECT {names}, ({_ARRIVED} conversation.counterpart) FROM conversation"
    for number, done, until, blocked, assignee, muted, ids in rows(home, sql):
        moment = f"{datetime.fromtimestamp(until, ZONE):%-d %b %Y %H:%M}" if until else ""
        expected = decided.get(number, Decided(done=bool(done)))
        wanted = expected.standings(frozenset((ids or "").split()) if number in decided else frozenset())
        if (bool(done), moment) not in wanted:
            yield f"{number}: done and snoozed are {bool(done), moment}, and {wanted} was typed"
        found = (bool(blocked), assignee, bool(muted))
        if found != (expected.spam, who if expected.mine else "", expected.muted):
            yield f"{number}: spam, whose and muted are {found}, and {expected} was typed"


def _texts(home: Path, decided: Mapping[str, Decided], who: str) -> Iterator[str]:
    labels = {(number, name) for number, each in decided.items() for name in each.labels}
    if stray := set(rows(home, "SELECT counterpart, label FROM label")) ^ labels:
        yield f"labels: {stray}"
    notes = Counter((number, who, note) for number, each in decided.items() for note in each.notes)
    found = Counter(rows(home, "SELECT counterpart, who, text FROM note"))
    if found != notes:
        yield f"notes: {found - notes} too many, {notes - found} missing"
    if drafts := rows(home, "SELECT * FROM draft WHERE text != ''"):
        yield f"drafts: {drafts}"


def _sent(world: World, home: Path, before: Before, decided: Mapping[str, Decided]) -> Iterator[str]:
    typed = Counter((number, body) for number, each in decided.items() for body in each.replies)
    sent = Counter((each.number, each.body) for each in world.messages if each.outbound) - before.sent
    if sent != typed:
        yield f"sent: {sent - typed} was not typed, {typed - sent} did not arrive"
    count, accepted = rows(home, "SELECT count(*), sum(state = 'accepted') FROM outbox")[0]
    if (count, accepted or 0) != (typed.total(), typed.total()):
        yield f"outbox: {count} sends, {accepted} accepted, and {typed.total()} were typed"
    stored = "SELECT counterpart, body, count(*) FROM message WHERE outbox_id IS NOT NULL GROUP BY 1, 2"
    found = Counter({(number, body): times for number, body, times in rows(home, stored)})
    if found != typed:
        yield f"threads: {found - typed} too many, {typed - found} missing"


def _marked(world: World, home: Path, before: Before, decided: Mapping[str, Decided]) -> Iterator[str]:
    """What is marked read at the sandbox: what was shown and done, and nothing else."""
    done = {number for number, each in decided.items() if each.read}
    wanted = {position for position in before.unread if world.messages[position].number in done}
    deadline = time.monotonic() + LIMIT
    while rows(home, "SELECT count(*) FROM pending_mark") != [(0,)] and time.monotonic() < deadline:
        time.sleep(0.2)
    marked = before.unread - frozenset(world.inbound.unread())
    if marked != wanted:
        yield f"marked read: {len(marked - wanted)} that were not done, {len(wanted - marked)} missing"
