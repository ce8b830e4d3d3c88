"""Credit: packages, the card that pays for them, and what was paid."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.people import CountryCode
from tui.api.types.words import Kind, words

PackageId = Annotated[int, words("Package", "One of the packages listed, with its price.", 2, ge=1)]
PackageCountry = Annotated[
    CountryCode, words("Country", "Whose packages to show. Left empty, those of the account's country.")
]
TransactionId = Annotated[
    str,
    words("Transaction", "Its invoice number.", "cb726c65-1c65-47fa-aea2-3ded9ed57557", min_length=1),
]
CardNumber = Annotated[
    str,
    Kind.SECRET,
    words(
        "Card number",
        "Digits, with or without spaces.",
        "5520000000000000",
        pattern=r"^\d(?: ?\d){11,18}$",
    ),
]
# A text, because a code may begin with a zero.
CardCode = Annotated[
    str, Kind.SECRET, words("Security code", "Three or four digits on the card.", "123", pattern=r"^\d{3,4}$")
]
ExpiryMonth = Annotated[int, words("Expires in month", "1 to 12, as on the card.", 5, ge=1, le=12)]
ExpiryYear = Annotated[int, words("Expires in year", "Four digits.", 2031, ge=2000, le=2999)]
NameOnCard = Annotated[str, words("Name on card", "As printed on it.", "Ada Lovelace", min_length=1)]
BankName = Annotated[str, words("Bank", "The bank that gave out the card.", "Analytical Bank", min_length=1)]
