"""What a person typed, in a form or on a command line, as arguments of an operation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tui.api.fields import FieldFacts, facts
from tui.api.operation import Operation
from tui.api.types import Kind
from tui.core import phone
from tui.core.clock import parse_local, parse_moment
from tui.core.errors import InvalidInput
from tui.core.files import existing

_YES, _NO = ("yes", "y", "1", "true", "on"), ("no", "n", "0", "false", "off")


@dataclass(frozen=True, slots=True)
class Place:
    """When and where something was typed: decides what "tomorrow 9am" and a number without country mean."""

    now: float
    zone: tzinfo
    country: str = ""
    """ISO code of the account's country, "" if not known."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file that was typed as `@path`: it stands for the URL of its upload, or for its content."""

    path: Path
    sha256: str = ""
    """Of what it has to hold; empty where it may have been changed."""


def read(field: FieldFacts, text: str, place: Place) -> object:
    """The value of one field. Raises InvalidInput, which names the field and says what to type.

    Several values are parted by commas; rows and objects are JSON.
    """
    try:
        if issubclass(field.type, BaseModel):
            return _json(text)
        if field.many:
            return [_read_one(field, part.strip(), place) for part in text.split(",") if part.strip()]
        return _read_one(field, text, place)
    except InvalidInput as error:
        raise InvalidInput(f"{field.label}: {error.message}", field=field.name, hint=error.hint) from None


def arguments(operation: Operation[..., Any], typed: Mapping[str, str], place: Place) -> dict[str, object]:
    """The arguments of an operation by their names; a name of an object inside is reached with dots.

    "messages.to" is of the first message, "messages.2.to" of the second. Names may be those on the wire, too.
    """
    found: dict[str, object] = {}
    for name, text in typed.items():
        _put(found, operation.arguments, name, name.split("."), text, place)
    return found


def _put(
    into: dict[str, object],
    model: type[BaseModel],
    full_name: str,
    steps: list[str],
    text: str,
    place: Place,
) -> None:
    """Put what was typed for one (dotted) name where it belongs."""
    step, *rest = steps
    field = next((field for field in facts(model) if step in (field.name, field.wire)), None)
    if field is None:
        known = ", ".join(field.name for field in facts(model)) or "none"
        raise InvalidInput(f"There is no argument {full_name}.", field=full_name, hint=f"There are: {known}.")
    if not rest:
        into[field.name] = read(field, text, place)
        return
    if not issubclass(field.type, BaseModel):
        raise InvalidInput(f"{field.name} has nothing inside it.", field=full_name)
    if field.many:
        number, rest = (int(rest[0]), rest[1:]) if rest[0].isdecimal() else (1, rest)
        if not rest or not 1 <= number <= 1000:
            raise InvalidInput(
                f"{full_name} is not a name inside {field.name}.",
                field=full_name,
                hint=f"Count from 1, like {field.name}.1.{facts(field.type)[0].name}.",
            )
        rows = into.setdefault(field.name, [])
        assert isinstance(rows, list)
        rows.extend({} for _ in range(number - len(rows)))
        inner = rows[number - 1]
    else:
        inner = into.setdefault(field.name, {})
    _put(inner, field.type, full_name, rest, text, place)


def _read_one(field: FieldFacts, text: str, place: Place) -> object:
    if text.startswith("@") and (field.upload or field.is_content):
        return LocalFile(existing(text[1:]))
    if field.choices:
        return _choice(field, text)
    if field.type is bool:
        return _yes_or_no(text)
    match field.kind:
        case Kind.TIME:
            return parse_moment(text, place.now, place.zone)
        case Kind.SCHEDULE:
            is_seconds = text.isdecimal() and len(text) >= 9
            return int(text) if is_seconds else parse_local(text, place.now, place.zone)
        case Kind.PHONE if text:
            return phone.parse(text, place.country)
    return text


def _choice(field: FieldFacts, text: str) -> str:
    """A choice by its value on the wire or by its words."""
    folded = text.casefold()
    for value, words in field.choices.items():
        if folded in (value.casefold(), words.casefold()):
            return value
    raise InvalidInput(f'"{text}" is none of the choices.', hint=f"There are: {', '.join(field.choices)}.")


def _yes_or_no(text: str) -> bool:
    folded = text.casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise InvalidInput(f'"{text}" is neither yes nor no.', hint="Type yes or no.")


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidInput(
            f"this is not JSON ({error}).", hint='Type it like [{"to": "+61411111111"}].'
        ) from None
