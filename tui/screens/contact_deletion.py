"""What is asked before a contact or a contact list is deleted, with the call that does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.api import contacts
from tui.core.phone import display
from tui.screens.confirm import Sheet
from tui.store.rows import Contact, ContactList
from tui.widgets.sheet import Fact
from tui.widgets.spans import Span

if TYPE_CHECKING:
    from tui.api.operation import Request


def list_deletion(row: ContactList) -> tuple[Sheet, Request[None], str]:
    count = f" · {row.count:,} contact{'' if row.count == 1 else 's'}"
    sheet = Sheet(
        title="Delete a contact list",
        facts=(("List", ((Span(row.name, "bright"), Span(count, "normal")),)),),
        text=contacts.lists_delete.loses,
        verb="delete the list",
        words="delete",
    )
    return sheet, contacts.lists_delete(row.id), row.name


def contact_deletion(row: Contact, facts: Sequence[Fact]) -> tuple[Sheet, Request[None], str]:
    sheet = Sheet(
        title="Delete a contact",
        facts=facts,
        text=f"{contacts.delete.loses} The conversation with it stays in the inbox.",
        verb="delete the contact",
    )
    return sheet, contacts.delete(row.list_id, row.id), row.name or display(row.phone) or row.email
