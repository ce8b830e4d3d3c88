"""E-mail campaigns, and the addresses that e-mail may come from."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import email_marketing as m
from tui.api.models.base import ExportLink, Page
from tui.api.operation import Effect

CLOSED = "ClickSend no longer sends e-mail campaigns for new customers, only single e-mails."


@op.get("/email-campaigns", title="E-mail campaigns", paged=True, closed=CLOSED)
def campaigns_list() -> Page[m.EmailCampaign]:
    """All e-mail campaigns with what became of them, oldest first."""


@op.post("/email-campaigns/price", title="Price e-mail campaign", effect=Effect.READ, closed=CLOSED)
def campaigns_price(
    list_id: t.ListId,
    name: t.CampaignName,
    subject: t.EmailSubject,
    body: t.EmailBody,
    from_email_address_id: t.FromEmailAddressId,
    from_name: t.FromName,
    template_id: t.EmailTemplateId | None = None,
    schedule: t.Schedule | None = None,
    custom_string: t.CampaignReference | None = None,
    draft: t.KeptAsDraft | None = None,
) -> m.EmailCampaignPrice:
    """What an e-mail campaign would cost in all. Nothing is sent."""


@op.post(
    "/email-campaigns/send",
    title="Send e-mail campaign",
    effect=Effect.SEND,
    priced_by=campaigns_price,
    closed=CLOSED,
)
def campaigns_send(
    list_id: t.ListId,
    name: t.CampaignName,
    subject: t.EmailSubject,
    body: t.EmailBody,
    from_email_address_id: t.FromEmailAddressId,
    from_name: t.FromName,
    template_id: t.EmailTemplateId | None = None,
    schedule: t.Schedule | None = None,
    custom_string: t.CampaignReference | None = None,
    draft: t.KeptAsDraft | None = None,
) -> m.EmailCampaignSend:
    """Send one e-mail to everybody on a list who has an address, now or at a set time."""


@op.get("/email-campaigns/{email_campaign_id}", title="One e-mail campaign", closed=CLOSED)
def campaigns_get(email_campaign_id: t.EmailCampaignId) -> m.EmailCampaign:
    """A campaign with its status, and how many recipients opened it or did not get it."""


@op.put(
    "/email-campaigns/{email_campaign_id}",
    title="Update e-mail campaign",
    effect=Effect.SEND,
    priced_by=campaigns_price,
    closed=CLOSED,
)
def campaigns_update(
    email_campaign_id: t.EmailCampaignId,
    list_id: t.ListId,
    name: t.CampaignName,
    subject: t.EmailSubject,
    body: t.EmailBody,
    from_email_address_id: t.FromEmailAddressId,
    from_name: t.FromName,
    template_id: t.EmailTemplateId | None = None,
    schedule: t.Schedule | None = None,
) -> m.EmailCampaign:
    """Replace a scheduled e-mail campaign, its time included. Without a time it goes out at once."""


@op.put(
    "/email-campaigns/{email_campaign_id}/cancel",
    title="Cancel e-mail campaign",
    effect=Effect.WRITE,
    closed=CLOSED,
)
def campaigns_cancel(email_campaign_id: t.EmailCampaignId) -> m.EmailCampaign:
    """Stop a scheduled campaign as a whole. Once it is being sent it cannot be stopped."""


@op.get(
    "/email-campaigns/{email_campaign_id}/history", title="E-mail campaign history", paged=True, closed=CLOSED
)
def campaigns_history(
    email_campaign_id: t.EmailCampaignId,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> Page[m.EmailCampaignRecipient]:
    """Every recipient of a campaign: whether the e-mail arrived, and whether it was opened."""


@op.get(
    "/email-campaigns/{email_campaign_id}/history/export",
    title="Export e-mail campaign history",
    closed=CLOSED,
)
def campaigns_history_export(
    email_campaign_id: t.EmailCampaignId,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> ExportLink:
    """A link to every recipient of a campaign as a CSV file."""


@op.get("/email/addresses", title="Allowed e-mail addresses", paged=True)
def addresses_list() -> Page[m.EmailAddress]:
    """The addresses that e-mails may come from, and which of them are verified."""


@op.post("/email/addresses", title="Allow an e-mail address", effect=Effect.WRITE)
def addresses_create(email_address: t.AllowedEmail) -> m.EmailAddress:
    """Note an address to send from. It can be used once it is verified."""


@op.get("/email/addresses/{email_address_id}", title="One allowed e-mail address")
def addresses_get(email_address_id: t.EmailAddressId) -> m.EmailAddress:
    """An address, and whether it is verified."""


@op.delete(
    "/email/addresses/{email_address_id}",
    title="Delete allowed e-mail address",
    loses="Nothing can be sent from the address until it is added and verified anew.",
)
def addresses_delete(email_address_id: t.EmailAddressId) -> None:
    """Take an address off those that e-mails may come from."""


@op.put(
    "/email/address-verify/{email_address_id}/send",
    title="Send e-mail verification code",
    effect=Effect.SEND,
    unpriced="ClickSend states no price for a verification e-mail.",
    tells="activation_token",
)
def addresses_verify_send(email_address_id: t.EmailAddressId) -> m.VerificationSent:
    """Have a code e-mailed to an address, to verify it with."""


@op.put(
    "/email/address-verify/{email_address_id}/verify/{activation_token}",
    title="Verify e-mail address",
    effect=Effect.WRITE,
)
def addresses_verify(email_address_id: t.EmailAddressId, activation_token: t.EmailToken) -> m.EmailAddress:
    """Show with the code that was e-mailed that the address is yours."""
