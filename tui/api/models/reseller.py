"""Resellers as ClickSend tells them."""

from __future__ import annotations

from tui.api.models.base import Amount, AnswerModel, Text, Whole, YesNo


class ResellerSettings(AnswerModel):
    """What customers see of a reseller; margins and trial balance are told to the reseller alone."""

    reseller_user_id: Whole = None
    company_name: Text = ""
    subdomain: Text = ""
    allow_public_signups: YesNo = False
    default_margin: Amount = None
    default_margin_numbers: Amount = None
    trial_balance: Amount = None
    colour_navigation: Text = ""
    logo_url: Text = ""
    logo_url_dark: Text = ""
    logo_url_light: Text = ""
