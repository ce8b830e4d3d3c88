"""Contact lists and contacts as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import AnswerModel, Identity, Rows, Text, UnixSeconds, Whole, YesNo


class ContactList(AnswerModel):
    """A list; `import_in_progress` while a queued import is still being read."""

    list_id: Identity
    list_name: Text = ""
    list_email_id: Text = ""
    contacts_count: Whole = Field(None, validation_alias=AliasChoices("_contacts_count", "contacts_count"))
    import_in_progress: YesNo = Field(False, validation_alias="_import_in_progress")
    optout_in_progress: YesNo = Field(False, validation_alias="_optout_in_progress")


class Contact(AnswerModel):
    """One person on one list; the same person on two lists is two contacts."""

    contact_id: Identity
    list_id: Whole = None
    list_name: Text = Field("", validation_alias=AliasChoices("_list_name", "list_name"))
    phone_number: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    fax_number: Text = ""
    organization_name: Text = ""
    custom_1: Text = ""
    custom_2: Text = ""
    custom_3: Text = ""
    custom_4: Text = ""
    address_line_1: Text = ""
    address_line_2: Text = ""
    address_city: Text = ""
    address_state: Text = ""
    address_postal_code: Text = ""
    address_country: Text = ""
    date_added: UnixSeconds = None
    date_updated: UnixSeconds = None


class ImportQueued(AnswerModel):
    """An import that waits its turn. The ids have 19 digits and are texts therefore."""

    id: Text = ""
    msg: Text = ""


class ImportPreview(AnswerModel):
    """The columns of the first row."""

    row: Rows[Text] = []


class ImportField(AnswerModel):
    """A field a column can go to: what `field_order` takes, and its name for people."""

    field: Text = ""
    label: Text = ""


class Removed(AnswerModel):
    """How many contacts were deleted."""

    deleted: Whole = None
