"""Windows: lists of any length, of which only the rows on view are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from tui.store.reader import Reader
from tui.store.transaction import Row

R = TypeVar("R")


class Window(Protocol[R]):
    """An ordered list of rows, read page by page, always as the store is at that moment."""

    def count(self) -> int:
        """How many rows there are."""

    def page(self, number: int, size: int = 200) -> Sequence[R]:
        """The rows of one page; pages count from 0."""

    def index_of(self, key: str) -> int | None:
        """Where the row with this key stands, or None if it is not in this window."""

    def key(self, row: R) -> str:
        """What names a row for good, wherever it moves."""


class Listing(NamedTuple, Generic[R]):
    """How the rows of a table are read, named and found again."""

    table: str
    rowid: str
    columns: str
    make: Callable[[Row], R]
    key: Callable[[R], str]
    place: str
    """The condition that finds the row of `:key`."""


class Order(NamedTuple):
    """Columns of an index, all in one direction; the last of them makes the order total."""

    columns: tuple[str, ...]
    descending: bool = False

    def clause(self, *, backward: bool = False) -> str:
        """ORDER BY, or the same from the other end."""
        direction = "DESC" if self.descending != backward else "ASC"
        return ", ".join(f"{column} {direction}" for column in self.columns)

    def beyond(self, *, backward: bool = False, itself: bool) -> str:
        """The condition for rows after a given one, or before it, with or without itself."""
        sign = ("<" if self.descending != backward else ">") + ("=" if itself else "")
        return f"({', '.join(self.columns)}) {sign} ({', '.join(':from_' + name for name in self.columns)})"

    def values(self, place: Row) -> dict[str, Any]:
        """What stands for the names in `beyond`, from a row that begins with the columns of the order."""
        return {f"from_{name}": value for name, value in zip(self.columns, place, strict=False)}


class IndexWindow(Generic[R]):
    """A window that walks an index: a page is reached from the nearest place that is known.

    Known places are both ends and the rows that pages were read from; a commit makes it forget them.
    """

    def __init__(
        self,
        reader: Reader,
        listing: Listing[R],
        order: Order,
        where: str = "1",
        values: Mapping[str, Any] | None = None,
        counter: Callable[[], int] | None = None,
    ) -> None:
        self._reader = reader
        self._listing = listing
        self._order = order
        self._where = where
        self._values = dict(values or {})
        self._counter = counter or self._scan_count
        self._version = -1
        self._count: int | None = None
        self._places: dict[int, Row] = {}

    def count(self) -> int:
        self._forget_if_changed()
        if self._count is None:
            self._count = self._counter()
        return self._count

    def page(self, number: int, size: int = 200) -> Sequence[R]:
        total = self.count()
        start = number * size
        stop = min(start + size, total)
        if not 0 <= start < stop:
            return ()
        known = max((place for place in self._places if place <= start), default=0)
        if total - stop < start - known:
            rows = self._read(total - stop, stop - start, None, backward=True)[::-1]
        else:
            rows = self._read(start - known, stop - start, self._places.get(known), backward=False)
        if rows:
            self._places[start] = rows[0]
            self._places[start + len(rows) - 1] = rows[-1]
        make, width = self._listing.make, len(self._order.columns)
        return [make(row[width:]) for row in rows]

    def index_of(self, key: str) -> int | None:
        place = self._reader.row(
            f"SELECT {', '.join(self._order.columns)} FROM {self._listing.table}"  # noqa: S608  own names only
            f" WHERE {self._listing.place} AND {self._where}",
            {**self._values, "key": key},
        )
        if place is None:
            return None
        before = self._order.beyond(backward=True, itself=False)
        return self._scalar(f"{self._where} AND {before}", {**self._values, **self._order.values(place)})

    def key(self, row: R) -> str:
        return self._listing.key(row)

    def _read(self, skip: int, size: int, place: Row | None, *, backward: bool) -> list[Row]:
        where, values = self._where, self._values
        if place is not None:
            where = f"{where} AND {self._order.beyond(itself=True)}"
            values = {**values, **self._order.values(place)}
        return self._reader.rows(
            f"SELECT {', '.join(self._order.columns)}, {self._listing.columns}"  # noqa: S608  own names only
            f" FROM {self._listing.table} WHERE {where}"
            f" ORDER BY {self._order.clause(backward=backward)} LIMIT :size OFFSET :skip",
            {**values, "size": size, "skip": skip},
        )

    def _scan_count(self) -> int:
        return self._scalar(self._where, self._values)

    def _scalar(self, where: str, values: Mapping[str, Any]) -> int:
        sql = f"SELECT count(*) FROM {self._listing.table} WHERE {where}"  # noqa: S608  own names only
        return int(self._reader.rows(sql, values)[0][0])

    def _forget_if_changed(self) -> None:
        version = self._reader.version()
        if version != self._version:
            self._version, self._count = version, None
            self._places.clear()


class _HitsWindow(Generic[R]):
    """A window on rows that were found, whose rowids are known and whose columns are read page by page."""

    def __init__(self, reader: Reader, listing: Listing[R]) -> None:
        self._reader = reader
        self._listing = listing
        self._version = -1

    def _found(self, wanted: int) -> Sequence[int]:
        """The rowids of what is found as the store is now: so many, if there are, or more."""
        raise NotImplementedError

    def _is_current(self) -> bool:
        """Whether nothing was committed since this was last asked."""
        seen, self._version = self._version, self._reader.version()
        return seen == self._version

    def count(self) -> int:
        return len(self._found(0))

    def page(self, number: int, size: int = 200) -> Sequence[R]:
        hits = self._found((number + 1) * size)[number * size : (number + 1) * size]
        sql = (
            f"SELECT {self._listing.rowid}, {self._listing.columns} FROM {self._listing.table}"  # noqa: S608
            f" WHERE {self._listing.rowid} IN ({', '.join('?' * len(hits))})"
        )
        rows = {row[0]: self._listing.make(row[1:]) for row in self._reader.rows(sql, hits)}
        return [rows[hit] for hit in hits if hit in rows]

    def index_of(self, key: str) -> int | None:
        sql = f"SELECT {self._listing.rowid} FROM {self._listing.table} WHERE {self._listing.place}"  # noqa: S608
        row = self._reader.row(sql, {"key": key})
        hits = self._found(0)
        return hits.index(row[0]) if row is not None and row[0] in hits else None

    def key(self, row: R) -> str:
        return self._listing.key(row)


class FoundWindow(_HitsWindow[R]):
    """A window on what a query finds: the places of all hits are read once per commit."""

    def __init__(self, reader: Reader, listing: Listing[R], find: str, values: Mapping[str, Any]) -> None:
        super().__init__(reader, listing)
        self._find = find
        self._values = values
        self._hits: list[int] = []

    def _found(self, wanted: int) -> Sequence[int]:
        if not self._is_current():
            self._hits = [row[0] for row in self._reader.rows(self._find, self._values)]
        return self._hits


class SearchWindow(_HitsWindow[R]):
    """A window on a search that may find very much: it reads no further than somebody has looked.

    `count` is the number of rows found so far; while `more` is true there may be others, and `extend`
    looks for them. After a commit it looks as far as before, anew.
    """

    FIRST = 200
    """Rows that are looked for at first, and again by `extend`."""
    SLICES = 20
    """Slices of hits that are read in one go, however few rows they bring."""

    def __init__(
        self, reader: Reader, listing: Listing[R], search: Callable[[], Iterator[Sequence[int]]]
    ) -> None:
        super().__init__(reader, listing)
        self._search = search
        self._wanted = self.FIRST
        self._hits: dict[int, None] = {}
        self._list: list[int] = []
        self._rest: Iterator[Sequence[int]] | None = None

    @property
    def more(self) -> bool:
        """Whether there may be rows beyond `count`."""
        self._found(0)
        return self._rest is not None

    def extend(self) -> bool:
        """Look for more rows; False when there are none. It takes some tens of milliseconds at most."""
        before = self.count()
        self._wanted = max(self._wanted, before) + self.FIRST
        self._read_on(self._wanted)
        return len(self._list) > before or self._rest is not None

    def _found(self, wanted: int) -> Sequence[int]:
        if not self._is_current():
            self._hits = {}
            self._rest = self._search()
            self._read_on(self._wanted)
        if wanted > self._wanted:
            self._wanted = wanted
            self._read_on(wanted)
        return self._list

    def _read_on(self, wanted: int) -> None:
        for _ in range(self.SLICES):
            if self._rest is None or len(self._hits) >= wanted:
                break
            hits = next(self._rest, None)
            if hits is None:
                self._rest = None
            else:
                self._hits.update(dict.fromkeys(hits))
        self._list = list(self._hits)


def like(text: str) -> str:
    """The pattern for LIKE ... ESCAPE '\\' that finds `text` anywhere."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
