"""Picture messages as ClickSend takes and tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import IdentityText, RequestModel, Text, Whole
from tui.api.models.messages import MessageRow, PricedMessages, SentMessages, SentRecord


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


MmsPrice = PricedMessages[Mms]


MmsSent = SentMessages[Mms]


class MmsRecord(SentRecord, Mms):
    """One message in history."""

    message_id: IdentityText
