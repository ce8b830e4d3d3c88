"""Credit as ClickSend tells it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import Field

from tui.api.models.base import (
    Amount,
    AnswerModel,
    Identity,
    IdentityText,
    Offer,
    OfferList,
    Rows,
    Text,
    UnixSeconds,
    Whole,
)


class Card(AnswerModel):
    """The stored card, its number masked by ClickSend."""

    display_number: Text = ""
    expiry_month: Whole = None
    expiry_year: Whole = None
    name: Text = ""


class CardStored(AnswerModel):
    """What stands for the card at ClickSend: the number itself is not kept."""

    token: Text = ""


class Package(Offer):
    """An amount of credit. What each kind of message costs, and how many it buys, are extra fields too."""

    package_id: Identity
    package_price: Amount = None
    sms_price: Amount = None
    sms_quantity: Whole = None
    mms_price: Amount = None
    mms_quantity: Whole = None
    email_price: Amount = None
    email_quantity: Whole = None
    fax_price: Amount = None
    fax_quantity: Whole = None
    voice_mobile_price: Amount = None
    voice_mobile_quantity: Whole = None
    voice_landline_price: Amount = None
    voice_landline_quantity: Whole = None

    @property
    def offer_id(self) -> str:
        """Its number."""
        return str(self.package_id)

    @property
    def offer_price(self) -> Decimal | None:
        """What the card is charged."""
        return self.package_price


class Packages(OfferList):
    """The packages of one country, and the currency of their prices."""

    packages: Rows[Package] = []

    @property
    def offers(self) -> Sequence[Package]:
        """The packages."""
        return self.packages


class Purchase(AnswerModel):
    """What was paid, in the currency of the package and in Australian dollars."""

    user_id: Whole = None
    amount: Amount = None
    currency: Text = ""
    amount_aud: Amount = None
    date: UnixSeconds = None


class Transaction(AnswerModel):
    """One payment."""

    transaction_id: IdentityText = Field(validation_alias="invoice_number")
    amount: Amount = None
    currency: Text = ""
    date: UnixSeconds = None
