"""Makes the messages of a large send from a file or a contact list: checked row by row, written in chunks."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.core.placeholders import FIELDS as CONTACT_PLACEHOLDERS
from tui.core.placeholders import left
from tui.core.text import clean, clean_line
from tui.sending import table
from tui.sending.draft import FILLED, MessageDraft
from tui.sending.products import Reach
from tui.sending.recipient import ADDRESS, Recipient
from tui.sending.table import Table
from tui.sending.whom import address_fault, email_fault
from tui.store import contacts, outbox_messages
from tui.store.database import Store
from tui.store.outbox_messages import Addressee, Entry
from tui.store.rows import Contact
from tui.store.transaction import Transaction

CHUNK = 4000
"""Rows of one write: recipients come in no order, and with fewer their index is written again and again."""
_FIELD_OF = {name[1:-1].casefold(): field for name, field in CONTACT_PLACEHOLDERS.items()}
_STOP = "They asked not to be written to."
TWICE, OPTED_OUT, UNFILLED, INVALID = "twice", "opted out", "unfilled", "invalid"
"""Codes of rows that are left out: there before, asked to be, nothing for the text, no good recipient."""


class Row(NamedTuple):
    """One row as it was read, with the cells under the titles of its source."""

    line: int
    cells: Sequence[str]
    done: int
    """How much has been read with it, of the size of the source."""


class Source(Protocol):
    """Where recipients come from."""

    @property
    def size(self) -> int:
        """How much there is to read."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what had to be assumed."""

    @property
    def titles(self) -> Sequence[str]:
        """What the cells of a row are called; "(Title)" stands for one in the text."""

    @property
    def mapping(self) -> Mapping[str, int]:
        """Which cell is what is known of a recipient, by the names of `table.FIELDS`."""

    def record(self) -> dict[str, Any]:
        """What the outbox keeps of it."""

    def rows(self, store: Store) -> Iterator[Row]:
        """Every row. Raises InvalidInput, StoreError."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file, with its columns mapped."""

    table: Table

    @property
    def size(self) -> int:
        return self.table.size

    @property
    def notes(self) -> tuple[str, ...]:
        return self.table.notes

    @property
    def titles(self) -> Sequence[str]:
        return [column.title for column in self.table.columns]

    @property
    def mapping(self) -> Mapping[str, int]:
        return self.table.mapping

    def record(self) -> dict[str, Any]:
        """The name of the file, its titles and which of them has the recipients."""
        to = self.mapping.get(table.TO)
        return {
            "file": str(self.table.path),
            "titles": list(self.titles),
            "to": "" if to is None else self.titles[to],
        }

    def rows(self, store: Store) -> Iterator[Row]:
        return map(Row._make, table.rows(self.table))


@dataclass(frozen=True, slots=True)
class ListSource:
    """A contact list, as the store has it."""

    list_id: int
    name: str = ""
    size: int = 0
    """ClickSend's count of its contacts."""
    notes: tuple[str, ...] = ()
    titles: Sequence[str] = tuple(title for name, title in table.FIELDS.items())
    mapping: Mapping[str, int] = field(
        default_factory=lambda: {name: number for number, name in enumerate(table.FIELDS)}
    )

    def record(self) -> dict[str, Any]:
        """The list."""
        return {
            "list_id": self.list_id,
            "list": self.name,
            "titles": list(self.titles),
            "to": table.FIELDS[table.TO],
        }

    def rows(self, store: Store) -> Iterator[Row]:
        """Every contact, read in chunks."""
        last = done = 0
        while chunk := store.write_now(contacts.on_list, self.list_id, last, CHUNK):
            last = chunk[-1][0]
            for _, contact in chunk:
                done += 1
                yield Row(done, _cells(contact), done)


def _cells(contact: Contact) -> list[str]:
    known = {name: str(value) for name, value in contact.fields.items() if value}
    known |= {table.TO: contact.phone, "first_name": contact.first_name, "last_name": contact.last_name}
    known |= {"email": contact.email, "organization": contact.organization}
    known.setdefault("address_name", contact.name)
    return [known.get(name, "") for name in table.FIELDS]


def prepare(
    store: Store,
    outbox_id: str,
    source: Source,
    draft: MessageDraft,
    country: str,
    progress: Callable[[int, int], None],
) -> None:
    """Read a source to its end into the rows of a send. Blocks: for a thread. Raises InvalidInput."""
    checker = _Checker(source, draft, country, store.write_now(contacts.opted_out))
    numbers = itertools.count()
    for chunk in _chunks(source.rows(store)):
        entries = [checker.entry(next(numbers), row) for row in chunk]
        store.write_now(_add, outbox_id, entries)
        progress(chunk[-1].done, source.size)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def _add(tx: Transaction, outbox_id: str, entries: Sequence[Entry]) -> None:
    """Write messages, but leave out those to recipients that are there already. Raises InvalidInput when the
    send was given up meanwhile.
    """
    if tx.row("SELECT 1 FROM outbox WHERE id = ? AND state = 'draft'", (outbox_id,)) is None:
        raise InvalidInput("It was given up while it was read.")
    to = [entry.recipient for entry in entries if entry.state == "draft"]
    known = outbox_messages.lines_of(tx, outbox_id, to)
    outbox_messages.enter(tx, outbox_id, [_once(entry, known) for entry in entries])


