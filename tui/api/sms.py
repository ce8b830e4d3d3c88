"""Text messages: price, send, schedule, history, replies and receipts."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import sms as m
from tui.api.models.base import ExportLink, Page
from tui.api.operation import Effect


@op.post("/sms/price", title="Price SMS", effect=Effect.READ)
def price(
    messages: t.Batch[m.SmsMessage],
    senders: t.Senders[m.CountrySender] | None = None,
    shorten_urls: t.ShortenUrls | None = None,
) -> m.SmsPrice:
    """What these messages would cost, recipient by recipient. Nothing is sent."""


@op.post("/sms/send", title="Send SMS", effect=Effect.SEND, priced_by=price)
def send(
    messages: t.Batch[m.SmsMessage],
    senders: t.Senders[m.CountrySender] | None = None,
    shorten_urls: t.ShortenUrls | None = None,
) -> m.SmsSent:
    """Send texts now or at a set time, to numbers or lists. Each is accepted or rejected by itself."""


@op.put("/sms/{message_id}/cancel", title="Cancel scheduled SMS", effect=Effect.WRITE)
def cancel(message_id: t.MessageId) -> None:
    """Stop one scheduled message. Once it has left the queue it cannot be stopped."""


@op.put(
    "/sms/cancel-all",
    title="Cancel all scheduled SMS",
    effect=Effect.WRITE,
    loses="Every scheduled message is stopped, or every one with the reference; none can be started again.",
)
def cancel_all(custom_string: t.CustomString | None = None) -> m.CancelledCount:
    """Stop every scheduled message, or only those with one reference."""


@op.get("/sms/history", title="SMS history", paged=True)
def history(
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> Page[m.HistoryRecord]:
    """Messages sent and received in the last four months, oldest first unless another order is asked for."""


@op.get("/sms/history/export", title="Export SMS history")
def history_export(
    filename: t.FileName,
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
    page: t.PageNumber | None = None,
    limit: t.PageSize | None = None,
) -> ExportLink:
    """A link to the history as a CSV file."""


@op.get("/sms/inbound", title="Inbound SMS", paged=True)
def inbound_list(q: t.Search | None = None) -> Page[m.InboundSms]:
    """Messages received and not yet marked read. Only a POLL rule puts any here."""


@op.post("/sms/inbound", title="Test an inbound webhook", effect=Effect.WRITE)
def inbound_test(url: t.WebhookUrl, webhook_type: t.WebhookType | None = None) -> m.InboundSms:
    """Have a made-up inbound message delivered to your server."""


@op.get("/sms/inbound/{original_message_id}", title="One reply")
def inbound_get(original_message_id: t.OriginalMessageId) -> m.InboundSms:
    """The first reply to a message you sent, even when it was marked read."""


@op.put(
    "/sms/inbound-read",
    title="Mark inbound SMS read",
    effect=Effect.MARK,
    loses="Messages marked read leave the inbound list for everybody and cannot be marked unread.",
)
def inbound_mark_read(date_before: t.ReadBefore) -> None:
    """Mark every inbound message older than a moment as read."""


@op.put(
    "/sms/inbound-read/{message_id}",
    title="Mark one inbound SMS read",
    effect=Effect.MARK,
    loses="A message marked read leaves the inbound list for everybody and cannot be marked unread.",
)
def inbound_mark_read_one(message_id: t.MessageId) -> None:
    """Mark one inbound message as read, by its own id and not that of the message it answers."""


@op.get("/sms/receipts", title="SMS receipts", paged=True)
def receipts_list() -> Page[m.Receipt]:
    """Delivery receipts not yet marked read. Only a POLL rule puts any here."""


@op.post("/sms/receipts", title="Test a receipt webhook", effect=Effect.WRITE)
def receipts_test(url: t.WebhookUrl) -> m.Receipt:
    """Have a made-up delivery receipt delivered to your server."""


@op.get("/sms/receipts/{message_id}", title="One SMS receipt")
def receipts_get(message_id: t.MessageId) -> m.Receipt:
    """The delivery receipt of one message, even when it was marked read."""


@op.put(
    "/sms/receipts-read",
    title="Mark SMS receipts read",
    effect=Effect.MARK,
    loses="Receipts marked read leave the receipts list for everybody and cannot be marked unread.",
)
def receipts_mark_read(date_before: t.ReadBefore) -> None:
    """Mark every receipt older than a moment as read."""
