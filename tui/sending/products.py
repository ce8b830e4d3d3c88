"""The facts of each channel: which operation sends it, to what kind of recipient, and how it is counted.

What the declaration of the operation says (arguments, limits, what prices it) is read from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from tui.api import (
    direct_mail,
    email,
    email_marketing,
    fax,
    mms,
    mms_campaigns,
    post,
    sms,
    sms_campaigns,
    voice,
)
from tui.api.fields import FieldFacts, facts
from tui.api.operation import Operation
from tui.core.parts import Encoding, measure
from tui.core.phone import TEST_NUMBERS

CAMPAIGN = " campaign"
"""Ends the kind of a send that is a campaign."""
TEST_RECIPIENTS = TEST_NUMBERS | {
    *("+61261111111", "+61262222222", "+61263333333"),
    *("test1@test.com", "test2@test.com", "test3@test.com"),
    *("11111", "22222", "33333"),
}
"""ClickSend's documented numbers, fax numbers, addresses and postal codes that cost nothing."""
SPOKEN_PART: Mapping[Encoding, int] = {"GSM-7": 300, "Unicode": 150}
"""Characters in a part of a call."""
MMS_LONGEST: Mapping[Encoding, int] = {"GSM-7": 1500, "Unicode": 500}
"""Characters of the text of an MMS; what is more is cut off."""
NO_SHARED = frozenset({"US", "CA"})
"""Countries that shared numbers, numbers of one's own and alpha tags do not work to."""
PARTS_SPOKEN = 4
"""Parts of a call that are read out; what is more is cut off."""


class Reach(Enum):
    """What a recipient of a channel is."""

    PHONE = "phone number"
    FAX = "fax number"
    EMAIL = "e-mail address"
    POST = "postal address"


