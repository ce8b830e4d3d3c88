"""What a confirm screen says of a text message: to whom, from whom, what, in how many parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.core.parts import measure
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span, column

if TYPE_CHECKING:
    from tui.sending.quote import Quote

COUNTRIES = 6
"""Countries that are named before a send; the others are counted."""


def recipient_fact(number: str, name: str, now: float) -> Fact:
    """Name and number of one recipient, and the time where they are when it is known."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from tui.core.phone import display, zone_of

    shown = display(number)
    line = [Span(name if name and name != shown else shown, "bright")]
    if name and name != shown:
        line.append(Span(f"  {shown}", "normal"))
    if zone := zone_of(number):
        there = datetime.fromtimestamp(now, ZoneInfo(zone))
        line.append(Span(f"      {there:%H:%M} there", "muted"))
    return "To", (line,)


def sender_fact(quote: Quote, asked: str) -> Fact:
    """Who it will come from: what ClickSend says where it says it, else what was asked for."""
    from tui.core.phone import display

    told = next((line.sender for line in quote.lines if line.sender), "")
    sender = told or asked
    return "From", ((Span(display(sender) if sender else "chosen by ClickSend", "normal"),),)


def country_facts(quote: Quote) -> Sequence[Fact]:
    """Recipients, parts and price country by country, where there is more than one."""
    from tui.core.phone import country_name

    found = quote.by_country
    if len(found) < 2:
        return ()
    lines: list[Line] = []
    for each in found[:COUNTRIES]:
        name = country_name(each.country) or each.country or "not known"
        parts = f"{each.parts:,} part{'' if each.parts == 1 else 's'}"
        left = column(name, 14) + column(f"{each.recipients:,}", 6, right=True)
        lines.append(
            (
                Span(left, "normal"),
                Span(f"{parts:>9}", "muted"),
                Span(f" {quote.currency.price(each.total):>10}", "normal"),
            )
        )
    if len(found) > COUNTRIES:
        lines.append((Span(f"and {len(found) - COUNTRIES} more countries", "muted"),))
    return (("Countries", lines),)


def message_fact(body: str) -> Fact:
    """The text, and how ClickSend counts it."""
    parts = measure(body)
    count = (
        f"{parts.units} characters · {parts.encoding} · {parts.parts} part{'s' if parts.parts != 1 else ''}"
    )
    lines: list[Line] = [(Span(line, "normal"),) for line in body.split("\n")]
    return "Message", (*lines, (Span(count, "muted"),))
