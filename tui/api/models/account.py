"""What ClickSend tells about an account."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from tui.api.models.base import (
    Amount,
    AnswerCurrency,
    AnswerModel,
    Identity,
    Masked,
    Rows,
    Text,
    Whole,
    YesNo,
)


class Subaccount(AnswerModel):
    """A user name and key for an account, whom they belong to, and what they may be used for."""

    subaccount_id: Identity
    api_username: Text = ""
    api_key: Masked = ""
    email: Text = ""
    phone_number: Text = ""
    first_name: Text = ""
    last_name: Text = ""
    access_users: YesNo = False
    access_billing: YesNo = False
    access_reporting: YesNo = False
    access_contacts: YesNo = False
    access_settings: YesNo = False
    access_sms: YesNo = False
    access_mms: YesNo = False
    access_voice: YesNo = False
    access_email: YesNo = False
    access_fax: YesNo = False
    access_post: YesNo = False
    access_reseller: YesNo = False
    access_global_sending: YesNo = False
    access_smpp: YesNo = False
    hide_pricing: YesNo = False
    share_campaigns: YesNo = False
    is_main: YesNo = False
    notes: Text = ""


class Account(AnswerModel):
    """The account itself. An account that is not `active`, or is `banned`, cannot send."""

    user_id: Identity
    username: Text = ""
    user_email: Text = ""
    user_phone: Text = ""
    user_first_name: Text = ""
    user_last_name: Text = ""
    account_name: Text = ""
    active: YesNo = True
    banned: YesNo = False
    balance: Amount = None
    low_credit_amount: Amount = None
    auto_recharge: YesNo = False
    auto_recharge_amount: Amount = None
    country: Text = ""
    default_country_sms: Text = ""
    timezone: Text = ""
    on_trial: YesNo = False
    setting_unicode_sms: YesNo = False
    setting_sms_message_char_limit: Whole = None
    """How many message parts a text may have; longer ones are cut off by ClickSend."""
    currency: AnswerCurrency = None
    subaccount: Subaccount | None = Field(None, validation_alias="_subaccount")


class VerificationSent(AnswerModel):
    """Where an activation code went; the code itself is left out."""

    country: Text = ""
    type: Text = ""
    user_phone: Text = ""
    activation_token: Masked = ""


class UsageRow(AnswerModel):
    """What one sub-account used of one product."""

    subaccount_id: Whole = None
    username: Text = ""
    total_count: Whole = None
    total_price: Amount = None


class UsageTotal(AnswerModel):
    """What all of them used of it."""

    count: Whole = None
    price: Amount = None


class Usage(AnswerModel):
    """One month by product and sub-account. Products named later come as extra fields."""

    sms: Rows[UsageRow] = []
    mms: Rows[UsageRow] = []
    voice: Rows[UsageRow] = []
    email: Rows[UsageRow] = []
    fax: Rows[UsageRow] = []
    post: Rows[UsageRow] = []
    sms_total: UsageTotal | None = None
    mms_total: UsageTotal | None = None
    voice_total: UsageTotal | None = None
    email_total: UsageTotal | None = None
    fax_total: UsageTotal | None = None
    post_total: UsageTotal | None = None
    currency: AnswerCurrency = None

    @property
    def total(self) -> Decimal:
        """All products together."""
        totals = (
            self.sms_total,
            self.mms_total,
            self.voice_total,
            self.email_total,
            self.fax_total,
            self.post_total,
        )
        return sum((item.price for item in totals if item and item.price), Decimal(0))
