"""Automation rules and the servers that they call."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Annotated

from tui.api.types.flags import Flag
from tui.api.types.words import Kind, words

WebhookUrl = Annotated[
    str,
    Kind.URL,
    words(
        "URL",
        "The address of your server, or poll to leave it for listing.",
        "https://example.com/inbound",
        min_length=1,
    ),
]


class Webhook(StrEnum):
    """How ClickSend calls a URL."""

    POST = "post"
    GET = "get"
    JSON = "json"


WebhookType = Annotated[Webhook, words("Call by", "How ClickSend calls the URL.")]

RuleId = Annotated[int, Kind.AUTOMATION, words("Rule", "One automation rule.", 3, ge=1)]
RuleName = Annotated[str, words("Name", "What the rule is called.", "Poll", min_length=1)]


class RuleAction(StrEnum):
    """What a rule does with what it matches."""

    POLL = "POLL"
    URL = "URL"
    AUTO_REPLY = "AUTO_REPLY"
    EMAIL_USER = "EMAIL_USER"
    EMAIL_FIXED = "EMAIL_FIXED"
    SMS = "SMS"
    GROUP_SMS = "GROUP_SMS"
    MOVE_CONTACT = "MOVE_CONTACT"
    CREATE_CONTACT = "CREATE_CONTACT"
    CREATE_CONTACT_PLUS_NAME = "CREATE_CONTACT_PLUS_NAME"
    CREATE_CONTACT_PLUS_EMAIL = "CREATE_CONTACT_PLUS_EMAIL"
    CREATE_CONTACT_PLUS_NAME_EMAIL = "CREATE_CONTACT_PLUS_NAME_EMAIL"
    SMPP = "SMPP"
    NONE = "NONE"


Action = Annotated[RuleAction, words("Action", "What happens with what matches.")]
ActionAddress = Annotated[
    str,
    words(
        "Address",
        "What the action needs: a URL, an e-mail address, a number, a list.",
        "https://example.com/inbound",
    ),
]
Enabled = Annotated[Flag, words("Enabled", "Whether the rule works.")]
ListeningNumber = Annotated[
    str, Kind.SENDER, words("Number", "The number it listens on; * is every number.", "*")
]


class TextMatch(IntEnum):
    """Which inbound texts a rule takes."""

    ANY_TEXT = 0
    STARTS_WITH = 1
    CONTAINS = 2
    DOES_NOT_CONTAIN = 3


SearchType = Annotated[TextMatch, words("Text", "Which texts the rule takes, by the words below.")]
SearchTerm = Annotated[str, words("Words", "The words looked for; empty for any text.", "STOP")]
ReplyBody = Annotated[
    str, Kind.TEXT_BLOCK, words("Reply", "The text of an automatic reply.", "Thanks, we got it.")
]


class ReportMatch(IntEnum):
    """Which delivery reports a rule takes."""

    ALL_REPORTS = 0
    ONLY_FAILED = 1
    ONLY_DELIVERED = 2


MatchType = Annotated[ReportMatch, words("Reports", "Which reports the rule takes.")]
