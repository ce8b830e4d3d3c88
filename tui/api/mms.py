"""Picture messages: price, send, schedule, history and receipts."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import mms as m
from tui.api.models.base import ExportLink, Page
from tui.api.models.sms import CancelledCount, Receipt
from tui.api.operation import Effect


@op.post("/mms/price", title="Price MMS", effect=Effect.READ)
def price(media_file: t.MediaFile, messages: t.Batch[m.MmsMessage]) -> m.MmsPrice:
    """What these picture messages would cost, recipient by recipient. Nothing is sent."""


@op.post("/mms/send", title="Send MMS", effect=Effect.SEND, priced_by=price)
def send(media_file: t.MediaFile, messages: t.Batch[m.MmsMessage]) -> m.MmsSent:
    """Send one picture with a text, now or at a set time. Each message is accepted or rejected by itself."""


@op.put("/mms/{message_id}/cancel", title="Cancel scheduled MMS", effect=Effect.WRITE)
def cancel(message_id: t.MessageId) -> None:
    """Stop one scheduled picture message. Once it has left the queue it cannot be stopped."""


@op.put(
    "/mms/cancel-all",
    title="Cancel all scheduled MMS",
    effect=Effect.WRITE,
    loses="Every scheduled picture message is stopped; none can be started again.",
)
def cancel_all() -> CancelledCount:
    """Stop every scheduled picture message."""


@op.get("/mms/history", title="MMS history", paged=True)
def history(
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> Page[m.MmsRecord]:
    """Picture messages of the last four months, and what became of them."""


@op.get("/mms/history/export", title="Export MMS history")
def history_export(
    filename: t.FileName,
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
    limit: t.PageSize | None = None,
) -> ExportLink:
    """A link to the history as a CSV file."""


@op.get("/mms/receipts", title="MMS receipts", paged=True)
def receipts_list() -> Page[Receipt]:
    """Delivery receipts of picture messages not yet marked read. Only a POLL rule puts any here."""


@op.get("/mms/receipts/{message_id}", title="One MMS receipt")
def receipts_get(message_id: t.MessageId) -> m.MmsRecord:
    """One picture message and what has become of it, even when its receipt was marked read."""


@op.put(
    "/mms/receipts-read",
    title="Mark MMS receipts read",
    effect=Effect.MARK,
    loses="Receipts marked read leave the receipts list for everybody and cannot be marked unread.",
)
def receipts_mark_read(date_before: t.ReadBeforeInBoth) -> None:
    """Mark every receipt older than a moment as read."""
