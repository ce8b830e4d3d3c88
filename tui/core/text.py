"""Untrusted text made safe for a terminal: no escapes, no control characters, no reordering."""

from __future__ import annotations

import re

_STRING_BYTES = r"[^\x00-\x1f\x7f-\x9f]*"
# Compiled when something suspect comes, and not at the start.
_UNSAFE = (
    # OSC, DCS, SOS, PM and APC with their payload, when they are terminated. Unterminated, only the
    # introducer goes, so that a stray byte cannot swallow the rest of a message.
    rf"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f]){_STRING_BYTES}(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[ -/]+[0-~]"  # charset and other sequences with intermediate bytes
    r"|\x1b[0-~]"  # two-byte sequences, among them the introducers above
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
    r"|[\u202a-\u202e\u2066-\u2069]"  # bidi embeddings, overrides and isolates; marks stay
)
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """A message body fit for any terminal: every escape, control and bidi override is gone, line breaks are
    "\\n", a lone surrogate is U+FFFD. Idempotent; ordinary right-to-left text and emoji stay as they are.
    """
    if text.isprintable() or not _SUSPECT.search(text):  # The first is fast, and true of nearly every line.
        return text
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return re.sub(_UNSAFE, "", _LINE_BREAK.sub("\n", paired))


def clean_line(text: str) -> str:
    """The same on one line: each run of white space becomes one space. For names, titles and previews."""
    if text.isprintable():
        # What most texts are: there can be spaces too many in it, and nothing worse.
        return text if "  " not in text and text == text.strip() else " ".join(text.split())
    return " ".join(clean(text).split())
