"""What is said of an operation before it is used: what it does, loses and costs, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tui.api.fields import FieldFacts, facts
from tui.api.operation import Operation
from tui.widgets.operation_words import EFFECTS, effect_span
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span


def operation_facts(operation: Operation[..., Any]) -> Sequence[Fact]:
    """An operation in full, for a pane beside the list."""
    return [
        ("Does", ((Span(operation.summary),), ())),
        ("Effect", ((effect_span(operation.effect),), (Span(EFFECTS[operation.effect][2], "muted"),))),
        *warnings(operation),
        *((("Price", ((Span(price),),)),) if (price := _price_words(operation)) else ()),
        ("", ((),)),
        *_asks(operation),
        ("Call", ((Span(f"{operation.method} {operation.path}", "muted"),),)),
        ("Id", ((Span(operation.id, "muted"),),)),
    ]


def warnings(operation: Operation[..., Any]) -> Sequence[Fact]:
    """What is lost, and whether the account may be refused."""
    found: list[Fact] = []
    if operation.loses:
        found.append(("Loses", ((Span(operation.loses, "bright"),),)))
    if operation.closed:
        found.append(("Closed", ((Span(f"! {operation.closed}", "warn"),),)))
    return found


def _price_words(operation: Operation[..., Any]) -> str:
    if operation.priced_by is not None:
        return f"asked from ClickSend with “{operation.priced_by.title}”"
    if operation.listed_by is not None:
        return f"as listed by “{operation.listed_by.title}”"
    return operation.unpriced


def _asks(operation: Operation[..., Any]) -> Iterator[Fact]:
    fields = facts(operation.arguments)
    for label, needed in (("Needs", True), ("Takes", False)):
        lines: list[Line] = [(Span(_name(field)),) for field in fields if field.required is needed]
        if lines:
            yield label, lines


def _name(field: FieldFacts) -> str:
    return field.label
