"""Placeholders in a text, as ClickSend writes them in campaigns: "(First Name)"."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_BY_WORDS = {name.casefold(): name for name in FIELDS}
_ANY = re.compile("|".join(re.escape(name) for name in FIELDS), re.IGNORECASE)


def filled(text: str, contact: Mapping[str, str]) -> str:
    """The text with what is known of a contact put in; a placeholder of which nothing is stays to be seen."""

    def value(match: re.Match[str]) -> str:
        return contact.get(FIELDS[_BY_WORDS[match[0].casefold()]], "").strip() or match[0]

    return _ANY.sub(value, text)


def left(text: str) -> tuple[str, ...]:
    """The placeholders that are in a text, each once."""
    return tuple(dict.fromkeys(match[0] for match in _ANY.finditer(text)))
