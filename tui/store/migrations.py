"""How a file of any earlier version becomes one of this version: numbered steps, a transaction each."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from tui.store.m0002_triage import m0002_triage
from tui.store.m0003_sending import m0003_sending
from tui.store.m0004_batches import m0004_batches

Migration = Callable[[sqlite3.Connection], None]


def migrate(
    connection: sqlite3.Connection, migrations: Sequence[Migration], backup: Callable[[int], None]
) -> None:
    """Apply the steps that the file has not had, all in one transaction, after `backup(version)` of a file
    that has had some. Safe against another process that does the same, and against a kill.
    """
    if schema_version(connection) >= len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(connection)
        if 0 < version < len(migrations):
            backup(version)
        for step in migrations[version:]:
            step(connection)
        connection.execute(f"PRAGMA user_version = {max(version, len(migrations))}")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of steps that the file has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def m0001_first_tables(connection: sqlite3.Connection) -> None:
    """Messages, the conversations made of them, what people decide, and what ClickSend keeps beside."""
    for statement in (*_MESSAGES, *_CONVERSATIONS, *_TALLIES, *_DECISIONS, *_CLICKSEND, *_LOCAL):
        connection.execute(statement)


_MESSAGES = (
    """
    CREATE TABLE message (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        counterpart TEXT NOT NULL,
        direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
        body TEXT NOT NULL,
        at INTEGER NOT NULL,
        state TEXT NOT NULL,
        state_text TEXT NOT NULL,
        code TEXT NOT NULL,
        error_text TEXT NOT NULL,
        price TEXT,
        parts INTEGER,
        sender TEXT NOT NULL,
        read INTEGER NOT NULL,
        custom_string TEXT NOT NULL,
        outbox_id TEXT,
        campaign_id INTEGER,
        decided INTEGER NOT NULL DEFAULT 0,  -- `read` is a person's decision: no poll changes it
        listed INTEGER NOT NULL DEFAULT 0,   -- seen in ClickSend's list of unread messages
        stop INTEGER NOT NULL DEFAULT 0,     -- the counterpart asks not to be written to
        failure INTEGER GENERATED ALWAYS AS (state IN ('failed', 'rejected')) VIRTUAL
    )
    """,
    "CREATE INDEX message_thread ON message (counterpart, at)",
    "CREATE INDEX message_inbound ON message (counterpart, at) WHERE direction = 'in'",
    "CREATE INDEX message_unread ON message (counterpart) WHERE read = 0",
    "CREATE INDEX message_unknown ON message (counterpart) WHERE state = 'unknown'",
    "CREATE INDEX message_outbox ON message (outbox_id) WHERE outbox_id IS NOT NULL",
    "CREATE INDEX message_reference ON message (custom_string) WHERE outbox_id IS NOT NULL",
    "CREATE INDEX receipt_time ON message (at) WHERE direction = 'out'",
    "CREATE INDEX receipt_state ON message (state, at) WHERE direction = 'out'",
    "CREATE INDEX receipt_failure ON message (failure, at) WHERE direction = 'out'",
    # Receipts of messages that history has not brought yet.
    """
    CREATE TABLE early_receipt (
        message_id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        state_text TEXT NOT NULL,
        code TEXT NOT NULL,
        error_text TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)

