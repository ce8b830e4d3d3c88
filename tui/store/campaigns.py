"""SMS campaigns and templates, as last seen at ClickSend."""

from __future__ import annotations

from collections.abc import Sequence

from tui.store.background import Background
from tui.store.reader import Reader
from tui.store.rows import Campaign, Template
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import IndexWindow, Listing, Order, SearchWindow, Window, in_one_go, like

_COLUMNS = "id, name, list_id, list_name, sender, body, status, schedule, added_at, recipients"
ACTIVE = ("approved", "queued", "scheduled", "sending", "waitapproval")
"""Statuses, in lower case, of campaigns that ClickSend has not finished with."""

_NEWEST = Order(("added_at", "id"), descending=True)


def _make(row: Row) -> Campaign:
    return Campaign(*row)


_LISTING = Listing(
    table="campaign",
    rowid="id",
    columns=_COLUMNS,
    make=_make,
    key=lambda campaign: str(campaign.id),
    place="id = :key",
)


def window(reader: Reader, background: Background, search: str) -> Window[Campaign]:
    """Campaigns, all of them or those that a search finds."""
    if not search.strip():
        return IndexWindow(reader, _LISTING, _NEWEST)
    found = " OR ".join(
        f"{column} LIKE :text ESCAPE '\\'" for column in ("name", "list_name", "sender", "body")
    )
    sql = f"SELECT id FROM campaign WHERE {found} ORDER BY {_NEWEST.clause()}"  # noqa: S608  own names only
    return SearchWindow(reader, background, _LISTING, in_one_go(sql, {"text": like(search.strip())}))


def one(source: Source, id: int) -> Campaign | None:
    """One campaign."""
    row = source.row(f"SELECT {_COLUMNS} FROM campaign WHERE id = ?", (id,))  # noqa: S608  own names only
    return _make(row) if row else None


def active(source: Source) -> list[int]:
    """The campaigns that ClickSend has not finished with."""
    marks = ", ".join("?" * len(ACTIVE))
    rows = source.rows(f"SELECT id FROM campaign WHERE lower(status) IN ({marks})", ACTIVE)  # noqa: S608
    return [row[0] for row in rows]


def templates(source: Source) -> list[Template]:
    """Templates, by name."""
    rows = source.rows("SELECT id, name, body FROM template ORDER BY name COLLATE NOCASE, id")
    return [Template(*row) for row in rows]


def merge_campaigns(tx: Transaction, rows: Sequence[Campaign]) -> int:
    """Bring in campaigns. They are never forgotten here: a list without one means that ClickSend dropped it.

    Returns how many were new or different.
    """
    changed = [row for row in rows if one(tx, row.id) != row]
    tx.execute_all(
        f"INSERT OR REPLACE INTO campaign ({_COLUMNS}) VALUES ({', '.join('?' * 10)})",  # noqa: S608
        [
            (
                row.id,
                row.name,
                row.list_id,
                row.list_name,
                row.sender,
                row.body,
                row.status,
                row.schedule,
                row.added_at,
                row.recipients,
            )
            for row in changed
        ],
    )
    if changed:
        tx.changed("campaigns", *(str(row.id) for row in changed))
    return len(changed)


def merge_templates(tx: Transaction, rows: Sequence[Template]) -> None:
    """These are all templates there are."""
    if sorted(rows, key=lambda row: row.id) == sorted(templates(tx), key=lambda row: row.id):
        return
    tx.execute("DELETE FROM template")
    tx.execute_all("INSERT INTO template VALUES (?, ?, ?)", [(row.id, row.name, row.body) for row in rows])
    tx.changed("templates")
