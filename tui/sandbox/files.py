"""Files that the account made by exporting, or gave to be imported."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from random import Random
from urllib.parse import urlsplit

from tui.sandbox.message import guid

MOST_ROWS = 50_000
"""ClickSend cuts longer exports off."""


class Files:
    """Texts by id. Each can be fetched under `PATH` without signing in, as from ClickSend's storage."""

    PATH = "/files/"

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._texts: dict[str, str] = {}

    def add(self, text: str, filename: str = "file.csv") -> str:
        """Keep a text; its address on this host."""
        file_id = guid(self._chance.getrandbits(128))
        self._texts[file_id] = text
        return f"{self.PATH}{file_id}?filename={filename}"

    def get(self, file_id: str) -> str | None:
        """The text with this id."""
        return self._texts.get(file_id)

    def at(self, url: str) -> str | None:
        """The text under this address; None if it is not on this host."""
        return self.get(urlsplit(url).path.removeprefix(self.PATH))


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV text."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    for number, row in enumerate(rows):
        if number == MOST_ROWS:
            break
        writer.writerow(row)
    return text.getvalue()


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV text."""
    return [row for row in csv.reader(StringIO(text)) if row]
