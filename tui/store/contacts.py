"""Contact lists and contacts, as last seen at ClickSend, and the names that they give to conversations."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from tui.store import conversations
from tui.store.background import Background
from tui.store.conversations import digits
from tui.store.reader import Reader
from tui.store.rows import Contact, ContactList
from tui.store.stops import is_opt_out_list
from tui.store.transaction import Row, Source, Transaction
from tui.store.windows import IndexWindow, Listing, Order, SearchWindow, Window, in_one_go, like

_COLUMNS = "id, list_id, first_name, last_name, phone, email, organization, fields"
_SORTED = Order(("sort", "number"))


def _make(row: Row) -> Contact:
    return Contact(*(*row[:7], json.loads(row[7])))


_LISTING = Listing(
    table="contact",
    rowid="number",
    columns=_COLUMNS,
    make=_make,
    key=lambda contact: f"{contact.list_id}/{contact.id}",
    place="(list_id || '/' || id) = :key",
)

# Reads


def window(reader: Reader, background: Background, list_id: int | None, search: str) -> Window[Contact]:
    """The contacts of one list or of all, all of them or those that a search finds, by last name."""
    where = "1" if list_id is None else "list_id = :list_id"
    values: dict[str, object] = {} if list_id is None else {"list_id": list_id}
    text = search.strip()
    if not text:
        return IndexWindow(reader, _LISTING, _SORTED, where, values)
    columns = ("first_name || ' ' || last_name", "organization", "email", "fields")
    found = " OR ".join(f"{column} LIKE :text ESCAPE '\\'" for column in columns)
    sql = (
        f"SELECT number FROM contact WHERE {where} AND ({found} OR phone LIKE :digits ESCAPE '\\')"  # noqa: S608
        f" ORDER BY {_SORTED.clause()}"
    )
    values |= {"text": like(text), "digits": like(digits(text))}
    return SearchWindow(reader, background, _LISTING, in_one_go(sql, values))


def one(source: Source, list_id: int, id: int) -> Contact | None:
    """One contact."""
    sql = f"SELECT {_COLUMNS} FROM contact WHERE list_id = ? AND id = ?"  # noqa: S608  own names only
    row = source.row(sql, (list_id, id))
    return _make(row) if row else None


def by_phone(source: Source, phone: str) -> Contact | None:
    """The contact with this number; of several, one that has a name."""
    row = source.row(
        f"SELECT {_COLUMNS} FROM contact WHERE phone = ?"  # noqa: S608  own names only
        " ORDER BY name = '', list_id, id LIMIT 1",
        (phone,),
    )
    return _make(row) if row else None


def all_by_phone(source: Source, phone: str) -> list[Contact]:
    """The contacts with this number on every list."""
    sql = f"SELECT {_COLUMNS} FROM contact WHERE phone = ? ORDER BY list_id, id"  # noqa: S608  own names only
    return [_make(row) for row in source.rows(sql, (phone,))]


def lists(source: Source) -> list[ContactList]:
    """All contact lists, by name."""
    rows = source.rows("SELECT id, name, count FROM contact_list ORDER BY name COLLATE NOCASE, id")
    return [ContactList(*row) for row in rows]


def opted_out(source: Source) -> set[str]:
    """The numbers of all who want no messages: they are on an opt-out list, or their last word was STOP."""
    out = [each.id for each in lists(source) if is_opt_out_list(each.name)]
    found = {
        str(row[0])
        for id in out
        for row in source.rows("SELECT phone FROM contact WHERE list_id = ? AND phone != ''", (id,))
    }
    said = source.rows("SELECT DISTINCT counterpart FROM message WHERE direction = 'in' AND stop")
    return found | set(conversations.stopped(source, (row[0] for row in said)))


def on_list(source: Source, list_id: int, after: int, most: int) -> list[tuple[int, Contact]]:
    """The next contacts of a list in the order in which they came, each with its number to go on from."""
    rows = source.rows(
        f"SELECT number, {_COLUMNS} FROM contact WHERE list_id = ? AND number > ? ORDER BY number LIMIT ?",  # noqa: S608
        (list_id, after, most),
    )
    return [(row[0], _make(row[1:])) for row in rows]


# Writes


def merge_lists(tx: Transaction, rows: Sequence[ContactList]) -> None:
    """These are all lists there are. Contacts of a list that is gone go with it."""
    before = {row[0]: row for row in tx.rows("SELECT id, name, count FROM contact_list")}
    after = {row.id: (row.id, row.name, row.count) for row in rows}
    changed = [row for id, row in after.items() if before.get(id) != row]
    gone = [id for id in before if id not in after]
    tx.execute_all("INSERT OR REPLACE INTO contact_list VALUES (?, ?, ?)", changed)
    for id in gone:
        tx.execute("DELETE FROM contact_list WHERE id = ?", (id,))
        keep_contacts(tx, id, ())
    if changed or gone:
        tx.changed("lists", *(str(row[0]) for row in changed), *map(str, gone))


def merge_contacts(tx: Transaction, list_id: int, rows: Sequence[Contact], *, complete: bool = False) -> None:
    """Bring in contacts of one list; those not among them go when this is `complete`, all of the list."""
    after = {row.id: _values(row, list_id) for row in rows}
    sql = f"SELECT {_COLUMNS} FROM contact WHERE list_id = ? AND id = ?"  # noqa: S608  own names only
    before = {id: row for id in after if (row := tx.row(sql, (list_id, id)))}
    changed = {id: row for id, row in after.items() if before.get(id) != row[:8]}
    tx.execute_all(_UPSERT, changed.values())
    phones = {str(row[4]) for id in changed for row in (before.get(id), after[id]) if row}
    _announce(tx, list_id, changed, phones)
    if complete:
        keep_contacts(tx, list_id, after)


def keep_contacts(tx: Transaction, list_id: int, ids: Iterable[int]) -> None:
    """These are all contacts of the list: others go."""
    known: dict[int, str] = dict(tx.rows("SELECT id, phone FROM contact WHERE list_id = ?", (list_id,)))
    gone = known.keys() - set(ids)
    tx.execute_all("DELETE FROM contact WHERE list_id = ? AND id = ?", [(list_id, id) for id in gone])
    _announce(tx, list_id, gone, {known[id] for id in gone})


def _announce(tx: Transaction, list_id: int, ids: Collection[int], phones: Collection[str]) -> None:
    """Tell subscribers, and give conversations with these numbers their names anew."""
    if not ids:
        return
    tx.changed("contacts", *(f"{list_id}/{id}" for id in ids))
    sql = "SELECT counterpart FROM conversation WHERE counterpart = ?"
    conversations.refresh(tx, [row[0] for phone in phones for row in tx.rows(sql, (phone,))])


_UPSERT = f"""
    INSERT INTO contact ({_COLUMNS}, name, sort) VALUES ({", ".join("?" * 10)})
    ON CONFLICT (list_id, id) DO UPDATE SET
        first_name = excluded.first_name, last_name = excluded.last_name, phone = excluded.phone,
        email = excluded.email, organization = excluded.organization, fields = excluded.fields,
        name = excluded.name, sort = excluded.sort
"""  # noqa: S608  own names only


def _values(contact: Contact, list_id: int) -> tuple[object, ...]:
    fields = json.dumps(dict(contact.fields), default=str, sort_keys=True)
    sort = f"{contact.last_name} {contact.first_name}".strip() or contact.organization or contact.phone
    return (
        contact.id,
        list_id,
        contact.first_name,
        contact.last_name,
        contact.phone,
        contact.email,
        contact.organization,
        fields,
        contact.name,
        sort.casefold(),
    )
