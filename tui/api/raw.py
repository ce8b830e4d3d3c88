"""ClickSend's answers as they came, for files, pipes and whoever wants to see the JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import SecretStr


def as_json(data: object) -> str:
    """Indented JSON text. Numbers keep their digits; control characters are escaped: it is safe to print."""
    return json.dumps(data, indent=2, ensure_ascii=False, default=_plain).translate(_ESCAPES)


def rows_of(data: object) -> Sequence[Any]:
    """The records in an answer: the list that it is or holds; else the one record that it is itself."""
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        lists = [data["data"], *data.values()] if "data" in data else list(data.values())
        if inner := next((value for value in lists if isinstance(value, list)), None):
            return inner
        if isinstance(data.get("data"), list):
            return []
        return [data]
    return [] if data is None else [data]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        number = float(value)
        # What a float cannot hold is written out as text, which ClickSend's own answers do as well.
        return number if Decimal(repr(number)) == value else str(value)
    if isinstance(value, SecretStr):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


_ESCAPES = {
    code: f"\\u{code:04x}"
    for code in (0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
