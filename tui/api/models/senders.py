"""Alpha tags, own numbers and default senders as ClickSend takes and tells them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import (
    AnswerModel,
    CursorPage,
    IdentityText,
    IsoSeconds,
    RequestModel,
    Rows,
    Text,
    Whole,
    YesNo,
)


class BusinessInfo(RequestModel):
    """How a business is reached."""

    website: t.BusinessWebsite
    phone_number: t.BusinessPhone


class BusinessAddress(RequestModel):
    """Where a business is."""

    addr_line1: t.TagAddressLine
    city: t.TagCity
    state: t.TagState
    postal: t.TagPostalCode
    addr_line2: t.TagAddressLine2 | None = None


class Representative(RequestModel):
    """Who speaks for a business."""

    first_name: t.RepresentativeFirstName
    last_name: t.RepresentativeLastName
    email: t.RepresentativeEmail


class PartnerRepresentative(Representative):
    """Who speaks for a partner's business."""

    title: t.RepresentativeTitle


class TagBusiness(RequestModel):
    """Whose an alpha tag is; the partner's fields only go with what is sent on behalf of another."""

    country: t.AlphaTagCountry
    business_name: t.TagBusinessName
    business_relationship: t.BusinessRelationship
    business_info: t.BusinessInfo[BusinessInfo]
    business_address: t.TagAddress[BusinessAddress]
    representative: t.Representative[Representative]
    abn: t.Abn
    partner_business_name: Annotated[t.TagBusinessName, t.words("Partner's name")] | None = None
    partner_abn: Annotated[t.Abn, t.words("Partner's ABN")] | None = None
    partner_business_info: Annotated[t.BusinessInfo[BusinessInfo], t.words("Partner's contact")] | None = None
    partner_business_address: (
        Annotated[t.TagAddress[BusinessAddress], t.words("Partner's address")] | None
    ) = None
    partner_representative: (
        Annotated[t.Representative[PartnerRepresentative], t.words("Partner's representative")] | None
    ) = None


class AlphaTag(AnswerModel):
    """A name that messages may come from, once it is approved."""

    id: IdentityText
    alpha_tag: Text = ""
    status: Text = ""
    reason: Text = ""
    countries: Rows[Text] = []
    created: IsoSeconds = Field(None, validation_alias=AliasChoices("created_timestamp", "created"))
    updated: IsoSeconds = Field(None, validation_alias=AliasChoices("updated_timestamp", "updated"))


class AlphaTags(CursorPage[AlphaTag]):
    """Some of the alpha tags."""

    items: Rows[AlphaTag] = Field([], validation_alias=AliasChoices("alpha_tags", "items"))


class OwnNumber(AnswerModel):
    """A phone of yours that messages may come from, once it is verified."""

    id: IdentityText
    phone_number: Text = ""
    country: Text = ""
    label: Text = ""
    status: Text = ""
    verified: IsoSeconds = Field(None, validation_alias=AliasChoices("verified_timestamp", "verified"))
    is_nearing_expiration: YesNo = False
    created: IsoSeconds = Field(None, validation_alias=AliasChoices("created_timestamp", "created"))
    updated: IsoSeconds = Field(None, validation_alias=AliasChoices("updated_timestamp", "updated"))


class OwnNumbers(CursorPage[OwnNumber]):
    """Some of the own numbers."""

    items: Rows[OwnNumber] = Field([], validation_alias=AliasChoices("own_numbers", "items"))


class OwnNumberVerification(AnswerModel):
    """The sending of a code to an own number, and whether the code was right."""

    id: IdentityText
    own_number_id: Text = ""
    verification_status: Text = Field("", validation_alias=AliasChoices("status", "verification_status"))
    remaining_attempts: Whole = None
    expires: IsoSeconds = Field(None, validation_alias=AliasChoices("expires_timestamp", "expires"))


class Strategy(RequestModel):
    """The sender of messages that name none."""

    sender_type: t.DefaultSenderType
    sender_id: t.DefaultSender = ""
    sender_country_code: t.DefaultSenderCountry | None = None
    note: t.SenderNote | None = None


class KnownStrategy(AnswerModel):
    """The same as ClickSend tells it; the one with the lowest `priority` is used first."""

    sender_type: Text = ""
    sender_id: Text = ""
    sender_country_code: Text = ""
    priority: Whole = None
    status: Text = ""
    note: Text = ""


class DefaultSender(AnswerModel):
    """What messages to one country come from when they name no sender."""

    id: IdentityText
    country_code: Text = ""
    product_type: Text = ""
    strategies: Rows[KnownStrategy] = Field(
        [], validation_alias=AliasChoices("default_sender_strategies", "strategies")
    )
    status: Text = ""
    created: IsoSeconds = Field(None, validation_alias=AliasChoices("created_timestamp", "created"))
    updated: IsoSeconds = Field(None, validation_alias=AliasChoices("updated_timestamp", "updated"))


class DefaultSenders(CursorPage[DefaultSender]):
    """Some of the default senders."""


class SenderCountries(AnswerModel):
    """Where a sender may be from: from everywhere, or only from these countries."""

    everywhere: YesNo = Field(False, validation_alias=AliasChoices("global", "everywhere"))
    country_codes: Rows[Text] = []


class AllowedSenderType(AnswerModel):
    """A kind of sender that is allowed."""

    sender_type: Text = ""
    allowed_sender_countries: SenderCountries | None = None


class CountrySenders(AnswerModel):
    """Which kinds of sender recipients in a country may be written to from."""

    country: Text = Field("", validation_alias=AliasChoices("recipient_country_code", "country"))
    blocked: Rows[Text] = Field([], validation_alias=AliasChoices("blocked_sender_types", "blocked"))
    allowed: Rows[AllowedSenderType] = Field(
        [], validation_alias=AliasChoices("allowed_sender_types", "allowed")
    )


class CompliantSenders(AnswerModel):
    """The same of many countries."""

    countries: Rows[CountrySenders] = Field([], validation_alias=AliasChoices("data", "countries"))
