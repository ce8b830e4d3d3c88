"""The audit trail: every call that changed something or may have, for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.store.reader import Reader
from tui.store.transaction import Row, Transaction
from tui.store.windows import IndexWindow, Listing, Order, Window

Outcome = Literal["done", "refused", "not sent", "unknown"]

_COLUMNS = "id, at, who, operation, outcome, counterpart, detail"


@dataclass(frozen=True, slots=True)
class AuditEntry:
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
    tx: Transaction, operation: str, outcome: Outcome, at: int, *, counterpart: str = "", detail: str = ""
) -> None:
    """Note a call. It cannot be taken back."""
    tx.execute(
        "INSERT INTO audit (at, who, session, operation, outcome, counterpart, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (at, tx.who, tx.session, operation, outcome, counterpart, detail),
    )
    tx.changed("audit")
