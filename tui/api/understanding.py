"""Whether one value can be used, before anything is sent, and how it is understood."""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from tui.api import entry
from tui.api.entry import LocalFile, Place
from tui.api.fields import NOTHING, FieldFacts, problem_in_words
from tui.api.types import Kind
from tui.core.clock import exact_time
from tui.core.errors import InvalidInput
from tui.core.phone import display


def understood(model: type[BaseModel], field: FieldFacts, text: str, place: Place) -> str:
    """How what was typed is understood, if that can be doubted. Raises InvalidInput: what to type instead."""
    try:
        value = entry.read(field, "" if text == NOTHING else text, place)
        check(model, field, value)
    except InvalidInput as error:
        # The label stands beside it.
        message = error.message.removeprefix(f"{field.label}: ")
        raise InvalidInput(message[:1].upper() + message[1:], field=field.name, hint=error.hint) from None
    if text == NOTHING:
        return "empty"
    return _words(field, value, text, place)


def check(model: type[BaseModel], field: FieldFacts, value: object) -> None:
    """Raise InvalidInput if the value does not fit the field; a file fits wherever it can be typed."""
    if isinstance(value, LocalFile) or (isinstance(value, list) and _has_file(value)):
        return
    try:
        model.__pydantic_validator__.validate_assignment(model.model_construct(), field.name, value)
    except ValidationError as error:
        problem = problem_in_words("The form", model, error)
    else:
        return
    raise problem


def _has_file(values: list[object]) -> bool:
    return any(isinstance(value, LocalFile) for value in values)


def _words(field: FieldFacts, value: object, text: str, place: Place) -> str:
    if isinstance(value, list) and len(value) > 1:
        return f"{len(value)} values"
    if field.kind in (Kind.TIME, Kind.SCHEDULE) and isinstance(value, int):
        return exact_time(value, place.zone)[:-3]
    if field.kind is Kind.PHONE:
        shown = display(str(value))
        return "" if shown == text else shown
    return ""
