"""MMS campaigns: one picture and text to everybody on a list."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import mms_campaigns as m
from tui.api.models.base import Page
from tui.api.models.sms_campaigns import CampaignPrice
from tui.api.operation import Effect


@op.get("/mms-campaigns", title="MMS campaigns", paged=True, envelope=False)
def list_() -> Page[m.MmsCampaign]:
    """All MMS campaigns, oldest first."""


@op.post("/mms-campaigns/price", title="Price MMS campaign", effect=Effect.READ)
def price(
    list_id: t.ListId,
    name: t.CampaignName,
    subject: t.MmsSubject,
    body: t.MmsBody,
    media_file: t.MediaFile,
    sender: t.Sender = None,
    schedule: t.Schedule | None = None,
) -> CampaignPrice:
    """What an MMS campaign would cost in all. Nothing is sent."""


@op.post("/mms-campaigns/send", title="Send MMS campaign", effect=Effect.SEND, priced_by=price)
def send(
    list_id: t.ListId,
    name: t.CampaignName,
    subject: t.MmsSubject,
    body: t.MmsBody,
    media_file: t.MediaFile,
    sender: t.Sender = None,
    schedule: t.Schedule | None = None,
    url_to_shorten: t.UrlToShorten | None = None,
) -> m.MmsCampaign:
    """Send one picture and text to everybody on a list, now or at a set time."""


@op.get("/mms-campaigns/{mms_campaign_id}", title="One MMS campaign")
def get(mms_campaign_id: t.CampaignId) -> m.MmsCampaign:
    """A campaign with its status."""


@op.put("/mms-campaigns/{mms_campaign_id}", title="Update MMS campaign", effect=Effect.SEND, priced_by=price)
def update(
    mms_campaign_id: t.CampaignId,
    list_id: t.ListId,
    name: t.CampaignName,
    subject: t.MmsSubject,
    body: t.MmsBody,
    media_file: t.MediaFile,
    sender: t.Sender = None,
    schedule: t.Schedule | None = None,
) -> m.MmsCampaign:
    """Replace a scheduled MMS campaign, its time included. Without a time it goes out at once."""


@op.put("/mms-campaigns/{mms_campaign_id}/cancel", title="Cancel MMS campaign", effect=Effect.WRITE)
def cancel(mms_campaign_id: t.CampaignId) -> m.MmsCampaign:
    """Stop a scheduled MMS campaign as a whole. Once it is being sent it cannot be stopped."""
