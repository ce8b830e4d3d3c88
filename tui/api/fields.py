"""What a person needs to fill in a field, read from its semantic type."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tui.api.types.words import Content, Kind, PathAndBody, Query, QueryAndBody, Upload
from tui.core.errors import InvalidInput

NOTHING = '""'
"""What is typed for a text that is there and empty, which takes away what was there before."""

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field of a form: `type` is bool, int, str, an Enum, or for rows the model of one row."""

    name: str
    wire: str
    label: str
    help: str
    example: str
    kind: Kind | None
    upload: Upload | None
    """How a local file becomes the URL that is wanted; None where no file can stand for the value."""
    is_content: bool
    """Whether the value is a file in base64."""
    type: type
    many: bool
    required: bool
    """Whether it must be given; a text may still be empty unless `shortest` says otherwise."""
    default: object
    in_query: bool
    in_body: bool
    """Of operations that have a body; it may be in the query as well."""
    also_in_body: bool
    """Of what stands in the path, whether the body wants it too."""
    choices: Mapping[str, str]
    """Value on the wire to the words for it, where only some values are possible."""
    minimum: int | None
    maximum: int | None
    """Of a number."""
    shortest: int | None
    longest: int | None
    """Characters of a text, or rows."""

    @property
    def may_be_empty(self) -> bool:
        """Whether it is a text that may be there and empty."""
        return self.type is str and not self.many and not self.shortest and not self.is_content


def facts(model: type[BaseModel]) -> tuple[FieldFacts, ...]:
    """The fields of an operation's arguments or of one row in them, in the order declared."""
    return tuple(_facts_of(name, info) for name, info in model.model_fields.items())


def _facts_of(name: str, info: FieldInfo) -> FieldFacts:
    layers = list(_layers(info))
    base = layers[-1].annotation
    many = get_origin(base) is list
    base = get_args(base)[0] if many else base
    metadata = [item for layer in layers for item in layer.metadata]
    return FieldFacts(
        name=name,
        wire=info.serialization_alias or name,
        label=_first(layers, "title") or name,
        help=_first(layers, "description") or "",
        example=str((_first(layers, "examples") or [""])[0]),
        # A type that is built on another says last what it is.
        kind=next((item for item in reversed(metadata) if isinstance(item, Kind)), None),
        upload=next((item for item in metadata if isinstance(item, Upload)), None),
        is_content=any(item is Content for item in metadata),
        type=base if isinstance(base, type) else str,
        many=many,
        required=info.is_required(),
        default=None if info.is_required() else info.default,
        in_query=any(item is Query or item is QueryAndBody for item in metadata),
        in_body=all(item is not Query for item in metadata),
        also_in_body=any(item is PathAndBody for item in metadata),
        choices=_choices(base),
        minimum=_limit(metadata, "ge"),
        maximum=_limit(metadata, "le"),
        shortest=_limit(metadata, "min_length"),
        longest=_limit(metadata, "max_length"),
    )


def _layers(info: FieldInfo) -> Iterator[FieldInfo]:
    """The field, then what stands inside `X | None`: there the words of an optional argument are."""
    yield info
    if get_origin(info.annotation) in (Union, types.UnionType):
        inner = next(item for item in get_args(info.annotation) if item is not types.NoneType)
        yield from _layers(FieldInfo.from_annotation(inner))


def _first(layers: Sequence[FieldInfo], attribute: str) -> Any:
    return next((value for layer in layers if (value := getattr(layer, attribute))), None)


def _limit(metadata: Sequence[object], attribute: str) -> int | None:
    return next((getattr(item, attribute) for item in metadata if hasattr(item, attribute)), None)


def _choices(base: object) -> Mapping[str, str]:
    if not (isinstance(base, type) and issubclass(base, Enum)):
        return {}
    return {str(member.value): _in_words(member.name) for member in base}


_SPOKEN = {
    "email": "e-mail",
    **{word: word.upper() for word in ("sms", "mms", "url", "poll", "smpp", "json", "a5", "dl")},
}
"""Words that are not written like others."""


def _in_words(name: str) -> str:
    return " ".join(_SPOKEN.get(word, word) for word in name.lower().split("_"))


def problem_in_words(title: str, model: type[BaseModel], error: ValidationError) -> InvalidInput:
    """The first thing wrong with the arguments of the operation called `title`, for who typed it."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    if first["type"] == "extra_forbidden":
        known = ", ".join(field.name for field in facts(model)) or "none"
        return InvalidInput(f"{title} has no argument {where}.", field=where, hint=f"It takes: {known}.")
    label, field = _place(model, first["loc"])
    misshapen = first["type"] == "string_pattern_mismatch"
    hint = f"For example: {field.example}" if misshapen and field else ""
    return InvalidInput(_sentence(label, first), field=where, hint=hint)


def _place(model: type[BaseModel], steps: Sequence[str | int]) -> tuple[str, FieldFacts | None]:
    """Where the problem is, in words ("Messages 2, Phone number"), and the field there."""
    words: list[str] = []
    found: FieldFacts | None = None
    fields = _by_name(model)
    for step in steps:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        elif found := fields.get(str(step)):
            words.append(found.label)
            fields = _by_name(found.type) if issubclass(found.type, BaseModel) else {}
    return ", ".join(words) or "The arguments", found


def _by_name(model: type[BaseModel]) -> dict[str, FieldFacts]:
    return {name: field for field in facts(model) for name in (field.name, field.wire)}


def _sentence(label: str, problem: ErrorDetails) -> str:
    limits = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return f"{label} is missing."
        case "string_too_short" | "too_short":
            return f"{label} must not be empty."
        case "string_too_long":
            return f"{label} may have at most {limits['max_length']} characters."
        case "too_long":
            return f"{label} may hold at most {limits['max_length']}."
        case "enum":
            return f"{label} must be one of {limits['expected']}."
        case "int_parsing" | "int_type" | "int_from_float":
            return f"{label} must be a whole number."
        case "greater_than_equal":
            return f"{label} must be {limits['ge']} or more."
        case "less_than_equal":
            return f"{label} must be {limits['le']} or less."
        case "string_pattern_mismatch":
            return f"{label} is not in the form it must have."
    return f"{label}: {problem['msg']}."
