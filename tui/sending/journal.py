"""What is written down of a send: before the request leaves, and once something is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.core.phone import display
from tui.sending.draft import Draft, MessageDraft, restore
from tui.sending.quote import Quote
from tui.sending.recipient import Recipient
from tui.sending.result import TAKEN_BACK, Fate, Outcome, SendResult
from tui.store import audit, drafts, messages, outbox, outbox_messages
from tui.store.rows import Message, MessageState, OutboxItem, OutboxMessage, OutboxState, State
from tui.store.transaction import Transaction

SOURCE = "source"
"""Where the record of a large send says what it was read from; other sends have none."""
_TOLD_BEFORE = "ClickSend's answer is about another message. Whether it was sent is not known."
_STATES: dict[Fate, State] = {"accepted": "accepted", "rejected": "rejected", "unknown": "unknown"}

_OUTCOMES: dict[OutboxState | Fate, audit.Outcome] = {
    "accepted": "done",
    "rejected": "refused",
    "unknown": "unknown",
    "not sent": "not sent",
}


def begin(
    tx: Transaction,
    quote: Quote,
    outcomes: Sequence[Outcome],
    at: int,
    operation: str,
    held_until: int = 0,
) -> None:
    """Note a send that was confirmed, each of its messages as "sending", and let go of its draft. It leaves
    at once, or is held back until a moment.
    """
    item = OutboxItem(
        id=quote.id,
        created_at=at,
        kind=quote.draft.kind,
        draft=quote.draft.record(),
        quote=quote.record(),
        state="confirmed" if held_until else "sending",
        held_until=held_until,
        schedule=quote.draft.schedule or 0,
    )
    rows = [_row(quote, outcome, "sending", at) for outcome in _in_threads(quote, outcomes)]
    outbox.outbox_add(tx, item, rows, {row.counterpart: display(row.counterpart) for row in rows})
    outbox_messages.add(tx, _messages(quote, outcomes, "confirmed" if held_until else "in flight"))
    key = _reply_key(quote, outcomes)
    noted: audit.Outcome = "not sent" if held_until else "unknown"
    audit.record(tx, operation, noted, at, counterpart=key, outbox_id=quote.id)
    if key and drafts.read(tx, key, tx.session).strip() == quote.draft.body.strip():
        drafts.save_draft(tx, key, "")


def leave(tx: Transaction, outbox_id: str) -> bool:
    """A send that was held back is about to leave; False if it was taken back."""
    if not outbox.outbox_release(tx, outbox_id):
        return False
    outbox_messages.set_all(tx, outbox_id, "confirmed", "in flight")
    audit.settle(tx, outbox_id, "unknown")
    return True


def take_back(tx: Transaction, outbox_id: str, reason: str = TAKEN_BACK) -> bool:
    """Make not sent what is still held back, and keep its text as the draft again; False if it has left."""
    item = outbox.one(tx, outbox_id)
    if item is None or item.state != "confirmed" or SOURCE in item.draft:
        return False
    outbox_messages.set_all(tx, outbox_id, "confirmed", "not sent", reason)
    outbox.outbox_update(tx, outbox_id, "not sent", reason)
    draft = restore(item.kind, item.draft)
    if isinstance(draft, MessageDraft) and draft.in_threads and len(draft.recipients) == 1:
        key = draft.recipients[0].to
        if not drafts.read(tx, key, tx.session):
            drafts.save_draft(tx, key, draft.body)
    return True


def finish(tx: Transaction, quote: Quote, result: SendResult, at: int) -> SendResult:
    """Record each message's own state; the result, corrected by what history has shown meanwhile."""
    item = outbox.one(tx, quote.id)
    if item is None:
        return result  # It could not even be noted, so it did not leave.
    if item.state == "not sent" and result.state == "not sent":
        return result  # It was taken back, which is written down already.
    outcomes = own(tx, quote.id, list(enumerate(result.outcomes)))
    if quote.draft.in_threads:
        outcomes = tuple(_corrected(tx, outcome) for outcome in outcomes)
    result = replace(result, outcomes=outcomes)
    messages.merge_messages(
        tx,
        [
            _row(quote, outcome, _state(quote.draft, outcome), at)
            for outcome in _in_threads(quote, outcomes)
            if outcome.fate in _STATES
        ],
    )
    outbox.outbox_update(tx, quote.id, result.state, result.detail)
    outbox_messages.add(tx, _messages(quote, outcomes))
    audit.settle(tx, quote.id, _OUTCOMES[result.state])
    key = _reply_key(quote, outcomes)
    if key and result.state == "not sent" and not drafts.read(tx, key, tx.session):
        drafts.save_draft(tx, key, quote.draft.body)
    return result


