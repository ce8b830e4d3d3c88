"""Transactional e-mails as ClickSend takes and tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import (
    Amount,
    AnswerModel,
    IdentityText,
    RequestModel,
    Rows,
    Text,
    UnixSeconds,
    Whole,
)
from tui.api.models.messages import PriceAnswer, SendAnswer


class EmailPerson(RequestModel):
    """Somebody who gets it."""

    email: t.Email
    name: t.PersonName | None = None


class EmailSender(RequestModel):
    """The verified address that it comes from."""

    email_address_id: t.EmailAddressId
    name: t.FromName | None = None


class EmailAttachment(RequestModel):
    """A file that travels in it."""

    content: t.AttachmentContent
    type: t.AttachmentType
    filename: t.AttachmentName
    disposition: t.AttachmentDisposition = t.Disposition.ATTACHMENT
    content_id: t.AttachmentContentId


class EmailPrice(PriceAnswer):
    """The answer to a price question. An e-mail has one price for all its recipients together."""

    total_price: Amount = Field(None, validation_alias=AliasChoices("price", "total_price"))


class Recipient(AnswerModel):
    """Somebody who got it."""

    email: Text = ""
    name: Text = ""


class Attachment(AnswerModel):
    """A file that travelled in it."""

    file_name: Text = ""
    content_type: Text = ""
    content_disposition: Text = ""
    content_id: Text = ""
    url: Text = Field("", validation_alias=AliasChoices("_attachment_file_url", "url"))


class _Email(AnswerModel):
    """What an e-mail has after a send and in history."""

    message_id: IdentityText
    from_email_address_id: Whole = None
    from_name: Text = ""
    to: Rows[Recipient] = []
    cc: Rows[Recipient] = []
    bcc: Rows[Recipient] = []
    subject: Text = ""
    body: Text = ""
    body_plain_text: Text = ""
    schedule: UnixSeconds = None
    date_added: UnixSeconds = None
    status: Text = ""
    status_text: Text = ""
    soft_bounce_count: Whole = None
    hard_bounce_count: Whole = None
    custom_string: Text = ""
    attachments: Rows[Attachment] = Field([], validation_alias=AliasChoices("_attachments", "attachments"))


class EmailSent(SendAnswer, _Email):
    """The answer to a send, which was accepted as a whole."""

    total_price: Amount = Field(None, validation_alias=AliasChoices("price", "total_price"))


class EmailRecord(_Email):
    """One e-mail in history."""

    price: Amount = None


class EmailReceipt(AnswerModel):
    """What became of an e-mail at one address."""

    message_id: Text = ""
    email: Text = ""
    status: Text = ""
    timestamp: UnixSeconds = None
