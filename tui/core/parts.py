"""How many message parts a text takes, counted as ClickSend charges for it.

GSM 03.38 basic and extension tables; 160 units in one part and 153 in each of several, or 70 and 67
when one character forces Unicode (UCS-2). ClickSend counts a line break as two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The 127 characters that take one unit (the 128th code is the escape to the extension table)."""

GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters reached through the escape: two units each."""

_TWINS = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´", "'"),  # noqa: RUF001 - the very characters to be replaced
    **dict.fromkeys("‐‑‒–—―−•", "-"),  # noqa: RUF001
    **dict.fromkeys("\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    "…": "...",
    "×": "x",  # noqa: RUF001
}
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text takes. `capacity` is the units that fit into this number of parts (one part if empty)."""

    encoding: Literal["GSM-7", "Unicode"]
    units: int
    parts: int
    capacity: int
    unicode: tuple[str, ...]
    """The distinct characters that force Unicode, in order of appearance."""


def measure(body: str) -> Parts:
    """The parts that a message body takes; an empty body takes none."""
    flat = _LINE_BREAK.sub("\n", body)
    forcing = tuple(dict.fromkeys(ch for ch in flat if ch not in GSM_BASIC and ch not in GSM_EXTENSION))
    if forcing:
        units = sum(2 if ch == "\n" or ord(ch) > 0xFFFF else 1 for ch in flat)
        single, each = 70, 67
    else:
        units = sum(2 if ch == "\n" or ch in GSM_EXTENSION else 1 for ch in flat)
        single, each = 160, 153
    parts = min(units, 1) if units <= single else -(-units // each)
    capacity = single if parts <= 1 else parts * each
    return Parts("Unicode" if forcing else "GSM-7", units, parts, capacity, forcing)


def gsm_twin(ch: str) -> str | None:
    """What may stand for a character that forces Unicode with the meaning kept; None if nothing can."""
    return _TWINS.get(ch)
