"""What the arguments of operations mean: label, help, example and limits, each declared once."""

from __future__ import annotations

from enum import Enum, IntEnum, StrEnum
from typing import Annotated, Any, TypeVar

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


def words(label: str, help: str = "", example: object = None, **limits: Any) -> Any:
    """What a form says of a value, with pydantic's limits (ge, le, min_length, max_length, pattern)."""
    # What is not said is not passed, so that a type built on another keeps the words of that one.
    if help:
        limits["description"] = help
    if example is not None:
        limits["examples"] = [example]
    return Field(title=label, **limits)


# Paging, search and order

PageNumber = Annotated[int, words("Page", "Which page of the results, from 1.", 1, ge=1)]
PageSize = Annotated[int, words("Rows per page", "From 15 to 100.", 100, ge=15, le=100)]
Search = Annotated[
    str, words("Search", "field:value, several parted by commas. Case does not matter.", "status:Failed")
]
SearchWords = Annotated[str, words("Search", "The words to look for.", "Ada", min_length=1)]
SortOrder = Annotated[
    str, words("Order", "field:asc or field:desc.", "date:desc", pattern=r"^\w+:(asc|desc)$")
]

# Time

UnixTime = Annotated[int, Kind.TIME, words("Time", "Unix seconds, UTC.", 1793001600, ge=0)]
Since = Annotated[UnixTime, words("From", "Nothing older than this.")]
Until = Annotated[UnixTime, words("Until", "Nothing newer than this.")]
ReadBefore = Annotated[
    UnixTime, words("Older than", "Only what came before this moment; what came since stays unread.")
]
Schedule = Annotated[UnixTime, words("Send at", "At most four months ahead. Left empty, it goes at once.")]
UpdatedAfter = Annotated[UnixTime, words("Changed since", "Only what was changed after this moment.")]
Year = Annotated[int, words("Year", "Four digits.", 2026, ge=2000, le=2999)]
Month = Annotated[int, words("Month", "1 to 12.", 11, ge=1, le=12)]
Timezone = Annotated[str, Kind.TIMEZONE, words("Time zone", "As in the tz database.", "Australia/Melbourne")]

# People and places

# Of what may be emptied there are two: an update takes the empty one away, elsewhere it is a mistake.

PhoneOrEmpty = Annotated[
    str,
    Kind.PHONE,
    words(
        "Phone number",
        "With country code. Without one, the country of the account is assumed.",
        "+61411111111",
    ),
]
Phone = Annotated[PhoneOrEmpty, Field(min_length=1)]
Recipient = Annotated[Phone, words("To")]
FaxOrEmpty = Annotated[str, Kind.PHONE, words("Fax number", "With country code.", "+61261111111")]
CountryOrEmpty = Annotated[
    str, Kind.COUNTRY, words("Country", "Two letters, as in ISO 3166.", "AU", pattern="^([A-Za-z]{2})?$")
]
CountryCode = Annotated[CountryOrEmpty, Field(min_length=1)]
CurrencyCode = Annotated[
    str, words("Currency", "Three letters, as in ISO 4217.", "AUD", pattern="^[A-Z]{3}$")
]
EmailOrEmpty = Annotated[
    str, Kind.EMAIL, words("E-mail", "One address.", "test1@test.com", pattern="^([^@ ]+@[^@ ]+)?$")
]
Email = Annotated[EmailOrEmpty, Field(min_length=1)]
ReplyEmail = Annotated[
    Email, words("Replies to", "Where answers are e-mailed. Left empty: to whoever sent it.")
]
FirstName = Annotated[str, words("First name", "Given name.", "Ada")]
LastName = Annotated[str, words("Last name", "Family name.", "Lovelace")]
Organization = Annotated[str, words("Organization", "Company or team.", "Analytical Engines")]
Custom1 = Annotated[str, words("Custom 1", "Free for your own use; texts can quote it.", "VIP")]
Custom2 = Annotated[Custom1, words("Custom 2")]
Custom3 = Annotated[Custom1, words("Custom 3")]
Custom4 = Annotated[Custom1, words("Custom 4")]
AddressLine = Annotated[str, words("Address", "Street and number.", "1 Test Street")]
AddressLine2 = Annotated[str, words("Address, line 2", "What does not fit on the first.", "Level 2")]
City = Annotated[str, words("City", "City or suburb.", "Perth")]
State = Annotated[str, words("State", "State or region.", "WA")]
PostalCode = Annotated[str, words("Postal code", "As on a letter.", "6000")]

# The account

Username = Annotated[str, words("User name", "What you sign in with.", "johndoe1", min_length=1)]
Password = Annotated[str, Kind.SECRET, words("Password", "Of the account, not the API key.", "correct horse")]
AccountName = Annotated[str, words("Account name", "The company the account is for.", "Example Pty")]
ActivationToken = Annotated[
    str, words("Code", "The code that was sent to the phone.", "1827364", min_length=1)
]


