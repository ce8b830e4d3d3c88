"""Reports to ClickSend's support of messages that did not arrive."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import delivery_issues as m
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/delivery-issues", title="Delivery issues", paged=True)
def list_() -> Page[m.DeliveryIssue]:
    """Messages you reported to ClickSend's support, and what it answered."""


@op.post("/delivery-issues", title="Report delivery issue", effect=Effect.WRITE)
def create(
    message_id: t.MessageId,
    type: t.IssueKind,
    description: t.IssueDescription,
    email_address: t.IssueEmail,
    client_comments: t.IssueComments | None = None,
) -> m.DeliveryIssue:
    """Tell ClickSend's support of a message that did not arrive as it should."""
