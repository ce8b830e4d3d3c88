"""The account: who we are, its settings, and what it used."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import account as m
from tui.api.models.base import Undocumented
from tui.api.operation import Effect


@op.get("/account", title="Account")
def get() -> m.Account:
    """The account that the key belongs to, with balance, country and settings."""


@op.post("/account", title="Create account", effect=Effect.WRITE, public=True)
def create(
    username: t.Username,
    password: t.Password,
    user_phone: t.Phone,
    user_email: t.Email,
    user_first_name: t.FirstName,
    user_last_name: t.LastName,
    account_name: t.AccountName,
    country: t.CountryCode,
) -> m.Account:
    """Open another ClickSend account, with its own balance. No key is needed for it."""


@op.put("/account", title="Update account", effect=Effect.WRITE)
def update(
    username: t.Username,
    password: t.Password,
    user_phone: t.Phone,
    user_email: t.Email,
    user_first_name: t.FirstName,
    user_last_name: t.LastName,
    account_name: t.AccountName,
    country: t.CountryCode,
    timezone: t.Timezone,
    private_uploads: t.PrivateUploads | None = None,
    setting_sms_hide_business_name: t.HideBusinessName | None = None,
    setting_sms_hide_your_number: t.HideOwnNumber | None = None,
) -> m.Account:
    """Replace the details of the account, its password among them."""


@op.put(
    "/account-verify/send",
    title="Send activation code",
    effect=Effect.SEND,
    unpriced="ClickSend states no price for an activation code.",
)
def verify_send(
    user_phone: t.Phone | None = None,
    country: t.CountryCode | None = None,
    type: t.VerificationType | None = None,
) -> m.VerificationSent:
    """Have a code sent to a phone, to activate the account with."""


@op.put("/account-verify/verify/{activation_token}", title="Activate account", effect=Effect.WRITE)
def verify(activation_token: t.ActivationToken) -> m.Account:
    """Activate the account with the code that was sent."""


@op.get("/account/usage/{year}/{month}/subaccount", title="Account usage")
def usage(year: t.Year, month: t.Month) -> m.Usage:
    """What each sub-account used and paid in one month, by product."""


@op.get("/sdk-download/{type}", title="Download a client library")
def sdk_download(type: t.Sdk) -> Undocumented:
    """Where one of ClickSend's client libraries can be had."""
