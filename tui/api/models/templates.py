"""Templates as ClickSend tells them."""

from __future__ import annotations

from tui.api.models.base import AnswerModel, Identity, Text


class SmsTemplate(AnswerModel):
    """A text under a name."""

    template_id: Identity
    template_name: Text = ""
    body: Text = ""
