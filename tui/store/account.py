"""The account, its automations and statistics as last seen at ClickSend, and small facts to remember."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tui.store.rows import AccountFacts, DailyStatistics, Rule, RuleKind
from tui.store.transaction import Row, Source, Transaction

# Reads

_COLUMNS = (
    "username, name, balance, low_credit, currency_code, currency_symbol, country, timezone,"
    " message_part_limit, unicode_on, email, at, extra"
)


def facts(source: Source) -> AccountFacts | None:
    """The account as last seen."""
    row = source.row(f"SELECT {_COLUMNS} FROM account")  # noqa: S608  own names only
    if row is None:
        return None
    money = (_decimal(row[2]), _decimal(row[3]))
    return AccountFacts(*(*row[:2], *money, *row[4:9], row[9] == 1, *row[10:12], json.loads(row[12])))


def rules(source: Source, kind: RuleKind) -> list[Rule]:
    """Automations, in firing order."""
    rows = source.rows(
        "SELECT id, kind, name, number, action, address, enabled, position FROM rule"
        " WHERE kind = ? ORDER BY position, id",
        (kind,),
    )
    return [Rule(*(*row[:6], row[6] == 1, row[7])) for row in rows]


def statistics(source: Source) -> list[DailyStatistics]:
    """Days, oldest first."""
    rows = source.rows("SELECT day, sent, received, price FROM daily_statistics ORDER BY day")
    return [DailyStatistics(*(*row[:3], _decimal(row[3]))) for row in rows]


def fact(source: Source, name: str) -> str:
    """A fact by name, or nothing."""
    row = source.row("SELECT value FROM fact WHERE name = ?", (name,))
    return str(row[0]) if row else ""


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


# Writes


def save_account(tx: Transaction, account: AccountFacts) -> None:
    """The account as it is now."""
    before = facts(tx)
    money = [None if amount is None else str(amount) for amount in (account.balance, account.low_credit)]
    extra = json.dumps(dict(account.extra), default=str, sort_keys=True)
    tx.execute(
        f"INSERT OR REPLACE INTO account (id, {_COLUMNS}) VALUES (1, {', '.join('?' * 13)})",  # noqa: S608
        (account.username, account.name, *money, *_plain(account), extra),
    )
    if before is None or replace(before, at=account.at) != account:
        tx.changed("account")


def _plain(account: AccountFacts) -> Row:
    return (
        account.currency_code,
        account.currency_symbol,
        account.country,
        account.timezone,
        account.message_part_limit,
        account.unicode_on,
        account.email,
        account.at,
    )


def merge_rules(tx: Transaction, kind: RuleKind, rows: Sequence[Rule]) -> None:
    """These are all automations of this kind."""
    wanted = sorted(rows, key=lambda rule: (rule.position, rule.id))
    if wanted == rules(tx, kind):
        return
    tx.execute("DELETE FROM rule WHERE kind = ?", (kind,))
    tx.execute_all(
        "INSERT INTO rule (id, kind, name, number, action, address, enabled, position)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        wanted,
    )
    tx.changed("rules")


def merge_statistics(tx: Transaction, rows: Sequence[DailyStatistics]) -> None:
    """Bring in days; days that ClickSend no longer tells of stay."""
    known = {row.day: row for row in statistics(tx)}
    changed = [row for row in rows if known.get(row.day) != row]
    tx.execute_all(
        "INSERT OR REPLACE INTO daily_statistics VALUES (?, ?, ?, ?)",
        [(row.day, row.sent, row.received, None if row.price is None else str(row.price)) for row in changed],
    )
    if changed:
        tx.changed("statistics", *(row.day for row in changed))


def set_fact(tx: Transaction, name: str, value: str) -> None:
    """Remember a fact; an empty value forgets it. Told to subscribers as "progress"."""
    if fact(tx, name) == value:
        return
    if value:
        tx.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))
    else:
        tx.execute("DELETE FROM fact WHERE name = ?", (name,))
    tx.changed("progress", name)
