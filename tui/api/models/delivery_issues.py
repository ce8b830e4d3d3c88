"""Reports to ClickSend's support as it tells them."""

from __future__ import annotations

from tui.api.models.base import AnswerModel, IdentityText, Text, UnixSeconds, YesNo


class DeliveryIssue(AnswerModel):
    """A message that did not arrive, and what support says of it."""

    issue_id: IdentityText
    message_id: Text = ""
    type: Text = ""
    description: Text = ""
    email_address: Text = ""
    client_comments: Text = ""
    support_comments: Text = ""
    status: Text = ""
    resolved: YesNo = False
    date_added: UnixSeconds = None
