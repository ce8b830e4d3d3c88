"""Windows on what is in memory: on a short list, and on nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")
PAGE = 100
"""Rows that a table reads at a time."""


class EmptyWindow(Generic[Row]):
    """A window on nothing: what a table shows before it is given one."""

    def count(self) -> int:
        return 0

    def page(self, number: int, size: int = PAGE) -> Sequence[Row]:
        return ()

    def index_of(self, key: str) -> int | None:
        return None

    def key(self, row: Row) -> str:
        return ""


class ListWindow(Generic[Row]):
    """A window on a short list that is in memory already."""

    def __init__(self, rows: Sequence[Row], key: Callable[[Row], str]) -> None:
        self._rows = rows
        self._key = key

    def count(self) -> int:
        return len(self._rows)

    def page(self, number: int, size: int = PAGE) -> Sequence[Row]:
        return self._rows[number * size : (number + 1) * size]

    def index_of(self, key: str) -> int | None:
        return next((index for index, row in enumerate(self._rows) if self._key(row) == key), None)

    def key(self, row: Row) -> str:
        return self._key(row)
