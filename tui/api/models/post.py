"""Letters, postcards and the addresses on them as ClickSend takes and tells them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import (
    Amount,
    AnswerModel,
    Identity,
    RequestModel,
    Rows,
    Text,
    UnixSeconds,
    Whole,
    YesNo,
)
from tui.api.models.messages import MessageRow, PriceAnswer, SendAnswer, SentRecord


class PostRecipient(RequestModel):
    """Whom one copy goes to."""

    address_name: t.AddressName
    address_line_1: t.MailAddressLine
    address_line_2: t.AddressLine2 | None = None
    address_city: t.MailCity
    address_state: t.MailState
    address_postal_code: t.MailPostalCode
    address_country: t.CountryCode
    return_address_id: t.ReturnAddressId
    schedule: t.Schedule | None = None
    custom_string: t.CustomString | None = None


class Address(AnswerModel):
    """A postal address."""

    address_name: Text = ""
    address_line_1: Text = ""
    address_line_2: Text = ""
    address_city: Text = ""
    address_state: Text = ""
    address_postal_code: Text = ""
    address_country: Text = ""


class ReturnAddress(Address):
    """An address that what cannot arrive comes back to."""

    return_address_id: Identity
    user_id: Whole = None


class Posted(SentRecord):
    """One letter or postcard: priced, sent or found in history. `to` is the name in the address."""

    to: Text = Field("", validation_alias=AliasChoices("address_name", "to"))
    country: Text = Field("", validation_alias=AliasChoices("address_country", "country"))
    date: UnixSeconds = Field(None, validation_alias=AliasChoices("date_added", "date"))
    message_parts: Whole = Field(None, validation_alias=AliasChoices("post_pages", "message_parts"))
    """Pages."""
    message_price: Amount = Field(None, validation_alias=AliasChoices("post_price", "message_price"))
    address_line_1: Text = ""
    address_line_2: Text = ""
    address_city: Text = ""
    address_state: Text = ""
    address_postal_code: Text = ""
    return_address_id: Whole = None
    return_address: ReturnAddress | None = Field(
        None, validation_alias=AliasChoices("_return_address", "return_address")
    )
    file_url: Text = Field("", validation_alias=AliasChoices("_file_url", "file_url"))
    colour: YesNo = False
    duplex: YesNo = False
    priority_post: YesNo = False
    source: Text = ""
    list_id: Whole = None


class PostPrice(PriceAnswer):
    """What letters or postcards would cost, recipient by recipient."""

    total_count: Whole = Field(None, validation_alias=AliasChoices("total_count", "total_cost"))
    queued_count: Whole = None
    recipients: Rows[Posted] = []

    @property
    def rows(self) -> Sequence[MessageRow]:
        """Recipient by recipient."""
        return self.recipients


class PostSend(SendAnswer):
    """What became of letters or postcards, recipient by recipient."""

    queued_count: Whole = None
    recipients: Rows[Posted] = []

    @property
    def rows(self) -> Sequence[MessageRow]:
        """Recipient by recipient."""
        return self.recipients
