"""Files that the account made by exporting, or gave to be imported or sent."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from mimetypes import guess_type
from random import Random

from tui.api.types import Convert
from tui.core.clock import Clock
from tui.sandbox.message import guid

MOST_ROWS = 50_000
"""ClickSend cuts longer exports off."""
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file under an address; `convert` says what an upload was made for, `until` when it is gone."""

    content: bytes
    name: str
    convert: Convert | None = None
    until: float | None = None

    @property
    def text(self) -> str:
        """The content as text; what is none becomes replacement characters."""
        return self.content.decode(errors="replace")

    @property
    def media_type(self) -> str:
        """Its MIME type, by its name."""
        return guess_type(self.name)[0] or _UNKNOWN


class Files:
    """Files by id. Each can be fetched under `PATH` without signing in, as from ClickSend's storage."""

    PATH = "/files/"
    _ADDRESS = re.compile(rf"{PATH}([0-9A-F-]{{36}})(?:\?|$)")

    def __init__(self, chance: Random, clock: Clock) -> None:
        self._chance = chance
        self._clock = clock
        self._files: dict[str, StoredFile] = {}

    def add(
        self,
        content: str | bytes,
        name: str = "file.csv",
        *,
        convert: Convert | None = None,
        until: float | None = None,
    ) -> str:
        """Keep a file; its address on this host."""
        file_id = guid(self._chance.getrandbits(128))
        raw = content.encode() if isinstance(content, str) else content
        self._files[file_id] = StoredFile(raw, name, convert, until)
        return f"{self.PATH}{file_id}?filename={name}"

    @property
    def count(self) -> int:
        """How many files were ever added."""
        return len(self._files)

    def get(self, file_id: str) -> StoredFile | None:
        """The file with this id; None also when its time is over."""
        file = self._files.get(file_id)
        expired = file and file.until is not None and self._clock.now() >= file.until
        return None if expired else file

    def at(self, url: str) -> StoredFile | None:
        """The file under this address; None if there is none on this host."""
        found = self._ADDRESS.search(url)
        return self.get(found[1]) if found else None

    def is_ours(self, url: str) -> bool:
        """Whether the address is one of this host, with or without a file under it."""
        return bool(self._ADDRESS.search(url))


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
