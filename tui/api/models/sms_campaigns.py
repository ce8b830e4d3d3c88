"""SMS campaigns and the visits of their links as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import AnswerModel, Identity, Rows, Text, UnixSeconds, Whole
from tui.api.models.messages import PriceAnswer


class Campaign(AnswerModel):
    """A campaign. `status` "Sent" says that it went out, not that everybody has it."""

    sms_campaign_id: Identity
    name: Text = ""
    list_id: Whole = None
    list_name: Text = Field("", validation_alias=AliasChoices("_list_name", "list_name"))
    sender: Text = Field("", validation_alias=AliasChoices("from", "sender"))
    body: Text = ""
    status: Text = ""
    schedule: UnixSeconds = None
    date_added: UnixSeconds = None
    total_count: Whole = Field(None, validation_alias=AliasChoices("_total_count", "total_count"))
    """How many recipients."""
    custom_string: Text = ""
    source: Text = ""
    url_to_shorten: Text = ""
    subaccount_id: Whole = None
    user_id: Whole = None


class CampaignPreview(AnswerModel):
    """The text as one recipient gets it, with the names filled in."""

    body: Text = ""
    sender: Text = Field("", validation_alias=AliasChoices("from", "sender"))
    schedule: UnixSeconds = None


class CampaignPrice(PriceAnswer):
    """What a campaign would cost."""

    preview: CampaignPreview | None = Field(None, validation_alias=AliasChoices("data", "preview"))


class Share(AnswerModel):
    """How many visits came from one browser, country, device or system."""

    label: Text = ""
    count: Whole = None


class LinkCounts(AnswerModel):
    """How many recipients opened the link."""

    opened: Whole = None
    unopened: Whole = None


class LinkStatistics(AnswerModel):
    """The visits of a campaign's links; what nobody visited from is left out."""

    links: LinkCounts | None = None
    browser: Rows[Share] = []
    country: Rows[Share] = []
    device: Rows[Share] = []
    os: Rows[Share] = []


class Visitor(AnswerModel):
    """The recipient behind a link."""

    contact_id: Whole = None
    first_name: Text = ""
    last_name: Text = ""
    phone_number: Text = ""


class LinkVisit(AnswerModel):
    """One recipient's link; `date_opened` is None when it was not opened."""

    contact: Visitor | None = None
    open_count: Whole = None
    date_opened: UnixSeconds = None
    user_browser: Text = ""
    user_device: Text = ""
    user_os: Text = ""
    user_geo_country: Text = ""
    user_geo_region: Text = ""
