"""E-mails that become text messages."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.people import Email
from tui.api.types.words import Kind, words

ForwardedEmail = Annotated[Email, words("E-mail", "One address, or * for all of a domain.", "*@acme.example")]
ForwardedEmailId = Annotated[int, words("Address", "One allowed address, by its number.", 84, ge=1)]
FaxFrom = Annotated[
    str, Kind.SENDER, words("Fax from", "The number that faxes are sent from.", "+61261111111")
]
OnBehalfOf = Annotated[
    str, Kind.SUBACCOUNT, words("Sub-account", "Whose messages they are. Left empty: yours.", "45678")
]
StrippedString = Annotated[
    str,
    words("Text to cut", "Exactly as it stands in e-mails.", "Sent from my phone", min_length=1),
]
StrippedStringId = Annotated[int, words("Stripped text", "One text that is cut, by its number.", 18, ge=1)]
