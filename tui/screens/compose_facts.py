"""What the confirm screen says of a composed send, and what is to be thought of before saying yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.core.phone import display
from tui.screens.compose_fields import ahead, minute, people
from tui.screens.compose_forms import ComposeForm
from tui.sending.draft import CampaignDraft, Draft, MessageDraft
from tui.sending.products import Reach
from tui.sending.timing import night_problems
from tui.store.outbox import sent_alike
from tui.widgets.send_facts import recipient_fact, sender_fact
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span

if TYPE_CHECKING:
    from tui.sending.quote import Quote
    from tui.services import Services

SHOWN = 3
"""Recipients that are named; the others are counted."""
LATELY = 7 * 86_400
"""Seconds in which the same to the same people may be a mistake."""
LOOKED_AT = 500
"""Contacts of a list whose time of day is looked at."""
_CAMPAIGNS = {
    "sms": "an SMS campaign",
    "mms": "an MMS campaign",
    "email": "an e-mail campaign",
    "direct mail": "direct mail",
}


def title(form: ComposeForm, draft: Draft, count: int = 0) -> str:
    """`Send 12 SMS`, `Schedule an SMS campaign`. `count` is that of a large send."""
    verb = "Schedule" if draft.schedule else "Send"
    if isinstance(draft, MessageDraft):
        product = draft.product
        if product.as_a_whole and not count:
            return f"{verb} an {product.one}"
        count = count or len(draft.recipients)
        return f"{verb} {count:,} {product.one if count == 1 else product.many}"
    return f"{verb} {_CAMPAIGNS[form.product.channel]}"


def name_of(form: ComposeForm, draft: Draft) -> str:
    """What was sent, in a sentence: the name of a campaign, `12 SMS`, `the letter`."""
    if isinstance(draft, CampaignDraft):
        return draft.name
    assert isinstance(draft, MessageDraft)
    product = draft.product
    is_one = len(draft.recipients) == 1 or product.as_a_whole
    return f"the {product.one}" if is_one else f"{len(draft.recipients):,} {product.many}"


def facts(
    form: ComposeForm,
    draft: Draft,
    quote: Quote,
    services: Services,
    extras: Sequence[Fact],
    to: Fact | None = None,
) -> Sequence[Fact]:
    """Everything that is confirmed, from whom it goes `to` down to the text."""
    now = services.clock.now()
    found: list[Fact] = [to] if to else []
    if isinstance(draft, CampaignDraft):
        found.append(("Campaign", ((Span(draft.name, "bright"),),)))
        if draft.product.to_list:
            found.append(("To", (_list_line(draft, quote, services),)))
    elif isinstance(draft, MessageDraft) and not to:
        found.append(_to(draft, now))
    if draft.sender or form.product.has_sender:
        found.append(sender_fact(quote, draft.sender))
    found += extras
    if draft.schedule:
        when = [Span(minute(draft.schedule), "bright"), Span(f" · {ahead(draft.schedule - now)}", "muted")]
        found.append(("When", (when,)))
    if form.product.body:
        many = bool(to) or (isinstance(draft, MessageDraft) and len(draft.recipients) > 1)
        found.append(_text(form, draft, many=many))
    return found


def _list_line(draft: CampaignDraft, quote: Quote, services: Services) -> Line:
    row = next((row for row in services.store.lists() if row.id == draft.list_id), None)
    count = quote.accepted_count or (row.count if row else 0)
    return (Span(row.name if row else "", "bright"), Span(f" · {people(count)}"))


def _to(draft: MessageDraft, now: float) -> Fact:
    found = draft.recipients
    if len(found) == 1 and draft.product.reach in (Reach.PHONE, Reach.FAX):
        return recipient_fact(found[0].to, found[0].name, now)
    lines: list[Line] = []
    for each in found[:SHOWN]:
        shown = display(each.to)
        name = each.name or shown
        # A postal address begins with the name.
        rest = shown.removeprefix(name).lstrip(", ")
        rest = f"  {rest}" if rest else ""
        lines.append((Span(name, "bright"), Span(rest)))
    if len(found) > SHOWN:
        lines.append((Span(f"and {len(found) - SHOWN:,} more", "muted"),))
    return "To", lines


def _text(form: ComposeForm, draft: Draft, *, many: bool) -> Fact:
    """The text as the first recipient gets it, and how it is counted."""
    body = draft.body
    if isinstance(draft, MessageDraft) and draft.recipients:
        body = draft.body_for(draft.recipients[0])
    parts = form.measure(body)
    count = f"{parts.units:,} characters"
    if parts.capacity:
        count += f" · {parts.encoding} · {parts.parts} part{'s' if parts.parts != 1 else ''}"
    if body != draft.body and many:
        count += " · as the first of them gets it"
    lines: list[Line] = [(Span(line, "normal"),) for line in body.split("\n")]
    return "Message", (*lines, (Span(count, "muted"),))


def at_night(draft: Draft, services: Services) -> Iterator[str]:
    """A warning if a campaign would wake people, as far as its contacts are known here."""
    if not isinstance(draft, CampaignDraft) or draft.channel not in ("sms", "mms"):
        return
    rows = services.store.contacts(draft.list_id)
    first = [row.phone for row in rows.page(0, LOOKED_AT) if row.phone]
    at = draft.schedule or services.clock.now()
    yield from (found.message for found in night_problems(first, at, of_more=rows.count() > LOOKED_AT))


async def sent_before(record: Mapping[str, Any], quote: Quote, services: Services) -> Sequence[str]:
    """A warning if this went to the same people lately: a console that was killed keeps the form. `record` is
    what the outbox would have of it, or has.
    """
    since = int(services.clock.now()) - LATELY
    found = await services.store.read(sent_alike, quote.draft.kind, record, quote.accepted_count, since)
    if found is None:
        return ()
    whom = "as many people from it" if "source" in record else "the same people"
    return [f"The same went to {whom} {minute(found.created_at)}: {found.state}."]
