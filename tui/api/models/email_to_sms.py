"""E-mail to SMS as ClickSend tells it."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import AnswerModel, Identity, Text, Whole


class AllowedAddress(AnswerModel):
    """An address whose e-mails are sent on; "*@example.com" is everybody there."""

    email_address_id: Identity
    email_address: Text = ""
    sender: Text = Field("", validation_alias=AliasChoices("from", "sender"))
    from_fax: Text = ""
    voice: Text = ""
    lang: Text = ""
    subaccount_id: Whole = None
    subaccount_name: Text = Field("", validation_alias=AliasChoices("_subaccount_name", "subaccount_name"))


class StrippedText(AnswerModel):
    """A text that is cut from e-mails; ClickSend has two names for it."""

    rule_id: Identity
    strip_string: Text = Field("", validation_alias=AliasChoices("strip_string", "stripped_string"))
