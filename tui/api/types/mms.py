"""Picture messages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tui.api.types.messages import SmsBody
from tui.api.types.words import Convert, Kind, Upload, words

MmsSubject = Annotated[
    str,
    words(
        "Subject", "Stands above the text; at most 20 characters.", "Spring sale", min_length=1, max_length=20
    ),
]
MediaFile = Annotated[
    str,
    Kind.URL,
    Upload(Convert.MMS),
    words("Picture", "One JPG or GIF file of at most 250 kB.", "https://example.com/sale.jpg", min_length=1),
]
MmsBody = Annotated[
    SmsBody,
    words("Text", "At most 1,500 characters, or 500 with any that need Unicode; the rest is cut off."),
    Field(max_length=1500),
]