def own(tx: Transaction, outbox_id: str, outcomes: Sequence[tuple[int, Outcome]]) -> tuple[Outcome, ...]:
    """Outcomes of messages, by number; what was told of another message before is not known of these."""
    told = [(number, outcome.message_id) for number, outcome in outcomes if outcome.message_id]
    others = outbox_messages.ids_of_others(tx, outbox_id, told)
    return tuple(
        outcome._replace(fate="unknown", reason=_TOLD_BEFORE, message_id="", price=None)
        if number in others
        else outcome
        for number, outcome in outcomes
    )


def recover(tx: Transaction) -> list[OutboxItem]:
    """Make unknown what a console that is gone left in flight, and return it. What it still held back was
    not sent.
    """
    for id in outbox.outbox_held(tx):
        take_back(tx, id, "The console ended before it left.")
    lost = outbox.outbox_recover(tx)
    return [item for id in lost if (item := outbox.one(tx, id))]


def _messages(
    quote: Quote, outcomes: Sequence[Outcome], state: MessageState | None = None
) -> Iterator[OutboxMessage]:
    """A row for each message, in one state or in that of its outcome. What goes to nobody by name (a
    campaign, an operation until its answer tells of recipients) has one row for the whole.
    """
    recipients = quote.draft.recipients if isinstance(quote.draft, MessageDraft) else ()
    for number, outcome in enumerate(outcomes):
        recipient = recipients[number] if len(recipients) == len(outcomes) else Recipient(outcome.to)
        line = quote.lines[number] if len(quote.lines) == len(outcomes) else None
        yield OutboxMessage(
            outbox_id=quote.id,
            number=number,
            recipient=outcome.to,
            state=state or outcome.fate,
            line=recipient.line,
            name=recipient.name,
            country=line.country if line else "",
            fields=recipient.fields,
            reason=outcome.reason,
            code=outcome.code,
            message_id=outcome.message_id,
            sender=outcome.sender,
            parts=outcome.parts,
            price=line.price if line else None,
            charged=outcome.price,
        )


def _in_threads(quote: Quote, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """The messages that stand in conversations."""
    return outcomes if quote.draft.in_threads else ()


def _reply_key(quote: Quote, outcomes: Sequence[Outcome]) -> str:
    """The draft that a send came from: a message to one number may be a reply; "" if it is none."""
    rows = _in_threads(quote, outcomes)
    return rows[0].to if len(rows) == 1 else ""


def _corrected(tx: Transaction, outcome: Outcome) -> Outcome:
    """History may bring a message before its send is answered: then it is known to be sent."""
    if outcome.fate in ("unknown", "not sent") and messages.one(tx, outcome.reference) is None:
        return outcome._replace(fate="accepted", reason="It is in ClickSend's history.")
    return outcome


def _state(draft: Draft, outcome: Outcome) -> State:
    return "scheduled" if outcome.fate == "accepted" and draft.schedule else _STATES[outcome.fate]


def _row(quote: Quote, outcome: Outcome, state: State, at: int) -> Message:
    # A message of unknown outcome keeps its local id: history, a receipt or a person will settle it.
    known = outcome.fate in ("accepted", "rejected") and outcome.message_id
    return Message(
        id=outcome.message_id if known else outcome.reference,
        counterpart=outcome.to,
        direction="out",
        body=outcome.body,
        at=at,
        state=state,
        state_text=outcome.code,
        error_text=outcome.reason,
        price=outcome.price,
        parts=outcome.parts,
        sender=outcome.sender,
        custom_string=outcome.reference,
        outbox_id=quote.id,
    )
