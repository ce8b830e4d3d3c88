"""E-mail campaigns, their recipients and the addresses they come from, as ClickSend tells them."""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, Field, model_validator

from tui.api.models.base import AnswerModel, Identity, Text, ToldOnce, UnixSeconds, Whole, YesNo
from tui.api.models.messages import PriceAnswer, SendAnswer


class EmailAddress(AnswerModel):
    """An address that e-mails may come from once it is verified."""

    email_address_id: Identity
    email_address: Text = ""
    verified: YesNo = False
    date_added: UnixSeconds = None


class VerificationSent(AnswerModel):
    """That a code was sent; ClickSend tells nothing more."""

    activation_token: ToldOnce | None = None
    """Only a sandbox tells it here: it has no mailbox to send to."""

    @model_validator(mode="before")
    @classmethod
    def _nothing(cls, raw: Any) -> Any:
        return raw if isinstance(raw, dict) else {}


class EmailCampaign(AnswerModel):
    """A campaign and what became of it. `status` "Sent" says that it went out, not that everybody has it."""

    email_campaign_id: Identity
    name: Text = ""
    subject: Text = ""
    body: Text = ""
    body_plain_text: Text = ""
    list_id: Whole = None
    from_email_address_id: Whole = None
    from_name: Text = ""
    template_id: Whole = None
    status: Text = ""
    schedule: UnixSeconds = None
    date_added: UnixSeconds = None
    custom_string: Text = ""
    send_count: Whole = None
    open_count: Whole = None
    click_count: Whole = None
    hard_bounce_count: Whole = None
    soft_bounce_count: Whole = None
    abuse_count: Whole = None
    unsubscribe_count: Whole = None
    subaccount_id: Whole = None
    user_id: Whole = None


class EmailCampaignPreview(AnswerModel):
    """The campaign that was priced."""

    name: Text = ""
    subject: Text = ""
    body: Text = ""
    from_email_address_id: Whole = None
    from_name: Text = ""
    list_id: Whole = None
    template_id: Whole = None


class EmailCampaignPrice(PriceAnswer):
    """What a campaign would cost. Only `queued_count` of the `total_count` contacts can get it."""

    queued_count: Whole = None
    preview: EmailCampaignPreview | None = Field(None, validation_alias=AliasChoices("data", "preview"))


class EmailCampaignSend(SendAnswer):
    """A campaign that was created, and what it costs."""

    total_count: Whole = Field(None, validation_alias=AliasChoices("total_count", "totlal_count"))
    queued_count: Whole = None
    campaign: EmailCampaign | None = Field(None, validation_alias=AliasChoices("data", "campaign"))


class EmailCampaignRecipient(AnswerModel):
    """One e-mail of a campaign and what its recipient did with it."""

    message_id: Text = ""
    email_campaign_id: Whole = None
    contact_id: Whole = None
    to_address: Text = ""
    to_name: Text = ""
    from_address: Text = ""
    from_name: Text = ""
    subject: Text = ""
    status: Text = ""
    processed_at: UnixSeconds = None
    open_count: Whole = None
    click_count: Whole = None
    hard_bounce_count: Whole = None
    soft_bounce_count: Whole = None
