"""Letters and postcards: price, send, history and the addresses they come back to."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import post as m
from tui.api.models.base import ExportLink, Page
from tui.api.operation import Effect

CLOSED = "ClickSend no longer offers post to new customers."


@op.post("/post/letters/price", title="Price letters", effect=Effect.READ, closed=CLOSED)
def letters_price(
    file_url: t.LetterFile,
    recipients: t.PostRecipients[m.PostRecipient],
    template_used: t.TemplateUsed | None = None,
    colour: t.Colour | None = None,
    duplex: t.Duplex | None = None,
    priority_post: t.PriorityPost | None = None,
    source: t.Source | None = None,
) -> m.PostPrice:
    """What letters would cost, recipient by recipient. Nothing is printed."""


@op.post(
    "/post/letters/send", title="Send letters", effect=Effect.SEND, priced_by=letters_price, closed=CLOSED
)
def letters_send(
    file_url: t.LetterFile,
    recipients: t.PostRecipients[m.PostRecipient],
    template_used: t.TemplateUsed | None = None,
    colour: t.Colour | None = None,
    duplex: t.Duplex | None = None,
    priority_post: t.PriorityPost | None = None,
    source: t.Source | None = None,
) -> m.PostSend:
    """Have a PDF printed and posted to up to 1,000 addresses, now or at a set time."""


@op.get("/post/letters/history", title="Letters sent", paged=True, closed=CLOSED)
def letters_history() -> Page[m.Posted]:
    """Letters of the last four months with their status."""


@op.get("/post/letters/history/export", title="Export letters sent", closed=CLOSED)
def letters_history_export(filename: t.FileName) -> ExportLink:
    """A link to the history of letters as a CSV file."""


@op.post("/post/letters/detect-address", title="Detect address", effect=Effect.READ, closed=CLOSED)
def detect_address(content: t.LetterContent | None = None, address: t.AddressText | None = None) -> m.Address:
    """The address on a letter, or in a text, part by part."""


@op.post("/post/postcards/price", title="Price postcards", effect=Effect.READ, closed=CLOSED)
def postcards_price(file_urls: t.PostcardFiles, recipients: t.PostRecipients[m.PostRecipient]) -> m.PostPrice:
    """What postcards would cost, recipient by recipient. Nothing is printed."""


@op.post(
    "/post/postcards/send",
    title="Send postcards",
    effect=Effect.SEND,
    priced_by=postcards_price,
    closed=CLOSED,
)
def postcards_send(file_urls: t.PostcardFiles, recipients: t.PostRecipients[m.PostRecipient]) -> m.PostSend:
    """Have a postcard printed and posted to up to 1,000 addresses, now or at a set time."""


@op.get("/post/postcards/history", title="Postcards sent", paged=True, closed=CLOSED)
def postcards_history() -> Page[m.Posted]:
    """Postcards of the last four months with their status."""


@op.get("/post/postcards/history/export", title="Export postcards sent", closed=CLOSED)
def postcards_history_export(filename: t.FileName) -> ExportLink:
    """A link to the history of postcards as a CSV file."""


@op.get("/post/return-addresses", title="Return addresses", paged=True, closed=CLOSED)
def return_addresses_list() -> Page[m.ReturnAddress]:
    """The addresses that letters and postcards may come back to."""


@op.post("/post/return-addresses", title="Create return address", effect=Effect.WRITE, closed=CLOSED)
def return_addresses_create(
    address_name: t.AddressName,
    address_line_1: t.MailAddressLine,
    address_city: t.MailCity,
    address_postal_code: t.MailPostalCode,
    address_country: t.CountryCode,
    address_line_2: t.AddressLine2 | None = None,
    address_state: t.State | None = None,
) -> m.ReturnAddress:
    """Note an address that what cannot be delivered comes back to."""


@op.get("/post/return-addresses/{return_address_id}", title="One return address", closed=CLOSED)
def return_addresses_get(return_address_id: t.ReturnAddressId) -> m.ReturnAddress:
    """One of the return addresses in full."""


@op.put(
    "/post/return-addresses/{return_address_id}",
    title="Update return address",
    effect=Effect.WRITE,
    closed=CLOSED,
)
def return_addresses_update(
    return_address_id: t.ReturnAddressId,
    address_name: t.AddressName,
    address_line_1: t.MailAddressLine,
    address_city: t.MailCity,
    address_postal_code: t.MailPostalCode,
    address_country: t.CountryCode,
    address_line_2: t.AddressLine2 | None = None,
    address_state: t.State | None = None,
) -> m.ReturnAddress:
    """Replace a return address. What is on its way keeps the old one."""


@op.delete(
    "/post/return-addresses/{return_address_id}",
    title="Delete return address",
    loses="The address is gone; letters and postcards need another one.",
    closed=CLOSED,
)
def return_addresses_delete(return_address_id: t.ReturnAddressId) -> None:
    """Delete a return address. What is on its way keeps it."""
