"""Reseller: its settings, the accounts of its customers, and credit for them."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import reseller as m
from tui.api.models.account import Account
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/reseller", title="Reseller settings")
def settings_get() -> list[m.ResellerSettings]:
    """What customers see of the reseller and pay to it."""


@op.put("/reseller", title="Update reseller settings", effect=Effect.WRITE)
def settings_update(
    company_name: t.CompanyName,
    subdomain: t.Subdomain,
    allow_public_signups: t.PublicSignUps,
    default_margin: t.Margin,
    default_margin_numbers: t.NumberMargin,
    trial_balance: t.TrialBalance,
    colour_navigation: t.NavigationColour,
    logo_url_dark: t.LogoDark,
    logo_url_light: t.LogoLight,
) -> m.ResellerSettings:
    """Replace what customers see of the reseller and pay to it."""


@op.get("/reseller/{subdomain}", title="Reseller by subdomain", public=True)
def settings_by_subdomain(subdomain: t.Subdomain) -> m.ResellerSettings:
    """Which reseller a site belongs to, and how it looks. No key is needed for it."""


@op.get("/reseller/accounts", title="Customer accounts", paged=True)
def accounts_list() -> Page[Account]:
    """The accounts of the reseller's customers, with their balances."""


@op.post("/reseller/accounts", title="Create customer account", effect=Effect.WRITE)
def accounts_create(
    username: t.Username,
    password: t.Password,
    user_email: t.Email,
    user_phone: t.Phone,
    user_first_name: t.FirstName,
    user_last_name: t.LastName,
    account_name: t.AccountName,
    country: t.CountryCode,
) -> Account:
    """Open an account for a customer of the reseller, with a balance of its own."""


@op.post(
    "/reseller/accounts-public",
    title="Sign up as a customer",
    effect=Effect.WRITE,
    public=True,
)
def accounts_create_public(
    reseller_user_id: t.ResellerUserId,
    username: t.Username,
    password: t.Password,
    user_email: t.Email,
    user_phone: t.Phone,
    user_first_name: t.FirstName,
    user_last_name: t.LastName,
    account_name: t.AccountName,
    country: t.CountryCode,
) -> Account:
    """Open an account with a reseller that lets anybody sign up. No key is needed for it."""


@op.get("/reseller/accounts/{client_user_id}", title="One customer account")
def accounts_get(client_user_id: t.ClientUserId) -> Account:
    """The details and the balance of one customer's account."""


@op.put("/reseller/accounts/{client_user_id}", title="Update customer account", effect=Effect.WRITE)
def accounts_update(
    client_user_id: t.ClientUserId,
    username: t.Username,
    password: t.Password,
    user_email: t.Email,
    user_phone: t.Phone,
    user_first_name: t.FirstName,
    user_last_name: t.LastName,
    account_name: t.AccountName,
    country: t.CountryCode,
) -> Account:
    """Replace the details of one customer's account, its password among them."""


@op.put(
    "/reseller/transfer-credit",
    title="Transfer credit",
    effect=Effect.SPEND,
    unpriced="It costs exactly the amount entered.",
)
def transfer_credit(
    client_user_id: t.ClientUserId, balance: t.TransferredCredit, currency: t.CurrencyCode
) -> Account:
    """Give a customer some of your credit. Nothing gives it back."""
