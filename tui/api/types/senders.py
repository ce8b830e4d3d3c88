"""Alpha tags, own numbers, and which sender is used when none is named."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, Field

from tui.api.types.numbers import Website
from tui.api.types.people import (
    AddressLine,
    AddressLine2,
    City,
    Countries,
    Email,
    FirstName,
    LastName,
    PostalCode,
    State,
)
from tui.api.types.words import Kind, Row, words

_ID = "db630385-cb76-457d-8f16-76df1b394257"

AlphaTag = Annotated[
    str,
    words(
        "Alpha tag",
        "3 to 11 letters, digits or +, not digits alone.",
        "ACME",
        min_length=3,
        max_length=11,
        pattern=r"^[A-Za-z0-9+]*[A-Za-z+][A-Za-z0-9+]*$",
    ),
]
AlphaTagId = Annotated[
    str,
    Kind.ALPHA_TAG,
    words("Alpha tag", "One alpha tag, by its id.", _ID, min_length=1),
]
AlphaTagPageSize = Annotated[int, words("Rows per page", "From 1 to 1000.", 100, ge=1, le=1000)]


class TagReason(StrEnum):
    """By what right a name is used as an alpha tag."""

    SOLE_TRADER = "Sole Trader Name"
    COMPANY = "Company Name"
    PARTNERSHIP = "Partnership Name"
    TRUST = "Registered Trust Name"
    CO_OPERATIVE = "Co-Operative Name"
    INDIGENOUS_CORPORATION = "Indigenous Corporation Name"
    REGISTERED_ORGANISATION = "Registered Organisation Name"
    PERSONAL = "Personal Name"
    TRADEMARK = "Trademark"
    GOVERNMENT = "Government Agency or Entity"
    PRODUCT_OR_SERVICE = "Product or Service Name"
    ACRONYM = "Acronym/Initialism"
    CONTRACTION = "Contraction of Name"
    THIRD_PARTY = "Third Party"


AlphaTagReason = Annotated[TagReason, words("Reason", "By what right you use the name.")]


class TagCountry(StrEnum):
    """A country that wants to know whose an alpha tag is."""

    AUSTRALIA = "AU"


AlphaTagCountry = Annotated[TagCountry, words("Country", "Where the name is registered.")]
AlphaTagCountries = Annotated[
    list[TagCountry],
    words("Countries", "Where it is used, as far as they ask whose it is.", min_length=1, max_length=1),
]
AlphaTagBusinesses = Annotated[
    list[Row],
    words("Business", "Whose the name is; wanted with a country.", min_length=1, max_length=1),
]


class Relationship(StrEnum):
    """Whose business an alpha tag belongs to."""

    YOUR_OWN = "PRIMARY"
    ON_BEHALF_OF_ANOTHER = "ENTITY_ASSOCIATE"


BusinessRelationship = Annotated[Relationship, words("Relationship", "Whose business it is.")]
TagBusinessName = Annotated[str, words("Business name", "As registered.", "Acme Pty Ltd", max_length=80)]
BusinessPhone = Annotated[str, words("Phone", "Of the business.", "+61411111111", max_length=15)]
BusinessWebsite = Annotated[Website, words("Website")]
BusinessInfo = Annotated[Row, words("Contact", "How the business is reached.")]
TagAddress = Annotated[Row, words("Address", "Where the business is.")]
TagAddressLine = Annotated[AddressLine, Field(max_length=80)]
TagAddressLine2 = Annotated[AddressLine2, Field(max_length=80)]
TagCity = Annotated[City, Field(max_length=50)]
TagState = Annotated[State, Field(max_length=100)]
TagPostalCode = Annotated[PostalCode, Field(max_length=10)]
Representative = Annotated[Row, words("Representative", "Who speaks for the business.")]
RepresentativeFirstName = Annotated[FirstName, Field(max_length=32)]
RepresentativeLastName = Annotated[LastName, Field(max_length=32)]
RepresentativeEmail = Annotated[Email, Field(max_length=100)]
RepresentativeTitle = Annotated[str, words("Title", "Their position.", "Director", max_length=50)]
Abn = Annotated[
    str,
    words("ABN", "Australian Business Number: digits.", "51824753556", max_length=15, pattern=r"^\d+$"),
]

OwnNumberId = Annotated[
    str,
    words("Own number", "One own number, by its id.", _ID, min_length=1),
]
OwnNumberLabel = Annotated[
    str, words("Label", "What you call the number.", "Front desk", min_length=1, max_length=200)
]


class OwnNumberStatus(StrEnum):
    """How far the verification of an own number is."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


OwnNumberStatuses = Annotated[
    Annotated[list[OwnNumberStatus], words("Status", "Only numbers that are in one of these.")] | None,
    Field(serialization_alias="filter[status]", validation_alias=AliasChoices("status", "filter[status]")),
]
VerificationId = Annotated[
    str,
    words("Verification", "From the answer to the code's sending.", _ID, min_length=1),
]
VerificationCode = Annotated[
    str, words("Code", "The six characters that were sent to it.", "482913", min_length=6, max_length=6)
]

DefaultSenderId = Annotated[
    str,
    words("Default sender", "One default sender, by its id.", _ID, min_length=1),
]


class ProductKind(StrEnum):
    """What a default sender is for."""

    SMS = "SMS"


Product = Annotated[ProductKind, words("Product", "What it is for; as of now ClickSend knows SMS alone.")]
FilteredProduct = Annotated[
    Product,
    Field(
        serialization_alias="filter[product_type]",
        validation_alias=AliasChoices("product_type", "filter[product_type]"),
    ),
]
FilteredCountries = Annotated[
    Countries | None,
    Field(
        serialization_alias="filter[country_code]",
        validation_alias=AliasChoices("country_codes", "filter[country_code]"),
    ),
]


class SenderKind(StrEnum):
    """A kind of sender."""

    ALPHA_TAG = "alpha_tag"
    TEN_DIGIT_LONG_CODE = "10DLC"
    TOLL_FREE = "tollfree"
    OWN_NUMBER = "own_number"
    SHORT_CODE = "shortcode"
    LONG_CODE = "longcode"
    SHARED_LONG_CODE = "shared_longcode"


DefaultSenderType = Annotated[SenderKind, words("Sender type", "What kind of sender it is.")]
DefaultSender = Annotated[
    str,
    Kind.SENDER,
    words("Sender", "A number or name of yours that is ready; empty for a shared number.", "+61481070206"),
]
DefaultSenderCountry = Annotated[
    str,
    Kind.COUNTRY,
    words("Sender's country", "Two letters; wanted with a number.", "AU", pattern="^([A-Za-z]{2})?$"),
]
SenderNote = Annotated[str, words("Note", "For yourselves.", "Agreed with sales", max_length=200)]
Strategies = Annotated[list[Row], words("Strategy", "Exactly one, as of now.", min_length=1, max_length=1)]
