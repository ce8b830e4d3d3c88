"""Countries and price lists as ClickSend tells them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from tui.api.models.base import Amount, AnswerCurrency, AnswerModel, Text

Rates = Annotated[dict[str, Amount], BeforeValidator(lambda raw: raw if isinstance(raw, dict) else {})]
"""Prices of one product by ClickSend's own names, like price_rate_0 for the first tier."""


class Country(AnswerModel):
    """A country with its two-letter code."""

    code: Text = ""
    name: Text = Field("", validation_alias=AliasChoices("value", "name"))


class Pricing(AnswerModel):
    """The list prices for one country."""

    country: Text = ""
    sms: Rates = {}
    mms: Rates = {}
    voice: Rates = {}
    email: Rates = {}
    fax: Rates = {}
    post: Rates = {}
    postcard: Rates = {}
    currency: AnswerCurrency = None
