"""Faxes: price, send, history and receipts."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import fax as m
from tui.api.models.base import ExportLink, Page
from tui.api.models.sms import Receipt
from tui.api.operation import Effect

CLOSED = "ClickSend offers fax to no new customers."


@op.post("/fax/price", title="Price fax", effect=Effect.READ, closed=CLOSED)
def price(file_url: t.FaxFile, messages: t.Batch[m.FaxMessage]) -> m.FaxPrice:
    """What it would cost to fax a document, recipient by recipient. Nothing is sent."""


@op.post("/fax/send", title="Send fax", effect=Effect.SEND, priced_by=price, closed=CLOSED)
def send(file_url: t.FaxFile, messages: t.Batch[m.FaxMessage]) -> m.FaxSent:
    """Fax a document to numbers or lists, now or at a set time. Each is accepted or rejected by itself."""


@op.get("/fax/history", title="Fax history", paged=True)
def history(
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> Page[m.FaxRecord]:
    """Faxes of the last four months, and what became of them."""


@op.get("/fax/history/export", title="Export fax history")
def history_export(filename: t.FileName) -> ExportLink:
    """A link to the history as a CSV file."""


@op.get("/fax/receipts", title="Fax receipts", paged=True)
def receipts_list() -> Page[Receipt]:
    """Delivery receipts of faxes not yet marked read. Only a POLL rule puts any here."""


@op.post("/fax/receipts", title="Test a fax receipt", effect=Effect.WRITE)
def receipts_test(url: t.WebhookUrl) -> Receipt:
    """Have a made-up receipt of a fax delivered to your server."""


@op.get("/fax/receipts/{message_id}", title="One fax receipt")
def receipts_get(message_id: t.MessageId) -> m.FaxRecord:
    """One fax and what has become of it, even when its receipt was marked read."""


@op.put(
    "/fax/receipts-read",
    title="Mark fax receipts read",
    effect=Effect.MARK,
    loses="Receipts marked read leave the receipts list for everybody and cannot be marked unread.",
)
def receipts_mark_read(date_before: t.ReadBefore) -> None:
    """Mark every receipt older than a moment as read."""
