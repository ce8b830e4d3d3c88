"""What messages of every channel have in common: rows, prices, sends and history."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Generic, NamedTuple, Protocol, TypeVar

from pydantic import AliasChoices, Field, PlainValidator

from tui.api.models.base import (
    Amount,
    AnswerCurrency,
    AnswerModel,
    Rows,
    Text,
    UnixSeconds,
    Whole,
    text,
    whole,
    yes,
)
from tui.core import money


class Told(Protocol):
    """What an answer tells of one recipient, read as a whole (`MessageRow`) or in brief (`BriefRow`)."""

    @property
    def message_id(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def country(self) -> str: ...
    @property
    def custom_string(self) -> str: ...
    @property
    def message_parts(self) -> int | None: ...
    @property
    def message_price(self) -> Decimal | None: ...
    @property
    def accepted(self) -> bool: ...


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


class BriefRow(NamedTuple):
    """The same without all that a large send never looks at: a model of each of its rows costs too much."""

    message_id: str
    to: str
    sender: str
    status: str
    country: str
    custom_string: str
    message_parts: int | None
    message_price: Decimal | None
    is_shared_system_number: bool

    @property
    def accepted(self) -> bool:
        """Whether ClickSend takes it as it is."""
        return self.status == "SUCCESS"

    @classmethod
    def of(cls, raw: object) -> BriefRow:
        """The row as it came. Raises ValueError when it is none."""
        if not isinstance(raw, dict):
            raise ValueError("not an object")
        get = raw.get
        return cls(
            text(get("message_id")),
            text(get("to")),
            text(raw["from"] if "from" in raw else get("sender")),
            text(get("status")),
            text(get("country")),
            text(get("custom_string")),
            whole(get("message_parts")),
            money.decimal(get("message_price")),
            yes(get("is_shared_system_number")),
        )


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
    def rows(self) -> Sequence[Told]:
        """Recipient by recipient, where the answer tells."""
        return ()


class SendAnswer(AnswerModel):
    """What became of a send. Where it has rows, each says by itself whether it was accepted."""

    total_price: Amount = None
    total_count: Whole = None
    currency: AnswerCurrency = None

    @property
    def rows(self) -> Sequence[Told]:
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


def brief(answer: Any) -> Any:
    """The type of an answer with rows, with `BriefRow` for them; of one without such rows, the same."""
    origin = getattr(answer, "__pydantic_generic_metadata__", {}).get("origin")
    return origin[_Brief] if origin in (PricedMessages, SentMessages) else answer


_Brief = Annotated[BriefRow, PlainValidator(BriefRow.of)]
