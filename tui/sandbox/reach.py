"""How people are reached: the numbers and e-mail addresses among what a caller says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.sandbox.answers import bad_request

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def number(values: Mapping[str, Any], name: str, country: object) -> str:
    """The number in international form. Refuses what is none."""
    try:
        return phone.parse(str(values[name]), str(country))
    except InvalidInput:
        raise bad_request({name: "The phone number is invalid."}) from None


def email(values: Mapping[str, Any], name: str) -> str:
    """The e-mail address. Refuses what is none."""
    text = str(values[name])
    if not _EMAIL.fullmatch(text):
        raise bad_request({name: "The email address is invalid."})
    return text
