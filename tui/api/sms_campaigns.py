"""SMS campaigns: one text to everybody on a list."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import sms_campaigns as m
from tui.api.models.base import ExportLink, Page
from tui.api.models.sms import CountrySender
from tui.api.operation import Effect


@op.get("/sms-campaigns", title="SMS campaigns", paged=True)
def list_(
    q: t.Search | None = None,
    order_by: t.SortOrder | None = None,
    date_from: t.Since | None = None,
    date_to: t.Until | None = None,
) -> Page[m.Campaign]:
    """All campaigns, oldest first unless another order is asked for."""


@op.post("/sms-campaigns/price", title="Price SMS campaign", effect=Effect.READ)
def price(
    list_id: t.ListId,
    name: t.CampaignName,
    body: t.SmsBody,
    sender: t.Sender = None,
    schedule: t.Schedule | None = None,
    url_to_shorten: t.UrlToShorten | None = None,
) -> m.CampaignPrice:
    """What a campaign would cost in all. Nothing is sent."""


@op.post("/sms-campaigns/send", title="Send SMS campaign", effect=Effect.SEND, priced_by=price)
def send(
    list_id: t.ListId,
    name: t.CampaignName,
    body: t.SmsBody,
    sender: t.Sender = None,
    schedule: t.Schedule | None = None,
    senders: t.Senders[CountrySender] | None = None,
    source: t.Source | None = None,
    url_to_shorten: t.UrlToShorten | None = None,
) -> m.Campaign:
    """Send one text to everybody on a list of up to 20,000, now or at a set time."""


@op.get("/sms-campaigns/{sms_campaign_id}", title="One SMS campaign")
def get(sms_campaign_id: t.CampaignId) -> m.Campaign:
    """A campaign with its status."""


@op.put("/sms-campaigns/{sms_campaign_id}", title="Update SMS campaign", effect=Effect.SEND, priced_by=price)
def update(
    sms_campaign_id: t.CampaignId,
    list_id: t.ListId,
    name: t.CampaignName,
    body: t.SmsBody,
    sender: t.Sender = None,
    schedule: t.Schedule | None = None,
    url_to_shorten: t.UrlToShorten | None = None,
) -> m.Campaign:
    """Replace a scheduled campaign, its time included. Without a time it goes out at once."""


@op.put("/sms-campaigns/{sms_campaign_id}/cancel", title="Cancel SMS campaign", effect=Effect.WRITE)
def cancel(sms_campaign_id: t.CampaignId) -> m.Campaign:
    """Stop a scheduled campaign as a whole. Once it is being sent it cannot be stopped."""


@op.get("/sms-campaigns/{campaign_id}/link-export", title="Export link visits")
def link_export(campaign_id: t.CampaignId, filename: t.FileName) -> ExportLink:
    """A link to all visits of a campaign's short links as a CSV file."""


@op.get("/sms-campaigns/{campaign_id}/link-statistics", title="Link statistics")
def link_statistics(campaign_id: t.CampaignId) -> m.LinkStatistics:
    """How often a campaign's short links were opened, by browser, country, device and system."""


@op.get("/sms-campaigns/{campaign_id}/link-tracking", title="Link visits", paged=True)
def link_tracking(campaign_id: t.CampaignId) -> Page[m.LinkVisit]:
    """Who opened the short link of a campaign and who did not."""
