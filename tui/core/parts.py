"""How many message parts a text takes, counted as ClickSend charges for it.

GSM 03.38 basic and extension tables; 160 units in one part and 153 in each of several, or 70 and 67
when one character forces Unicode (UCS-2). ClickSend counts a line break as two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Literal, NamedTuple

Encoding = Literal["GSM-7", "Unicode"]

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The 127 characters that take one unit (the 128th code is the escape to the extension table)."""

GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters reached through the escape: two units each."""

_NOT_GSM = re.compile(f"[^{re.escape(''.join(sorted(GSM_BASIC | GSM_EXTENSION)))}]")
_TWO_UNITS = re.compile(f"[{re.escape(''.join(sorted(GSM_EXTENSION)))}\n]")

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
_SIZES: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "Unicode": (70, 67)}
"""Units in a single part, and in each of several."""


class Parts(NamedTuple):
    """What a text takes. `capacity` is the units that fit into this number of parts (one part if empty)."""

    encoding: Encoding
    units: int
    parts: int
    capacity: int
    unicode: tuple[str, ...]
    """The distinct characters that force Unicode, in order of appearance."""


def measure(body: str) -> Parts:
    """The parts that a message body takes; an empty body takes none."""
    flat = _LINE_BREAK.sub("\n", body) if "\r" in body else body
    encoding, forcing = _encoding(flat)
    units = _units(flat, encoding)
    single, each = _SIZES[encoding]
    parts = min(units, 1) if units <= single else -(-units // each)
    return Parts(encoding, units, parts, single if parts <= 1 else parts * each, forcing)


def kept(body: str, parts: int) -> str:
    """The beginning of a body that fits into so many parts, encoded as the whole: the rest is cut off."""
    flat = _LINE_BREAK.sub("\n", body)
    encoding, _ = _encoding(flat)
    single, each = _SIZES[encoding]
    spent = accumulate(_cost(ch, encoding) for ch in flat)
    return flat[: bisect_right(list(spent), single if parts == 1 else parts * each)]


def gsm_twin(ch: str) -> str | None:
    """What may stand for a character that forces Unicode with the meaning kept; None if nothing can."""
    return _TWINS.get(ch)


def _encoding(flat: str) -> tuple[Encoding, tuple[str, ...]]:
    if (flat.isascii() and flat.isprintable() and "`" not in flat) or not _NOT_GSM.search(flat):
        return "GSM-7", ()  # Of what ASCII prints, GSM-7 lacks the grave accent alone.
    return "Unicode", tuple(dict.fromkeys(_NOT_GSM.findall(flat)))


def _units(flat: str, encoding: Encoding) -> int:
    """The sum of what each character costs, found without looking at them one by one: files are long."""
    if encoding == "Unicode":
        return len(flat.encode("utf-16-le", "surrogatepass")) // 2 + flat.count("\n")
    return len(flat) + len(_TWO_UNITS.findall(flat))


def _cost(ch: str, encoding: Encoding) -> int:
    double = ord(ch) > 0xFFFF if encoding == "Unicode" else ch in GSM_EXTENSION
    return 2 if double or ch == "\n" else 1
