"""Search across contacts and lists."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import search as m
from tui.api.models.base import Page


@op.get("/search/contacts-lists", title="Search contacts and lists", paged=True)
def contacts_lists(q: t.SearchWords) -> Page[m.SearchHit]:
    """Contacts and lists whose name or number holds the words."""
