"""The program on a disk that is full, or damaged (`FAILS=11`), as soon as something is typed."""

from __future__ import annotations

import os
import sqlite3

from tui import drafts
from tui.cli import main
from tui.store.transaction import Transaction


def save_draft(tx: Transaction, *facts: object) -> None:
    error = sqlite3.OperationalError("it cannot be written")
    error.sqlite_errorcode = int(os.environ.get("FAILS", sqlite3.SQLITE_FULL))
    raise error


drafts.save_draft = save_draft

if __name__ == "__main__":
    main()
