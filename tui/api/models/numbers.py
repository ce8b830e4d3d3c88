"""Numbers as ClickSend tells them, and who they are for."""

from __future__ import annotations

from decimal import Decimal

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import Amount, AnswerModel, IdentityText, Offer, RequestModel, Text, Whole
from tui.api.models.messages import SendAnswer


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


class NumberForSale(Offer):
    """A number that can be rented: `price_total` is due at once, `price_monthly` every month after."""

    dedicated_number: IdentityText
    country: Text = ""
    country_name: Text = ""
    price_setup: Amount = None
    price_monthly: Amount = None
    price_total: Amount = Field(None, validation_alias=AliasChoices("price_total", "price"))
    address_requirement: Text = ""

    @property
    def offer_id(self) -> str:
        """The number itself."""
        return self.dedicated_number

    @property
    def offer_price(self) -> Decimal | None:
        """What is due at once."""
        return self.price_total

    @property
    def offer_monthly(self) -> Decimal | None:
        """The rent."""
        return self.price_monthly


class BoughtNumber(SendAnswer):
    """A number that was rented, and what that cost."""

    dedicated_number: Text = ""
    country: Text = ""
    price_setup: Amount = Field(None, validation_alias=AliasChoices("_price_setup", "price_setup"))
    price_monthly: Amount = Field(None, validation_alias=AliasChoices("_price_monthly", "price_monthly"))
    total_price: Amount = Field(None, validation_alias=AliasChoices("price_total", "total_price"))


class Registration(RequestModel):
    """Who uses a number, for countries that want to know."""

    business_name: t.BusinessName
    business_address: t.BusinessAddress
    suburb: t.Suburb
    postcode: t.Postcode
    state: t.BusinessState
    contact_name: t.ContactName
    contact_number: t.ContactNumber
    country: t.UpperCountry