def _spoken(body: str) -> int:
    return -(-len(body) // SPOKEN_PART[measure(body).encoding])


@dataclass(frozen=True)
class Product:
    """One channel for messages to recipients."""

    channel: str
    title: str
    """As it stands in a heading: "SMS", "Letter"."""
    one: str
    many: str
    """What one message and several are called in a sentence."""
    send: Operation[..., Any]
    reach: Reach
    rows: str = "messages"
    """The argument that holds one row per recipient."""
    as_a_whole: bool = False
    """Whether it is one message to all its recipients: with one price, one status and one id."""
    in_threads: bool = False
    """Whether its messages stand in the conversations of the inbox."""
    rings: bool = False
    """Whether it makes itself heard when it arrives, and so should not in the night."""
    names_country: bool = False
    """Whether every row has to say its country."""
    files: tuple[str, ...] = ()
    """The arguments that are files."""
    body: bool = True
    """Whether it has a text; letters, postcards and faxes are files alone."""
    count: Callable[[str], int | None] = field(default=lambda body: None)
    """How many parts a text takes; None where something else is counted."""
    changes: tuple[str, ...] = ("account",)
    """Topics of the store that a send changes at ClickSend."""

    @property
    def price(self) -> Operation[..., Any]:
        """What tells the price."""
        if self.send.priced_by is None:
            raise TypeError(f"{self.send.id} has no price operation")
        return self.send.priced_by

    @cached_property
    def row(self) -> type[BaseModel]:
        """The model of one row."""
        found: type[BaseModel] = self._rows.type
        return found

    @cached_property
    def row_fields(self) -> Mapping[str, FieldFacts]:
        """What one row may say."""
        return {each.name: each for each in facts(self.row)}

    @cached_property
    def shared_fields(self) -> Mapping[str, FieldFacts]:
        """What is said once for all rows."""
        found = {each.name: each for each in facts(self.send.arguments) if each.name != self.rows}
        return {name: each for name, each in found.items() if name not in self.row_fields}

    @property
    def has_reference(self) -> bool:
        """Whether our reference travels with each message and comes back."""
        return "custom_string" in self.row_fields

    @property
    def has_subject(self) -> bool:
        """Whether a subject stands above its text."""
        return "subject" in self.row_fields or "subject" in self.shared_fields

    @property
    def has_sender(self) -> bool:
        """Whether it can be said who it comes from by a number or a name."""
        return "sender" in self.row_fields

    @property
    def has_schedule(self) -> bool:
        """Whether ClickSend can be told to send it later."""
        return "schedule" in self.row_fields or "schedule" in self.shared_fields

    @property
    def most(self) -> int:
        """Recipients in one call."""
        return self._rows.longest or 1000

    @property
    def batch(self) -> int:
        """Recipients in one call of a large send: of what goes as a whole, each gets one of their own."""
        return 1 if self.as_a_whole else self.most

    @cached_property
    def _rows(self) -> FieldFacts:
        return next(each for each in facts(self.send.arguments) if each.name == self.rows)


_PRODUCTS = (
    Product(
        "sms", "SMS", "SMS", "SMS", sms.send, Reach.PHONE,
        in_threads=True, rings=True, count=lambda body: measure(body).parts, changes=("account", "history"),
    ),
    Product(
        "mms", "MMS", "MMS", "MMS", mms.send, Reach.PHONE,
        rings=True, files=("media_file",), count=lambda body: 1 if body else 0,
    ),
    Product(
        "voice", "Voice", "call", "calls", voice.send, Reach.PHONE,
        rings=True, names_country=True, count=_spoken,
    ),
    Product("fax", "Fax", "fax", "faxes", fax.send, Reach.FAX, files=("file_url",), body=False),
    Product("email", "E-mail", "e-mail", "e-mails", email.send, Reach.EMAIL, rows="to", as_a_whole=True),
    Product(
        "letter", "Letter", "letter", "letters", post.letters_send, Reach.POST,
        rows="recipients", files=("file_url",), body=False,
    ),
    Product(
        "postcard", "Postcard", "postcard", "postcards", post.postcards_send, Reach.POST,
        rows="recipients", files=("file_urls",), body=False,
    ),
)  # fmt: skip
PRODUCTS: Mapping[str, Product] = {product.channel: product for product in _PRODUCTS}
"""The channels for messages, in the order in which they are offered."""


@dataclass(frozen=True)
class CampaignProduct:
    """One channel for campaigns, whose recipients ClickSend keeps."""

    channel: str
    title: str
    send: Operation[..., Any]
    id_field: str
    """What the answer calls the id of the campaign."""
    under: str = ""
    """Where in the answer the campaign stands; empty where it is the answer."""
    to_list: bool = True
    """Whether it goes to a contact list; direct mail goes to areas."""
    body: bool = True
    has_sender: bool = False
    files: tuple[str, ...] = ()
    count: Callable[[str], int | None] = field(default=lambda body: None)
    changes: tuple[str, ...] = ("account",)

    @property
    def price(self) -> Operation[..., Any]:
        """What tells the price."""
        if self.send.priced_by is None:
            raise TypeError(f"{self.send.id} has no price operation")
        return self.send.priced_by

    @cached_property
    def fields(self) -> Mapping[str, FieldFacts]:
        """What can be said of it."""
        return {each.name: each for each in facts(self.send.arguments)}


_CAMPAIGNS = (
    CampaignProduct(
        "sms", "SMS campaign", sms_campaigns.send, "sms_campaign_id", has_sender=True,
        count=lambda body: measure(body).parts, changes=("account", "history", "campaigns"),
    ),
    CampaignProduct(
        "mms", "MMS campaign", mms_campaigns.send, "mms_campaign_id", has_sender=True,
        files=("media_file",), count=lambda body: 1 if body else 0,
    ),
    CampaignProduct(
        "email", "E-mail campaign", email_marketing.campaigns_send, "email_campaign_id", under="campaign",
    ),
    CampaignProduct(
        "direct mail", "Direct mail", direct_mail.campaigns_send, "campaign_id", under="campaign",
        to_list=False, body=False, files=("file_urls",),
    ),
)  # fmt: skip
CAMPAIGNS: Mapping[str, CampaignProduct] = {product.channel: product for product in _CAMPAIGNS}
"""The channels for campaigns, in the order in which they are offered."""


def title(kind: str) -> str:
    """What a send of this kind is called; a kind of another version as it is."""
    product = PRODUCTS.get(kind) or CAMPAIGNS.get(kind.removesuffix(CAMPAIGN))
    return product.title if product else kind
