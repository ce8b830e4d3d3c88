"""Picture messages as ClickSend takes and tells them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import (
    IdentityText,
    MessageRow,
    PriceAnswer,
    RequestModel,
    Rows,
    SendAnswer,
    SentRecord,
    Text,
    Whole,
)


class MmsMessage(RequestModel):
    """One message to one number, or to each contact of a list (then `list_id` instead of `to`)."""

    to: t.Recipient | None = None
    subject: t.MmsSubject
    body: t.MmsBody
    sender: t.Sender = None
    schedule: t.Schedule | None = None
    custom_string: t.CustomString | None = None
    list_id: t.ListId | None = None
    country: t.CountryCode | None = None
    from_email: t.ReplyEmail | None = None
    source: t.Source | None = None


class Mms(MessageRow):
    """One message, priced or sent."""

    subject: Text = ""
    body: Text = ""
    media_file: Text = Field("", validation_alias=AliasChoices("_media_file_url", "media_file"))
    list_id: Whole = None
    contact_id: Whole = None


class MmsPrice(PriceAnswer):
    """The answer to a price question."""

    messages: Rows[Mms] = []
    queued_count: Whole = None

    @property
    def rows(self) -> Sequence[Mms]:
        return self.messages


class MmsSent(SendAnswer):
    """The answer to a send: every message with its own status."""

    messages: Rows[Mms] = []
    queued_count: Whole = None

    @property
    def rows(self) -> Sequence[Mms]:
        return self.messages


class MmsRecord(SentRecord, Mms):
    """One message in history."""

    message_id: IdentityText
