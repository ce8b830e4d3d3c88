"""People and places: how they are reached and where they are."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tui.api.types.words import Kind, words

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
Countries = Annotated[
    list[str], Kind.COUNTRY, words("Countries", "Two letters each, as in ISO 3166.", "AU", max_length=98)
]
CountryIds = Annotated[
    list[int],
    Kind.COUNTRY_ID,
    words("Countries", "All that you send to; what is left out is selected no more.", 1),
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
AddressLine2 = Annotated[str, words("Address line 2", "What does not fit on the first.", "Level 2")]
City = Annotated[str, words("City", "City or suburb.", "Perth")]
State = Annotated[str, words("State", "State or region.", "WA")]
PostalCode = Annotated[str, words("Postal code", "As on a letter.", "6000")]
