"""Referrals as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import Amount, AnswerModel, UnixSeconds, Whole


class Referral(AnswerModel):
    """One account that was referred, and the percentage of its spending that is credited."""

    referral_rule_id: Whole = None
    referred_user_id: Whole = Field(
        None, validation_alias=AliasChoices("refered_user_id", "referred_user_id")
    )
    date_referred: UnixSeconds = None
    percentage_referral: Amount = None
