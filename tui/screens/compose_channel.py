"""Choosing what to write: one short list of channels, the last one first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.screens.compose import ComposeScreen
from tui.screens.compose_draft import DraftMaker
from tui.screens.compose_forms import BY_KEY, FORMS, ComposeForm
from tui.sending.audience import LIST_MARK, named, postal_line
from tui.sending.products import Reach
from tui.widgets.choose_sheet import Choice, ChooseSheet
from tui.widgets.spans import Line, Span, column, fit, spread

if TYPE_CHECKING:
    from tui.services import Services
    from tui.widgets.mode_screen import Whom

TITLES = 18
"""Cells of the names of channels."""
LAST = "compose channel"
"""The key under which the channel that was chosen last is kept."""


class ChannelSheet(ChooseSheet):
    """Typing narrows, Enter chooses; what was begun on a channel stands beside it."""

    def __init__(self, services: Services, mode: str) -> None:
        last = "sms campaign" if mode == "campaigns" else services.drafts.text(LAST) or FORMS[0].key
        choices = [Choice(form.key, form.title, _note(form, services)) for form in FORMS]
        super().__init__("Write", choices, chosen=last)

    def paint(self, choice: Choice, cells: int) -> Sequence[Line]:
        left = (Span(" " + column(choice.title, TITLES), "normal"), Span(choice.note, "muted"))
        return (spread(left, (), cells),)


def sheet_for(choice: Choice, whom: Whom, services: Services) -> ComposeScreen:
    """The form of the channel, filled in with who it goes to."""
    form = BY_KEY[choice.value]
    services.drafts.save(LAST, form.key)
    return ComposeScreen(form, _given(form, whom, services))


def _given(form: ComposeForm, whom: Whom, services: Services) -> Mapping[str, str]:
    if form.is_campaign:
        return {"list_id": str(whom.list_.id)} if whom.list_ else {}
    if whom.list_ is not None and form.reach in (Reach.PHONE, Reach.EMAIL):
        return {"to": whom.list_.name + LIST_MARK}
    person = DraftMaker(form, services).as_recipient(whom.contact) if whom.contact else None
    if person is None:
        return {}
    return {"to": postal_line(person.fields) if form.reach is Reach.POST else named(person.name, person.to)}


def _note(form: ComposeForm, services: Services) -> str:
    """What the channel does, or what was begun on it."""
    try:
        begun = json.loads(services.drafts.text(form.draft_key) or "{}")
    except ValueError:
        begun = {}
    words = " ".join(str(begun.get(name) or "") for name in ("to", "name", "subject", "body")).split()
    return f"draft: {fit(' '.join(words), 30)}" if words else form.words