_CONVERSATIONS = (
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY,
        counterpart TEXT NOT NULL UNIQUE,
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        last_at INTEGER NOT NULL,
        preview TEXT NOT NULL,
        last_direction TEXT NOT NULL,
        last_state TEXT NOT NULL,
        unread INTEGER NOT NULL,
        done INTEGER NOT NULL,
        attention TEXT NOT NULL,
        draft INTEGER NOT NULL,
        waiting INTEGER GENERATED ALWAYS AS (unread > 0) VIRTUAL
    )
    """,
    "CREATE INDEX conversation_time ON conversation (last_at)",
    "CREATE INDEX conversation_waiting ON conversation (waiting, last_at)",
    "CREATE INDEX conversation_done ON conversation (done, last_at)",
    "CREATE INDEX conversation_done_waiting ON conversation (done, waiting, last_at)",
)

# Counting an index of a million entries takes 30 ms, and the header counts at every change.
_TALLIES = (
    "CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
    """
    CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
        INSERT INTO tally VALUES ('conversation ' || new.done || (new.unread > 0), 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END
    """,
    """
    CREATE TRIGGER conversation_moved AFTER UPDATE OF done, unread ON conversation
    WHEN old.done != new.done OR (old.unread > 0) != (new.unread > 0) BEGIN
        UPDATE tally SET count = count - 1
        WHERE name = 'conversation ' || old.done || (old.unread > 0);
        INSERT INTO tally VALUES ('conversation ' || new.done || (new.unread > 0), 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END
    """,
    """
    CREATE TRIGGER conversation_removed AFTER DELETE ON conversation BEGIN
        UPDATE tally SET count = count - 1
        WHERE name = 'conversation ' || old.done || (old.unread > 0);
    END
    """,
    """
    CREATE TRIGGER receipt_added AFTER INSERT ON message WHEN new.direction = 'out' BEGIN
        INSERT INTO tally VALUES ('receipt ' || new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END
    """,
    """
    CREATE TRIGGER receipt_moved AFTER UPDATE OF state ON message
    WHEN new.direction = 'out' AND old.state != new.state BEGIN
        UPDATE tally SET count = count - 1 WHERE name = 'receipt ' || old.state;
        INSERT INTO tally VALUES ('receipt ' || new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END
    """,
    """
    CREATE TRIGGER receipt_removed AFTER DELETE ON message WHEN old.direction = 'out' BEGIN
        UPDATE tally SET count = count - 1 WHERE name = 'receipt ' || old.state;
    END
    """,
)

_DECISIONS = (
    """
    CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        session TEXT NOT NULL,  -- who decided: undo takes back one's own steps only
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        before TEXT NOT NULL    -- JSON: what it was before, enough to put it back
    )
    """,
    "CREATE TABLE pending_mark (message_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID",
)

_CLICKSEND = (
    "CREATE TABLE contact_list (id INTEGER PRIMARY KEY, name TEXT NOT NULL, count INTEGER NOT NULL)",
    """
    CREATE TABLE contact (
        number INTEGER PRIMARY KEY,
        id INTEGER NOT NULL,
        list_id INTEGER NOT NULL,
        first_name TEXT NOT NULL,
        last_name TEXT NOT NULL,
        phone TEXT NOT NULL,
        email TEXT NOT NULL,
        organization TEXT NOT NULL,
        fields TEXT NOT NULL,  -- JSON
        name TEXT NOT NULL,
        sort TEXT NOT NULL,
        UNIQUE (list_id, id)
    )
    """,
    "CREATE INDEX contact_sort ON contact (sort)",
    "CREATE INDEX contact_list_sort ON contact (list_id, sort)",
    "CREATE INDEX contact_phone ON contact (phone)",
    """
    CREATE TABLE campaign (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        list_id INTEGER,
        list_name TEXT NOT NULL,
        sender TEXT NOT NULL,
        body TEXT NOT NULL,
        status TEXT NOT NULL,
        schedule INTEGER,
        added_at INTEGER NOT NULL,
        recipients INTEGER
    )
    """,
    "CREATE INDEX campaign_added ON campaign (added_at)",
    "CREATE TABLE template (id INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL)",
    """
    CREATE TABLE rule (
        kind TEXT NOT NULL,
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        number TEXT NOT NULL,
        action TEXT NOT NULL,
        address TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE daily_statistics (
        day TEXT PRIMARY KEY, sent INTEGER NOT NULL, received INTEGER NOT NULL, price TEXT
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE account (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        username TEXT NOT NULL,
        name TEXT NOT NULL,
        balance TEXT,
        low_credit TEXT,
        currency_code TEXT NOT NULL,
        currency_symbol TEXT NOT NULL,
        country TEXT NOT NULL,
        timezone TEXT NOT NULL,
        message_part_limit INTEGER,
        unicode_on INTEGER NOT NULL,
        email TEXT NOT NULL,
        at INTEGER NOT NULL,
        extra TEXT NOT NULL  -- JSON
    )
    """,
)

_LOCAL = (
    """
    CREATE TABLE outbox (
        id TEXT PRIMARY KEY,
        created_at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        draft TEXT NOT NULL,  -- JSON
        quote TEXT NOT NULL,  -- JSON
        state TEXT NOT NULL,
        detail TEXT NOT NULL,
        session TEXT NOT NULL  -- whose process waits for the answer
    ) WITHOUT ROWID
    """,
    "CREATE INDEX outbox_state ON outbox (state)",
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)

MIGRATIONS: tuple[Migration, ...] = (m0001_first_tables, m0002_triage, m0003_sending, m0004_batches)
