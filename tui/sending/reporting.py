"""Files of what became of a send: a report of every recipient, and the rows to mend."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tui.core.errors import InvalidInput
from tui.store import outbox, outbox_messages
from tui.store.database import Store
from tui.store.rows import OutboxMessage
from tui.store.transaction import Transaction

_CHUNK = 1000
_REPORT = (
    *("line", "recipient", "name", "country", "state", "became", "reason"),
    *("message id", "sender", "parts", "price", "charged"),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[+-]?[\d\s().,]*\d[\d\s().,-]*")
"""Phone numbers and amounts: a spreadsheet makes no formula of them that does anything."""


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_RISKY) and not _HARMLESS.fullmatch(text) else text


def report(store: Store, outbox_id: str, path: Path) -> int:
    """Write a row for every recipient; how many there are. Blocks: for a thread. Raises InvalidInput."""
    return _write(path, _REPORT, _report_rows(store, outbox_id))


def _report_rows(store: Store, outbox_id: str) -> Iterator[Sequence[object]]:
    last = -1
    while found := store.write_now(outbox_messages.became, outbox_id, last, _CHUNK):
        for message, became, words in found:
            last = message.number
            reason = message.reason or (words if became in ("failed", "rejected") else "")
            yield (
                *(message.line or "", message.recipient, message.name, message.country),
                *(message.state, became, reason, message.message_id, message.sender),
                *(message.parts, message.price, message.charged),
            )


def left_out(store: Store, outbox_id: str, path: Path) -> int:
    """Write the rows that were left out under the titles of their source, then line and reason."""
    item = store.write_now(outbox.one, outbox_id)
    source = item.draft.get("source") or {} if item else {}
    titles, to = source.get("titles", []), source.get("to", "")
    return _write(path, (*titles, "line", "reason"), _left_out_rows(store, outbox_id, titles, to))


def _left_out_rows(
    store: Store, outbox_id: str, titles: Sequence[str], to: str
) -> Iterator[Sequence[object]]:
    """Rows that ClickSend would reject have what the text needs; those left out before, all cells."""
    last = -1
    while found := store.write_now(_left_out, outbox_id, last):
        for message in found:
            last = message.number
            known = {to: message.recipient} | {name: cell for name, cell in message.fields.items() if cell}
            yield (*(known.get(title, "") for title in titles), message.line or "", message.reason)


def _left_out(tx: Transaction, outbox_id: str, last: int) -> list[OutboxMessage]:
    return outbox_messages.after(tx, outbox_id, last, _CHUNK, ("left out",))


def _write(path: Path, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    written = 0
    try:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(map(safe, titles))
            for row in rows:
                writer.writerow(map(safe, row))
                written += 1
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be written: {error.strerror or error}.",
            field="file",
            hint="Choose another place.",
        ) from error
    return written
