"""What is asked for on each channel: one table, and the making of every field in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tui.api.layout import Slot, slots
from tui.core.parts import Parts, measure
from tui.sending.products import (
    CAMPAIGNS,
    MMS_LONGEST,
    PARTS_SPOKEN,
    PRODUCTS,
    SPOKEN_PART,
    CampaignProduct,
    Product,
    Reach,
)

if TYPE_CHECKING:
    from tui.api.operation import Operation

MINE, THEIRS = "", "theirs"
"""Whose clock a time is meant by."""
OWN = ("to", "list_id", "name", "sender", "schedule", "clock", "body", "files")
"""Fields that are laid out here; all others are made from the declaration of the operation."""


@dataclass(frozen=True, slots=True)
class ComposeForm:
    """One channel: how it is called where it is chosen, and its fields from top to bottom."""

    product: Product | CampaignProduct
    title: str
    words: str
    """What it does, for whoever chooses."""
    fields: tuple[str, ...]
    more: tuple[str, ...] = ()
    """Fields that are seldom needed."""
    more_words: str = ""

    @property
    def key(self) -> str:
        """What the outbox calls drafts of it; also the end of the key of what is typed."""
        return f"{self.product.channel} campaign" if self.is_campaign else self.product.channel

    @property
    def draft_key(self) -> str:
        """The key of what is typed; with its space it can be no alpha tag."""
        return f"compose {self.key}"

    @property
    def is_campaign(self) -> bool:
        return isinstance(self.product, CampaignProduct)

    @property
    def reach(self) -> Reach | None:
        """How its recipients are reached; None for a campaign, whose recipients ClickSend keeps."""
        return self.product.reach if isinstance(self.product, Product) else None

    @property
    def operation(self) -> Operation[..., Any]:
        return self.product.send

    @property
    def prefix(self) -> str:
        """What the names of a recipient's own arguments begin with."""
        return f"{self.product.rows}.1." if isinstance(self.product, Product) else ""

    @property
    def measure(self) -> Callable[[str], Parts]:
        """How its text is counted."""
        return _MEASURES.get(self.product.channel, _characters)

    @property
    def part_limit(self) -> int | None:
        """Parts that are sent, whatever the account says; None where the account decides."""
        return {"voice": PARTS_SPOKEN, "sms": None}.get(self.product.channel, 0)


_WHEN = ("schedule", "clock")
FORMS: tuple[ComposeForm, ...] = (
    ComposeForm(PRODUCTS["sms"], "SMS", "a text to phones", ("to", "sender", *_WHEN, "body")),
    ComposeForm(
        PRODUCTS["mms"], "MMS", "a picture and a text to phones",
        ("to", "sender", *_WHEN, "media_file", "subject", "body"),
    ),
    ComposeForm(
        PRODUCTS["voice"], "Voice call", "a text that is read out on the phone",
        ("to", "lang", "voice", *_WHEN, "body"),
        ("require_input", "machine_detection"), "ask for a key, notice machines",
    ),
    ComposeForm(PRODUCTS["fax"], "Fax", "a document to fax numbers", ("to", "file_url", "sender", *_WHEN)),
    ComposeForm(
        PRODUCTS["email"], "E-mail", "one e-mail, with files if you like",
        ("to", "sender.email_address_id", "sender.name", "subject", "body", "files"),
        (*_WHEN, "cc", "bcc"), "send later, copies",
    ),
    ComposeForm(
        PRODUCTS["letter"], "Letter", "a PDF, printed and posted",
        ("to", "file_url", "return_address_id", "colour", "duplex", "priority_post"),
        (*_WHEN, "template_used"), "send later, ClickSend's template",
    ),
    ComposeForm(
        PRODUCTS["postcard"], "Postcard", "front and back, printed and posted",
        ("to", "file_urls", "return_address_id", *_WHEN),
    ),
    ComposeForm(
        CAMPAIGNS["sms"], "SMS campaign", "a text to everybody on a list",
        ("name", "list_id", "sender", *_WHEN, "body"), ("url_to_shorten",), "a link to shorten",
    ),
    ComposeForm(
        CAMPAIGNS["mms"], "MMS campaign", "a picture and a text to everybody on a list",
        ("name", "list_id", "sender", "schedule", "media_file", "subject", "body"),
    ),
    ComposeForm(
        CAMPAIGNS["email"], "E-mail campaign", "an e-mail to everybody on a list",
        ("name", "list_id", "from_email_address_id", "from_name", "subject", "body"),
        (*_WHEN, "template_id"), "send later, a template",
    ),
    ComposeForm(
        CAMPAIGNS["direct mail"], "Direct mail", "flyers to every letterbox of some areas",
        ("name", "size", "file_urls", "areas", "schedule"),
    ),
)  # fmt: skip
BY_KEY: Mapping[str, ComposeForm] = {form.key: form for form in FORMS}

LABELS: Mapping[str, str] = {
    "file_url": "File",
    "file_urls": "Files",
    "from_email_address_id": "From",
    "sender.email_address_id": "From",
    "sender.name": "Shown as",
    "from_name": "Shown as",
    "return_address_id": "Return to",
    "template_used": "Template",
    "require_input": "Ask a key",
    "machine_detection": "Machines",
    "url_to_shorten": "Link",
    "template_id": "Template",
    "duplex": "Two sides",
    "cc": "Copy",
    "bcc": "Hidden copy",
}
"""Labels that are shorter than the declared ones, as a narrow column wants them."""
PLACEHOLDERS: Mapping[str, str] = {
    "subject": "",
    "file_url": "~/file.pdf, or its address",
    "sender.name": "a name beside the address",
    "from_name": "a name beside the address",
    "media_file": "~/picture.jpg, or its address",
    "file_urls": "~/front.pdf, ~/back.pdf",
    "url_to_shorten": "https:// …, and smsg.io/xxxxx in the text",
}
MISSING: Mapping[str, str] = {
    "subject": "Type a few words that stand above the text.",
    "media_file": "Give a picture: JPG, PNG or GIF.",
    "file_url": "Give the document, best as a PDF.",
    "file_urls": "Give a PDF of two pages, or one for the front and one for the back.",
    "from_name": "Type you or your business.",
    "areas": "Add an area that it goes to.",
}
"""What is said where nothing is given."""
LISTED = ("sender.email_address_id", "from_email_address_id", "return_address_id", "lang")
"""Chosen from a listing of ClickSend alone: nothing else can be typed."""


def declared(form: ComposeForm, name: str) -> Slot:
    """The place of a field among the arguments of the operation."""
    wanted = (name, form.prefix + name)
    found = next(slot for slot in slots(form.operation.arguments) if slot.key in wanted)
    # None of the rows is typed in the form itself.
    return replace(found, first=1) if found.is_rows else found


def names_of(form: ComposeForm) -> Sequence[str]:
    """The declared fields of a form."""
    return [name for name in (*form.fields, *form.more) if name not in OWN]


def _spoken(body: str) -> Parts:
    text = measure(body)
    size = SPOKEN_PART[text.encoding]
    parts = -(-len(body) // size)
    return Parts(text.encoding, len(body), parts, size * max(1, parts), text.unicode)


def _pictured(body: str) -> Parts:
    text = measure(body)
    return Parts(text.encoding, len(body), min(1, len(body)), MMS_LONGEST[text.encoding], text.unicode)


def _characters(body: str) -> Parts:
    """Of what is not counted in parts: no capacity."""
    return Parts("GSM-7", len(body), min(1, len(body)), 0, ())


_MEASURES: Mapping[str, Callable[[str], Parts]] = {"sms": measure, "mms": _pictured, "voice": _spoken}
