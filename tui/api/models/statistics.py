"""Statistics as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import (
    Amount,
    AnswerCurrency,
    AnswerModel,
    CursorPage,
    Rows,
    Text,
    UnixSeconds,
    Whole,
)
from tui.api.models.sms_campaigns import LinkVisit, Share


class Traffic(AnswerModel):
    """How many messages, and their price where there is one."""

    count: Whole = None
    price: Amount = None


class Day(AnswerModel):
    """One day's messages; `date` is its first second."""

    date: UnixSeconds = None
    outbound: Traffic | None = None
    inbound: Traffic | None = None
    bounced: Traffic | None = None


class SmsStatistics(AnswerModel):
    """The last thirty days."""

    total: Day | None = None
    days: Rows[Day] = Field([], validation_alias=AliasChoices("stats", "stat", "days"))
    currency: AnswerCurrency = None


class VoiceStatistics(SmsStatistics):
    """The same of calls; nothing is inbound."""


class ShortLinkCounts(AnswerModel):
    """How many recipients a short link has, how many of them opened it, and how often."""

    total: Whole = None
    opened_unique: Whole = None
    opened_total: Whole = None
    unopened: Whole = None


class ShortLink(AnswerModel):
    """The visits of one shortened URL; `long_url_id` names it when its visits are asked for."""

    long_url_id: Text = ""
    links: ShortLinkCounts | None = None
    device: Rows[Share] = []
    os: Rows[Share] = []
    browser: Rows[Share] = []
    country: Rows[Share] = []
    region: Rows[Share] = []


class ShortLinkVisits(CursorPage[LinkVisit]):
    """Some of the visits."""

    total: Whole = None
    per_page: Whole = None
