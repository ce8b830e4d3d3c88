"""What a semantic type is made of: a label, a help, an example, limits, and what a form offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any, TypeVar

from pydantic import Field

Row = TypeVar("Row")


class Kind(Enum):
    """What a form offers to fill a value in with; plain text and numbers need none.

    An id that stands in the path needs none either: it is chosen from the listing at the path before it.
    """

    ALPHA_TAG = "alpha tag"
    AUTOMATION = "automation"
    CAMPAIGN = "campaign"
    CONTACT = "contact"
    COUNTRY = "country"
    COUNTRY_ID = "country id"
    EMAIL = "email"
    EMAIL_ADDRESS = "email address"
    """The id of an address that e-mails may be sent from."""
    EMAIL_TEMPLATE = "email template"
    IMPORT_FIELD = "import field"
    """A field that a column of an import can go to."""
    LIST = "list"
    MESSAGE = "message"
    MONEY = "money"
    NUMBER = "number"
    """A dedicated number of the account."""
    PHONE = "phone"
    RETURN_ADDRESS = "return address"
    SCHEDULE = "schedule"
    """A time to come."""
    SECRET = "secret"  # noqa: S105  the name of a kind, not a password
    SENDER = "sender"
    SUBACCOUNT = "subaccount"
    TEMPLATE = "template"
    TEXT_BLOCK = "text block"
    TIME = "time"
    TIMEZONE = "timezone"
    URL = "url"
    VOICE_LANGUAGE = "voice language"


class Convert(StrEnum):
    """What ClickSend makes of an uploaded file, and so where the file can be used."""

    CSV = "csv"
    FAX = "fax"
    MMS = "mms"
    POST = "post"
    POSTCARD = "postcard"


@dataclass(frozen=True, slots=True)
class Upload:
    """Marks a URL that a local file may stand for: the file is uploaded first, converted for this use."""

    convert: Convert


class Content:
    """Marks a text that is a file in base64: a local file may stand for it."""


class PathAndBody:
    """Marks an argument of the path that is wanted in the body as well."""


class Query:
    """Marks an argument that travels in the query although its method would put it in the body."""


class QueryAndBody:
    """Marks an argument that travels in both: ClickSend's documents disagree where it is looked for."""


def words(label: str, help: str = "", example: object = None, **limits: Any) -> Any:
    """What a form says of a value, with pydantic's limits (ge, le, min_length, max_length, pattern)."""
    # What is not said is not passed, so that a type built on another keeps the words of that one.
    if help:
        limits["description"] = help
    if example is not None:
        limits["examples"] = [example]
    return Field(title=label, **limits)
