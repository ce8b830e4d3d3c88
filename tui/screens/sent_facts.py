"""What the sheets of a send say: counts by what became of its messages, causes, what is repeated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.widgets.send_facts import country_facts, message_fact, sender_fact
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span, Tone

if TYPE_CHECKING:
    from tui.sending.quote import Quote
    from tui.store.outbox_messages import Summary
    from tui.store.rows import MessageState, State

STATES: dict[MessageState | State, tuple[str, Tone]] = {
    "draft": ("○ not priced", "muted"),
    "left out": ("○ left out", "muted"),
    "quoted": ("○ priced", "muted"),
    "confirmed": ("◷ waiting", "normal"),
    "in flight": ("◷ leaving", "normal"),
    "accepted": ("✓ accepted", "normal"),
    "scheduled": ("◷ scheduled", "normal"),
    "sent": ("✓ sent", "normal"),
    "delivered": ("✓✓ delivered", "good"),
    "failed": ("✗ failed", "bad"),
    "rejected": ("✗ rejected", "bad"),
    "cancelled": ("✗ cancelled", "muted"),
    "unknown": ("? unknown", "warn"),
    "not sent": ("✗ not sent", "bad"),
}
"""What became of a message, as a glyph with a word."""
CAUSES = 3
"""Causes of failure that are named; the others are counted."""


def became(summary: Summary) -> Line:
    """`12 ✓✓ delivered · 1 ✗ failed · 2 ? unknown`"""
    counts: list[tuple[MessageState | State, int]] = [
        *summary.became.items(),
        *((state, count) for state, count in summary.states.items() if state != "accepted"),
    ]
    spans: list[Span] = []
    for state, count in counts:
        words, tone = STATES[state]
        spans += [Span(" · ", "muted")] if spans else []
        spans.append(Span(f"{count:,} {words}", tone))
    return tuple(spans) or (Span("nothing is known of it by messages", "muted"),)


def causes(summary: Summary) -> Sequence[Line]:
    """How many failed for which cause, the most frequent first."""
    found = sorted(summary.failed.items(), key=lambda pair: -pair[1])
    cells = len(f"{max(summary.failed.values(), default=0):,}")
    lines: list[Line] = [
        (Span(f"{count:>{cells},}  ", "normal"), Span(cause or "no cause told", "muted"))
        for cause, count in found[:CAUSES]
    ]
    if rest := sum(count for _, count in found[CAUSES:]):
        lines.append((Span(f"{rest:>{cells},}  ", "normal"), Span("for other causes", "muted")))
    return lines


def again(quote: Quote) -> list[Fact]:
    """What is confirmed of something that was sent before."""
    draft = quote.draft
    count = quote.accepted_count + quote.rejected_count
    to: Fact = ("To", ((Span(f"{count:,} recipient{'' if count == 1 else 's'}", "bright"),),))
    text = (message_fact(draft.body),) if draft.body else ()
    return [to, sender_fact(quote, draft.sender), *country_facts(quote), *text]
