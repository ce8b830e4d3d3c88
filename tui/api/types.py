"""What the arguments of operations mean: label, help, example and limits, each declared once."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Annotated, TypeVar

from pydantic import AliasChoices, Field, PlainSerializer

Row = TypeVar("Row")


class Kind(Enum):
    """What a form offers to fill a value in with; plain text and numbers need none."""

    AUTOMATION = "automation"
    CAMPAIGN = "campaign"
    CONTACT = "contact"
    COUNTRY = "country"
    EMAIL = "email"
    LIST = "list"
    MESSAGE = "message"
    PHONE = "phone"
    SECRET = "secret"  # noqa: S105  the name of a kind, not a password
    SENDER = "sender"
    TEMPLATE = "template"
    TEXT_BLOCK = "text block"
    TIME = "time"
    TIMEZONE = "timezone"
    URL = "url"


class Query:
    """Marks an argument that travels in the query although its method would put it in the body."""


# Paging, search and order

PageNumber = Annotated[
    int, Field(title="Page", description="Which page of the results, from 1.", examples=[1], ge=1)
]
PageSize = Annotated[
    int, Field(title="Rows per page", description="From 15 to 100.", examples=[100], ge=15, le=100)
]
Search = Annotated[
    str,
    Field(
        title="Search",
        description="field:value, several parted by commas. Case does not matter.",
        examples=["status:Failed"],
    ),
]
SearchWords = Annotated[
    str, Field(title="Search", description="The words to look for.", examples=["Ada"], min_length=1)
]
SearchField = Annotated[
    str, Field(title="Search in", description="The field the words are looked for in.", examples=["name"])
]
SortOrder = Annotated[
    str,
    Field(
        title="Order",
        description="field:asc or field:desc.",
        examples=["date:desc"],
        pattern=r"^\w+:(asc|desc)$",
    ),
]


class Combine(StrEnum):
    """How several search terms combine."""

    ALL = "AND"
    ANY = "OR"


Operator = Annotated[
    Combine, Field(title="Combine", description="Whether all search terms must match, or any.")
]

# Time

UnixTime = Annotated[
    int,
    Kind.TIME,
    Field(title="Time", description="Unix seconds, UTC.", examples=[1793001600], ge=0),
]
Since = Annotated[UnixTime, Field(title="From", description="Nothing older than this.")]
Until = Annotated[UnixTime, Field(title="Until", description="Nothing newer than this.")]
ReadBefore = Annotated[
    UnixTime,
    Field(
        title="Older than",
        description="Only what came before this moment; what came since stays unread.",
    ),
]
Schedule = Annotated[
    UnixTime,
    Field(
        title="Send at",
        description="At most four months ahead. Left empty, it goes at once.",
    ),
]
Year = Annotated[int, Field(title="Year", description="Four digits.", examples=[2026], ge=2000, le=2999)]
Month = Annotated[int, Field(title="Month", description="1 to 12.", examples=[11], ge=1, le=12)]
Timezone = Annotated[
    str,
    Kind.TIMEZONE,
    Field(title="Time zone", description="As in the tz database.", examples=["Australia/Melbourne"]),
]

# People and places

Phone = Annotated[
    str,
    Kind.PHONE,
    Field(
        title="Phone number",
        description="With country code. Without one, the country of the account is assumed.",
        examples=["+61411111111"],
        min_length=1,
    ),
]
Recipient = Annotated[Phone, Field(title="To")]
Fax = Annotated[
    str,
    Kind.PHONE,
    Field(title="Fax number", description="With country code.", examples=["+61261111111"], min_length=1),
]
CountryCode = Annotated[
    str,
    Kind.COUNTRY,
    Field(
        title="Country",
        description="Two letters, as in ISO 3166.",
        examples=["AU"],
        pattern="^[A-Za-z]{2}$",
    ),
]
CurrencyCode = Annotated[
    str,
    Field(
        title="Currency", description="Three letters, as in ISO 4217.", examples=["AUD"], pattern="^[A-Z]{3}$"
    ),
]
Email = Annotated[
    str,
    Kind.EMAIL,
    Field(title="E-mail", description="One address.", examples=["test1@test.com"], pattern="^[^@ ]+@[^@ ]+$"),
]
ReplyEmail = Annotated[
    Email,
    Field(title="Replies to", description="Where answers are e-mailed. Left empty: to whoever sent it."),
]
FirstName = Annotated[str, Field(title="First name", description="Given name.", examples=["Ada"])]
LastName = Annotated[str, Field(title="Last name", description="Family name.", examples=["Lovelace"])]
Organization = Annotated[
    str, Field(title="Organization", description="Company or team.", examples=["Analytical Engines"])
]
Custom = Annotated[
    str,
    Field(title="Custom", description="Free for your own use; texts can quote it.", examples=["VIP"]),
]
AddressLine = Annotated[
    str, Field(title="Address", description="Street and number.", examples=["1 Test Street"])
]
City = Annotated[str, Field(title="City", description="City or suburb.", examples=["Perth"])]
State = Annotated[str, Field(title="State", description="State or region.", examples=["WA"])]
PostalCode = Annotated[str, Field(title="Postal code", description="As on a letter.", examples=["6000"])]

# The account

Username = Annotated[
    str, Field(title="User name", description="What you sign in with.", examples=["johndoe1"], min_length=1)
]
Password = Annotated[
    str,
    Kind.SECRET,
    Field(title="Password", description="Of the account, not the API key.", examples=["correct horse"]),
]
AccountName = Annotated[
    str, Field(title="Account name", description="The company the account is for.", examples=["Example Pty"])
]
ActivationToken = Annotated[
    str,
    Field(
        title="Code", description="The code that was sent to the phone.", examples=["1827364"], min_length=1
    ),
]


class Verification(StrEnum):
    """How a verification code reaches the phone."""

    SMS = "sms"
    CALL = "voice"


VerificationType = Annotated[
    Verification, Field(title="Send by", description="How the code reaches the phone.")
]


class SdkLanguage(StrEnum):
    """A language that ClickSend offers a client library for."""

    ANDROID = "android"
    ANGULAR = "angular"
    C_SHARP = "cs"
    GO = "go"
    JAVA = "java"
    NODE_JS = "nodejs"
    OBJECTIVE_C = "objectivec"
    PHP = "php"
    PYTHON = "python"
    RUBY = "ruby"


Sdk = Annotated[SdkLanguage, Field(title="Language", description="Which client library.")]

Flag = Annotated[
    bool,
    PlainSerializer(int, return_type=int),
    Field(title="On", description="Yes or no; 1 or 0 on the wire."),
]
PrivateUploads = Annotated[
    Flag, Field(title="Private uploads", description="Whether uploaded files need a key to be read.")
]
HideBusinessName = Annotated[
    Flag,
    Field(title="Hide business name", description="Whether the business name is left out of the senders."),
]
HideOwnNumber = Annotated[
    Flag, Field(title="Hide own number", description="Whether your number is left out of the senders.")
]

# Text messages

MessageId = Annotated[
    str,
    Kind.MESSAGE,
    Field(
        title="Message id",
        description="As shown in history.",
        examples=["307EF035-B7CE-4321-93CD-0753597B7293"],
        min_length=1,
    ),
]
OriginalMessageId = Annotated[
    MessageId,
    Field(title="Message answered", description="The id of the message you sent that was answered."),
]
SmsBody = Annotated[
    str,
    Kind.TEXT_BLOCK,
    Field(
        title="Text",
        description="Longer texts are charged in parts; what exceeds the limit of the account is cut off.",
        examples=["Your appointment is on Friday at 2pm."],
        min_length=1,
    ),
]
SenderId = Annotated[
    str,
    Kind.SENDER,
    Field(
        title="From",
        description="A number of yours, or a name of 3 to 11 letters and digits. Empty: ClickSend chooses.",
        examples=["+61422222222"],
        max_length=16,
    ),
]
Sender = Annotated[
    SenderId | None,
    Field(serialization_alias="from", validation_alias=AliasChoices("sender", "from")),
]
"""A `SenderId` as an argument: `from` on the wire is no name in Python."""

CustomString = Annotated[
    str,
    Field(
        title="Reference",
        description="Comes back in history, receipts and replies.",
        examples=["order 1042"],
    ),
]
Source = Annotated[
    str, Field(title="Source", description="The name of the program that sends.", examples=["clicksend-tui"])
]
ShortenUrls = Annotated[
    bool, Field(title="Shorten links", description="Whether links become short ones; changes the length.")
]
SkipUnregistered = Annotated[
    bool,
    Field(
        title="Skip unregistered",
        description="Whether recipients whose country wants a registered sender are left out.",
    ),
]
ShowSummary = Annotated[
    bool, Field(title="Summary", description="Whether a summary by country comes with the price.")
]
Batch = Annotated[
    list[Row],
    Field(
        title="Messages", description="At most 1,000 recipients in one call.", min_length=1, max_length=1000
    ),
]
SenderCountry = Annotated[CountryCode, Field(title="Sender country", description="Of the shared number.")]
SenderType = Annotated[
    str,
    Field(title="Sender type", description="What kind of sender it is.", examples=["shared_longcode"]),
]
Senders = Annotated[
    list[Row], Field(title="Senders", description="Which sender recipients of each country see.")
]
FileName = Annotated[
    str, Field(title="File name", description="Ends in .csv.", examples=["export.csv"], min_length=1)
]
WebhookUrl = Annotated[
    str,
    Kind.URL,
    Field(
        title="URL",
        description="The address of your server, or poll to leave it for listing.",
        examples=["https://example.com/inbound"],
        min_length=1,
    ),
]


class Webhook(StrEnum):
    """How ClickSend calls a URL."""

    POST = "post"
    GET = "get"
    JSON = "json"


WebhookType = Annotated[Webhook, Field(title="Call by", description="How ClickSend calls the URL.")]

# Contacts, campaigns, templates

ListId = Annotated[int, Kind.LIST, Field(title="List", description="A contact list.", examples=[428], ge=1)]
OptOutListId = Annotated[
    ListId, Field(title="Opt-out list", description="The list of those who want no messages.")
]
FromListId = Annotated[ListId, Field(title="From list", description="The list the contact is on.")]
ToListId = Annotated[ListId, Field(title="To list", description="The list the contact goes to.")]
ListName = Annotated[
    str, Field(title="Name", description="Of the list.", examples=["Customers"], min_length=1)
]
ContactId = Annotated[
    int, Kind.CONTACT, Field(title="Contact", description="One contact of the list.", examples=[955], ge=1)
]
FileUrl = Annotated[
    str,
    Kind.URL,
    Field(
        title="File URL",
        description="The address of an uploaded file.",
        examples=["https://example.com/contacts.csv"],
        min_length=1,
    ),
]
CampaignId = Annotated[
    int, Kind.CAMPAIGN, Field(title="Campaign", description="One campaign.", examples=[31], ge=1)
]
CampaignName = Annotated[
    str, Field(title="Name", description="Of the campaign.", examples=["Spring sale"], min_length=1)
]
TemplateId = Annotated[
    int, Kind.TEMPLATE, Field(title="Template", description="One template.", examples=[632], ge=1)
]
TemplateName = Annotated[
    str, Field(title="Name", description="Of the template.", examples=["Opening hours"], min_length=1)
]

# Automation rules

RuleId = Annotated[
    int, Kind.AUTOMATION, Field(title="Rule", description="One automation rule.", examples=[3], ge=1)
]
RuleName = Annotated[str, Field(title="Name", description="Of the rule.", examples=["Poll"], min_length=1)]


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


Action = Annotated[RuleAction, Field(title="Action", description="What happens with what matches.")]
ActionAddress = Annotated[
    str,
    Field(
        title="Address",
        description="What the action needs: a URL, an e-mail address, a number, a list.",
        examples=["https://example.com/inbound"],
    ),
]
Enabled = Annotated[Flag, Field(title="Enabled", description="Whether the rule works.")]
DedicatedNumber = Annotated[
    str,
    Kind.SENDER,
    Field(title="Number", description="The number it listens on; * is every number.", examples=["*"]),
]


class TextMatch(IntEnum):
    """Which inbound texts a rule takes."""

    ANY_TEXT = 0
    STARTS_WITH = 1
    CONTAINS = 2
    DOES_NOT_CONTAIN = 3


SearchType = Annotated[
    TextMatch, Field(title="Text", description="Which texts the rule takes, by the words below.")
]
SearchTerm = Annotated[
    str, Field(title="Words", description="The words looked for; empty for any text.", examples=["STOP"])
]
ReplyBody = Annotated[
    str,
    Kind.TEXT_BLOCK,
    Field(title="Reply", description="The text of an automatic reply.", examples=["Thanks, we got it."]),
]


class ReportMatch(IntEnum):
    """Which delivery reports a rule takes."""

    ALL_REPORTS = 0
    ONLY_FAILED = 1
    ONLY_DELIVERED = 2


MatchType = Annotated[ReportMatch, Field(title="Reports", description="Which reports the rule takes.")]
