"""Files of recipients: what a CSV file holds, whatever program wrote it, and what its columns are for."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tui.core.errors import InvalidInput
from tui.core.text import clean_line

TO = "to"
"""The column that says to whom: without it nothing can be sent."""
FIELDS: Mapping[str, str] = {
    TO: "Recipient",
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "organization": "Organization",
    "custom_1": "Custom 1",
    "custom_2": "Custom 2",
    "custom_3": "Custom 3",
    "custom_4": "Custom 4",
    "address_name": "Name on the address",
    "address_line_1": "Address",
    "address_line_2": "Address, second line",
    "address_city": "City",
    "address_state": "State",
    "address_postal_code": "Postal code",
    "address_country": "Country",
}
"""What a column can be for, and how that is called. Any column can stand in the text under its own title."""

_LOOKED_AT = 256 * 1024
"""Bytes at the beginning of a file that tell how it is written."""
_SAMPLE_ROWS = 5
_LONGEST_CELL = 1 << 20
_DELIMITERS = ",;\t|"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NO_TEXT = (b"%PDF-", b"{\\rtf", b"PK\x03\x04")
"""How files begin that may hold no zero byte and still are no text."""
_NUMBER = re.compile(r"\+?[\d\s().-]{6,20}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_GUESSES: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (
            TO,
            r"to|(mobile|cell|phone|telephone|tel|msisdn|recipient)( ?(number|phone|no|nr))?|number|nr|handy",
        ),
        ("first_name", r"first ?name|given ?name|forename|vorname|prenom"),
        ("last_name", r"last ?name|surname|family ?name|nachname|nom"),
        ("email", r"e ?mail( ?address)?"),
        ("organization", r"organi[sz]ation( name)?|company|firm|firma"),
        ("custom_1", r"cust(om)? ?1"),
        ("custom_2", r"cust(om)? ?2"),
        ("custom_3", r"cust(om)? ?3"),
        ("custom_4", r"cust(om)? ?4"),
        ("address_name", r"address ?name|addressee|full ?name|name"),
        ("address_line_1", r"address( ?line)?( ?1)?|street"),
        ("address_line_2", r"address ?(line ?)?2"),
        ("address_city", r"(address )?(city|suburb|town)"),
        ("address_state", r"(address )?(state|province|region)"),
        ("address_postal_code", r"(address )?(post(al)? ?code|zip( ?code)?|plz)"),
        ("address_country", r"(address )?country( code)?"),
    )
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file, with what its first rows hold."""

    title: str
    """Its header, or "Column 1"; "(Title)" stands for it in the text."""
    sample: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it can be read. `columns` maps what is known of recipients (`FIELDS`) to column numbers."""

    path: Path
    size: int
    """In bytes."""
    encoding: str
    delimiter: str
    has_header: bool
    columns: tuple[Column, ...]
    mapping: Mapping[str, int]
    """A guess, to be corrected with `mapped`."""
    notes: tuple[str, ...] = ()
    """Sentences on what had to be assumed."""

    def mapped(self, mapping: Mapping[str, int]) -> Table:
        """The same file with its columns used otherwise. Raises InvalidInput for what is no column."""
        for field, number in mapping.items():
            if field not in FIELDS or not 0 <= number < len(self.columns):
                raise InvalidInput(f"{field} cannot be column {number + 1} of {self.path.name}.", field=field)
        return replace(self, mapping=dict(mapping))

    def headed(self, *, has_header: bool) -> Table:
        """The same file with its first row read as titles, or as a recipient."""
        return look(self.path, has_header=has_header)


def look(path: Path, *, has_header: bool | None = None) -> Table:
    """How a file is written and what its columns hold, by its beginning. Raises InvalidInput if it is no
    table of text. Reads a quarter of a megabyte at most.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
            size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error
    encoding, notes = _encoding(path, start, whole=size <= len(start))
    text = codecs.getincrementaldecoder(encoding)("replace").decode(start)
    delimiter = _delimiter(text)
    shown = list(itertools.islice(_cells(io.StringIO(text, newline=""), delimiter, path), _SAMPLE_ROWS + 1))
    if not shown:
        raise InvalidInput(f"{path.name} has no rows.", field="file", hint="Choose another file.")
    first = shown[0][1]
    headed = _is_header(first) if has_header is None else has_header
    if not headed:
        notes = (*notes, f"{path.name} has no titles above its columns: the first row is a recipient.")
    if headed and has_header is None and len(shown) == 1:
        raise InvalidInput(
            f"{path.name} has titles, and no row below them.", field="file", hint="Choose another file."
        )
    sample = [row for _, row in shown[1 if headed else 0 :]][:_SAMPLE_ROWS]
    width = max(len(row) for _, row in shown)
    columns = tuple(
        Column(title, tuple(clean_line(row[number]) for row in sample if number < len(row)))
        for number, title in enumerate(_titles(first if headed else (), width))
    )
    return Table(path, size, encoding, delimiter, headed, columns, _guess(columns, headed), notes)


