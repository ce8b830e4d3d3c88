"""What the send operations take, made from a draft by what their declarations know."""

from __future__ import annotations

from collections.abc import Sequence, Set
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
    rows = [
        alike | _own(draft, known, recipient, body, reference)
        for recipient, body, reference in zip(draft.recipients, draft.bodies, references, strict=True)
    ]
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


def _own(
    draft: MessageDraft, known: Set[str], recipient: Recipient, body: str, reference: str
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "body": body,
        "to": recipient.to,
        "email": recipient.to,
        "name": recipient.name or None,
        "custom_string": reference or None,
    }
    if draft.product.reach is Reach.POST:
        row |= {name: recipient.fields.get(name) or None for name in ADDRESS}
    if "subject" in draft.content:
        row["subject"] = draft.subject_for(recipient)
    if draft.product.names_country:
        row["country"] = country_of(recipient.to) or None
    return {name: value for name, value in row.items() if value is not None and name in known}


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
