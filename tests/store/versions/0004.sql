-- What version 4 wrote: schema and data. Never edit: it stands for files that people have.
-- The full-text index is filled by its triggers, as it was then.
BEGIN;
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
    , place INTEGER GENERATED ALWAYS AS (
        (max(0, min(at, 17179869183)) << 28) | (number & 268435455)
    ) VIRTUAL, channel TEXT NOT NULL DEFAULT 'sms');
CREATE TABLE early_receipt (
        message_id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        state_text TEXT NOT NULL,
        code TEXT NOT NULL,
        error_text TEXT NOT NULL
    ) WITHOUT ROWID;
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
    , snoozed_until INTEGER NOT NULL DEFAULT 0, woken_at INTEGER NOT NULL DEFAULT 0, assignee TEXT NOT NULL DEFAULT '', muted INTEGER NOT NULL DEFAULT 0, blocked INTEGER NOT NULL DEFAULT 0, standing TEXT GENERATED ALWAYS AS (
        CASE WHEN blocked THEN 'blocked' WHEN done THEN 'done' WHEN snoozed_until THEN 'snoozed' ELSE 'open'
        END
    ) VIRTUAL, place INTEGER GENERATED ALWAYS AS (max(last_at, woken_at)) VIRTUAL);
CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE pending_mark (message_id TEXT PRIMARY KEY, due_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE draft (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE contact_list (id INTEGER PRIMARY KEY, name TEXT NOT NULL, count INTEGER NOT NULL);
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
    );
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
    );
CREATE TABLE template (id INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL);
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
    ) WITHOUT ROWID;
CREATE TABLE daily_statistics (
        day TEXT PRIMARY KEY, sent INTEGER NOT NULL, received INTEGER NOT NULL, price TEXT
    ) WITHOUT ROWID;
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
    );
