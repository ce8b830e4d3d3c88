"""Where the arguments of an operation are typed: one place for each, in the order of a form.

What is typed is flat, by the names that `tui.api.entry` takes ("messages.1.to"); a form holds the same by
place, and rows that it has no room for as a list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from tui.api.entry import LocalFile
from tui.api.fields import NOTHING, FieldFacts, facts
from tui.api.types.words import Kind
from tui.core.errors import InvalidInput

FEW = 5
"""Places that a form shows at once if fewer are required; the others are asked for."""
STRAY = 2
"""So few places are shown rather than folded away."""
_PAGING = ("page", "limit")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a form. Its `key` is the dotted name of what is typed there."""

    key: str
    field: FieldFacts
    model: type[BaseModel]
    """The arguments, or the row, that the field belongs to."""
    group: str = ""
    """The label of the row or object that it is inside of."""
    first: int = 1
    """Of rows: the number of the first one that is kept here and not typed in the form itself."""

    @property
    def is_rows(self) -> bool:
        """Whether rows of several fields (or one object of them) are kept here."""
        return issubclass(self.field.type, BaseModel)

    @property
    def most(self) -> int:
        """How many rows fit here."""
        return (self.field.longest or 1000) - self.first + 1 if self.field.many else 1

    def row_prefix(self, number: int) -> str:
        """What the names inside a row begin with; rows are numbered from `first`."""
        return f"{self.key}.{number}." if self.field.many else f"{self.key}."


def slots(model: type[BaseModel], prefix: str = "", group: str = "") -> Iterator[Slot]:
    """The places for a model. The first of required rows is typed in the form itself, field by field."""
    for field in facts(model):
        slot = Slot(prefix + field.name, field, model, group)
        if not (slot.is_rows and field.required):
            yield slot
            continue
        yield from slots(field.type, slot.row_prefix(1), field.label)
        if field.many and field.longest != 1:
            yield Slot(slot.key, field, model, group, first=2)


def fold(places: Sequence[Slot]) -> tuple[Sequence[Slot], Sequence[Slot]]:
    """The places that are shown at once, and those that are asked for; both in order."""
    needed = {slot.key for slot in places if slot.field.required}
    offered = [
        slot
        for slot in places
        if slot.key not in needed and not slot.is_rows and slot.field.name not in _PAGING
    ]
    room = max(0, FEW - sum(1 for slot in places if slot.key in needed and not slot.is_rows))
    shown = needed | {slot.key for slot in offered[:room]}
    if len(places) - len(shown) <= STRAY:
        return places, ()
    return [s for s in places if s.key in shown], [s for s in places if s.key not in shown]


def spread(places: Sequence[Slot], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed by place; rows as a JSON list of what was typed in each."""
    return {slot.key: _rows_text(slot, typed) if slot.is_rows else typed.get(slot.key, "") for slot in places}


def gather(places: Sequence[Slot], values: Mapping[str, str]) -> dict[str, str]:
    """What was typed, flat, without the places that were left empty."""
    typed: dict[str, str] = {}
    for slot in places:
        value = values.get(slot.key, "")
        if not value:
            continue
        if not slot.is_rows:
            typed[slot.key] = value
            continue
        for number, row in enumerate(rows(value), slot.first):
            typed |= {slot.row_prefix(number) + name: text for name, text in row.items()}
    return typed


def rows(value: str) -> list[dict[str, str]]:
    """The rows in the value of a place; one that is none of ours holds none."""
    try:
        found = json.loads(value) if value else []
    except ValueError:
        return []
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def rows_value(found: Sequence[Mapping[str, str]]) -> str:
    """The same the other way round."""
    return json.dumps([dict(row) for row in found], ensure_ascii=False) if found else ""


def _rows_text(slot: Slot, typed: Mapping[str, str]) -> str:
    found: list[dict[str, str]] = []
    for number in range(slot.first, slot.first + slot.most):
        prefix = slot.row_prefix(number)
        row = {name.removeprefix(prefix): text for name, text in typed.items() if name.startswith(prefix)}
        if not row:
            break
        found.append(row)
    return rows_value(found)


def as_typed(model: type[BaseModel], arguments: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Arguments (as JSON has them) as they would be typed. Raises InvalidInput for a name there is not."""
    typed: dict[str, str] = {}
    for name, value in arguments.items():
        field = next((field for field in facts(model) if name in (field.name, field.wire)), None)
        if field is None:
            known = ", ".join(field.name for field in facts(model)) or "none"
            raise InvalidInput(f"There is no argument {prefix}{name}.", hint=f"There are: {known}.")
        if value is None:
            continue
        slot = Slot(prefix + field.name, field, model)
        if not slot.is_rows:
            typed[slot.key] = _text(value)
            continue
        inner = value if isinstance(value, list) else [value]
        for number, row in enumerate(inner, 1):
            if not isinstance(row, dict):
                raise InvalidInput(f"{field.label} must hold objects.", hint='Write them like {"name": "…"}.')
            typed |= as_typed(field.type, row, slot.row_prefix(number))
    return typed


def as_present(places: Sequence[Slot], row: Mapping[str, object]) -> dict[str, str]:
    """What a record holds, as it would be typed into the places that are named like it."""
    found: dict[str, str] = {}
    for slot in places:
        field = slot.field
        value = row.get(field.name, row.get(field.wire))
        if slot.is_rows or field.kind is Kind.SECRET or field.is_content or value is None:
            continue
        text = _text(bool(value) and value != "0" if field.type is bool else value)
        if text and (not field.choices or text in field.choices):
            found[slot.key] = text
        elif field.required and field.may_be_empty:
            found[slot.key] = NOTHING
    return found


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    return f"@{value.path}" if isinstance(value, LocalFile) else str(value)
