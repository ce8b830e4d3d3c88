"""Plain records that are created, listed, changed and deleted: lists, contacts, templates, rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from tui.sandbox.answers import bad_request, not_found

Record = dict[str, Any]


class Collection:
    """Records in order of creation, each known by a number (or one of `ids`) under the name `key`.

    `blank` holds every field that may be set and its value when it is not; its type is the field's.
    """

    def __init__(
        self, key: str, blank: Mapping[str, Any], *, first_id: int = 1, ids: Iterator[str] | None = None
    ) -> None:
        self.key = key
        self._ids: Iterator[int | str] = ids or count(first_id)
        self.blank = blank
        self.changes = 0
        """Grows with every change, for what is computed from the records."""
        self._records: dict[str, Record] = {}

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def create(self, values: Mapping[str, Any], **computed: Any) -> Record:
        """A new record; `computed` fields are not for callers of the API to set."""
        record = {self.key: next(self._ids), **self.blank, **self._typed(values), **computed}
        self._records[str(record[self.key])] = record
        self.changes += 1
        return record

    def get(self, number: object) -> Record:
        """The record with this number, which may be written as text. Refuses with 404."""
        record = self._records.get(str(number))
        if record is None:
            raise not_found()
        return record

    def update(self, number: object, values: Mapping[str, Any], **computed: Any) -> Record:
        """The record with the given fields replaced; the others stay."""
        record = self.get(number)
        record |= self._typed(values) | computed
        self.changes += 1
        return record

    def delete(self, number: object) -> Record:
        """The record that is no longer there."""
        record = self._records.pop(str(self.get(number)[self.key]))
        self.changes += 1
        return record

    def _typed(self, values: Mapping[str, Any]) -> Record:
        return {
            name: _as(self.blank[name], name, value) for name, value in values.items() if name in self.blank
        }


def uuids(*seed: object) -> Iterator[str]:
    """Ids as ClickSend's newer operations have them; the same seed makes the same ones."""
    chance = Random(str(seed))  # noqa: S311 - ids to look at, no secrets
    while True:
        yield str(UUID(int=chance.getrandbits(128), version=4))


def _as(blank: object, name: str, value: object) -> object:
    """The value in the type of the field: ClickSend takes numbers and flags as text, too."""
    if isinstance(blank, int):
        text = str(int(value)) if isinstance(value, bool) else str(value)
        if not text.isdecimal():
            raise bad_request({name: f"The {name} must be a number."})
        return int(text)
    return value if value is None else str(value)
