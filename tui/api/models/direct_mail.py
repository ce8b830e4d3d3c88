"""Direct mail as ClickSend takes and tells it."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api import types as t
from tui.api.models.base import Amount, AnswerModel, Identity, RequestModel, Rows, Text, UnixSeconds, Whole
from tui.api.models.messages import PriceAnswer, SendAnswer


class MailArea(RequestModel):
    """How many pieces go to one area."""

    location_id: t.LocationId
    quantity: t.MailQuantity


class AreaRow(AnswerModel):
    """One area of a campaign."""

    location_id: Whole = None
    place_name: Text = ""
    postal_code: Text = ""
    country_code: Text = ""
    country_name: Text = ""
    quantity: Whole = None
    price: Amount = None
    status: Text = ""


class DirectMailCampaign(AnswerModel):
    """A campaign with its areas; one that was only priced has no `campaign_id`."""

    campaign_id: Whole = None
    name: Text = ""
    size: Text = ""
    status: Text = ""
    schedule: UnixSeconds = None
    date_added: UnixSeconds = None
    custom_string: Text = ""
    source: Text = ""
    areas: Rows[AreaRow] = Field([], validation_alias=AliasChoices("_areas", "areas"))
    total_quantity: Whole = Field(None, validation_alias=AliasChoices("_total_quantity", "total_quantity"))
    user_id: Whole = None


class DirectMailPrice(PriceAnswer):
    """What a campaign would cost; `total_count` are the pieces."""

    total_count: Whole = Field(None, validation_alias=AliasChoices("total_quantity", "total_count"))
    campaign: DirectMailCampaign | None = Field(None, validation_alias=AliasChoices("data", "campaign"))


class DirectMailSend(SendAnswer):
    """A campaign that was created, and what it costs; `total_count` are the pieces."""

    total_count: Whole = Field(None, validation_alias=AliasChoices("total_quantity", "total_count"))
    campaign: DirectMailCampaign | None = Field(None, validation_alias=AliasChoices("data", "campaign"))


class Location(AnswerModel):
    """An area that direct mail can go to."""

    location_id: Identity
    place_name: Text = ""
    postal_code: Text = ""
    country_code: Text = ""
    admin_name1: Text = ""
    admin_code1: Text = ""
    latitude: Text = ""
    longitude: Text = ""
    accuracy: Whole = None
