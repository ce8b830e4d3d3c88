"""Faxes as ClickSend takes and tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import IdentityText, RequestModel, Text, Whole
from tui.api.models.messages import MessageRow, PricedMessages, SentMessages, SentRecord


class FaxMessage(RequestModel):
    """One fax to one fax number, or to each contact of a list (then `list_id` instead of `to`)."""

    to: t.FaxRecipient | None = None
    sender: t.FaxSender = None
    schedule: t.Schedule | None = None
    custom_string: t.CustomString | None = None
    list_id: t.ListId | None = None
    country: t.CountryCode | None = None
    from_email: t.ReplyEmail | None = None
    source: t.Source | None = None


class Fax(MessageRow):
    """One fax, priced or sent. It is paid for by its pages."""

    message_pages: Whole = None
    list_id: Whole = None
    from_email: Text = ""


FaxPrice = PricedMessages[Fax]


FaxSent = SentMessages[Fax]


class FaxRecord(SentRecord, Fax):
    """One fax in history."""

    message_id: IdentityText
    file_url: Text = Field("", validation_alias=AliasChoices("_file_url", "file_url"))
