"""MMS campaigns as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import AnswerModel, Identity, Text, UnixSeconds, Whole


class MmsCampaign(AnswerModel):
    """A campaign. `status` "Sent" says that it went out, not that everybody has it."""

    mms_campaign_id: Identity
    name: Text = ""
    list_id: Whole = None
    list_name: Text = Field("", validation_alias=AliasChoices("_list_name", "list_name"))
    sender: Text = Field("", validation_alias=AliasChoices("from", "sender"))
    subject: Text = ""
    body: Text = ""
    media_file: Text = Field("", validation_alias=AliasChoices("_media_file_url", "media_file"))
    file_name: Text = ""
    status: Text = ""
    schedule: UnixSeconds = None
    date_added: UnixSeconds = None
    total_count: Whole = Field(None, validation_alias=AliasChoices("_total_count", "total_count"))
    """How many recipients."""
    subaccount_id: Whole = None
    user_id: Whole = None
