"""Calls in which a voice reads a text: price, send, schedule, history and receipts."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import voice as m
from tui.api.models.base import ExportLink, Page
from tui.api.models.sms import CancelledCount, Receipt
from tui.api.operation import Effect


@op.post("/voice/price", title="Price calls", effect=Effect.READ)
def price(messages: t.Batch[m.VoiceMessage]) -> m.VoicePrice:
    """What these calls would cost, recipient by recipient. Nobody is called."""


@op.post("/voice/send", title="Send calls", effect=Effect.SEND, priced_by=price)
def send(messages: t.Batch[m.VoiceMessage]) -> m.VoiceSent:
    """Call numbers or lists and read a text to them. Each call is accepted or rejected by itself."""


@op.put("/voice/{message_id}/cancel", title="Cancel scheduled call", effect=Effect.WRITE)
def cancel(message_id: t.MessageId) -> None:
    """Stop one scheduled call. Once it has left the queue it cannot be stopped."""


@op.put(
    "/voice/cancel-all",
    title="Cancel all scheduled calls",
    effect=Effect.WRITE,
    loses="Every scheduled call is stopped; none can be started again.",
)
def cancel_all() -> CancelledCount:
    """Stop every scheduled call."""


@op.get("/voice/history", title="Call history", paged=True)
def history(
    q: t.Search | None = None,
    operator: t.SearchOperator | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> Page[m.VoiceRecord]:
    """Calls of the last four months, what became of them, and which key was pressed."""


@op.get("/voice/history/export", title="Export call history")
def history_export(
    filename: t.FileName,
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
    limit: t.PageSize | None = None,
) -> ExportLink:
    """A link to the history as a CSV file."""


@op.get("/voice/lang", title="Voice languages")
def languages() -> list[m.VoiceLanguage]:
    """The languages that a text can be read in, and the voices of each."""


@op.get("/voice/receipts", title="Call receipts", paged=True)
def receipts_list() -> Page[Receipt]:
    """Receipts of calls not yet marked read, with the key pressed. Only a POLL rule puts any here."""


@op.post("/voice/receipts", title="Test a call receipt", effect=Effect.WRITE)
def receipts_test(url: t.WebhookUrl) -> Receipt:
    """Have a made-up receipt of a call delivered to your server."""


@op.get("/voice/receipts/{message_id}", title="One call receipt")
def receipts_get(message_id: t.MessageId) -> Receipt:
    """The receipt of one call, even when it was marked read."""


@op.put(
    "/voice/receipts-read",
    title="Mark call receipts read",
    effect=Effect.MARK,
    loses="Receipts marked read leave the receipts list for everybody and cannot be marked unread.",
)
def receipts_mark_read(date_before: t.ReadBeforeInBoth) -> None:
    """Mark every receipt older than a moment as read."""
