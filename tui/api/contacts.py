"""Contact lists and the contacts on them."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import contacts as m
from tui.api.models.base import ExportLink, Page
from tui.api.operation import Effect


@op.get("/lists", title="Contact lists", paged=True)
def lists_list() -> Page[m.ContactList]:
    """All contact lists, with the number of contacts on each."""


@op.post("/lists", title="Create contact list", effect=Effect.WRITE)
def lists_create(list_name: t.ListName) -> m.ContactList:
    """A new, empty contact list."""


@op.get("/lists/{list_id}", title="One contact list")
def lists_get(list_id: t.ListId) -> m.ContactList:
    """The name of a list and how many contacts are on it."""


@op.put("/lists/{list_id}", title="Rename contact list", effect=Effect.WRITE)
def lists_update(list_id: t.ListId, list_name: t.ListName) -> m.ContactList:
    """Give a contact list another name."""


@op.delete(
    "/lists/{list_id}",
    title="Delete contact list",
    loses="The list and every contact on it are gone; only an export made before brings them back.",
)
def lists_delete(list_id: t.ListId) -> None:
    """Delete a list together with its contacts."""


@op.get("/lists/{list_id}/export", title="Export contact list")
def lists_export(list_id: t.ListId, filename: t.FileName) -> ExportLink:
    """A link to the contacts of a list as a CSV file."""


@op.post("/lists/{list_id}/import", title="Import contacts", effect=Effect.WRITE)
def lists_import(list_id: t.ListId, file_url: t.CsvFile, field_order: t.FieldOrder) -> m.ImportQueued:
    """Add the contacts of an uploaded CSV file to a list. It is queued; nothing tells when it is done."""


@op.post("/lists/{list_id}/import-csv-preview", title="Preview import", effect=Effect.READ)
def lists_import_preview(list_id: t.ListId, file_url: t.CsvFile) -> m.ImportPreview:
    """The first row of an uploaded CSV file. Nothing is imported."""


@op.get("/lists/{list_id}/import-fields", title="Import fields")
def lists_import_fields(list_id: t.ListId) -> list[m.ImportField]:
    """The fields that the columns of an import can go to."""


@op.put(
    "/lists/{list_id}/remove-duplicates",
    title="Remove duplicate contacts",
    effect=Effect.DELETE,
    loses="Which of the duplicates stays cannot be chosen, and the others are gone.",
)
def lists_remove_duplicates(list_id: t.ListId, fields: t.SameFields) -> m.Removed:
    """Delete the contacts of a list that agree with another one in all the fields named."""


@op.put(
    "/lists/{list_id}/remove-opted-out-contacts/{opt_out_list_id}",
    title="Remove opted-out contacts",
    effect=Effect.DELETE,
    loses="The contacts are gone from the list, with all that was noted on them.",
)
def lists_remove_opted_out(list_id: t.ListId, opt_out_list_id: t.OptOutListId) -> m.Removed:
    """Delete the contacts of a list that are also on an opt-out list."""


@op.get("/lists/{list_id}/contacts", title="Contacts", paged=True)
def list_(list_id: t.ListId, updated_after: t.UpdatedAfter | None = None) -> Page[m.Contact]:
    """The contacts on a list, or only those changed since a moment."""


@op.post("/lists/{list_id}/contacts", title="Create contact", effect=Effect.WRITE)
def create(
    list_id: t.ListId,
    phone_number: t.PhoneOrEmpty | None = None,
    first_name: t.FirstName | None = None,
    last_name: t.LastName | None = None,
    email: t.EmailOrEmpty | None = None,
    fax_number: t.FaxOrEmpty | None = None,
    organization_name: t.Organization | None = None,
    custom_1: t.Custom1 | None = None,
    custom_2: t.Custom2 | None = None,
    custom_3: t.Custom3 | None = None,
    custom_4: t.Custom4 | None = None,
    address_line_1: t.AddressLine | None = None,
    address_line_2: t.AddressLine2 | None = None,
    address_city: t.City | None = None,
    address_state: t.State | None = None,
    address_postal_code: t.PostalCode | None = None,
    address_country: t.CountryOrEmpty | None = None,
) -> m.Contact:
    """Put somebody new on a list. At least a phone number, a fax number or an e-mail address is needed."""


@op.get("/lists/{list_id}/contacts/{contact_id}", title="One contact")
def get(list_id: t.ListId, contact_id: t.ContactId) -> m.Contact:
    """Everything noted of one contact."""


@op.put("/lists/{list_id}/contacts/{contact_id}", title="Update contact", effect=Effect.WRITE)
def update(
    list_id: t.ListId,
    contact_id: t.ContactId,
    phone_number: t.PhoneOrEmpty | None = None,
    first_name: t.FirstName | None = None,
    last_name: t.LastName | None = None,
    email: t.EmailOrEmpty | None = None,
    fax_number: t.FaxOrEmpty | None = None,
    organization_name: t.Organization | None = None,
    custom_1: t.Custom1 | None = None,
    custom_2: t.Custom2 | None = None,
    custom_3: t.Custom3 | None = None,
    custom_4: t.Custom4 | None = None,
    address_line_1: t.AddressLine | None = None,
    address_line_2: t.AddressLine2 | None = None,
    address_city: t.City | None = None,
    address_state: t.State | None = None,
    address_postal_code: t.PostalCode | None = None,
    address_country: t.CountryOrEmpty | None = None,
) -> m.Contact:
    """Change what is noted of one contact. A phone number, a fax number or an e-mail address must remain."""


@op.delete(
    "/lists/{list_id}/contacts/{contact_id}",
    title="Delete contact",
    loses="The contact is gone from this list, with all that was noted on it.",
)
def delete(list_id: t.ListId, contact_id: t.ContactId) -> None:
    """Take one contact off a list for good."""


@op.put(
    "/lists/{from_list_id}/contacts/{contact_id}/copy/{to_list_id}",
    title="Copy contact",
    effect=Effect.WRITE,
)
def copy(from_list_id: t.FromListId, contact_id: t.ContactId, to_list_id: t.ToListId) -> m.Contact:
    """Put a contact on a second list as well."""


@op.put(
    "/lists/{from_list_id}/contacts/{contact_id}/transfer/{to_list_id}",
    title="Move contact",
    effect=Effect.WRITE,
)
def transfer(from_list_id: t.FromListId, contact_id: t.ContactId, to_list_id: t.ToListId) -> m.Contact:
    """Move a contact from one list to another."""


@op.get("/contact-suggestions", title="Suggested contacts")
def suggestions() -> list[m.Contact]:
    """Contacts that ClickSend suggests."""
