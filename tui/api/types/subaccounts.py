"""Sub-accounts and what each of them is allowed to do."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.account import Password
from tui.api.types.flags import Flag
from tui.api.types.people import Email, FirstName, LastName, Phone
from tui.api.types.words import Kind, words

SubaccountId = Annotated[int, Kind.SUBACCOUNT, words("Sub-account", "One sub-account.", 59, ge=1)]
ApiUsername = Annotated[
    str, words("User name", "What the sub-account signs in with.", "ada-support", min_length=1)
]
SubaccountPassword = Annotated[
    Password, words("Password", "Of the sub-account, not its API key.", min_length=1)
]
SubaccountEmail = Annotated[Email, words("E-mail", "Of the person who uses it.")]
SubaccountPhone = Annotated[Phone, words("Phone number", "Of the person who uses it.")]
SubaccountFirstName = Annotated[FirstName, words("First name", min_length=1)]
SubaccountLastName = Annotated[LastName, words("Last name", min_length=1)]
Notes = Annotated[str, words("Notes", "For those who look after the account.", "Front desk")]

AccessUsers = Annotated[Flag, words("May manage users", "Whether it may change sub-accounts.")]
AccessBilling = Annotated[Flag, words("May manage billing", "Whether it may buy credit and see payments.")]
AccessReporting = Annotated[Flag, words("May see reports", "Whether it may see usage and statistics.")]
AccessContacts = Annotated[Flag, words("May manage contacts", "Whether it may use contact lists.")]
AccessSettings = Annotated[
    Flag, words("May change settings", "Whether it may change rules, templates and other settings.")
]
AccessSms = Annotated[Flag, words("May use SMS", "Whether it may send text messages and see them.")]
AccessMms = Annotated[Flag, words("May use MMS", "Whether it may send picture messages and see them.")]
AccessVoice = Annotated[Flag, words("May use voice", "Whether it may make calls and see them.")]
AccessEmail = Annotated[Flag, words("May use e-mail", "Whether it may send e-mails and see them.")]
AccessFax = Annotated[Flag, words("May use fax", "Whether it may send faxes and see them.")]
AccessPost = Annotated[Flag, words("May use post", "Whether it may send letters and postcards and see them.")]
AccessReseller = Annotated[
    Flag, words("May manage customers", "Whether it may manage the accounts of a reseller's customers.")
]
AccessGlobalSending = Annotated[
    Flag, words("May choose countries", "Whether it may choose the countries that can be sent to.")
]
AccessSmpp = Annotated[Flag, words("May use SMPP", "Whether it may send through ClickSend's SMPP server.")]
HidePricing = Annotated[Flag, words("Hide prices", "Whether prices are kept from it.")]
ShareCampaigns = Annotated[Flag, words("Share campaigns", "Whether it shares campaigns with the others.")]
DeidentifySms = Annotated[
    Flag, words("De-identify SMS", "Whether its messages are kept without what identifies people.")
]
