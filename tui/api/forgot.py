"""Forgotten: a user name or a password that is not known any more."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.operation import Effect

_UNPRICED = "ClickSend states no price for such a reminder."


@op.put("/forgot-username", title="Forgotten user name", effect=Effect.SEND, unpriced=_UNPRICED, public=True)
def username(
    email: t.Email | None = None,
    phone_number: t.Phone | None = None,
    country: t.CountryCode | None = None,
) -> None:
    """Have the user name sent to its owner. Give the e-mail address or the phone number, not both."""


@op.put("/forgot-password", title="Forgotten password", effect=Effect.SEND, unpriced=_UNPRICED, public=True)
def password(username: t.Username) -> None:
    """Have a code e-mailed to the owner of a user name, to set a new password with."""


@op.put("/forgot-password/verify", title="Set new password", effect=Effect.WRITE)
def password_verify(
    subaccount_id: t.SubaccountId, activation_token: t.ResetToken, password: t.NewPassword
) -> None:
    """Set a new password for a sub-account with the code that was e-mailed."""
