"""What a confirm screen says of a text message: to whom, from whom, what, in how many parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.parts import measure
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span

if TYPE_CHECKING:
    from tui.sending.quote import Quote


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


def message_fact(body: str) -> Fact:
    """The text, and how ClickSend counts it."""
    parts = measure(body)
    count = (
        f"{parts.units} characters · {parts.encoding} · {parts.parts} part{'s' if parts.parts != 1 else ''}"
    )
    lines: list[Line] = [(Span(line, "normal"),) for line in body.split("\n")]
    return "Message", (*lines, (Span(count, "muted"),))