CREATE TABLE outbox (
        id TEXT PRIMARY KEY,
        created_at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        draft TEXT NOT NULL,  -- JSON
        quote TEXT NOT NULL,  -- JSON
        state TEXT NOT NULL,
        detail TEXT NOT NULL,
        session TEXT NOT NULL  -- whose process waits for the answer
    , who TEXT NOT NULL DEFAULT '', held_until INTEGER NOT NULL DEFAULT 0, schedule INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE standing (
        counterpart TEXT PRIMARY KEY,
        done INTEGER NOT NULL,
        snoozed_until INTEGER NOT NULL,
        woken_at INTEGER NOT NULL,
        assignee TEXT NOT NULL,
        muted INTEGER NOT NULL,
        blocked INTEGER NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE label (
        counterpart TEXT NOT NULL,
        label TEXT NOT NULL COLLATE NOCASE,
        PRIMARY KEY (counterpart, label)
    ) WITHOUT ROWID;
CREATE TABLE note (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        counterpart TEXT NOT NULL,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        text TEXT NOT NULL
    );
CREATE TABLE kept_text (
        kind TEXT NOT NULL,
        name TEXT NOT NULL COLLATE NOCASE,
        text TEXT NOT NULL,
        PRIMARY KEY (kind, name)
    ) WITHOUT ROWID;
CREATE TABLE presence (
        session TEXT PRIMARY KEY,
        who TEXT NOT NULL,
        counterpart TEXT NOT NULL,
        writing INTEGER NOT NULL,
        seen_at INTEGER NOT NULL
    ) WITHOUT ROWID;
CREATE TABLE decision (
        id INTEGER PRIMARY KEY,
        session TEXT NOT NULL,  -- who decided: undo takes back one's own steps only
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        step TEXT NOT NULL      -- JSON: what it changed, from what to what
    );
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
    );
CREATE TABLE topic (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
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
    ;
CREATE VIRTUAL TABLE message_text USING fts5 (body, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'");
CREATE VIRTUAL TABLE name_text USING fts5 (name, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'");
CREATE VIRTUAL TABLE note_text USING fts5 (body, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So'");
CREATE VIRTUAL TABLE number_text USING fts5 (
        number, content = '', columnsize = 0, tokenize = 'trigram'
    );
CREATE TRIGGER message_text_added AFTER INSERT ON message BEGIN
        INSERT INTO message_text (rowid, body) VALUES (new.place, searchable(new.body));
    END;
CREATE TRIGGER message_text_changed AFTER UPDATE OF body, at ON message
    WHEN old.body != new.body OR old.place != new.place BEGIN
        INSERT INTO message_text (message_text, rowid, body)
        VALUES ('delete', old.place, searchable(old.body));
        INSERT INTO message_text (rowid, body) VALUES (new.place, searchable(new.body));
    END;
CREATE TRIGGER message_text_removed AFTER DELETE ON message BEGIN
        INSERT INTO message_text (message_text, rowid, body)
        VALUES ('delete', old.place, searchable(old.body));
    END;
CREATE TRIGGER name_text_added AFTER INSERT ON conversation WHEN new.name != '' BEGIN
        INSERT INTO name_text (rowid, name) VALUES (new.id, searchable(new.name));
    END;
CREATE TRIGGER number_text_added AFTER INSERT ON conversation BEGIN
        INSERT INTO number_text (rowid, number) VALUES (new.id, new.counterpart);
    END;
CREATE TRIGGER name_text_changed AFTER UPDATE OF name ON conversation WHEN old.name != new.name BEGIN
        INSERT INTO name_text (name_text, rowid, name)
        SELECT 'delete', old.id, searchable(old.name) WHERE old.name != '';
        INSERT INTO name_text (rowid, name) SELECT new.id, searchable(new.name) WHERE new.name != '';
    END;
CREATE TRIGGER name_text_removed AFTER DELETE ON conversation WHEN old.name != '' BEGIN
        INSERT INTO name_text (name_text, rowid, name) VALUES ('delete', old.id, searchable(old.name));
    END;
CREATE TRIGGER number_text_removed AFTER DELETE ON conversation BEGIN
        INSERT INTO number_text (number_text, rowid, number) VALUES ('delete', old.id, old.counterpart);
    END;
CREATE TRIGGER note_text_added AFTER INSERT ON note BEGIN
        INSERT INTO note_text (rowid, body) VALUES (new.number, searchable(new.text));
    END;
CREATE TRIGGER note_text_removed AFTER DELETE ON note BEGIN
        INSERT INTO note_text (note_text, rowid, body) VALUES ('delete', old.number, searchable(old.text));
    END;
INSERT INTO message (number, id, counterpart, direction, body, at, state, state_text, code, error_text, price, parts, sender, read, custom_string, outbox_id, campaign_id, decided, listed, stop, channel) VALUES (1, 'O1', '+61411111111', 'out', 'Hi', 1792999940, 'delivered', '', '', '', '0.0700', 1, '+61499999999', 1, '', NULL, NULL, 0, 1, 0, 'sms');
INSERT INTO message (number, id, counterpart, direction, body, at, state, state_text, code, error_text, price, parts, sender, read, custom_string, outbox_id, campaign_id, decided, listed, stop, channel) VALUES (2, 'I1', '+61411111111', 'in', 'STOP', 1793000060, 'received', '', '', '', NULL, NULL, '+61499999999', 0, '', NULL, NULL, 0, 1, 1, 'sms');
INSERT INTO message (number, id, counterpart, direction, body, at, state, state_text, code, error_text, price, parts, sender, read, custom_string, outbox_id, campaign_id, decided, listed, stop, channel) VALUES (3, 'I2', '+61422222222', 'in', 'Hello', 1793000000, 'received', '', '', '', NULL, NULL, '+61499999999', 1, '', NULL, NULL, 1, 1, 0, 'sms');
INSERT INTO message (number, id, counterpart, direction, body, at, state, state_text, code, error_text, price, parts, sender, read, custom_string, outbox_id, campaign_id, decided, listed, stop, channel) VALUES (4, 'box-0', '+61411111111', 'out', 'Hi', 1793000000, 'unknown', 'The answer was lost.', '', '', NULL, NULL, '+61499999999', 1, 'box-0', 'box', NULL, 0, 0, 0, 'sms');
INSERT INTO early_receipt (message_id, state, state_text, code, error_text) VALUES ('LATER', 'delivered', 'Success', '201', '');
INSERT INTO conversation (id, counterpart, number, name, last_at, preview, last_direction, last_state, unread, done, attention, draft, snoozed_until, woken_at, assignee, muted, blocked) VALUES (1, '+61411111111', '+61 411 111 111', 'Ada Lovelace', 1793000060, 'STOP', 'in', 'received', 1, 0, 'unknown', 1, 0, 0, 'ana@desk', 0, 0);
INSERT INTO conversation (id, counterpart, number, name, last_at, preview, last_direction, last_state, unread, done, attention, draft, snoozed_until, woken_at, assignee, muted, blocked) VALUES (2, '+61422222222', '+61 422 222 222', '', 1793000000, 'Hello', 'in', 'received', 0, 1, '', 0, 0, 0, '', 1, 0);
INSERT INTO tally (name, count) VALUES ('conversation done 0', 1);
INSERT INTO tally (name, count) VALUES ('conversation open 1', 1);
INSERT INTO tally (name, count) VALUES ('mine ana@desk', 1);
INSERT INTO tally (name, count) VALUES ('receipt delivered', 1);
INSERT INTO tally (name, count) VALUES ('receipt sending', 0);
INSERT INTO tally (name, count) VALUES ('receipt unknown', 1);
INSERT INTO pending_mark (message_id, due_at) VALUES ('I2', 1793000010);
INSERT INTO draft (key, text) VALUES ('+61411111111', 'Sorry to hear');
INSERT INTO contact_list (id, name, count) VALUES (9, 'Staff', 1);
INSERT INTO contact (number, id, list_id, first_name, last_name, phone, email, organization, fields, name, sort) VALUES (1, 1, 9, 'Ada', 'Lovelace', '+61411111111', 'ada@acme.example', 'Acme', '{"custom_1": "gold"}', 'Ada Lovelace', 'lovelace ada');
INSERT INTO campaign (id, name, list_id, list_name, sender, body, status, schedule, added_at, recipients) VALUES (1, 'Sale', 9, 'Staff', 'Acme', '20% off', 'Sent', NULL, 1793000000, 100);
INSERT INTO template (id, name, body) VALUES (1, 'Late', 'We are late');
INSERT INTO rule (kind, id, name, number, action, address, enabled, position) VALUES ('inbound', 1, 'All', '*', 'POLL', '', 1, 0);
INSERT INTO daily_statistics (day, sent, received, price) VALUES ('2026-11-03', 5, 6, '0.5');
INSERT INTO account (id, username, name, balance, low_credit, currency_code, currency_symbol, country, timezone, message_part_limit, unicode_on, email, at, extra) VALUES (1, 'ana', 'Acme', '1117.461060', NULL, 'AUD', '', '', '', NULL, 1, '', 1793000000, '{}');
INSERT INTO outbox (id, created_at, kind, draft, quote, state, detail, session, who, held_until, schedule) VALUES ('box', 1793000000, 'sms', '{"to": ["+61411111111"], "body": "Sure"}', '{"total": "0.0700"}', 'unknown', 'The answer was lost.', 'desk:1:cafe', '', 0, 0);
INSERT INTO fact (name, value) VALUES ('rules', 'ok');
INSERT INTO standing (counterpart, done, snoozed_until, woken_at, assignee, muted, blocked) VALUES ('+61411111111', 0, 0, 0, 'ana@desk', 0, 0);
INSERT INTO standing (counterpart, done, snoozed_until, woken_at, assignee, muted, blocked) VALUES ('+61422222222', 1, 0, 0, '', 1, 0);
INSERT INTO label (counterpart, label) VALUES ('+61411111111', 'billing');
INSERT INTO note (number, id, counterpart, at, who, text) VALUES (1, '1e57abc8180944abb82a53a06496f38f', '+61411111111', 1793000000, 'ana@desk', 'Prefers calls');
INSERT INTO kept_text (kind, name, text) VALUES ('reply', 'Hours', 'We open at nine');
INSERT INTO kept_text (kind, name, text) VALUES ('search', 'Bills', 'label:billing');
INSERT INTO presence (session, who, counterpart, writing, seen_at) VALUES ('desk:1:cafe', 'ana@desk', '+61411111111', 0, 1793000000);
INSERT INTO decision (id, session, at, kind, step) VALUES (1, 'desk:1:cafe', 1793000000, 'label', '{"people": ["+61411111111"], "changes": {"+61411111111": {"labels": [["billing"], []]}}}');
INSERT INTO decision (id, session, at, kind, step) VALUES (2, 'desk:1:cafe', 1793000000, 'note', '{"people": ["+61411111111"], "added": ["1e57abc8180944abb82a53a06496f38f"]}');
INSERT INTO decision (id, session, at, kind, step) VALUES (3, 'desk:1:cafe', 1793000000, 'assign', '{"people": ["+61411111111"], "changes": {"+61411111111": {"assignee": ["", "ana@desk"]}}}');
INSERT INTO decision (id, session, at, kind, step) VALUES (4, 'desk:1:cafe', 1793000000, 'mute', '{"people": ["+61422222222"], "changes": {"+61422222222": {"muted": [false, true]}}}');
INSERT INTO audit (id, at, who, session, operation, outcome, counterpart, detail, outbox_id) VALUES (1, 1793000000, 'ana@desk', 'desk:1:cafe', 'sms.send', 'done', '+61411111111', '', NULL);
INSERT INTO topic (name, version) VALUES ('audit', 1);
INSERT INTO topic (name, version) VALUES ('conversations', 4);
INSERT INTO topic (name, version) VALUES ('kept', 2);
INSERT INTO topic (name, version) VALUES ('notes', 1);
INSERT INTO topic (name, version) VALUES ('presence', 1);
CREATE INDEX message_thread ON message (counterpart, at);
CREATE INDEX message_inbound ON message (counterpart, at) WHERE direction = 'in';
CREATE INDEX message_unread ON message (counterpart) WHERE read = 0;
CREATE INDEX message_unknown ON message (counterpart) WHERE state = 'unknown';
CREATE INDEX message_outbox ON message (outbox_id) WHERE outbox_id IS NOT NULL;
CREATE INDEX message_reference ON message (custom_string) WHERE outbox_id IS NOT NULL;
CREATE INDEX receipt_time ON message (at) WHERE direction = 'out';
CREATE INDEX receipt_state ON message (state, at) WHERE direction = 'out';
CREATE INDEX receipt_failure ON message (failure, at) WHERE direction = 'out';
CREATE INDEX contact_sort ON contact (sort);
CREATE INDEX contact_list_sort ON contact (list_id, sort);
CREATE INDEX contact_phone ON contact (phone);
CREATE INDEX campaign_added ON campaign (added_at);
CREATE INDEX outbox_state ON outbox (state);
CREATE INDEX label_name ON label (label);
CREATE INDEX note_counterpart ON note (counterpart, at);
CREATE INDEX decision_session ON decision (session);
CREATE INDEX decision_at ON decision (at);
CREATE INDEX conversation_place ON conversation (place);
CREATE INDEX conversation_waiting ON conversation (waiting, place);
CREATE INDEX conversation_standing ON conversation (standing, place);
CREATE INDEX conversation_standing_waiting ON conversation (standing, waiting, place);
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until > 0;
CREATE INDEX conversation_assignee ON conversation (assignee, standing, place) WHERE assignee != '';
CREATE INDEX audit_outbox ON audit (outbox_id) WHERE outbox_id IS NOT NULL;
CREATE INDEX audit_counterpart ON audit (counterpart, id) WHERE counterpart != '';
CREATE INDEX outbox_time ON outbox (created_at);
CREATE INDEX outbox_message_state ON outbox_message (outbox_id, state);
CREATE INDEX outbox_message_recipient ON outbox_message (outbox_id, recipient);
CREATE INDEX outbox_message_id ON outbox_message (message_id) WHERE message_id != '';
CREATE TRIGGER receipt_added AFTER INSERT ON message WHEN new.direction = 'out' BEGIN
        INSERT INTO tally VALUES ('receipt ' || new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
CREATE TRIGGER receipt_moved AFTER UPDATE OF state ON message
    WHEN new.direction = 'out' AND old.state != new.state BEGIN
        UPDATE tally SET count = count - 1 WHERE name = 'receipt ' || old.state;
        INSERT INTO tally VALUES ('receipt ' || new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
CREATE TRIGGER receipt_removed AFTER DELETE ON message WHEN old.direction = 'out' BEGIN
        UPDATE tally SET count = count - 1 WHERE name = 'receipt ' || old.state;
    END;
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
    END;
CREATE TRIGGER conversation_added AFTER INSERT ON conversation BEGIN
        INSERT INTO tally VALUES ('conversation ' || new.standing || ' ' || new.waiting, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
        INSERT INTO tally SELECT 'mine ' || new.assignee, 1
        WHERE new.assignee != '' AND new.standing = 'open'
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
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
    END;
CREATE TRIGGER conversation_removed AFTER DELETE ON conversation BEGIN
        UPDATE tally SET count = count - 1
        WHERE name = 'conversation ' || old.standing || ' ' || old.waiting;
        UPDATE tally SET count = count - 1
        WHERE name = 'mine ' || old.assignee AND old.standing = 'open';
    END;
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
    ) WITHOUT ROWID;
CREATE INDEX outbox_message_unknown ON outbox_message (outbox_id) WHERE state = 'unknown';
PRAGMA user_version = 4;
COMMIT;
