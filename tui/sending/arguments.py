"""What the send operations take, made from a draft by what their declarations know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, Any

from tui.core.phone import country_of
from tui.sending.products import Product, Reach
from tui.sending.recipient import ADDRESS, Recipient

if TYPE_CHECKING:
    from tui.sending.draft import CampaignDraft, MessageDraft

SOURCE = "clicksend-tui"
"""How ClickSend's own records name the program that sent a message."""


def of_messages(draft: MessageDraft, references: Sequence[str]) -> dict[str, Any]:
    """What the send operation takes: a row per recipient, and beside them what is said once."""
    product = draft.product
    said = {"sender": draft.sender or None, "schedule": draft.schedule, "source": SOURCE, **draft.content}
    known, own = frozenset(product.row_fields), _own_names(product)
    alike = {name: value for name, value in said.items() if name in known - own and value is not None}
    rows = [dict(alike) for _ in draft.recipients]
    for name, values in _own(draft, references):
        if name in known:
            for row, value in zip(rows, values, strict=True):
                if value is not None:
                    row[name] = value
    # What goes as a whole has one text: `check` sees to it that it is the same for all.
    said |= _texts(draft, draft.recipients[0]) if draft.recipients else {}
    return {product.rows: rows} | {name: said[name] for name in product.shared_fields if name in said}


def _own_names(product: Product) -> Set[str]:
    """What a row says of its recipient alone, so that nothing said of all can stand for it."""
    own = {"body", "to", "email", "name", "custom_string"}
    return (
        own
        | set(ADDRESS if product.reach is Reach.POST else ())
        | ({"country"} if product.names_country else set())
    )


def _own(draft: MessageDraft, references: Sequence[str]) -> Iterator[tuple[str, Iterable[str | None]]]:
    """What is said of each recipient, name by name: in a large send, a thousand rows have the same few."""
    everybody = draft.recipients
    yield "body", draft.bodies
    yield "to", draft.to
    yield "email", draft.to
    yield "name", (each.name or None for each in everybody)
    yield "custom_string", (reference or None for reference in references)
    if draft.product.reach is Reach.POST:
        for name in ADDRESS:
            yield name, [each.fields.get(name) or None for each in everybody]
    if "subject" in draft.content:
        yield "subject", map(draft.subject_for, everybody)
    if draft.product.names_country:
        yield "country", (country_of(each.to) or None for each in everybody)


def _texts(draft: MessageDraft, recipient: Recipient) -> dict[str, str]:
    texts = {"body": draft.body_for(recipient)}
    return texts | ({"subject": draft.subject_for(recipient)} if "subject" in draft.content else {})


def of_campaign(draft: CampaignDraft, reference: str = "") -> dict[str, Any]:
    """What the send operation takes, with our reference where it knows one: the messages of a campaign have
    references of ClickSend's own.
    """
    said = {
        "list_id": draft.list_id,
        "name": draft.name,
        "body": draft.body,
        "sender": draft.sender or None,
        "schedule": draft.schedule,
        "source": SOURCE,
        "custom_string": reference or None,
        **draft.content,
    }
    return {name: said[name] for name in draft.product.fields if said.get(name) is not None}
