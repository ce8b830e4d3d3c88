"""What every wire model shares: leniency with answers, strictness with requests, and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import unquote

from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    SecretStr,
    model_validator,
)

from tui.core import money

R = TypeVar("R")

Row = InstanceOf[dict[str, Any]]
"""A row of a page as it came: what is in it was not looked at."""
MASK = "••••"
"""What stands where ClickSend's answer held a key."""


class Shown(Enum):
    """How a value of an answer is shown, where its Python type does not tell."""

    MONEY = "money"
    TIME = "time"


class RequestModel(BaseModel):
    """Something that is sent: an unknown name is a mistake, and what was typed stays out of errors."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        hide_input_in_errors=True,
    )


class AnswerModel(BaseModel):
    """Something that was received: unknown fields are kept, absent and odd ones become empty."""

    model_config = ConfigDict(
        defer_build=True, extra="allow", frozen=True, validate_by_name=True, hide_input_in_errors=True
    )


# Answers have thousands of these: what already is what it should be, or is not there, goes first.


def text(raw: object) -> str:
    """What `Text` makes of a value."""
    if type(raw) is str:
        return raw
    if raw is None or isinstance(raw, dict | list):
        return ""
    return str(raw)


def whole(raw: object) -> int | None:
    """What `Whole` makes of a value."""
    if raw is None or (type(raw) is int and abs(raw) < 1 << 62):
        return raw
    if type(raw) is str and len(raw) < 19 and raw.isascii() and raw.isdecimal():
        return int(raw)
    number = money.decimal(raw)
    return int(number) if number is not None and number.is_finite() else None


def seconds(raw: object) -> int | None:
    """What `UnixSeconds` makes of a value."""
    return whole(raw) or None


def _moment(raw: object) -> int | None:
    try:
        moment = datetime.fromisoformat(raw) if isinstance(raw, str) else None
    except ValueError:
        return None
    if moment is None:
        return seconds(raw)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def yes(raw: object) -> bool:
    """What `YesNo` makes of a value."""
    if raw is None or type(raw) is bool:
        return bool(raw)
    return str(raw).lower() in ("1", "true", "yes")


def _rows(raw: object) -> object:
    return [] if raw is None else raw


def _currency(raw: object) -> money.Currency | None:
    if not isinstance(raw, dict) or not raw.get("currency_name_short"):
        return None
    return money.Currency(code=text(raw["currency_name_short"]), symbol=text(raw.get("currency_prefix_d")))


Text = Annotated[str, BeforeValidator(text)]
"""A text; null and anything that is none are empty, numbers are written out."""
Whole = Annotated[int | None, BeforeValidator(whole)]
"""A count or a code: 1, "1" and "1.00" are the same; None when it is no number."""
Identity = Annotated[int, BeforeValidator(whole)]
"""The number a record is known by: without it the answer cannot be used."""
IdentityText = Annotated[str, BeforeValidator(text), Field(min_length=1)]
"""The same for records known by a GUID."""
Amount = Annotated[Decimal | None, BeforeValidator(money.decimal), Shown.MONEY]
"""Money, exactly as written; None when there is no price or it is hidden."""
UnixSeconds = Annotated[int | None, BeforeValidator(seconds), Shown.TIME]
"""A moment in UTC; None for absent, "" and 0."""
IsoSeconds = Annotated[int | None, BeforeValidator(_moment), Shown.TIME]
"""A moment that is written as in ISO 8601, in UTC where it does not say otherwise."""
YesNo = Annotated[bool, BeforeValidator(yes)]
"""0 and 1, "0" and "1", true and false; absent is no."""
Rows = Annotated[list[R], BeforeValidator(_rows)]
"""A list; null is an empty one."""
Masked = Annotated[str, BeforeValidator(lambda raw: MASK if raw else "")]
"""A key that ClickSend tells: that there is one is known, never which."""
ToldOnce = SecretStr
"""A key that is told to be written down now: its repr and its JSON are stars; `get_secret_value` shows it."""
AnswerCurrency = Annotated[
    money.Currency | None,
    BeforeValidator(_currency),
    Field(validation_alias=AliasChoices("_currency", "currency")),
]
"""The currency block, which some operations call `currency` and others `_currency`."""


class Page(AnswerModel, Generic[R]):
    """One page of rows. `total` and `last_page` are ClickSend's count; an empty list has last_page 0."""

    items: list[R] = Field(validation_alias=AliasChoices("data", "items"))
    total: Whole = None
    page: Whole = Field(1, validation_alias=AliasChoices("current_page", "page"))
    last_page: Whole = None
    per_page: Whole = None
    currency: AnswerCurrency = None

    @property
    def has_more(self) -> bool:
        """Whether ClickSend counts pages after this one."""
        return (self.page or 1) < (self.last_page or 0)

    @model_validator(mode="before")
    @classmethod
    def _other_shapes(cls, raw: Any) -> Any:
        """A bare list is a page; an empty one may lack `data`, but not when there are rows to be had."""
        if isinstance(raw, list):
            return {"data": raw}
        if isinstance(raw, dict) and raw.get("data") is None and "items" not in raw:
            return raw if whole(raw.get("total")) else raw | {"data": []}
        return raw


class Offer(AnswerModel):
    """Something in a listing that can be bought, at a price."""

    @property
    def offer_id(self) -> str:
        """What the operation that buys it calls it."""
        raise NotImplementedError

    @property
    def offer_price(self) -> Decimal | None:
        """What it costs when it is bought; None if that is not told."""
        raise NotImplementedError

    @property
    def offer_monthly(self) -> Decimal | None:
        """What it costs every month from then on; None where it is bought once."""
        return None


class OfferList(AnswerModel):
    """A listing of what can be bought that has no pages, in one currency."""

    currency: AnswerCurrency = None

    @property
    def offers(self) -> Sequence[Offer]:
        """What is listed."""
        raise NotImplementedError


class CursorPage(AnswerModel, Generic[R]):
    """Rows of a listing whose pages have no numbers; the URL of the next ones says where they begin."""

    items: Rows[R] = Field([], validation_alias=AliasChoices("data", "items"))
    next_page_url: Text = Field(
        "", validation_alias=AliasChoices("next_page_url", AliasPath("_metadata", "pagination", "next"))
    )

    @property
    def next_cursor(self) -> str:
        """What the cursor argument takes to get the rows after these; empty after the last ones."""
        # It may hold a # that is not encoded, where a parser of URLs would end the query.
        found = re.search(r"[?&]offset=([^&]*)", self.next_page_url)
        return unquote(found[1]) if found else ""


class ExportLink(AnswerModel):
    """Where a file that ClickSend made can be fetched, for a while."""

    url: Text = ""


class Undocumented(AnswerModel):
    """An answer whose form ClickSend does not tell: whatever came is in its extra fields."""
