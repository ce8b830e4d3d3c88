"""Placeholders in a text: "(First Name)" as ClickSend writes them, and "(Column)" for a column of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

FIELDS: Mapping[str, str] = {
    "(First Name)": "first_name",
    "(Last Name)": "last_name",
    "(Email)": "email",
    "(Organization)": "organization",
    "(Organization Name)": "organization",
    "(Cust. 1)": "custom_1",
    "(Cust. 2)": "custom_2",
    "(Cust. 3)": "custom_3",
    "(Cust. 4)": "custom_4",
}
"""Placeholder -> the field of the contact that stands for it."""
_BRACKETS = re.compile(r"\([^()\n]{2,40}\)")
_CLOSE = 0.75
"""How alike two spellings are (0 to 1) of which one is a slip."""
_FIELD_OF = {name[1:-1].casefold(): field for name, field in FIELDS.items()}


def filled(text: str, known: Mapping[str, str], columns: Iterable[str] = ()) -> str:
    """The text with what is known put in; a placeholder of which nothing is known stays to be seen.

    `known` has values by field ("first_name") and by column; only `columns` are placeholders by their name.
    """
    if "(" not in text:
        return text
    return "".join(
        [
            part if names is None else _first(names, known) or part
            for part, names in _parts(text, frozenset(columns), tuple(known))
        ]
    )


def left(text: str, known: Mapping[str, str] | None = None, columns: Iterable[str] = ()) -> tuple[str, ...]:
    """The placeholders in a text of which nothing is known, each once; without `known` all of them."""
    if "(" not in text:
        return ()
    values = {name.casefold(): value for name, value in (known or {}).items()}
    found = _placeholders(frozenset(columns)).finditer(text)
    return tuple(dict.fromkeys(match[0] for match in found if not _value(_names(match[0]), values)))


def nearly(text: str, columns: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """What stands in brackets and is almost a placeholder, each with the one that was likely meant."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in (*FIELDS, *(f"({column})" for column in columns if column))}
    for typed in dict.fromkeys(_BRACKETS.findall(text)):
        close = get_close_matches(typed.casefold(), names, n=1, cutoff=_CLOSE)
        if close and typed.casefold() not in names:
            yield typed, names[close[0]]


def _names(placeholder: str) -> tuple[str, str]:
    """What can stand for it: a column named like it goes before the field that ClickSend would take."""
    name = placeholder[1:-1].casefold()
    return name, _FIELD_OF.get(name, "")


def _value(names: tuple[str, str], values: Mapping[str, str]) -> str:
    column, field = names
    return values.get(column, "").strip() or values.get(field, "").strip()


def _first(names: Sequence[str], known: Mapping[str, str]) -> str:
    for name in names:
        if value := known[name].strip():
            return value
    return ""


@lru_cache(maxsize=64)
def _parts(
    text: str, columns: frozenset[str], known: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """A text in pieces, placeholders with what is known that can stand for them: one text is filled for
    many, of whom the same is known.
    """
    found: list[tuple[str, tuple[str, ...] | None]] = []
    spelt = {name.casefold(): name for name in known}
    end = 0
    for match in _placeholders(columns).finditer(text):
        names = tuple(spelt[name] for name in _names(match[0]) if name in spelt)
        found += [(text[end : match.start()], None), (match[0], names)]
        end = match.end()
    return (*found, (text[end:], None))


@lru_cache(maxsize=64)
def _placeholders(columns: frozenset[str]) -> re.Pattern[str]:
    # The longer first, though the closing bracket already tells them apart.
    names = sorted({*FIELDS, *(f"({column})" for column in columns if column)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
