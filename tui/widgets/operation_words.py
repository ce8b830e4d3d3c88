"""How operations are spoken of: the name of a section, the glyph and word of an effect, and their search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tui.widgets.spans import Span, Tone

if TYPE_CHECKING:
    from tui.api.operation import Operation

SECTION_TITLES = {
    "sms": "SMS",
    "mms": "MMS",
    "email": "E-mail",
    "post": "Letters and postcards",
    "sms_campaigns": "SMS campaigns",
    "mms_campaigns": "MMS campaigns",
    "email_marketing": "E-mail campaigns",
    "email_to_sms": "E-mail to SMS",
    "subaccounts": "Sub-accounts",
    "forgot": "Forgotten sign-in",
}
"""Sections whose name in words is not simply their name."""

EFFECTS: dict[str, tuple[str, Tone, str]] = {
    "read": ("○", "muted", "Reads. Nothing is changed."),
    "write": ("●", "normal", "Changes something at ClickSend."),
    "mark": ("✓", "bright", "Takes something out of a queue that everybody shares."),
    "delete": ("✗", "bright", "Deletes something at ClickSend."),
    "send": ("→", "bright", "A message leaves, at a price. You see it before you confirm."),
    "spend": ("$", "bright", "Money is spent. You see the price before you confirm."),
}
"""Effect -> glyph, tone, and what it means."""


def section_title(section: str) -> str:
    """The section in words: `direct_mail` is "Direct mail"."""
    return SECTION_TITLES.get(section) or section.replace("_", " ").capitalize()


def effect_span(effect: str) -> Span:
    """`✗ delete`, in its tone."""
    glyph, tone, _ = EFFECTS[effect]
    return Span(f"{glyph} {effect}", tone)


def find(operations: Iterable[Operation[..., Any]], typed: str) -> Sequence[Operation[..., Any]]:
    """The operations that all the words typed fit, in any order; those that say so in their title first."""
    wanted = typed.casefold().split()
    ranked = [(rank, operation) for operation in operations if (rank := _rank(operation, wanted)) is not None]
    return [operation for _, operation in sorted(ranked, key=lambda found: found[0])]


def _rank(operation: Operation[..., Any], wanted: Sequence[str]) -> int | None:
    """0 when the title has every word, 1 with the section's name and the id, 2 with the rest; None: no."""
    title = operation.title
    named = f"{title} {section_title(operation.section)} {operation.id}"
    texts = (title, named, f"{named} {operation.path} {operation.effect} {operation.summary}")
    for rank, text in enumerate(texts):
        if all(word in text.casefold() for word in wanted):
            return rank
    return None
