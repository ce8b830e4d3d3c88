"""The third step: what became of each message of a send by itself, and on which channel a message went."""

from __future__ import annotations

import sqlite3


def m0003_sending(connection: sqlite3.Connection) -> None:
    """Sends that wait, are held back or go out in batches; other channels beside SMS."""
    for statement in _STATEMENTS:
        connection.execute(statement)


_STATEMENTS = (
    "ALTER TABLE message ADD COLUMN channel TEXT NOT NULL DEFAULT 'sms'",
    # Until then a confirmed send can be taken back; 0 for one that leaves at once.
    "ALTER TABLE outbox ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0",
    # When ClickSend is to send it, in Unix seconds; 0 for at once.
    "ALTER TABLE outbox ADD COLUMN schedule INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX outbox_time ON outbox (created_at)",
    """
    CREATE TABLE outbox_message (
        outbox_id TEXT NOT NULL,
        number INTEGER NOT NULL,      -- in the order of the file, or as typed; with the id, the custom_string
        line INTEGER NOT NULL,        -- of the file that it was read from; 0 for none
        recipient TEXT NOT NULL,      -- E.164, fax number, e-mail address, or postal address on one line
        name TEXT NOT NULL,
        country TEXT NOT NULL,        -- ISO code, or ''
        fields TEXT NOT NULL,         -- JSON: what placeholders stand for, an address in parts
        state TEXT NOT NULL,
        reason TEXT NOT NULL,         -- why it is not accepted, as sentences
        code TEXT NOT NULL,           -- ClickSend's status, as it came
        batch INTEGER NOT NULL,       -- messages with the same number leave in one request; 0 before that
        message_id TEXT NOT NULL,     -- ClickSend's; '' until it is known
        sender TEXT NOT NULL,
        parts INTEGER,
        price TEXT,                   -- as quoted
        charged TEXT,                 -- as ClickSend told when it was sent
        became TEXT NOT NULL DEFAULT '',  -- what receipts or history said of it since
        became_text TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (outbox_id, number)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX outbox_message_state ON outbox_message (outbox_id, state)",
    "CREATE INDEX outbox_message_recipient ON outbox_message (outbox_id, recipient)",
    "CREATE INDEX outbox_message_id ON outbox_message (message_id) WHERE message_id != ''",
)
