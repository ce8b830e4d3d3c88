"""Stores of any size in seconds: messages are written at once, and indexes and counters made of them after.

What it holds is what the same messages leave that come by polls (tests/store/test_large_store.py).
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.store.build import NOON
from tui.store import facts
from tui.store.account import set_fact
from tui.store.contacts import merge_contacts, merge_lists
from tui.store.conversations import refresh
from tui.store.database import Store
from tui.store.rows import Contact, ContactList, Message
from tui.store.transaction import Transaction

MESSAGES_EACH = 10
"""Messages of a conversation, in the mean."""
WORDS = ("appointment", "tomorrow", "please", "confirm", "invoice", "delivery", "thanks", "order", "late")
REFERENCES = 1000
"""Different words that begin alike: ref000 to ref999, one in each message."""
FIRST_NAMES = ("Amara", "Bilal", "Chloe", "Dmitri", "Elena", "Fatima", "Grace", "Hana", "Isla", "Jack")
LAST_NAMES = ("Adeyemi", "Brown", "Campbell", "Díaz", "Evans", "Ferrari", "Ghosh", "Haddad", "Ito", "Jones")


def invented(messages: int) -> Iterator[Message]:
    """Messages one a minute, half of them inbound, nine in ten of those read."""
    chance = random.Random(1)
    for number in range(messages):
        person = f"+614{chance.randrange(max(1, messages // MESSAGES_EACH)):08}"
        inbound = chance.random() < 0.5
        words = " ".join(chance.choices(WORDS, k=12))
        yield Message(
            f"M{number}",
            person,
            "in" if inbound else "out",
            f"{words} ref{chance.randrange(REFERENCES):03} {number}",
            NOON + number * 60,
            "received" if inbound else chance.choice(("delivered", "delivered", "sent", "failed")),
            sender="+61499999999",
            read=not inbound or chance.random() < 0.9,
        )


def contacts(messages: int) -> list[Contact]:
    """A contact for every second counterpart."""
    chance = random.Random(2)
    return [
        Contact(id + 1, 1, chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES), f"+614{id:08}")
        for id in range(0, messages // MESSAGES_EACH, 2)
    ]


def fill(path: Path, messages: int) -> None:
    """Make a store with so many messages, as it is once everything was read from ClickSend."""
    store = Store(path)
    with closing(store):
        known = contacts(messages)
        store.write_now(merge_lists, [ContactList(1, "Everybody", len(known))])
        store.write_now(merge_contacts, 1, known)
        store.write_now(_write, messages)
        for name in (facts.HISTORY_BASE, facts.HISTORY_THROUGH):
            store.write_now(set_fact, name, str(NOON + messages * 60))


_INSERT = """
    INSERT INTO message (
        id, counterpart, direction, body, at, state, sender, read, state_text, code, error_text, custom_string
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '')
"""


def _values(message: Message) -> tuple[object, ...]:
    facts = (message.id, message.counterpart, message.direction, message.body, message.at)
    return (*facts, message.state, message.sender, message.read)


def _write(tx: Transaction, messages: int) -> None:
    made = tx.rows(
        "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'message' AND sql IS NOT NULL"
        " AND type IN ('index', 'trigger')"
    )
    for kind, name, _ in made:
        tx.execute(f"DROP {kind} {name}")
    tx.execute_all(_INSERT, map(_values, invented(messages)))
    tx.execute(
        "INSERT INTO message_text (rowid, body) SELECT place, searchable(body) FROM message ORDER BY place"
    )
    tx.execute(
        "INSERT INTO tally SELECT 'receipt ' || state, count(*) FROM message"
        " WHERE direction = 'out' GROUP BY state"
    )
    for _, _, sql in made:
        tx.execute(sql)
    refresh(tx, {row[0] for row in tx.rows("SELECT DISTINCT counterpart FROM message")})


def copied(keep: Path, messages: int, path: Path) -> None:
    """Put such a store at `path`: a copy of the one in the folder `keep`, which is made if need be."""
    kept = keep / f"{messages}-{_schema()}.sqlite3"
    if not kept.exists():
        keep.mkdir(parents=True, exist_ok=True)
        begun = kept.with_suffix(f".{os.getpid()}")
        fill(begun, messages)
        begun.rename(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, path)


def _schema() -> str:
    """What tells stores of this program from those of another version of it."""
    from zlib import crc32

    from tui.store.migrations import MIGRATIONS

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.create_function("searchable", 1, str, deterministic=True)
        for step in MIGRATIONS:
            step(connection)
        lines = (row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return f"{crc32(chr(10).join(lines).encode()):08x}"
