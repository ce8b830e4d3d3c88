"""Sends anew of what did not arrive: to whom, and to whom no more since another one of them brought it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tui.store.outbox_messages import COLUMNS, ITS_MESSAGE, make
from tui.store.rows import OutboxMessage
from tui.store.transaction import Source, Transaction

_RETRY_OF = "json_extract(draft, '$.retry_of')"
_OTHERS = (
    "WITH RECURSIVE before (id) AS (SELECT ?1 UNION"  # noqa: S608  own names only
    f" SELECT {_RETRY_OF} FROM outbox JOIN before ON outbox.id = before.id WHERE {_RETRY_OF} IS NOT NULL),"
    " family (id) AS (SELECT id FROM before UNION"
    f" SELECT outbox.id FROM outbox JOIN family ON {_RETRY_OF} = family.id),"
    " other (id) AS (SELECT id FROM family WHERE id NOT IN (SELECT id FROM before))"
)
"""Beside a send (?1) and those that it is a send anew of: all others that went to some of the same anew."""
_MAY_HAVE_IT = (
    "EXISTS (SELECT 1 FROM outbox_message AS n WHERE n.outbox_id IN (SELECT id FROM other)"
    " AND n.recipient = o.recipient AND n.state IN ('confirmed', 'in flight', 'accepted', 'unknown'))"
)
_FAILED = (
    "(o.state IN ('rejected', 'not sent')"
    " OR (o.state = 'accepted' AND coalesce(m.state, o.became) IN ('failed', 'rejected')))"
)
_TO_RETRY = (
    f"FROM outbox_message AS o {ITS_MESSAGE} WHERE o.outbox_id = ?1 AND {_FAILED} AND NOT {_MAY_HAVE_IT}"
)


def to_retry(source: Source, outbox_id: str, most: int) -> list[OutboxMessage]:
    """Messages of a send that surely did not reach anybody: rejected, not sent, or failed since. Never those
    whose outcome is not known, and nobody to whom it was sent anew since.
    """
    columns = ", ".join(f"o.{column.strip()}" for column in COLUMNS.split(","))
    sql = f"{_OTHERS} SELECT {columns} {_TO_RETRY} ORDER BY o.number LIMIT ?2"
    return [make(row) for row in source.rows(sql, (outbox_id, most))]


def is_sent_anew(source: Source, outbox_id: str) -> bool:
    """Whether a send anew of it may have left, or is about to."""
    sql = (
        f"{_OTHERS} SELECT 1 FROM outbox WHERE id IN (SELECT id FROM other)"  # noqa: S608
        " AND state IN ('confirmed', 'sending', 'paused', 'accepted', 'unknown')"
    )
    return source.row(sql, (outbox_id,)) is not None


def not_to_retry(source: Source, outbox_id: str, recipients: Sequence[str]) -> list[str]:
    """Those of some recipients whom `to_retry` would not name now."""
    sql = f"{_OTHERS} SELECT value FROM json_each(?2) WHERE value NOT IN (SELECT o.recipient {_TO_RETRY})"  # noqa: S608
    return [row[0] for row in source.rows(sql, (outbox_id, json.dumps([*recipients])))]


def copy_to_retry(tx: Transaction, outbox_id: str, new_id: str) -> int:
    """Begin a send of what `to_retry` finds, as it was prepared; how many messages that are."""
    return tx.execute(
        "INSERT INTO outbox_message (outbox_id, number, line, recipient, name, country, fields, state,"
        f" reason, code, batch, message_id, sender) {_OTHERS}"
        " SELECT ?2, o.number, o.line, o.recipient, o.name, o.country, o.fields, 'draft', '', '', 0, '', ''"
        f" {_TO_RETRY}",
        (outbox_id, new_id),
    )


def priced(source: Source, outbox_id: str) -> list[str]:
    """Who the rows of a large send go to that are priced."""
    sql = "SELECT recipient FROM outbox_message WHERE outbox_id = ? AND state = 'quoted'"
    return [row[0] for row in source.rows(sql, (outbox_id,))]
