"""Numbers to send from."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated

from tui.api.types.words import Kind, PathAndBody, Row, words


class NumberType(StrEnum):
    """A kind of number that can be left out of a listing."""

    SHORT_CODE = "shortcode"
    TOLL_FREE = "tollfree"
    TEN_DIGIT_LONG_CODE = "10DLC"


ExcludedNumberType = Annotated[NumberType, words("Leave out", "Numbers of this kind are not listed.")]
Exclude10DlcCampaign = Annotated[
    bool, words("Leave out campaign numbers", "Whether numbers of a 10DLC campaign are not listed.")
]
RegisteredNumberType = Annotated[
    NumberType, words("Number type", "The kind of number; as of now ClickSend takes 10DLC alone.")
]


class DigitsAt(IntEnum):
    """Where in a number the digits looked for may stand."""

    AT_THE_START = 0
    ANYWHERE = 1
    AT_THE_END = 2


NumberSearch = Annotated[str, words("Digits", "The digits to look for.", "88")]
NumberSearchType = Annotated[DigitsAt, words("Place", "Where in the number the digits stand.")]
NumberForSale = Annotated[
    str,
    PathAndBody,
    words("Number", "One of those for sale, with country code.", "+61481070301", pattern=r"^\+?\d{3,15}$"),
]


class NumberUse(StrEnum):
    """What a number is rented for."""

    SMS = "sms"
    MMS = "mms"


RentedFor = Annotated[NumberUse, words("Use", "What it is rented for.")]
Registration = Annotated[Row, words("Registration", "Who uses the number; Australian numbers want it.")]

BusinessName = Annotated[
    str, words("Business name", "As it is registered.", "Acme Pty Ltd", min_length=2, max_length=100)
]
BusinessAddress = Annotated[
    str, words("Business address", "Street and number.", "1 Test Street", min_length=5, max_length=150)
]
Suburb = Annotated[str, words("Suburb", "Or the city.", "Perth", min_length=2, max_length=50)]
Postcode = Annotated[str, words("Postcode", "As on a letter.", "6000", min_length=2, max_length=20)]
BusinessState = Annotated[str, words("State", "Or the region.", "Victoria", min_length=2, max_length=50)]
ContactName = Annotated[
    str, words("Contact person", "First and last name.", "Ada Lovelace", min_length=2, max_length=100)
]
ContactNumber = Annotated[
    str,
    words("Contact number", "Their phone, with country code.", "+61411111111", pattern=r"^\+?[1-9]\d{1,14}$"),
]
UpperCountry = Annotated[
    str, Kind.COUNTRY, words("Country", "Two capital letters.", "AU", pattern="^[A-Z]{2}$")
]

FullName = Annotated[
    str, words("Full name", "Of the person who registers, not of the business.", "Ada Lovelace", min_length=1)
]
LegalName = Annotated[str, words("Company", "Its legal name.", "Acme Inc.", min_length=1)]
Website = Annotated[
    str, words("Website", "Of the business.", "https://acme.example", min_length=1, max_length=128)
]
SampleMessage = Annotated[
    str,
    Kind.TEXT_BLOCK,
    words("Sample message", "A text that will be sent from it.", "Your order is ready.", min_length=1),
]
UseCase = Annotated[str, words("Use case", "What it is for above all.", "Notifications", min_length=1)]
CompanyNumber = Annotated[
    str, words("Company phone", "Where the company gives support.", "+1-800-555-0199", min_length=1)
]
AreaCodes = Annotated[
    str, words("Area codes", "Three that you would like, the best first.", "416, 647, 905", min_length=1)
]
