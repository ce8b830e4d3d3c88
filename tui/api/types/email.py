"""E-mail: the addresses it comes from, its subject and its body."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AliasChoices, Field

from tui.api.types.people import Email
from tui.api.types.words import Content, Kind, Row, words

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
EmailText = Annotated[
    str, Kind.TEXT_BLOCK, words("Body", "Text or HTML.", "<p>Your order is ready.</p>", min_length=1)
]
PersonName = Annotated[str, words("Name", "As it is shown beside the address.", "Ada Lovelace")]
EmailTo = Annotated[list[Row], words("To", "Who it goes to; each of them is paid for.", min_length=1)]
EmailCc = Annotated[list[Row], words("Copy to", "Who gets a copy that everybody sees; each is paid for.")]
EmailBcc = Annotated[
    list[Row], words("Hidden copy to", "Who gets a copy that nobody sees; each is paid for.")
]
EmailFrom = Annotated[
    Row,
    Field(serialization_alias="from", validation_alias=AliasChoices("from", "sender")),
    words("From", "The address it comes from, and a name."),
]
Attachments = Annotated[list[Row], words("Attachments", "Files that travel in it.")]
AttachmentContent = Annotated[
    str, Content, words("File", "The file itself, in base64.", "SGVsbG8=", min_length=1)
]
AttachmentType = Annotated[str, words("Type", "Its MIME type.", "application/pdf", min_length=1)]
AttachmentName = Annotated[str, words("File name", "As recipients see it.", "invoice.pdf", min_length=1)]


class Disposition(StrEnum):
    """Where an attachment is seen."""

    ATTACHMENT = "attachment"
    INLINE = "inline"


AttachmentDisposition = Annotated[Disposition, words("Shown", "As a file beside the text, or in it.")]
AttachmentContentId = Annotated[
    str, words("Content id", "What the body calls it by, as in cid:logo.", "logo", min_length=1)
]
