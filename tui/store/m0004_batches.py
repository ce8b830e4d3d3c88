"""The fourth step: the requests that a large send is made of, so that its progress is read at a glance."""

from __future__ import annotations

import sqlite3


def m0004_batches(connection: sqlite3.Connection) -> None:
    """One row for each request of a large send."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
    """
    CREATE TABLE outbox_batch (
        outbox_id TEXT NOT NULL,
        batch INTEGER NOT NULL,         -- as its messages have it
        size INTEGER NOT NULL,
        left_at REAL NOT NULL,          -- Unix seconds
        answered_at REAL NOT NULL DEFAULT 0,  -- 0 while the answer is waited for
        accepted INTEGER NOT NULL DEFAULT 0,
        rejected INTEGER NOT NULL DEFAULT 0,
        unknown INTEGER NOT NULL DEFAULT 0,
        charged TEXT NOT NULL DEFAULT '0',
        PRIMARY KEY (outbox_id, batch)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX outbox_message_unknown ON outbox_message (outbox_id) WHERE state = 'unknown'",
)
