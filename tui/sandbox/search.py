"""ClickSend's search and order: `q=field:value,other:value`, `operator=AND|OR`, `order_by=field:desc`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from tui.sandbox.answers import bad_request

Record = Mapping[str, Any]
R = TypeVar("R", bound=Record)


def terms(q: str) -> list[tuple[str, str]]:
    """The fields and what is looked for in them, in lower case; a bare word has no field."""
    parsed = (term.strip().partition(":") for term in q.split(",") if term.strip())
    return [
        (field.lower(), value.strip().lower()) if colon else ("", field.lower())
        for field, colon, value in parsed
    ]


def matches(record: Record, wanted: Sequence[tuple[str, str]], operator: str = "AND") -> bool:
    """Whether the record holds what is looked for; case does not matter."""
    found = (_holds(record, field, value) for field, value in wanted)
    return any(found) if operator.upper() == "OR" else all(found)


def selected(records: Iterable[Record], query: Mapping[str, str], *, order: str = "") -> list[Record]:
    """The records that the query asks for, in the order that it asks for or else in `order`."""
    wanted = terms(query.get("q", ""))
    found = [record for record in records if matches(record, wanted, query.get("operator", "AND"))]
    asked = query.get("order_by") or order
    return ordered(found, asked) if asked else found


def ordered(records: list[R], order_by: str) -> list[R]:
    """The records in an order like "name:desc"."""
    field, descending = direction(order_by)
    if records and field not in records[0]:
        raise bad_request({"order_by": f"Cannot order by {field}."})
    return sorted(records, key=lambda record: _comparable(record[field]), reverse=descending)


def direction(order_by: str) -> tuple[str, bool]:
    """The field of an order, and whether it is descending."""
    field, _, way = order_by.partition(":")
    return field.strip().lower(), way.strip().lower() == "desc"


def _holds(record: Record, field: str, value: str) -> bool:
    if field:
        return value in str(record.get(field) or "").lower()
    return any(value in str(held or "").lower() for held in record.values())


def _comparable(value: object) -> tuple[bool, float, str]:
    """Sorts numbers as numbers, texts without case, and what is absent first."""
    if isinstance(value, int | float):
        return True, float(value), ""
    return value is not None, 0.0, str(value or "").lower()
