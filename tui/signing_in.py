"""Signing in, wherever it is done: whose a user name and key are, and what a refusal means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.errors import ConsoleError, CredentialError, Forbidden, Unauthorized

if TYPE_CHECKING:
    from tui.api.models.account import Account
    from tui.credentials import Credentials

NOT_ACTIVE = "The account is not active: until it is activated at ClickSend, nothing can be read or sent."
_NO_CREDIT = "There is no credit: messages can be read, and ClickSend refuses to send."
_BANNED = "This ClickSend account is banned."
_BANNED_HINT = "Ask ClickSend's support. What is stored here can be looked at all the same."


async def ask_whose(credentials: Credentials, base_url: str) -> Account:
    """The account that these open. Raises CredentialError if they are refused, ApiError for no answer."""
    from tui.api import account
    from tui.api.client import ApiClient

    try:
        # The key has no name here: a traceback that shows local values would print it.
        async with ApiClient(credentials.username, credentials.key.reveal(), base_url=base_url) as client:
            found = await client.call(account.get(), retry=False)
    except (Unauthorized, Forbidden) as error:
        raise CredentialError(refusal_words(error)) from None
    if found.banned:
        raise CredentialError(_BANNED, hint=_BANNED_HINT)
    return found


def refusal_words(error: ConsoleError) -> str:
    """Why a sign-in did not succeed, and what to do: the same sentences wherever a key is refused."""
    if isinstance(error, Unauthorized):
        return "ClickSend does not know this user name and key. Check both; a key made anew ends the old one."
    if isinstance(error, Forbidden) and "banned" in f"{error.message} {error.detail}".casefold():
        return f"{_BANNED} {_BANNED_HINT}"
    return str(error)


def account_trouble(account: Account) -> str:
    """What will not work with this account although the key is right; empty if there is nothing."""
    if not account.active:
        return NOT_ACTIVE
    return _NO_CREDIT if account.balance is not None and account.balance <= 0 else ""
