"""The form for the arguments of an operation, or for one row of them, made from what their types say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui import local_files
from tui.api.fields import NOTHING, FieldFacts
from tui.api.fields import facts as row_facts
from tui.api.layout import Slot, fold, gather
from tui.api.types import Convert, Kind
from tui.api.understanding import understood
from tui.core.errors import InvalidInput
from tui.widgets.choice_field import ChoiceField, FlagField
from tui.widgets.choose_sheet import Choice, Choices
from tui.widgets.field import Check, Field
from tui.widgets.file_field import FileField
from tui.widgets.form import Form
from tui.widgets.picture_field import PictureField
from tui.widgets.rows_field import RowsField
from tui.widgets.text_field import SEPARATOR, TextBlockField, TextField

if TYPE_CHECKING:
    from tui.api.entry import Place

NOT_SET = "not set"
_LABELS = (14, 22)
"""Cells of the labels of a form: as wide as the longest, between these."""


class ArgumentForm(Form):
    """Fields for places, the seldom needed ones folded away."""

    def __init__(
        self,
        places: Sequence[Slot],
        values: Mapping[str, str],
        *,
        place: Callable[[], Place],
        offers: Callable[[Slot], Choices | None],
    ) -> None:
        self.places = places
        shown, folded = fold(places)
        headings = _headings(shown)
        make = FieldMaker(place, offers, is_grouped=bool(headings))
        main, more = (
            [make.field(slot, values.get(slot.key, "")) for slot in part] for part in (shown, folded)
        )
        narrow, broad = _LABELS
        longest = max((len(slot.field.label) + 1 for slot in places), default=narrow)
        for field in (*main, *more):
            field.label_width = max(narrow, min(broad, longest))
        super().__init__(main, more=more, more_words=_names(folded), headings=headings)

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed, flat, without the places that were left empty."""
        typed = gather(self.places, self.values)
        known = {slot.key: slot for slot in self.places if not slot.is_rows}
        return {key: _entered(known[key], text) if key in known else text for key, text in typed.items()}

    def blame(self, error: InvalidInput) -> InvalidInput:
        """The error, naming the place of this form that it is about where it names an argument."""
        steps = [str(int(step) + 1) if step.isdecimal() else step for step in error.field.split(".")]
        names = {_wire(slot): slot.key for slot in self.places} | {slot.key: slot.key for slot in self.places}
        key = names.get(error.field) or names.get(".".join(steps)) or names.get(steps[0], "")
        return InvalidInput(error.message, field=key, hint=error.hint)


def _wire(slot: Slot) -> str:
    head, dot, _ = slot.key.rpartition(".")
    return f"{head}{dot}{slot.field.wire}"


def _names(folded: Sequence[Slot]) -> str:
    return f"{len(folded)}: " + ", ".join(slot.field.label for slot in folded)


def _headings(places: Sequence[Slot]) -> Mapping[str, str]:
    """The name of a group by the field that begins it, where labels alone would not tell groups apart.

    Empty where no group goes on.
    """
    groups = {slot.group for slot in places if not slot.is_rows}
    if len(groups - {""}) < 2:
        return {}
    firsts: dict[str, str] = {}
    last = ""
    for slot in places:
        # The place for more rows stands beneath the first one, and belongs to its group.
        group = slot.field.label if slot.is_rows and slot.first > 1 else slot.group
        if group != last:
            firsts[slot.key] = last = group
    return firsts


