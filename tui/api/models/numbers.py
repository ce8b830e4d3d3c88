"""Numbers as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import Amount, AnswerModel, IdentityText, Text, Whole


class NumberStatus(AnswerModel):
    """How far the registration of a number is; `name` is for people."""

    value: Whole = None
    label: Text = ""
    name: Text = ""
    description: Text = ""


class DedicatedNumber(AnswerModel):
    """A number that belongs to the account."""

    dedicated_number: IdentityText
    country: Text = ""
    country_name: Text = Field("", validation_alias=AliasChoices("_country_name", "country_name"))
    price: Amount = None
    notes: Text = ""
    type: Text = ""
    number_type: Text = ""
    status: NumberStatus | None = None
