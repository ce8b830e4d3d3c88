"""Sub-accounts: who else may use the account, and for what."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import subaccounts as m
from tui.api.models.account import Subaccount
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/subaccounts", title="Sub-accounts", paged=True)
def list_() -> Page[Subaccount]:
    """Everybody who has a user name of their own for this account, and what each may do."""


@op.post("/subaccounts", title="Create sub-account", effect=Effect.WRITE)
def create(
    api_username: t.ApiUsername,
    password: t.SubaccountPassword,
    email: t.SubaccountEmail,
    phone_number: t.SubaccountPhone,
    first_name: t.SubaccountFirstName,
    last_name: t.SubaccountLastName,
    access_users: t.AccessUsers | None = None,
    access_billing: t.AccessBilling | None = None,
    access_reporting: t.AccessReporting | None = None,
    access_contacts: t.AccessContacts | None = None,
    access_settings: t.AccessSettings | None = None,
    access_sms: t.AccessSms | None = None,
    access_mms: t.AccessMms | None = None,
    access_voice: t.AccessVoice | None = None,
    access_email: t.AccessEmail | None = None,
    access_fax: t.AccessFax | None = None,
    access_post: t.AccessPost | None = None,
    access_reseller: t.AccessReseller | None = None,
    access_global_sending: t.AccessGlobalSending | None = None,
    access_smpp: t.AccessSmpp | None = None,
    hide_pricing: t.HidePricing | None = None,
    share_campaigns: t.ShareCampaigns | None = None,
    sms_deidentify_message: t.DeidentifySms | None = None,
    notes: t.Notes | None = None,
) -> Subaccount:
    """Give somebody a user name and a key of their own. What is not said is allowed to them."""


@op.get("/subaccounts/{subaccount_id}", title="One sub-account")
def get(subaccount_id: t.SubaccountId) -> Subaccount:
    """Who a sub-account belongs to and what it may do."""


@op.put("/subaccounts/{subaccount_id}", title="Update sub-account", effect=Effect.WRITE)
def update(
    subaccount_id: t.SubaccountId,
    api_username: t.ApiUsername | None = None,
    password: t.SubaccountPassword | None = None,
    email: t.SubaccountEmail | None = None,
    phone_number: t.SubaccountPhone | None = None,
    first_name: t.SubaccountFirstName | None = None,
    last_name: t.SubaccountLastName | None = None,
    access_users: t.AccessUsers | None = None,
    access_billing: t.AccessBilling | None = None,
    access_reporting: t.AccessReporting | None = None,
    access_contacts: t.AccessContacts | None = None,
    access_settings: t.AccessSettings | None = None,
    access_sms: t.AccessSms | None = None,
    access_mms: t.AccessMms | None = None,
    access_voice: t.AccessVoice | None = None,
    access_email: t.AccessEmail | None = None,
    access_fax: t.AccessFax | None = None,
    access_post: t.AccessPost | None = None,
    access_reseller: t.AccessReseller | None = None,
    access_global_sending: t.AccessGlobalSending | None = None,
    access_smpp: t.AccessSmpp | None = None,
    hide_pricing: t.HidePricing | None = None,
    share_campaigns: t.ShareCampaigns | None = None,
    sms_deidentify_message: t.DeidentifySms | None = None,
    notes: t.Notes | None = None,
) -> Subaccount:
    """Change who a sub-account belongs to or what it may do."""


@op.delete(
    "/subaccounts/{subaccount_id}",
    title="Delete sub-account",
    loses="Its user name and its key stop working at once, wherever they are used.",
)
def delete(subaccount_id: t.SubaccountId) -> None:
    """Take a sub-account away for good."""


@op.put(
    "/subaccounts/{subaccount_id}/regen-api-key",
    title="Renew API key",
    effect=Effect.WRITE,
    loses="The present key stops working at once, wherever it is used.",
    tells="api_key",
)
def regen_api_key(subaccount_id: t.SubaccountId) -> m.NewKey:
    """Regenerate the API key of a sub-account: the new one takes its place at once and is shown once."""
