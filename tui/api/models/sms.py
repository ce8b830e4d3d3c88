"""Text messages as ClickSend takes and tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import AnswerModel, RequestModel, Text, UnixSeconds, Whole, YesNo
from tui.api.models.messages import MessageRow, PricedMessages, SentMessages, SentRecord


class SmsMessage(RequestModel):
    """One message to one number, or to each contact of a list (then `list_id` instead of `to`)."""

    to: t.Recipient | None = None
    body: t.SmsBody
    sender: t.Sender = None
    schedule: t.Schedule | None = None
    custom_string: t.CustomString | None = None
    list_id: t.ListId | None = None
    contact_id: t.ContactId | None = None
    country: t.CountryCode | None = None
    from_email: t.ReplyEmail | None = None
    source: t.Source | None = None
    exclude_no_sender_id_recipients: t.SkipUnregistered | None = None
    show_summary: t.ShowSummary | None = None


class CountrySender(RequestModel):
    """The sender that recipients in one country see."""

    recipient_country_code: t.CountryCode
    sender_id: t.SenderId | None = None
    sender_type: t.SenderType | None = None
    sender_country_code: t.SenderCountry | None = None


class _Message(MessageRow):
    """What a text message has whether it was priced, sent or found in history."""

    body: Text = ""
    carrier: Text = ""
    list_id: Whole = None
    contact_id: Whole = None
    from_email: Text = ""
    subaccount_id: Whole = None
    user_id: Whole = None


class SentSms(_Message):
    """One message after sending."""

    direction: Text = ""
    is_shared_system_number: YesNo = False


SmsSent = SentMessages[SentSms]


class PricedSms(_Message):
    """One message with its price. `status` "SUCCESS" says that it could be sent, not that it was."""

    is_shared_system_number: YesNo = False


SmsPrice = PricedMessages[PricedSms]


class HistoryRecord(SentRecord, _Message):
    """One message in history, sent ("out") or received ("in")."""


class InboundSms(AnswerModel):
    """A message that was received; `original_message_id` is that of the one it answers, or empty."""

    message_id: Text = ""
    sender: Text = Field("", validation_alias=AliasChoices("from", "sender"))
    to: Text = ""
    body: Text = ""
    original_message_id: Text = ""
    original_body: Text = ""
    custom_string: Text = ""
    timestamp: UnixSeconds = Field(None, validation_alias=AliasChoices("timestamp", "timestamp_send"))


class Receipt(AnswerModel):
    """What became of one sent message. `status_code` 201 is delivered, 200 on its way, 301 failed."""

    message_id: Text = ""
    status_code: Text = ""
    status_text: Text = ""
    error_code: Text = ""
    error_text: Text = ""
    custom_string: Text = ""
    timestamp: UnixSeconds = None
    timestamp_send: UnixSeconds = None
    message_type: Text = Field("", validation_alias=AliasChoices("message_type", "_message_type"))
    subaccount_id: Whole = None
    digits: Text = ""
    """The keys that were pressed in a call."""


class CancelledCount(AnswerModel):
    """How many scheduled messages were cancelled."""

    count: Whole = None
