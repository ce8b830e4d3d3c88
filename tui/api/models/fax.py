"""Faxes as ClickSend takes and tells them."""

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


class FaxPrice(PriceAnswer):
    """The answer to a price question."""

    messages: Rows[Fax] = []
    queued_count: Whole = None

    @property
    def rows(self) -> Sequence[Fax]:
        return self.messages


class FaxSent(SendAnswer):
    """The answer to a send: every fax with its own status."""

    messages: Rows[Fax] = []
    queued_count: Whole = None

    @property
    def rows(self) -> Sequence[Fax]:
        return self.messages


class FaxRecord(SentRecord, Fax):
    """One fax in history."""

    message_id: IdentityText
    file_url: Text = Field("", validation_alias=AliasChoices("_file_url", "file_url"))