def rows(table: Table) -> Iterator[tuple[int, list[str], int]]:
    """Every row, the header and empty ones apart: the number of its line, its cells, and how many bytes of
    the file have been read. Raises InvalidInput.
    """
    try:
        with (
            table.path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=table.encoding, newline="", errors="strict") as file,
        ):
            found = _cells(file, table.delimiter, table.path)
            if table.has_header:
                next(found, None)
            for line, cells in found:
                yield line, cells, raw.tell()
    except OSError as error:
        raise _unreadable(table.path, error) from error
    except UnicodeError as error:
        raise InvalidInput(
            f"{table.path.name} holds bytes that are no {table.encoding} text.",
            field="file",
            hint="Save it as CSV in UTF-8.",
        ) from error


def _cells(lines: Iterator[str], delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    csv.field_size_limit(_LONGEST_CELL)
    line = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(
            f"{path.name}, line {line}: it cannot be read as a table ({error}).",
            field="file",
            hint="Look at the quotes there, or save it as CSV anew.",
        ) from error


def _encoding(path: Path, start: bytes, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding, ()
    if b"\0" in start or start.startswith(_NO_TEXT):
        hint = "Save it as CSV from the program that made it."
        raise InvalidInput(f"{path.name} is no text file.", field="file", hint=hint)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, whole)
    except UnicodeDecodeError:
        return _windows(path)
    return _of_the_rest(path, len(start), whole=whole)


def _of_the_rest(path: Path, begun: int, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    """UTF-8 as far as was looked; a name further down may still be in another encoding."""
    if whole:
        return "utf-8", ()
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_LOOKED_AT):
                decoder.decode(chunk)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return _windows(path)
    return "utf-8", ()


def _windows(path: Path) -> tuple[str, tuple[str, ...]]:
    note = f"{path.name} is not in UTF-8: it is read as Windows text (cp1252). Look at the letters in names."
    return "cp1252", (note,)


def _delimiter(text: str) -> str:
    """The one that parts most of the first lines alike; a comma where none does."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def regularity(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        most = max(set(counts), key=counts.count) if counts else 1
        return (counts.count(most) if most > 1 else 0, most)

    return max(_DELIMITERS, key=regularity)


def _is_header(first: Sequence[str]) -> bool:
    """A row that holds a number or an address is a recipient, and no titles."""
    return not any(_looks_like_recipient(cell.strip()) for cell in first)


def _looks_like_recipient(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell) or _EMAIL.fullmatch(cell))


def _titles(header: Sequence[str], width: int) -> list[str]:
    """A title for each column, none twice: a placeholder must mean one thing."""
    found: list[str] = []
    for number in range(width):
        title = clean_line(header[number]) if number < len(header) else ""
        title = title.replace("(", "").replace(")", "") or f"Column {number + 1}"
        taken = {other.casefold() for other in found}
        found.append(title if title.casefold() not in taken else f"{title} {number + 1}")
    return found


def _guess(columns: Sequence[Column], headed: bool) -> dict[str, int]:
    mapping: dict[str, int] = {}
    for number, column in enumerate(columns if headed else ()):
        name = " ".join(re.sub(r"[^a-z0-9]+", " ", column.title.casefold()).split())
        field = next((field for field, known in _GUESSES if known.fullmatch(name)), "")
        if field and field not in mapping:
            mapping[field] = number
    for field, pattern in ((TO, _NUMBER), ("email", _EMAIL)):
        found = _holding(columns, pattern)
        if field not in mapping and found is not None and found not in mapping.values():
            mapping[field] = found
    return mapping


def _holding(columns: Sequence[Column], pattern: re.Pattern[str]) -> int | None:
    """The first column whose cells all look like that."""
    for number, column in enumerate(columns):
        cells = [cell for cell in column.sample if cell]
        if cells and all(pattern.fullmatch(cell) for cell in cells):
            return number
    return None


def _unreadable(path: Path, error: OSError) -> InvalidInput:
    reason = error.strerror or str(error)
    return InvalidInput(f"{path} cannot be read: {reason}.", field="file", hint="Choose another file.")
