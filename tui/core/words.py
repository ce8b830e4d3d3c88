"""Words as the full-text index has them."""

from __future__ import annotations

import re
import unicodedata

# Compiled when the first of them comes: to do it takes milliseconds, which are felt at the start.
_UNSPACED = (
    "(["
    "\u0e00-\u0fff"  # Thai, Lao, Tibetan
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u2300-\u27bf\u2b00-\u2bff"  # symbols
    "\u3040-\ua4cf"  # kana, Chinese characters, Yi
    "\uac00-\ud7af"  # Hangul
    "\uf900-\ufaff\uff00-\uffef"
    "\U0001f000-\U0003ffff"  # emoji, rarer Chinese characters
    "])"
)


def searchable(text: str) -> str:
    """A text with each character of scripts without spaces, and each emoji, as a word of its own.

    A part of such a text, however short, is then found as a phrase.
    """
    return text if text.isascii() else re.sub(_UNSPACED, r" \1 ", text)


def phrase(text: str, *, prefix: bool = False) -> str:
    """An expression for MATCH that finds a text, or words that begin with it. Never a syntax error."""
    quoted = searchable(text).replace("\0", " ").replace('"', '""')
    return f'"{quoted}"{" *" if prefix else ""}'


def has_words(text: str) -> bool:
    """Whether there is anything in a text that the index has: a letter, a digit, an emoji."""
    return any(character.isalnum() or unicodedata.category(character) in ("So", "Co") for character in text)
