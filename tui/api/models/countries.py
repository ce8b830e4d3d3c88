"""Countries and price lists as ClickSend tells them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from tui.api.models.base import (
    Amount,
    AnswerCurrency,
    AnswerModel,
    Identity,
    Text,
    UnixSeconds,
    Whole,
    YesNo,
)

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


class ListedCountry(AnswerModel):
    """A country that can be selected by its number."""

    id: Identity
    name: Text = ""
    code: Text = ""
    region: Text = ""


class RegistrationState(AnswerModel):
    """How far the registration in a country is."""

    id: Whole = None
    name: Text = ""


class SelectedCountry(ListedCountry):
    """A country that is selected; `agreed_at` is None until its rules are agreed to.

    `sms_registration_type` is 1 where the number must be registered, 2 where the account must be.
    """

    agreed_at: UnixSeconds = None
    sms_registration_type: Whole = None
    registration_status: RegistrationState | None = None
    restricted_sending: YesNo = False
    trial_sending: YesNo = False
    trial_sending_description: Text = ""
    has_regulation_requirements: YesNo = False
    regulation_requirements_description: Text = ""
    registration_steps_url: Text = ""
