"""Letters, postcards and direct mail: whom they go to, what is in them and how they are made."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from tui.api.types.flags import Flag
from tui.api.types.people import AddressLine, City, PostalCode, State
from tui.api.types.words import Content, Convert, Kind, Row, Upload, words

ReturnAddressId = Annotated[
    int, Kind.RETURN_ADDRESS, words("Return address", "Where it comes back to if it cannot arrive.", 14, ge=1)
]
AddressName = Annotated[str, words("Name", "Who lives or works there.", "Ada Lovelace", min_length=1)]
MailAddressLine = Annotated[AddressLine, Field(min_length=1)]
MailCity = Annotated[City, Field(min_length=1)]
MailState = Annotated[State, Field(min_length=1)]
MailPostalCode = Annotated[PostalCode, Field(min_length=1)]

PostRecipients = Annotated[
    list[Row], words("Recipients", "At most 1,000 recipients in one call.", min_length=1, max_length=1000)
]
LetterFile = Annotated[
    str,
    Kind.URL,
    Upload(Convert.POST),
    words("Letter", "A PDF, page by page as it is printed.", "https://example.com/letter.pdf", min_length=1),
]
PostcardFiles = Annotated[
    list[str],
    Kind.URL,
    Upload(Convert.POSTCARD),
    words(
        "Postcard",
        "One PDF of two pages, or one for the front and one for the back.",
        "https://example.com/card.pdf",
        min_length=1,
        max_length=2,
    ),
]
TemplateUsed = Annotated[
    Flag, words("ClickSend's template", "Whether the file was made with the letter template of ClickSend.")
]
Colour = Annotated[Flag, words("Colour", "Whether it is printed in colour, which costs more.")]
Duplex = Annotated[Flag, words("Both sides", "Whether both sides of the paper are printed.")]
PriorityPost = Annotated[Flag, words("Priority", "Whether it travels as priority mail.")]
LetterContent = Annotated[str, Content, words("Letter", "A PDF in base64.", "JVBERi0xLjQK")]
AddressText = Annotated[
    str,
    Kind.TEXT_BLOCK,
    words("Address", "The address as it stands on a letter.", "Ada Lovelace, 1 Test Street, Perth WA 6000"),
]


class FlyerSize(StrEnum):
    """How large direct mail is."""

    A5 = "A5"
    DL = "DL"


MailSize = Annotated[FlyerSize, words("Size", "Of the flyer.")]
FlyerFiles = Annotated[
    list[str],
    Kind.URL,
    Upload(Convert.POST),
    words(
        "Flyer",
        "One PDF of two pages, or one for the front and one for the back.",
        "https://example.com/flyer.pdf",
        min_length=1,
        max_length=2,
    ),
]
LocationId = Annotated[
    int,
    words("Area", "Its number: “Search direct mail areas” among the actions (0) tells it.", 22, ge=1),
]
MailQuantity = Annotated[int, words("Pieces", "How many go to the area.", 5000, ge=1)]
Areas = Annotated[
    list[Row], words("Areas", "Where it goes, and how many pieces each. 5,000 in all at least.", min_length=1)
]
PlaceWords = Annotated[
    str, words("Place", "A postal code, or part of a place's name.", "Perth", min_length=1)
]
