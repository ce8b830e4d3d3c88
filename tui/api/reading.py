"""Results as people read them: the records in them, and each value in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel, SecretStr

from tui.api.models.base import CursorPage, Page, Shown
from tui.core.clock import exact_time, minute
from tui.core.money import Currency
from tui.core.text import clean_line

_PAGING = frozenset(
    {
        *("total", "page", "last_page", "per_page", "next_page_url", "prev_page_url", "from", "to", "path"),
        *("first_page_url", "last_page_url", "links", "current_page", "currency"),
    }
)
"""Names in a page that say nothing of its rows."""
_WIDEST = 36
"""Cells that a column takes at most."""
_GUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_SPOKEN = {"id": "id", "url": "URL", "sms": "SMS", "mms": "MMS", "api": "API", "ip": "IP", "os": "OS"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A result taken apart: records that make a table, and what stands beside them."""

    rows: Sequence[Any]
    facts: Sequence[tuple[str, str]]
    """Labels and values; empty ones are left out."""
    is_list: bool
    """Whether the rows are what was asked for, even when there are none."""


def take_apart(result: object, currency: Currency) -> Reading:
    """The rows of a listing, the facts of a record, or both where a record holds rows."""
    if isinstance(result, Page | CursorPage):
        return Reading(result.items, (), is_list=True)
    if isinstance(result, list):
        return Reading(result, (), is_list=True)
    if isinstance(result, BaseModel):
        inner: Sequence[Any] = next((value for _, value, _ in fields_of(result) if _is_rows(value)), ())
        return Reading(inner, list(facts_of(result, currency, without=inner)), is_list=False)
    return Reading(
        (), [("Answer", words(result, None, currency))] if result is not None else (), is_list=False
    )


def fields_of(record: object) -> Iterator[tuple[str, Any, Shown | None]]:
    """Names, values and how they are shown: the declared fields first, then what else ClickSend sent."""
    if isinstance(record, BaseModel):
        for name, info in type(record).model_fields.items():
            shown = next((item for item in info.metadata if isinstance(item, Shown)), None)
            yield name, getattr(record, name), shown
        record = record.model_extra or {}
    if isinstance(record, Mapping):
        yield from ((str(name), value, None) for name, value in record.items())


def facts_of(
    record: object, currency: Currency, *, without: object = None, above: str = ""
) -> Iterator[tuple[str, str]]:
    """Every value of a record with its label; what is inside another is labelled with both."""
    for name, value, shown in fields_of(record):
        label = f"{above} · {label_of(name).lower()}" if above else label_of(name)
        if value is without or (isinstance(record, Page | CursorPage) and name in _PAGING):
            continue
        if isinstance(value, BaseModel | Mapping):
            yield from facts_of(value, currency, above=label)
        elif _is_rows(value):
            yield label, f"{len(value)} of them"
        elif text := words(value, shown, currency):
            yield label, text


def words(value: object, shown: Shown | None, currency: Currency) -> str:
    """One value on one line, cleaned; empty for what is not there."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() if shown is Shown.TIME:
            return exact_time(value)
        case Decimal() if shown is Shown.MONEY:
            return currency.price(value)
        case Enum():
            return clean_line(str(value.value))
        case SecretStr():
            return value.get_secret_value()
        case Currency():
            return value.code
        case list() | tuple():
            return ", ".join(filter(None, (words(item, None, currency) for item in value)))
        case BaseModel() | Mapping():
            inner = (words(item, how, currency) for _, item, how in fields_of(value))
            return " · ".join(filter(None, inner))
    return clean_line(str(value))


def label_of(name: str) -> str:
    """A field's name as people write it: `message_id` is "Message id"."""
    parts = [_SPOKEN.get(part, part) for part in name.strip("_").split("_")]
    label = " ".join(part for part in parts if part)
    return label[:1].upper() + label[1:]


def cell(value: object, shown: Shown | None, currency: Currency) -> str:
    """The same for the narrow cells of a table: times without weekday and seconds."""
    if shown is Shown.TIME and isinstance(value, int):
        return minute(value)
    return words(value, shown, currency)


def columns_of(rows: Sequence[Any], currency: Currency, most: int) -> list[tuple[str, int, bool]]:
    """Which fields of these rows a table of `most` cells shows: name, cells of width, whether right-aligned.

    Fields that are empty everywhere are left out. What differs from row to row, states and times come before
    what is the same in all; GUIDs and what another column says already come last. A column of sentences is
    shown in any case; what no longer fits is left to the row itself.
    """
    texts: dict[str, list[str]] = {}
    right: set[str] = set()
    times: set[str] = set()
    for row in rows[:100]:
        for name, value, shown in fields_of(row):
            if text := cell(value, shown, currency):
                texts.setdefault(name, []).append(text)
                right |= {name} if isinstance(value, Decimal) or shown is Shown.MONEY else set()
                times |= {name} if shown is Shown.TIME else set()
    found: list[tuple[str, int, bool]] = []
    seen = list(texts.values())
    again = {name for at, name in enumerate(texts) if len(rows) > 1 and texts[name] in seen[:at]}
    telling = times | {"status"}

    def rank(name: str) -> int:
        """How early a column comes; columns of one rank keep the order of their declaration."""
        if name in again or all(_GUID.fullmatch(text) for text in texts[name]):
            return 2
        return 1 if len(rows) > 2 and len(set(texts[name])) == 1 and name not in telling else 0

    ranked = sorted(texts, key=rank)
    # What was said is what most people look for: one column of it is shown before any of the others.
    said = next((name for name in ranked if rank(name) == 0 and _is_prose(texts[name])), "")
    for name in sorted(ranked, key=lambda name: name != said):
        cells = max(min(max(map(len, texts[name])), _WIDEST), len(label_of(name)))
        if cells + 2 <= most or not found:
            most -= cells + 2
            found.append((name, cells, name in right))
    return sorted(found, key=lambda column: ranked.index(column[0]))


def _is_prose(texts: Sequence[str]) -> bool:
    """Whether most of these are several words."""
    return 2 * sum(text.count(" ") > 2 for text in texts) > len(texts)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], BaseModel | Mapping)
