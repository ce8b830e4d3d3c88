"""What a reseller sets for its customers, and gives them."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.flags import Flag
from tui.api.types.words import Kind, words

Subdomain = Annotated[
    str,
    words("Subdomain", "The name of the reseller's own site.", "mysubdomain", pattern=r"^[A-Za-z0-9-]+$"),
]
ClientUserId = Annotated[int, words("Customer", "The user id of one customer account.", 24, ge=1)]
ResellerUserId = Annotated[int, words("Reseller", "The user id of the reseller's account.", 1, ge=1)]
CompanyName = Annotated[str, words("Company", "What customers see.", "Example Pty", min_length=1)]
PublicSignUps = Annotated[Flag, words("Public sign-ups", "Whether anybody may become a customer.")]
NavigationColour = Annotated[
    str, words("Colour", "Of the navigation, in hex.", "#9999FF", pattern="^#[0-9A-Fa-f]{6}$")
]
Margin = Annotated[int, words("Margin", "Percent added to what customers pay.", 10, ge=0)]
NumberMargin = Annotated[Margin, words("Margin on numbers", "Percent added to the price of numbers.")]
LogoDark = Annotated[
    str,
    Kind.URL,
    words(
        "Logo, dark", "The address of the logo for dark pages.", "https://example.com/dark.png", min_length=1
    ),
]
LogoLight = Annotated[
    LogoDark,
    words("Light logo", "Its address, for light pages.", "https://example.com/light.png"),
]
TrialBalance = Annotated[int, words("Trial balance", "What a customer may try out with.", 50, ge=0)]
TransferredCredit = Annotated[
    int, Kind.MONEY, words("Amount", "What leaves your balance, in whole units of the currency.", 12, ge=1)
]
