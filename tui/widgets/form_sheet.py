"""A form on a sheet: kept as a draft while it is typed, and never lost to Escape or to an error."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.sheet import Result, SheetScreen

if TYPE_CHECKING:
    from tui.app import ConsoleApp
    from tui.services import Services


class FormSheet(SheetScreen[Result]):
    """Ctrl+J goes on, Escape keeps what was typed for the next time, Ctrl+R starts over or puts it back."""

    DEFAULT_CSS = "FormSheet #sheet-body { scrollbar-size-vertical: 1; }"
    BINDINGS = [("ctrl+j,f9", "go_on", "go on"), ("ctrl+r", "start_over", "start over")]
    AUTO_FOCUS = "Form Input"
    verb = "save"

    if TYPE_CHECKING:
        app: ConsoleApp

    def __init__(self, draft_key: str, initial: Mapping[str, str]) -> None:
        """`initial` are the values before anything was typed; `draft_key` is nobody's number or name."""
        super().__init__()
        self.draft_key = draft_key
        self.initial = initial
        self._before: Mapping[str, str] = {}
        """What was typed before everything was emptied."""

    @property
    def services(self) -> Services:
        return self.app.services

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    def compose_body(self) -> Iterable[Widget]:
        kept = _read(self.services.drafts.take_up(self.draft_key), self.initial)
        yield self.make_form({**self.initial, **kept})

    @abstractmethod
    def make_form(self, values: Mapping[str, str]) -> Form:
        """The form with these values in its fields."""

    @abstractmethod
    def action_go_on(self) -> None:
        """Do what the form is for."""

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Ctrl+R", "start over"), ("Esc", "back"), ("Ctrl+J", self.verb))

    @property
    def typed(self) -> Mapping[str, str]:
        """The values that differ from what they were at first."""
        return {key: value for key, value in self.form.values.items() if value != self.initial.get(key, "")}

    @on(Field.Changed)
    def keep_draft(self) -> None:
        """Keep what was typed, secrets excepted."""
        secret = {field.key for field in self.form.fields if field.is_secret}
        typed = {key: value for key, value in self.typed.items() if key not in secret}
        kept = json.dumps(typed, ensure_ascii=False) if typed else ""
        self.services.drafts.save(self.draft_key, kept)

    def forget_draft(self) -> None:
        """What was typed is where it belongs: nothing is to be kept."""
        self.services.drafts.save(self.draft_key, "")

    def action_start_over(self) -> None:
        """Put every field back to what it was at first; if that is how it is, to what was typed before."""
        typed, before = self.typed, self._before
        if not typed and not before:
            return
        for field in self.form.fields:
            value = self.initial.get(field.key, "")
            field.put(value if typed else before.get(field.key, value))
        self._before = typed
        self.keep_draft()
        self.form.fields[0].focus_control()
        self.notify("Ctrl+R puts it back." if typed else "It is back.", markup=False, timeout=4)

    def action_leave(self) -> None:
        typed = bool(self.typed)
        self.dismiss(None)
        if typed:
            # Said by the screen beneath, once that is on view.
            words = "What you typed is kept for the next time."
            self.app.call_later(self.app.notify, words, markup=False, timeout=4)


def _read(kept: str, initial: Mapping[str, str]) -> Mapping[str, str]:
    """The fields of a draft; what is not the draft of such a form is left alone."""
    try:
        fields = json.loads(kept) if kept else {}
    except ValueError:
        return {}
    return {key: str(fields[key]) for key in initial if key in fields} if isinstance(fields, dict) else {}
