"""Contact lists and contacts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from tui.api.types.words import Kind, words

ListId = Annotated[int, Kind.LIST, words("List", "A contact list.", 428, ge=1)]
OptOutListId = Annotated[ListId, words("Opt-out list", "The list of those who want no messages.")]
FromListId = Annotated[ListId, words("From list", "The list the contact is on.")]
ToListId = Annotated[ListId, words("To list", "The list the contact goes to.")]
ListName = Annotated[str, words("Name", "Of the list.", "Customers", min_length=1)]
ContactId = Annotated[int, Kind.CONTACT, words("Contact", "One contact of the list.", 955, ge=1)]
FieldOrder = Annotated[
    list[str],
    Kind.IMPORT_FIELD,
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
