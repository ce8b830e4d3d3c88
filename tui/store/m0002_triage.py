"""The second step: what people decide in tables of their own, full-text search, presence, an audit trail."""

from __future__ import annotations

import sqlite3


def m0002_triage(connection: sqlite3.Connection) -> None:
    """Views by state, decisions that outlive messages, and an index of every word that was said."""
    for statement in (*_DECIDED, *_CONVERSATIONS, *_CONVERSATION_TALLIES, *_SEARCH, *_LOCAL):
        connection.execute(statement)


_DECIDED = (
    # What stands, also of people of whom no message is here: messages can be read again, this cannot.
    """
    CREATE TABLE standing (
        counterpart TEXT PRIMARY KEY,
        done INTEGER NOT NULL,
        snoozed_until INTEGER NOT NULL,
        woken_at INTEGER NOT NULL,
        assignee TEXT NOT NULL,
        muted INTEGER NOT NULL,
        blocked INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE label (
        counterpart TEXT NOT NULL,
        label TEXT NOT NULL COLLATE NOCASE,
        PRIMARY KEY (counterpart, label)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX label_name ON label (label)",
    """
    CREATE TABLE note (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        counterpart TEXT NOT NULL,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX note_counterpart ON note (counterpart, at)",
    # Local canned replies and saved searches.
    """
    CREATE TABLE kept_text (
        kind TEXT NOT NULL,
        name TEXT NOT NULL COLLATE NOCASE,
        text TEXT NOT NULL,
        PRIMARY KEY (kind, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE presence (
        session TEXT PRIMARY KEY,
        who TEXT NOT NULL,
        counterpart TEXT NOT NULL,
        writing INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    # Steps of consoles that ran before say too little to be taken back.
    "DROP TABLE decision",
    """
    CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        session TEXT NOT NULL,  -- who decided: undo takes back one's own steps only
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        step TEXT NOT NULL      -- JSON: what it changed, from what to what
    )
    """,
    "CREATE INDEX decision_session ON decision (session)",
    "CREATE INDEX decision_at ON decision (at)",
)

_CONVERSATIONS = (
    "DROP INDEX conversation_time",
    "DROP INDEX conversation_waiting",
    "DROP INDEX conversation_done",
    "DROP INDEX conversation_done_waiting",
    "ALTER TABLE conversation ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN woken_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN assignee TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN muted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversation ADD COLUMN blocked INTEGER NOT NULL DEFAULT 0",
    """
    ALTER TABLE conversation ADD COLUMN standing TEXT GENERATED ALWAYS AS (
        CASE WHEN blocked THEN 'blocked' WHEN done THEN 'done' WHEN snoozed_until THEN 'snoozed' ELSE 'open'
        END
    ) VIRTUAL
    """,
    # One that wakes comes to the top, as if something had arrived.
    """
    ALTER TABLE conversation ADD COLUMN place INTEGER GENERATED ALWAYS AS (max(last_at, woken_at)) VIRTUAL
    """,
    "CREATE INDEX conversation_place ON conversation (place)",
    "CREATE INDEX conversation_waiting ON conversation (waiting, place)",
    "CREATE INDEX conversation_standing ON conversation (standing, place)",
    "CREATE INDEX conversation_standing_waiting ON conversation (standing, waiting, place)",
    "CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until > 0",
    "CREATE INDEX conversation_assignee ON conversation (assignee, standing, place) WHERE assignee != ''",
    """
    CREATE TRIGGER conversation_decided
    AFTER UPDATE OF done, snoozed_until, woken_at, assignee, muted, blocked ON conversation
    WHEN (old.done, old.snoozed_until, old.woken_at, old.assignee, old.muted, old.blocked)
      IS NOT (new.done, new.snoozed_until, new.woken_at, new.assignee, new.muted, new.blocked) BEGIN
        INSERT INTO standing VALUES (
            new.counterpart, new.done, new.snoozed_until, new.woken_at, new.assignee, new.muted, new.blocked
        )
        ON CONFLICT DO UPDATE SET
            done = excluded.done, snoozed_until = excluded.snoozed_until, woken_at = excluded.woken_at,
            assignee = excluded.assignee, muted = excluded.muted, blocked = excluded.blocked;
    END
    """,
    # A version 1 file knows done alone, and derives it for those in whom nobody decided anything.
    """
    INSERT INTO standing
    SELECT counterpart, done, 0, 0, '', 0, 0 FROM conversation
    WHERE done != NOT EXISTS (
        SELECT 1 FROM message
        WHERE message.counterpart = conversation.counterpart AND (read = 0 OR state = 'unknown')
    )
    """,
)

_CONVERSATION_TALLIES = (
    "DROP TRIGGER conversation_added",
    "DROP TRIGGER conversation_moved",
    "DROP TRIGGER conversation_removed",
    "DELETE FROM tally WHERE name LIKE 'conversation %'",
    """
    INSERT INTO tally
    SELECT 'conversation ' || standing || ' ' || waiting, count(*) FROM conversation GROUP BY 1
    """,
    """
    CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
        INSERT INTO tally VALUES ('conversation ' || new.standing || ' ' || new.waiting, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
        INSERT INTO tally SELECT 'mine ' || new.assignee, 1
        WHERE new.assignee != '' AND new.standing = 'open'
        ON CONFLICT DO UPDATE SET count = count + 1;
    END
    """,
    """
    CREATE TRIGGER conversation_moved
    AFTER UPDATE OF done, unread, snoozed_until, blocked, assignee ON conversation
    WHEN (old.standing, old.waiting, old.assignee) IS NOT (new.standing, new.waiting, new.assignee) BEGIN
        UPDATE tally SET count = count - 1
        WHERE name = 'conversation ' || old.standing || ' ' || old.waiting;
        INSERT INTO tally VALUES ('conversation ' || new.standing || ' ' || new.waiting, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
        UPDATE tally SET count = count - 1
        WHERE name = 'mine ' || old.assignee AND old.standing = 'open';
        INSERT INTO tally SELECT 'mine ' || new.assignee, 1
        WHERE new.assignee != '' AND new.standing = 'open'
        ON CONFLICT DO UPDATE SET count = count + 1;
    END
    """,
    """
    CREATE TRIGGER conversation_removed AFTER DELETE ON conversation BEGIN
        UPDATE tally SET count = count - 1
        WHERE name = 'conversation ' || old.standing || ' ' || old.waiting;
        UPDATE tally SET count = count - 1
        WHERE name = 'mine ' || old.assignee AND old.standing = 'open';
    END
    """,
)

_WORDS = "tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co So'\""

# None of these keeps the text itself. What is taken out of an index must be given as it was put in, and never
# twice: SQLite calls the file damaged otherwise. When `searchable` changes, a step has to fill them anew.
_SEARCH = (
    # In the order of time: the newest hits of a common word are then read without looking at the others.
    # A message's number takes the lower 28 bits.
    """
    ALTER TABLE message ADD COLUMN place INTEGER GENERATED ALWAYS AS (
        (max(0, min(at, 17179869183)) << 28) | (number & 268435455)
    ) VIRTUAL
    """,
    f"CREATE VIRTUAL TABLE message_text USING fts5 (body, content = '', columnsize = 0, {_WORDS})",
    f"CREATE VIRTUAL TABLE name_text USING fts5 (name, content = '', columnsize = 0, {_WORDS})",
    f"CREATE VIRTUAL TABLE note_text USING fts5 (body, content = '', columnsize = 0, {_WORDS})",
    # Any part of a number, of three digits or more.
    """
    CREATE VIRTUAL TABLE number_text USING fts5 (
        number, content = '', columnsize = 0, tokenize = 'trigram'
    )
    """,
    "INSERT INTO message_text (rowid, body) SELECT place, searchable(body) FROM message ORDER BY place",
    """
    INSERT INTO name_text (rowid, name)
    SELECT id, searchable(name) FROM conversation WHERE name != '' ORDER BY id
    """,
    "INSERT INTO number_text (rowid, number) SELECT id, counterpart FROM conversation ORDER BY id",
    """
    CREATE TRIGGER message_text_added AFTER INSERT ON message BEGIN
        INSERT INTO message_text (rowid, body) VALUES (new.place, searchable(new.body));
    END
    """,
    """
    CREATE TRIGGER message_text_changed AFTER UPDATE OF body, at ON message
    WHEN old.body != new.body OR old.place != new.place BEGIN
        INSERT INTO message_text (message_text, rowid, body)
        VALUES ('delete', old.place, searchable(old.body));
        INSERT INTO message_text (rowid, body) VALUES (new.place, searchable(new.body));
    END
    """,
    """
    CREATE TRIGGER message_text_removed AFTER DELETE ON message BEGIN
        INSERT INTO message_text (message_text, rowid, body)
        VALUES ('delete', old.place, searchable(old.body));
    END
    """,
    """
    CREATE TRIGGER name_text_added AFTER INSERT ON conversation WHEN new.name != '' BEGIN
        INSERT INTO name_text (rowid, name) VALUES (new.id, searchable(new.name));
    END
    """,
    """
    CREATE TRIGGER number_text_added AFTER INSERT ON conversation BEGIN
        INSERT INTO number_text (rowid, number) VALUES (new.id, new.counterpart);
    END
    """,
    """
    CREATE TRIGGER name_text_changed AFTER UPDATE OF name ON conversation WHEN old.name != new.name BEGIN
        INSERT INTO name_text (name_text, rowid, name)
        SELECT 'delete', old.id, searchable(old.name) WHERE old.name != '';
        INSERT INTO name_text (rowid, name) SELECT new.id, searchable(new.name) WHERE new.name != '';
    END
    """,
    """
    CREATE TRIGGER name_text_removed AFTER DELETE ON conversation WHEN old.name != '' BEGIN
        INSERT INTO name_text (name_text, rowid, name) VALUES ('delete', old.id, searchable(old.name));
    END
    """,
    """
    CREATE TRIGGER number_text_removed AFTER DELETE ON conversation BEGIN
        INSERT INTO number_text (number_text, rowid, number) VALUES ('delete', old.id, old.counterpart);
    END
    """,
    """
    CREATE TRIGGER note_text_added AFTER INSERT ON note BEGIN
        INSERT INTO note_text (rowid, body) VALUES (new.number, searchable(new.text));
    END
    """,
    """
    CREATE TRIGGER note_text_removed AFTER DELETE ON note BEGIN
        INSERT INTO note_text (note_text, rowid, body) VALUES ('delete', old.number, searchable(old.text));
    END
    """,
)

_LOCAL = (
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        session TEXT NOT NULL,
        operation TEXT NOT NULL,
        outcome TEXT NOT NULL,
        counterpart TEXT NOT NULL,
        detail TEXT NOT NULL,
        outbox_id TEXT  -- of a send, which is noted before it leaves
    )
    """,
    "CREATE INDEX audit_outbox ON audit (outbox_id) WHERE outbox_id IS NOT NULL",
    "CREATE INDEX audit_counterpart ON audit (counterpart, id) WHERE counterpart != ''",
    "ALTER TABLE outbox ADD COLUMN who TEXT NOT NULL DEFAULT ''",
    # How often each topic changed, so that other consoles know what to read again.
    "CREATE TABLE topic (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID",
)
