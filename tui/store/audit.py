"""The audit trail: every call that changed something or may have, for good."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tui.core.errors import ApiError, Unreachable
from tui.store.reader import Reader
from tui.store.transaction import Row, Transaction
from tui.store.windows import IndexWindow, Listing, Order, Window

Outcome = Literal["done", "refused", "not sent", "unknown"]

_COLUMNS = "id, at, who, operation, outcome, counterpart, detail"


class AuditEntry(NamedTuple):
    """One call: who made it, when, and what came of it."""

    id: int
    at: int
    who: str
    operation: str
    """The id of the operation, as "sms.send"."""
    outcome: Outcome
    counterpart: str
    """The conversation that it was for, or nothing."""
    detail: str
    """ClickSend's own words; never an argument, so never a secret."""


def _make(row: Row) -> AuditEntry:
    return AuditEntry(*row)


_LISTING = Listing(
    table="audit",
    rowid="id",
    columns=_COLUMNS,
    make=_make,
    key=lambda entry: str(entry.id),
    place="id = :key",
)


def window(reader: Reader, counterpart: str) -> Window[AuditEntry]:
    """Everything, or what was for one conversation, newest first."""
    where = "counterpart = :counterpart AND counterpart != ''" if counterpart else "1"
    values = {"counterpart": counterpart}
    return IndexWindow(reader, _LISTING, Order(("id",), descending=True), where, values)


def record(
    tx: Transaction,
    operation: str,
    outcome: Outcome,
    at: int,
    *,
    counterpart: str = "",
    detail: str = "",
    outbox_id: str | None = None,
) -> None:
    """Note a call. A send is noted as unknown before it leaves, so that a kill cannot hide it."""
    tx.execute(
        "INSERT INTO audit (at, who, session, operation, outcome, counterpart, detail, outbox_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (at, tx.who, tx.session, operation, outcome, counterpart, detail, outbox_id),
    )
    tx.changed("audit")


def settle(tx: Transaction, outbox_id: str, outcome: Outcome, detail: str = "") -> None:
    """Note what became of a send that was noted before it left."""
    tx.execute("UPDATE audit SET outcome = ?, detail = ? WHERE outbox_id = ?", (outcome, detail, outbox_id))
    tx.changed("audit")


def outcome_of(error: ApiError) -> Outcome:
    """What a call that failed may have changed."""
    if error.may_have_happened:
        return "unknown"
    return "not sent" if isinstance(error, Unreachable) else "refused"
