"""The program on a disk that is full as soon as something is typed."""

from __future__ import annotations

import sqlite3

from tui import services
from tui.cli import main
from tui.store.transaction import Transaction


def save_draft(tx: Transaction, key: str, text: str) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


services.save_draft = save_draft

if __name__ == "__main__":
    main()
