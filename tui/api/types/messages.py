"""Text messages, and what other kinds of messages have in common with them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field

from tui.api.types.people import CountryCode
from tui.api.types.words import Kind, Row, words

MessageId = Annotated[
    str,
    Kind.MESSAGE,
    words("Message id", "As shown in history.", "307EF035-B7CE-4321-93CD-0753597B7293", min_length=1),
]
OriginalMessageId = Annotated[
    MessageId, words("Message answered", "The id of the message you sent that was answered.")
]
SmsBody = Annotated[
    str,
    Kind.TEXT_BLOCK,
    words(
        "Text",
        "Longer texts are charged in parts; what exceeds the limit of the account is cut off.",
        "Your appointment is on Friday at 2pm.",
        min_length=1,
    ),
]
SenderId = Annotated[
    str,
    Kind.SENDER,
    words(
        "From",
        "A number of yours, or a name of 3 to 11 letters and digits. Empty: ClickSend chooses.",
        "+61422222222",
        max_length=16,
    ),
]
Sender = Annotated[
    SenderId | None, Field(serialization_alias="from", validation_alias=AliasChoices("sender", "from"))
]
"""A `SenderId` as an argument: `from` on the wire is no name in Python."""

CustomString = Annotated[
    str, words("Reference", "Comes back in history, receipts and replies.", "order 1042")
]
Source = Annotated[str, words("Source", "The name of the program that sends.", "clicksend-tui")]
ShortenUrls = Annotated[bool, words("Shorten links", "Whether links become short ones; changes the length.")]
SkipUnregistered = Annotated[
    bool,
    words("Skip unregistered", "Whether recipients whose country wants a registered sender are left out."),
]
ShowSummary = Annotated[
    bool, words("Summary", "Only when pricing: whether a summary by country comes along.")
]
Batch = Annotated[
    list[Row], words("Messages", "At most 1,000 recipients in one call.", min_length=1, max_length=1000)
]
SenderCountry = Annotated[CountryCode, words("Sender country", "Of the shared number.")]
SenderType = Annotated[str, words("Sender type", "What kind of sender it is.", "shared_longcode")]
Senders = Annotated[list[Row], words("Senders", "Which sender recipients of each country see.")]
