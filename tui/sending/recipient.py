"""Who gets a message: a number, an address of e-mail or a postal one, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tui.core.phone import display
from tui.core.text import clean, clean_line

ADDRESS = (
    "address_name",
    "address_line_1",
    "address_line_2",
    "address_city",
    "address_state",
    "address_postal_code",
    "address_country",
)
"""The parts of a postal address, as ClickSend calls them."""


_column = lru_cache(maxsize=256)(clean_line)
"""The names of columns are the same for thousands."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient. `to` is E.164, a fax number, an e-mail address, or a postal address on one line."""

    to: str
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What placeholders stand for, by field or column: every column of a file, also the empty ones.
    For letters and postcards the parts of the address as well, by the names in `ADDRESS`.
    """
    line: int = 0
    """Of the file that it was read from; 0 for none."""

    def __post_init__(self) -> None:
        # Written only where cleaning changes something: a large send has thousands that are clean.
        for place, given in (("to", self.to), ("name", self.name)):
            if (cleaned := clean_line(given)) is not given:
                object.__setattr__(self, place, cleaned)
        if self.fields:
            known = {_column(name): clean(value) for name, value in self.fields.items()}
            object.__setattr__(self, "fields", known)

    @classmethod
    def at(cls, fields: Mapping[str, str], line: int = 0) -> Recipient:
        """Somebody at a postal address, given in parts."""
        known = {name: clean_line(fields.get(name, "")) for name in ADDRESS}
        told = ", ".join(part for part in known.values() if part)
        return cls(told, known["address_name"], {**fields, **known}, line)

    @property
    def key(self) -> str:
        """The same for those who are the same: the case of an e-mail address does not matter."""
        return self.to.casefold()

    @property
    def label(self) -> str:
        """How a sentence names them: by the line of the file, the name, or where it goes."""
        who = self.name or display(self.to)
        return f"line {self.line} ({who})" if self.line else who

    def record(self) -> str | dict[str, Any]:
        """As JSON can hold it: the bare `to` where nothing more is known."""
        if not (self.name or self.fields or self.line):
            return self.to
        return {"to": self.to, "name": self.name, "fields": dict(self.fields), "line": self.line}

    @classmethod
    def restored(cls, record: str | Mapping[str, Any]) -> Recipient:
        """The recipient that was recorded."""
        return cls(record) if isinstance(record, str) else cls(**record)
