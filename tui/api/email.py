"""Transactional e-mail: price, send, history."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import email as m
from tui.api.models.base import ExportLink, Page
from tui.api.operation import Effect


@op.post("/email/price", title="Price e-mail", effect=Effect.READ)
def price(
    to: t.EmailTo[m.EmailPerson],
    sender: t.EmailFrom[m.EmailSender],
    subject: t.EmailSubject,
    body: t.EmailText,
    cc: t.EmailCc[m.EmailPerson] | None = None,
    bcc: t.EmailBcc[m.EmailPerson] | None = None,
    attachments: t.Attachments[m.EmailAttachment] | None = None,
    schedule: t.Schedule | None = None,
) -> m.EmailPrice:
    """What an e-mail to these people would cost. Nothing is sent."""


@op.post("/email/send", title="Send e-mail", effect=Effect.SEND, priced_by=price)
def send(
    to: t.EmailTo[m.EmailPerson],
    sender: t.EmailFrom[m.EmailSender],
    subject: t.EmailSubject,
    body: t.EmailText,
    cc: t.EmailCc[m.EmailPerson] | None = None,
    bcc: t.EmailBcc[m.EmailPerson] | None = None,
    attachments: t.Attachments[m.EmailAttachment] | None = None,
    schedule: t.Schedule | None = None,
) -> m.EmailSent:
    """Send one e-mail from a verified address of yours. It is accepted or refused as a whole."""


@op.get("/email/history", title="E-mail history", paged=True)
def history(date_from: t.Since | None = None, date_to: t.Until | None = None) -> Page[m.EmailRecord]:
    """Transactional e-mails of the last four months, and what became of them."""


@op.get("/email/history/export", title="Export e-mail history")
def history_export(
    filename: t.FileName, date_from: t.Since | None = None, date_to: t.Until | None = None
) -> ExportLink:
    """A link to the history as a CSV file."""


@op.post("/email/receipts", title="Test an e-mail receipt", effect=Effect.WRITE)
def receipts_test(url: t.WebhookUrl) -> m.EmailReceipt:
    """Have a made-up receipt of an e-mail delivered to your server."""