def _once(entry: Entry, known: dict[str, int]) -> Entry:
    if entry.state != "draft":
        return entry
    line = known.setdefault(entry.recipient, entry.line)
    if line == entry.line:
        return entry
    return entry._replace(state="left out", reason=_twice(line), code=TWICE)


def _twice(line: int) -> str:
    return f"The same recipient as in line {line}."


class _Checker:
    """Makes a message of a row, or says why there can be none."""

    def __init__(self, source: Source, draft: MessageDraft, country: str, opted_out: set[str]) -> None:
        self._titles = tuple(source.titles)
        self._reach = draft.product.reach
        self._country = country
        self._opted_out = opted_out
        self._to = self._column_of_recipient(source)
        self._name = [
            number for name in ("first_name", "last_name") if (number := source.mapping.get(name)) is not None
        ]
        used = self._used(source, draft)
        self._used_cells = tuple(used.items())
        self._wanted = tuple(self._wanted_names(draft, used))
        self._read: Callable[[Sequence[str]], tuple[str, str]] = {
            Reach.PHONE: self._number,
            Reach.FAX: self._number,
            Reach.EMAIL: self._email,
            Reach.POST: self._address,
        }[self._reach]
        self._mapping = source.mapping
        self._addresses: dict[str, int] = {}
        """By postal address, the same in capitals or not, its line: the store compares letters."""

    def _column_of_recipient(self, source: Source) -> int:
        names = ("email", table.TO) if self._reach is Reach.EMAIL else (table.TO,)
        if self._reach is Reach.POST:
            names = ("address_line_1",)
        found = next((source.mapping[name] for name in names if name in source.mapping), None)
        if found is None:
            raise InvalidInput(
                f"No column holds the {self._reach.value}s.", field=names[0], hint="Say which column it is."
            )
        return found

    def _used(self, source: Source, draft: MessageDraft) -> dict[str, int]:
        """The cells that the text needs, or the address: only these are kept for what can be sent."""
        titles = {title: number for number, title in enumerate(self._titles)}
        texts = _texts(draft)
        used = {title: number for title, number in titles.items() if _named(title) in texts.casefold()}
        asked = {_FIELD_OF.get(name[1:-1].casefold(), "") for name in left(texts)}
        needed = asked | (set(ADDRESS) if self._reach is Reach.POST else set())
        return used | {name: number for name, number in source.mapping.items() if name in needed}

    def _wanted_names(self, draft: MessageDraft, used: Mapping[str, int]) -> Iterator[tuple[str, list[int]]]:
        """Each placeholder of the text, and the cells that can stand for it."""
        for placeholder in left(_texts(draft), None, self._titles):
            name = placeholder[1:-1].casefold()
            cells = [used[title] for title in used if title.casefold() in (name, _FIELD_OF.get(name))]
            yield placeholder, cells

    def entry(self, number: int, row: Row) -> Entry:
        """The row as a message of the send, "draft" or "left out"."""
        cells = row.cells
        if len(cells) < len(self._titles):
            cells = [*cells, *[""] * (len(self._titles) - len(cells))]
        to, reason = self._read(cells)
        code = INVALID
        if not reason and (reason := self._missing(cells)):
            code = UNFILLED
        if not reason and to in self._opted_out:
            code, reason = OPTED_OUT, _STOP
        if not reason and self._reach is Reach.POST:
            line = self._addresses.setdefault(to.casefold(), row.line)
            code, reason = (TWICE, _twice(line)) if line != row.line else (code, reason)
        if reason:
            fields = {title: clean_line(cell) for title, cell in zip(self._titles, cells, strict=False)}
            return Entry(number, row.line, to, self._named(cells), fields, "left out", reason, code)
        fields = {name: clean(cells[at]) for name, at in self._used_cells}
        return Entry(number, row.line, to, self._named(cells), fields)

    def _named(self, cells: Sequence[str]) -> str:
        return clean_line(" ".join(cells[number] for number in self._name)) if self._name else ""

    def _missing(self, cells: Sequence[str]) -> str:
        for placeholder, places in self._wanted:
            if not any(cells[place].strip() for place in places):
                return f"There is nothing for {placeholder} in the text."
        return ""

    def _number(self, cells: Sequence[str]) -> tuple[str, str]:
        cell = cells[self._to]
        try:
            return phone.parse(cell, self._country), ""
        except InvalidInput as error:
            typed = clean_line(cell)
            return typed, error.message if typed else f"There is no {self._reach.value}."

    def _email(self, cells: Sequence[str]) -> tuple[str, str]:
        typed = clean_line(cells[self._to])
        if not typed:
            return "", "There is no e-mail address."
        # In capitals it is the same address, and nobody is to get it twice.
        return typed.lower(), email_fault(typed)

    def _address(self, cells: Sequence[str]) -> tuple[str, str]:
        parts = {name: cells[self._mapping[name]] for name in ADDRESS if name in self._mapping}
        return Recipient.at(parts).to, address_fault(parts)


def _texts(draft: MessageDraft) -> str:
    return "\n".join([draft.body, *(str(draft.content.get(name) or "") for name in FILLED if name != "body")])


def _named(title: str) -> str:
    return f"({title})".casefold()


def draft_of(draft: MessageDraft, messages: Iterable[Addressee]) -> MessageDraft:
    """The same draft to the recipients of some rows."""
    return replace(draft, recipients=tuple(map(_recipient, messages)))


def _recipient(message: Addressee) -> Recipient:
    return Recipient(message.recipient, message.name, message.fields, message.line)
