"""What can be done with messages that did not arrive or whose outcome is not known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.core.errors import InvalidInput, SendRefused
from tui.sending.draft import CampaignDraft, Draft, MessageDraft, restore
from tui.sending.journal import SOURCE
from tui.sending.recipient import Recipient
from tui.store import outbox, outbox_messages, outbox_retries
from tui.store.messages import local_id, one, sent_between

if TYPE_CHECKING:
    from tui.sending.quote import Quote
    from tui.store.rows import Message, OutboxItem, OutboxMessage
    from tui.store.transaction import Source, Transaction

AROUND = 600
"""Seconds around a send in which a message that looks like it may be it."""


def retry_draft(source: Source, outbox_id: str) -> Draft:
    """The same message to those alone whom it surely did not reach; never to those of whom it is unknown.

    Its files are as they were recorded (`draft_files.uploaded_anew`). Raises InvalidInput where nobody is
    left, and for a large send: that one is for `BulkSender.retry`.
    """
    item = outbox.one(source, outbox_id)
    if item is None or SOURCE in item.draft or item.kind == "operation":
        raise InvalidInput("This cannot be sent again from here.", hint="Compose it anew.")
    draft = restore(item.kind, item.draft)
    if isinstance(draft, CampaignDraft):
        if item.state not in ("rejected", "not sent"):
            raise InvalidInput("The campaign was accepted, or nobody knows.", hint="Look at its messages.")
        if outbox_retries.is_sent_anew(source, outbox_id):
            raise InvalidInput("The campaign was sent again since.", hint="Look at that one in the outbox.")
        return replace(draft, retry_of=outbox_id)
    assert isinstance(draft, MessageDraft)
    rows = outbox_retries.to_retry(source, outbox_id, draft.product.most)
    if not rows:
        raise InvalidInput("Nobody is left to send it to again.", hint="Unknown ones can be settled.")
    recipients = tuple(map(_recipient, rows))
    return replace(draft, recipients=recipients, schedule=None, retry_of=outbox_id)


def check_retry(tx: Transaction, quote: Quote) -> None:
    """Raise SendRefused when what is sent anew reached somebody since the quote: by another one anew, here or
    at another console, or all the same by the first.
    """
    draft = quote.draft
    if not draft.retry_of:
        return
    if isinstance(draft, CampaignDraft):
        is_reached = outbox_retries.is_sent_anew(tx, draft.retry_of)
    else:
        to = draft.to if isinstance(draft, MessageDraft) else ()
        whom = to or outbox_retries.priced(tx, quote.id)  # Those of a large send are rows.
        is_reached = bool(outbox_retries.not_to_retry(tx, draft.retry_of, whom))
    if is_reached:
        raise SendRefused(
            "Nothing was sent: since it was priced, some of them may have got it after all.",
            hint="Look at the outbox, and send it again from there.",
        )


def _recipient(message: OutboxMessage) -> Recipient:
    return Recipient(message.recipient, message.name, message.fields, message.line)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the store has from ClickSend on a message whose outcome is not known. That it has nothing proves
    nothing: history may be late.
    """

    certain: Message | None
    """The message under our reference: it was sent."""
    alike: tuple[Message, ...]
    """Messages with the same text to the same recipient about that time."""


def evidence(source: Source, outbox_id: str, number: int) -> Evidence:
    """What speaks for a message having been sent."""
    item = outbox.one(source, outbox_id)
    found = outbox_messages.one(source, outbox_id, number)
    if item is None or found is None:
        return Evidence(None, ())
    reference = local_id(outbox_id, number)
    since, until = item.created_at - AROUND, max(item.created_at, item.schedule) + AROUND
    body = _body(item, found)
    about = [
        message
        for message in sent_between(source, found.recipient, since, until)
        if message.id != reference and (not body or message.body == body)
    ]
    certain = next((message for message in about if message.custom_string == reference), None)
    return Evidence(certain or _known(source, found), tuple(about))


def _known(source: Source, found: OutboxMessage) -> Message | None:
    return one(source, found.message_id) if found.message_id else None


def _body(item: OutboxItem, found: OutboxMessage) -> str:
    """The text as this recipient was to get it."""
    record = {name: value for name, value in item.draft.items() if name != SOURCE}
    draft = restore(item.kind, record)
    if not isinstance(draft, MessageDraft):
        return draft.body
    alone = replace(draft, recipients=(_recipient(found),))
    return alone.bodies[0]
