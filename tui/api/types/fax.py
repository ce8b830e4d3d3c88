"""Faxes: where they go and what is in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field

from tui.api.types.people import FaxOrEmpty
from tui.api.types.words import Convert, Kind, Upload, words

FaxFile = Annotated[
    str,
    Kind.URL,
    Upload(Convert.FAX),
    words("Document", "A PDF, DOCX, DOC or RTF file.", "https://example.com/order-form.pdf", min_length=1),
]
FaxRecipient = Annotated[FaxOrEmpty, Field(min_length=1)]
FaxSender = Annotated[
    Annotated[
        FaxOrEmpty,
        Kind.SENDER,
        words("From", "A fax number of yours. Empty: ClickSend chooses.", "+61261111111", max_length=16),
    ]
    | None,
    Field(serialization_alias="from", validation_alias=AliasChoices("sender", "from")),
]
