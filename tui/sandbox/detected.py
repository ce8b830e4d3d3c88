"""Finds a postal address in a text or in a PDF, as far as the sandbox can read one."""

from __future__ import annotations

import re

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Record
from tui.sandbox.countries import countries

_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\)\s*(?:Tj|')")
"""A line of text in a PDF that is not compressed."""
_PLACE = re.compile(
    r"(?P<city>.*?)\s*(?:\b(?P<state>[A-Z]{2,3})\s+)?"
    r"(?P<code>\d{3,6}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})",
    re.IGNORECASE,
)
"""City, state and postal code, as in Perth WA 6000, Denver CO 80202 and Bristol BS1 4DJ."""


def address_in(text: str, home: str) -> Record:
    """The address in lines or between commas; `home` is its country if it names none. Refuses others."""
    lines = [line.strip() for line in re.split(r"[,\n]", text) if line.strip()]
    country = _country(lines[-1]) if lines else ""
    if country:
        lines.pop()
    place = _PLACE.fullmatch(lines.pop()) if lines else None
    city = place["city"] if place else ""
    if place and not city and len(lines) > 2:
        city = lines.pop()
    if not place or not city or not 2 <= len(lines) <= 3:
        raise bad_request({"address": "No address was found."})
    return {
        "address_name": lines[0],
        "address_line_1": lines[1],
        "address_line_2": lines[2] if len(lines) > 2 else "",
        "address_city": city,
        "address_state": (place["state"] or "").upper(),
        "address_postal_code": place["code"],
        "address_country": country or home,
    }


def text_of(pdf: bytes) -> str:
    """The lines of text in a PDF; empty if it is compressed or none."""
    return "\n".join(line.decode("latin-1") for line in _SHOWN.findall(pdf))


def _country(line: str) -> str:
    named = ((code, name.lower()) for code, name in countries().items())
    return next((code for code, name in named if line.upper() == code or line.lower() == name), "")
