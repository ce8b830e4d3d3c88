"""What a search finds."""

from __future__ import annotations

from tui.api.models.base import AnswerModel, Identity, Text, Whole


class SearchHit(AnswerModel):
    """A contact with its number in `contact`, or a list with its `contacts_count`; `type` says which."""

    id: Identity
    type: Text = ""
    name: Text = ""
    contact: Text = ""
    contacts_count: Whole = None
