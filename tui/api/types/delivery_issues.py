"""Reports to ClickSend's support."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from tui.api.types.people import Email
from tui.api.types.words import Kind, words


class IssueType(StrEnum):
    """What kind of message did not arrive."""

    SMS = "SMS"
    MMS = "MMS"
    VOICE = "VOICE"
    EMAIL_CAMPAIGN = "EMAIL_MARKETING"
    TRANSACTIONAL_EMAIL = "EMAIL_TRANSACTIONAL"
    FAX = "FAX"
    POST = "POST"


IssueKind = Annotated[IssueType, words("Kind", "What kind of message it was.")]
IssueDescription = Annotated[
    str,
    Kind.TEXT_BLOCK,
    words("What happened", "In words for support.", "It was delivered twice.", min_length=1),
]
IssueEmail = Annotated[Email, words("Answer to", "Where support reaches you.")]
IssueComments = Annotated[
    str, Kind.TEXT_BLOCK, words("Comments", "What else support should know.", "Since Monday.")
]
