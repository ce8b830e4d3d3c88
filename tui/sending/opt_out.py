"""The way out of a marketing list that its messages have to name."""

from __future__ import annotations

import re

NO_WAY_OUT = "No way out for the reader. Add “Reply STOP to opt out” or StopMsg.me/xxxxx."
NO_WAY_OUT_OF_MAIL = "No way out for the reader. Say how to unsubscribe."
_WAY_OUT = re.compile(r"\bSTOP\b|(?i:stopmsg\.me|\b(?:reply|text|send) .?stop\b|unsubscribe|opt[ -]?out)")


def has_way_out(text: str) -> bool:
    """Whether a text tells its readers how to get no more of it."""
    return _WAY_OUT.search(text) is not None
