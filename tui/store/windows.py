"""Windows: lists of any length, of which only the rows on view are read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from tui.store.background import Background
from tui.store.reader import Reader
from tui.store.transaction import Row, Source

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


Search = Callable[[Source], Iterator[Sequence[int]]]
"""A search: rowids of what it finds, slice by slice, read from a source. A rowid may come several times."""


class SearchWindow(Generic[R]):
    """A window on a search that may find very much: what was found when it was last looked.

    It looks no further than somebody wants to see: `count` is the number of rows found so far, and while
    `more` is true there may be others. It looks when it is asked, and by itself only if it never did.
    """

    FIRST = 50
    """Rows that are looked for at first, and again each time one looks further."""
    STEP_SECONDS = 0.05
    """How long a step looks before it shows what it has found."""

    def __init__(self, reader: Reader, background: Background, listing: Listing[R], search: Search) -> None:
        self._reader = reader
        self._background = background
        self._listing = listing
        self._search = search
        self._wanted = self.FIRST
        self._look: _Look | None = None
        self._hits: list[int] | None = None

    # Looking

    @property
    def has_looked(self) -> bool:
        """Whether anything was looked for yet."""
        return self._hits is not None

    @property
    def is_current(self) -> bool:
        """Whether nothing was committed since it began to look."""
        return self._look is not None and self._look.version == self._reader.version()

    @property
    def more(self) -> bool:
        """Whether there may be rows beyond `count`."""
        self._found()
        return self._look is None or self._look.rest is not None

    async def look(self, *, further: bool = False) -> bool:
        """Look for what there is now, or further; False if there is another step, to be taken by `look_on`.

        It reads in the background, and can be cancelled: what was found before stays.
        """
        self._begin(self._background, further=further)
        self._hits = self._hits or []
        return await self.look_on()

    async def look_on(self) -> bool:
        """Take another step; False if there is one more."""
        look = self._look
        if look is None:
            return True
        try:
            await self._background.read(lambda _: look.step(self._wanted, self.STEP_SECONDS))
        except BaseException:
            if self._look is look:
                self._look = None  # it stands nobody knows where
            raise
        is_done = look.is_done(self._wanted)
        if is_done or len(look.hits) >= len(self._hits or ()):
            self._hits = list(look.hits)
        return is_done

    def look_now(self, *, further: bool = False) -> None:
        """The same at once, whatever it takes."""
        self._begin(self._reader, further=further)
        assert self._look is not None
        self._look.step(self._wanted, float("inf"))
        self._hits = list(self._look.hits)

    def _begin(self, source: Source, *, further: bool) -> None:
        if further:
            self._wanted = len(self._hits or ()) + self.FIRST
        if not (further and self.is_current and self._look and self._look.source is source):
            self._look = _Look(source, self._reader.version(), {}, self._search(source))

    def _found(self) -> list[int]:
        if self._hits is None:
            self.look_now()
        return self._hits or []

    # What was found

    def count(self) -> int:
        return len(self._found())

    def page(self, number: int, size: int = 200) -> Sequence[R]:
        hits = self._found()[number * size : (number + 1) * size]
        sql = (
            f"SELECT {self._listing.rowid}, {self._listing.columns} FROM {self._listing.table}"  # noqa: S608
            f" WHERE {self._listing.rowid} IN ({', '.join('?' * len(hits))})"
        )
        rows = {row[0]: self._listing.make(row[1:]) for row in self._reader.rows(sql, hits)}
        return [rows[hit] for hit in hits if hit in rows]

    def index_of(self, key: str) -> int | None:
        sql = f"SELECT {self._listing.rowid} FROM {self._listing.table} WHERE {self._listing.place}"  # noqa: S608
        row = self._reader.row(sql, {"key": key})
        hits = self._found()
        return hits.index(row[0]) if row is not None and row[0] in hits else None

    def key(self, row: R) -> str:
        return self._listing.key(row)


def in_one_go(sql: str, values: Mapping[str, Any]) -> Search:
    """The search of a query that finds all rowids at once."""

    def search(source: Source) -> Iterator[Sequence[int]]:
        yield [row[0] for row in source.rows(sql, values)]

    return search


@dataclass
class _Look:
    """One passage through what a search finds."""

    source: Source
    version: int
    """Of the store, before it began."""
    hits: dict[int, None]
    rest: Iterator[Sequence[int]] | None

    def is_done(self, wanted: int) -> bool:
        """Whether so much was found, or all there is."""
        return self.rest is None or len(self.hits) >= wanted

    def step(self, wanted: int, seconds: float) -> None:
        """Go on until so much was found, or that long."""
        end = time.monotonic() + seconds
        while self.rest is not None and len(self.hits) < wanted and time.monotonic() < end:
            found = next(self.rest, None)
            if found is None:
                self.rest = None
            else:
                self.hits.update(dict.fromkeys(found))


def like(text: str) -> str:
    """The pattern for LIKE ... ESCAPE '\\' that finds `text` anywhere."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
