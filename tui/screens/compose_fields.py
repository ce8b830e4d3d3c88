"""The fields of a compose form, each with how it understands what is typed in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.clock import exact_time
from tui.screens.compose_forms import (
    LABELS,
    LISTED,
    MINE,
    MISSING,
    PLACEHOLDERS,
    THEIRS,
    ComposeForm,
    declared,
)
from tui.sending.products import Reach
from tui.widgets.argument_form import FieldMaker
from tui.widgets.choice_field import NO, YES, ChoiceField, FewField
from tui.widgets.choose_sheet import Choice, Choices
from tui.widgets.field import Check, Field
from tui.widgets.file_field import FileField
from tui.widgets.message_editor import PriceLine
from tui.widgets.message_field import MessageField
from tui.widgets.recipients_field import RecipientsField, Suggest
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.api.entry import Place
    from tui.api.layout import Slot
    from tui.services import Services

LABEL_WIDTH = 12
TO_WORDS: Mapping[Reach, str] = {
    Reach.PHONE: "numbers, names, a list, or ~/file.csv",
    Reach.FAX: "fax numbers, names, or ~/file.csv",
    Reach.EMAIL: "addresses, names, a list, or ~/file.csv",
    Reach.POST: "like Ada Lovelace, 1 Test St, Perth, WA, 6000, AU",
}
NOBODY: Mapping[Reach, str] = {
    Reach.PHONE: "Type a phone number or a name.",
    Reach.FAX: "Type a fax number.",
    Reach.EMAIL: "Type an e-mail address or a name.",
    Reach.POST: "Type a postal address.",
}
BODY_WORDS = {
    "voice": "what is read out; a comma is a pause",
    "email": "text or HTML",
    "email campaign": "Hi (First Name), …",
    "sms campaign": "Hi (First Name), … Reply STOP to opt out",
    "mms campaign": "Hi (First Name), … Reply STOP to opt out",
}


class ComposeFields:
    """Makes the fields of one form, with what was typed in them."""

    def __init__(
        self,
        form: ComposeForm,
        values: Mapping[str, str],
        services: Services,
        *,
        line: PriceLine,
        place: Callable[[], Place],
        offers: Callable[[Slot], Choices | None],
        suggest: Suggest,
        senders: Choices,
        checks: Mapping[str, Check],
    ) -> None:
        """`checks` say how what is typed in the fields laid out here is understood, by their names."""
        self.form = form
        self.values = values
        self.services = services
        self.line = line
        self.suggest = suggest
        self.senders = senders
        self.checks = checks
        self._maker = FieldMaker(place, offers, is_grouped=False)

    def fields(self, names: Sequence[str]) -> list[Field]:
        """The fields of these names."""
        made = [self._make(name) for name in names]
        for field in made:
            field.label_width = LABEL_WIDTH
        return made

    def _make(self, name: str) -> Field:
        own: Mapping[str, Callable[[], Field]] = {
            "to": self._to,
            "list_id": self._list,
            "name": self._name,
            "sender": self._sender,
            "schedule": self._schedule,
            "clock": self._clock,
            "body": self._body,
            "files": self._files,
        }
        return own[name]() if name in own else self._declared(name)

    def _to(self) -> Field:
        reach = self.form.reach
        assert reach is not None
        return RecipientsField(
            "to", "To", self.values["to"],
            suggest=self.suggest, one_per_line=reach is Reach.POST,
            placeholder=TO_WORDS[reach], required=NOBODY[reach], check=self.checks["to"],
        )  # fmt: skip

    def _list(self) -> Field:
        lists = [Choice(str(row.id), row.name, people(row.count)) for row in self.services.store.lists()]
        return ChoiceField(
            "list_id", "To", lists, self.values["list_id"],
            placeholder="choose a list", required="Choose the list it goes to.",
        )  # fmt: skip

    def _name(self) -> Field:
        return TextField(
            "name", "Name", self.values["name"],
            placeholder="for your own eyes", required="Give it a name to know it by.",
        )  # fmt: skip

    def _sender(self) -> Field:
        field = TextField(
            "sender",
            "From",
            self.values["sender"],
            placeholder="chosen by ClickSend",
            check=self.checks["sender"],
        )
        field.choices = self.senders
        return field

    def _schedule(self) -> Field:
        return TextField(
            "schedule", "When", self.values["schedule"],
            placeholder='now, or like "tomorrow 9am"', check=self.checks["schedule"], eager=True,
        )  # fmt: skip

    def _clock(self) -> Field:
        words = {MINE: "my time", THEIRS: "their time"}
        return FewField("clock", "", words, self.values["clock"])

    def _body(self) -> Field:
        label = "Text" if self.form.product.channel in ("voice", "email") else "Message"
        return MessageField(
            "body", label, self.values["body"],
            placeholder=BODY_WORDS.get(self.form.key, "Hi (First Name), …"),
            required="Write the message.", check=self.checks["body"],
            measure=self.form.measure, line=self.line,
        )  # fmt: skip

    def _files(self) -> Field:
        return FileField(
            "files", "Files", self.values["files"],
            placeholder="~/file.pdf, …", several=True, check=self.checks["files"],
        )  # fmt: skip

    def _declared(self, name: str) -> Field:
        slot = declared(self.form, name)
        label = LABELS.get(name, slot.field.label)
        if name in LISTED:
            return ChoiceField(name, label, None, self.values[name], required="Choose one: Enter shows them.")
        if slot.field.type is bool:
            return FewField(name, label, {"": NO, YES: YES}, self.values[name])
        # Named without the row it belongs to, as drafts name it.
        known = replace(slot, key=name, field=replace(slot.field, label=label))
        field = self._maker.field(known, self.values[name])
        if slot.field.required:
            field.required = MISSING.get(name, field.required)
        if isinstance(field, TextField) and name in PLACEHOLDERS:
            field.placeholder = PLACEHOLDERS[name]
        return field


def people(count: int) -> str:
    """`1,204 contacts`."""
    return f"{count:,} contact{'' if count == 1 else 's'}"


def minute(at: int) -> str:
    """A time to the minute: "Tue 3 Nov 2026 14:01"."""
    return exact_time(at)[:-3]


def ahead(seconds: float) -> str:
    """`in 3 days`, as exact as its size deserves."""
    minutes = max(1, round(seconds / 60))
    size, unit = next(
        (size, unit) for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")) if minutes >= size
    )
    count = round(minutes / size)
    return f"in {count} {unit}{'' if count == 1 else 's'}"