class FieldMaker:
    """Makes the field for a place."""

    def __init__(
        self, place: Callable[[], Place], offers: Callable[[Slot], Choices | None], *, is_grouped: bool
    ) -> None:
        self._place = place
        self._offers = offers
        self._is_grouped = is_grouped

    def field(self, slot: Slot, value: str) -> Field:
        """The field, with this value in it."""
        made = self._make(slot, value)
        made.help = _help(slot)
        return made

    def _make(self, slot: Slot, value: str) -> Field:
        facts = slot.field
        needed = f"{facts.label} is missing." if facts.required else ""
        if needed and facts.may_be_empty and facts.kind is not Kind.SECRET:
            needed += f" Type {NOTHING} to leave it empty."
        if slot.is_rows:
            return _rows(slot, value, is_grouped=self._is_grouped)
        if facts.choices and not facts.many:
            return _choice(slot, value, needed)
        if facts.type is bool:
            unset = NOT_SET if facts.default is None else _default(slot)
            return FlagField(slot.key, facts.label, value, required=needed, unset="" if needed else unset)
        if facts.kind is Kind.TEXT_BLOCK:
            return TextBlockField(
                slot.key, facts.label, value,
                placeholder=_placeholder(slot), required=needed, check=self._check(slot),
            )  # fmt: skip
        return self._line(slot, value, needed)

    def _line(self, slot: Slot, value: str, needed: str) -> Field:
        facts = slot.field
        made = _kind_of(facts)(
            slot.key, facts.label, value,
            placeholder=_placeholder(slot), required=needed, check=self._check(slot), several=facts.many,
            eager=facts.kind in (Kind.TIME, Kind.SCHEDULE, Kind.PHONE), secret=facts.kind is Kind.SECRET,
        )  # fmt: skip
        if facts.choices:
            made.choices = [Choice(value, words) for value, words in facts.choices.items()]
        elif offered := self._offers(slot):
            made.choices = offered
        return made

    def _check(self, slot: Slot) -> Check:
        def check(text: str) -> str:
            entered = _entered(slot, text)
            words = understood(slot.model, slot.field, entered, self._place())
            return _file_words(slot, entered) or words

        return check


def _kind_of(facts: FieldFacts) -> type[TextField]:
    if facts.upload and facts.upload.convert is Convert.MMS:
        return PictureField
    return FileField if facts.upload or facts.is_content else TextField


def _entered(slot: Slot, text: str) -> str:
    """What was typed, a path with the mark that tells it from an address."""
    if not (slot.field.upload or slot.field.is_content):
        return text
    if not slot.field.many:
        return local_files.as_path(text)
    return SEPARATOR.join(local_files.as_path(part.strip()) for part in text.split(","))


def _file_words(slot: Slot, entered: str) -> str:
    use = slot.field.upload.convert.value if slot.field.upload else ""
    paths = [part.strip()[1:] for part in entered.split(",") if part.strip().startswith("@")]
    return local_files.describe([Path(path).expanduser() for path in paths], use)


def _choice(slot: Slot, value: str, needed: str) -> Field:
    facts = slot.field
    choices = [Choice(wire, words) for wire, words in facts.choices.items()]
    unset = "choose" if needed else _default(slot)
    if not needed:
        choices.insert(0, Choice("", unset))
    return ChoiceField(slot.key, facts.label, choices, value, placeholder=unset, required=needed)


def _default(slot: Slot) -> str:
    default = slot.field.default
    if default is None:
        return NOT_SET
    wire = str(getattr(default, "value", default))
    return f"{slot.field.choices.get(wire, wire)} unless chosen"


def _rows(slot: Slot, value: str, *, is_grouped: bool) -> Field:
    facts = slot.field
    adds = "add another" if slot.first > 1 else "add one" if facts.many else "fill in"
    more = "More" if is_grouped else f"More {facts.label.lower()}"
    label = more if slot.first > 1 else facts.label
    labels = {field.name: field.label for field in row_facts(facts.type)}
    return RowsField(slot.key, label, value, most=slot.most, adds=adds, labels=labels)


def _placeholder(slot: Slot) -> str:
    facts = slot.field
    if facts.upload or facts.is_content:
        return "~/file, or an address" if facts.upload else "~/file"
    if facts.kind is Kind.SCHEDULE:
        return 'at once, or like "tomorrow 9am"' if not facts.required else "tomorrow 9am"
    if facts.kind is Kind.TIME:
        return "yesterday, 2026-11-01, 3 days ago"
    if facts.kind is Kind.SECRET:
        return ""
    if facts.many and facts.choices:
        return ", ".join(list(facts.choices.values())[:2])
    return f"like {facts.example}" if facts.example else ""


def _help(slot: Slot) -> str:
    facts = slot.field
    parts = [facts.help]
    if facts.many and not slot.is_rows:
        parts.append("Several are parted by commas.")
    if facts.upload or facts.is_content:
        parts.append("Tab completes a path.")
    if not facts.required:
        parts.insert(0, "Optional.")
    return " ".join(part for part in parts if part)
