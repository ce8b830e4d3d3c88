"""One message's delivery in full: what it means first, ClickSend's own words and codes last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.core.clock import exact_time
from tui.core.text import clean_line
from tui.widgets.delivery import explain
from tui.widgets.glyphs import STATES, state_span
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span

if TYPE_CHECKING:
    from tui.services import Services
    from tui.store.rows import Message

GAP: Fact = ("", ((),))


def receipt_facts(services: Services, row: Message) -> Sequence[Fact]:
    """All that is known of a message that was sent, in the order in which it matters."""
    meaning = explain(row.state, row.state_text, row.code, row.error_text)
    facts: list[Fact] = [("State", ((state_span(row.state),), (Span(meaning.cause),)))]
    if meaning.advice:
        facts.append(("What to do", ((Span(meaning.advice),),)))
    facts += [GAP, ("Message", [(Span(line),) for line in (row.body or "(no text)").split("\n")]), GAP]
    facts.append(("Leaves" if row.state == "scheduled" else "Sent", ((Span(exact_time(row.at)),),)))
    facts.append(("Price", (_price(services, row),)))
    facts.append(("From", _sender(services, row)))
    if row.campaign_id is not None:
        facts.append(("Campaign", (_campaign(services, row.campaign_id),)))
    return [*facts, GAP, *_own_words(row)]


def receipt_words(row: Message) -> str:
    """The same in one line of plain text, to be copied."""
    word = STATES[row.state][2] if row.state in STATES else row.state
    said = " ".join(filter(None, (row.state_text, row.code, row.error_text)))
    return clean_line(f"{row.counterpart} {word} {exact_time(row.at)} {said} {row.id}")


def _price(services: Services, row: Message) -> Line:
    parts = "" if row.parts is None else f" · {row.parts} part{'' if row.parts == 1 else 's'}"
    return (Span(services.price_of(row) or "not known"), Span(parts, "muted"))


def _sender(services: Services, row: Message) -> Sequence[Line]:
    """The sender that was used; and the one asked for, where ClickSend has put another in its place."""
    from tui.core.phone import display

    if not row.sender:
        return ((Span("chosen by ClickSend", "muted"),),)
    item = services.store.outbox_item(row.outbox_id) if row.outbox_id else None
    asked = str(item.draft.get("sender") or "") if item else ""
    used = (Span(display(row.sender)),)
    return (
        (used, (Span(f"! asked for {display(asked)}", "warn"),)) if asked not in ("", row.sender) else (used,)
    )


def _campaign(services: Services, id: int) -> Line:
    campaign = services.store.campaign(id)
    return (Span(campaign.name),) if campaign else (Span(str(id), "muted"),)


def _own_words(row: Message) -> Sequence[Fact]:
    """What ClickSend says itself, and the ids to ask its support with."""
    said = " · ".join(filter(None, (row.state_text, row.code)))
    facts: list[Fact] = []
    if said or row.error_text:
        lines = [(Span(words, "muted"),) for words in (said, row.error_text) if words]
        facts.append(("ClickSend", lines))
    facts.append(("Message id", ((Span(row.id, "muted"),),)))
    if row.custom_string and row.custom_string != row.id:
        facts.append(("Reference", ((Span(row.custom_string, "muted"),),)))
    return facts
