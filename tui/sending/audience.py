"""Whom something goes to, as a person types it: numbers, addresses and names, parted by commas or lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.core.text import clean_line
from tui.sending.products import Reach
from tui.sending.recipient import ADDRESS, Recipient

LIST_MARK = " (list)"
"""Behind the name of a contact list, to tell it from a person."""
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_PARTING = re.compile(r"[,;\n](?![^<]*>)")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_PATH = re.compile(r"@|~|\.{0,2}/|.*\.(?:csv|tsv|txt)$", re.IGNORECASE)
_LIKE_NUMBER = re.compile(r"\+?[\d\s()./-]{3,}")
_LEAST_POSTAL = 5
"""Parts of a postal address without a second line and without a country."""
_POSTAL_HINT = "Type it like: Ada Lovelace, 1 Test Street, Perth, WA, 6000, AU."


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody that was typed: people, or one list by its name, or one file by its path."""

    people: tuple[Recipient, ...] = ()
    list_name: str = ""
    path: str = ""


Known = Callable[[str], Sequence[Recipient]]
"""The contacts that are called so."""


def read_audience(typed: str, reach: Reach, country: str, known: Known) -> Audience:
    """Who was typed. Raises InvalidInput, which says whom it is about and what to type."""
    parts = pieces(typed, reach)
    groups = [part for part in parts if is_path(part) or part.endswith(LIST_MARK)]
    if not groups:
        found = {each.key: each for part in parts for each in [_one(part, reach, country, known)]}
        return Audience(tuple(found.values()))
    if len(parts) > 1:
        raise InvalidInput(
            f"{groups[0]} stands among others.", hint="A list or a file goes alone. Take the others out."
        )
    if is_path(groups[0]):
        return Audience(path=groups[0].removeprefix("@"))
    return Audience(list_name=groups[0].removesuffix(LIST_MARK).strip())


def pieces(typed: str, reach: Reach) -> list[str]:
    """What was typed for each recipient. A postal address has commas in it: each stands on its own line."""
    parts = typed.split("\n") if reach is Reach.POST else _PARTING.split(typed)
    return [part.strip() for part in parts if part.strip()]


def named(name: str, address: str) -> str:
    """A person as they are written among recipients: `Jane Doe <+61411111111>`."""
    bare = re.sub(r"[<>,;\s]+", " ", name).strip()
    return f"{bare} <{address}>" if bare and bare != address else address


def postal_line(fields: Mapping[str, str]) -> str:
    """A postal address on one line, as it is typed."""
    kept = [fields.get(part, "").replace(",", " ").strip() for part in ADDRESS]
    return ", ".join(part for part in kept if part)


def is_path(part: str) -> bool:
    """Whether it is the path of a file."""
    return bool(_PATH.match(part)) and not _EMAIL.fullmatch(part) and "<" not in part


def _one(part: str, reach: Reach, country: str, known: Known) -> Recipient:
    if reach is Reach.POST:
        return _postal(part, country)
    match = _NAMED.fullmatch(part)
    name, address = (clean_line(match["name"]), match["address"].strip()) if match else ("", part)
    if not match and not _is_address(address, reach):
        return _only(part, known(part), reach)
    if reach is Reach.EMAIL:
        if not _EMAIL.fullmatch(address):
            raise InvalidInput(f'"{part}" is no e-mail address.', hint="Type it like name@example.com.")
        return Recipient(address, name)
    return Recipient(phone.parse(address, country), name)


def _is_address(text: str, reach: Reach) -> bool:
    return "@" in text if reach is Reach.EMAIL else bool(_LIKE_NUMBER.fullmatch(text))


def _only(part: str, found: Sequence[Recipient], reach: Reach) -> Recipient:
    """The one contact that is called so."""
    if len(found) == 1:
        return found[0]
    if found:
        raise InvalidInput(f'{len(found)} contacts are called "{part}".', hint="↓ shows them to choose from.")
    raise InvalidInput(
        f'"{part}" is no {reach.value}, and no contact is called so.', hint="↓ shows the contacts."
    )


def _postal(line: str, country: str) -> Recipient:
    """Name, street, (more of it,) city, state, postal code, (country)."""
    parts = [clean_line(part) for part in line.split(",") if part.strip()]
    place = country
    if parts and re.fullmatch(r"[A-Za-z]{2}", parts[-1]):
        place = parts.pop().upper()
    elif len(parts) > _LEAST_POSTAL and not any(map(str.isdigit, parts[-1])):
        raise InvalidInput(f'"{parts[-1]}" is no country code.', hint="Type two letters, like AU.")
    if len(parts) == _LEAST_POSTAL:
        parts.insert(2, "")
    if len(parts) != len(ADDRESS) - 1:
        whose = parts[0] if parts else line
        raise InvalidInput(f'"{whose}" is no whole postal address.', hint=_POSTAL_HINT)
    if not place:
        raise InvalidInput(f'"{parts[0]}": the country is missing.', hint=_POSTAL_HINT)
    return Recipient.at(dict(zip(ADDRESS, [*parts, place], strict=True)))
