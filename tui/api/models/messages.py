"""What messages of every channel have in common: rows, prices, sends and history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from pydantic import AliasChoices, Field

from tui.api.models.base import Amount, AnswerCurrency, AnswerModel, Rows, Text, UnixSeconds, Whole


class MessageRow(AnswerModel):
    """One recipient of a send or of its price.

    Only `status` tells whether ClickSend takes it ("SUCCESS"), or why not; taken is not yet delivered.
    """

    message_id: Text = ""
    to: Text = ""
    sender: Text = Field("", validation_alias=AliasChoices("from", "sender"))
    status: Text = ""
    country: Text = ""
    custom_string: Text = ""
    schedule: UnixSeconds = None
    date: UnixSeconds = None
    message_parts: Whole = None
    message_price: Amount = None

    @property
    def accepted(self) -> bool:
        """Whether ClickSend takes it as it is."""
        return self.status == "SUCCESS"


class SentRecord(MessageRow):
    """What history tells of a message of any channel beside the message itself."""

    direction: Text = ""
    status_code: Text = ""
    status_text: Text = ""
    error_code: Text = ""
    error_text: Text = ""
    date_added: UnixSeconds = None
    first_name: Text = ""
    last_name: Text = ""
    api_username: Text = Field("", validation_alias=AliasChoices("_api_username", "api_username"))
    subaccount_id: Whole = None
    user_id: Whole = None


class PriceAnswer(AnswerModel):
    """What something would cost. Answers to a send look alike: this is a type of its own therefore."""

    total_price: Amount = None
    total_count: Whole = None
    currency: AnswerCurrency = None

    @property
    def rows(self) -> Sequence[MessageRow]:
        """Recipient by recipient, where the answer tells."""
        return ()


class SendAnswer(AnswerModel):
    """What became of a send. Where it has rows, each says by itself whether it was accepted."""

    total_price: Amount = None
    total_count: Whole = None
    currency: AnswerCurrency = None

    @property
    def rows(self) -> Sequence[MessageRow]:
        """Recipient by recipient, where the answer tells."""
        return ()


M = TypeVar("M", bound=MessageRow)


class PricedMessages(PriceAnswer, Generic[M]):
    """The answer to the question what messages would cost, one by one."""

    messages: Rows[M] = []
    queued_count: Whole = None
    blocked_count: Whole = None

    @property
    def rows(self) -> Sequence[M]:
        return self.messages


class SentMessages(SendAnswer, Generic[M]):
    """The answer to a send of messages: every one with its own status."""

    messages: Rows[M] = []
    queued_count: Whole = None
    blocked_count: Whole = None

    @property
    def rows(self) -> Sequence[M]:
        return self.messages
