"""Texts that are being written: saved as they are typed, kept until they are sent or emptied."""

from __future__ import annotations

from tui.store.transaction import Source, Transaction


def read(source: Source, key: str) -> str:
    """The text kept under a key, or nothing."""
    row = source.row("SELECT text FROM draft WHERE key = ?", (key,))
    return str(row[0]) if row else ""


def save_draft(tx: Transaction, key: str, text: str) -> None:
    """Keep a text, or forget it when it is blank. A reply has its counterpart as key: its row shows it."""
    kept = bool(text.strip())
    if kept:
        tx.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (key, text))
    else:
        tx.execute("DELETE FROM draft WHERE key = ?", (key,))
    tx.changed("drafts", key)
    if tx.execute(
        "UPDATE conversation SET draft = ? WHERE counterpart = ? AND draft != ?", (kept, key, kept)
    ):
        tx.changed("conversations", key)