class Verification(StrEnum):
    """How a verification code reaches the phone."""

    SMS = "sms"
    CALL = "voice"


VerificationType = Annotated[Verification, words("Send by", "How the code reaches the phone.")]


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


Sdk = Annotated[SdkLanguage, words("Language", "Which client library.")]

Flag = Annotated[bool, PlainSerializer(int, return_type=int), words("On", "Yes or no; 1 or 0 on the wire.")]
PrivateUploads = Annotated[Flag, words("Private uploads", "Whether uploaded files need a key to be read.")]
HideBusinessName = Annotated[
    Flag, words("Hide business name", "Whether the business name is left out of the senders.")
]
HideOwnNumber = Annotated[Flag, words("Hide own number", "Whether your number is left out of the senders.")]

# Text messages

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
FileName = Annotated[str, words("File name", "Ends in .csv.", "export.csv", min_length=1)]
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

# Contacts, campaigns, templates

ListId = Annotated[int, Kind.LIST, words("List", "A contact list.", 428, ge=1)]
OptOutListId = Annotated[ListId, words("Opt-out list", "The list of those who want no messages.")]
FromListId = Annotated[ListId, words("From list", "The list the contact is on.")]
ToListId = Annotated[ListId, words("To list", "The list the contact goes to.")]
ListName = Annotated[str, words("Name", "Of the list.", "Customers", min_length=1)]
ContactId = Annotated[int, Kind.CONTACT, words("Contact", "One contact of the list.", 955, ge=1)]
FileUrl = Annotated[
    str,
    Kind.URL,
    words("File URL", "The address of an uploaded file.", "https://example.com/contacts.csv", min_length=1),
]
FieldOrder = Annotated[
    list[str],
    words("Columns", "The field each column of the file goes to, in order.", "phone", min_length=1),
]


class ContactField(StrEnum):
    """A field of a contact that contacts can be compared by."""

    PHONE_NUMBER = "phone_number"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    FAX_NUMBER = "fax_number"
    ORGANIZATION_NAME = "organization_name"
    CUSTOM_1 = "custom_1"
    CUSTOM_2 = "custom_2"
    CUSTOM_3 = "custom_3"
    CUSTOM_4 = "custom_4"
    ADDRESS_LINE_1 = "address_line_1"
    ADDRESS_LINE_2 = "address_line_2"
    ADDRESS_CITY = "address_city"
    ADDRESS_STATE = "address_state"
    ADDRESS_POSTAL_CODE = "address_postal_code"
    ADDRESS_COUNTRY = "address_country"


SameFields = Annotated[
    list[ContactField],
    words("Same in", "Contacts that agree in all of these are duplicates.", "phone_number", min_length=1),
]
CampaignId = Annotated[int, Kind.CAMPAIGN, words("Campaign", "One campaign.", 31, ge=1)]
CampaignName = Annotated[str, words("Name", "Of the campaign.", "Spring sale", min_length=1)]
UrlToShorten = Annotated[
    str,
    Kind.URL,
    words(
        "Link to shorten",
        "Stands in the text as the placeholder smsg.io/xxxxx.",
        "https://example.com/sale",
        max_length=250,
    ),
]
TemplateId = Annotated[int, Kind.TEMPLATE, words("Template", "One template.", 632, ge=1)]
TemplateName = Annotated[str, words("Name", "Of the template.", "Opening hours", min_length=1)]

# Automation rules

RuleId = Annotated[int, Kind.AUTOMATION, words("Rule", "One automation rule.", 3, ge=1)]
RuleName = Annotated[str, words("Name", "Of the rule.", "Poll", min_length=1)]


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

# Numbers and statistics


class NumberType(StrEnum):
    """A kind of number that can be left out of a listing."""

    SHORT_CODE = "shortcode"
    TOLL_FREE = "tollfree"
    TEN_DIGIT_LONG_CODE = "10DLC"


ExcludedNumberType = Annotated[NumberType, words("Leave out", "Numbers of this kind are not listed.")]
Exclude10DlcCampaign = Annotated[
    bool, words("Leave out campaign numbers", "Whether numbers of a 10DLC campaign are not listed.")
]
LinkSource = Annotated[
    str, words("Source", "What sent the link, as in its statistics.", "sms_campaign", min_length=1)
]
LinkSourceId = Annotated[str, words("Source id", "The message or campaign.", "31", min_length=1)]
LongUrlId = Annotated[
    str, words("Link id", "As in the statistics of its source.", "sms_campaign-31-caee6179", min_length=1)
]
Offset = Annotated[str, words("Offset", "Where the next rows begin, from the answer before.", "eyJsb25nIn0")]
