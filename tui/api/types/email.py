"""E-mail: the addresses it comes from, its subject and its body."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tui.api.types.people import Email
from tui.api.types.words import Kind, words

EmailAddressId = Annotated[
    int, Kind.EMAIL_ADDRESS, words("Address", "An address that e-mails may come from.", 6, ge=1)
]
FromEmailAddressId = Annotated[
    EmailAddressId, words("From address", "A verified address of yours that the e-mail comes from.")
]
AllowedEmail = Annotated[Email, words("E-mail", "Has to be verified before e-mails can come from it.")]
EmailToken = Annotated[
    str,
    words(
        "Code",
        "The code in the e-mail that was sent to the address.",
        "3BD73304-6E8B-4FDB-99A7-7ED08DF97BCC",
        min_length=1,
    ),
]
FromName = Annotated[
    str, words("From name", "You or your business, as recipients see it.", "Acme", min_length=1)
]
EmailSubject = Annotated[
    str, words("Subject", "What recipients read before they open it.", "Spring sale", min_length=1)
]
EmailBody = Annotated[
    str,
    Kind.TEXT_BLOCK,
    words("Body", "Text or HTML; (First Name) and the like stand for details of the contact.", "<p>Hi</p>"),
    Field(min_length=1),
]
