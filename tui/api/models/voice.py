"""Calls as ClickSend takes and tells them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from tui.api import types as t
from tui.api.models.base import AnswerModel, IdentityText, RequestModel, Text, Whole, YesNo
from tui.api.models.messages import MessageRow, PricedMessages, SentMessages, SentRecord


class VoiceMessage(RequestModel):
    """One call to one number, or to each contact of a list (`list_id` goes before `to`)."""

    to: t.Recipient | None = None
    body: t.VoiceBody
    lang: t.LanguageCode
    voice: t.VoiceGender
    require_input: t.RequireInput | None = None
    machine_detection: t.DetectMachine | None = None
    schedule: t.Schedule | None = None
    custom_string: t.CustomString | None = None
    list_id: t.ListId | None = None
    country: t.CountryCode | None = None
    source: t.Source | None = None


class Call(MessageRow):
    """One call, priced or made. `digits` are the keys pressed, empty when there were none."""

    body: Text = ""
    lang: Text = ""
    voice: Text = ""
    to_type: Text = ""
    require_input: YesNo = False
    machine_detection: YesNo = False
    machine_detected: YesNo = False
    digits: Text = ""
    list_id: Whole = None


VoicePrice = PricedMessages[Call]


VoiceSent = SentMessages[Call]


class VoiceRecord(SentRecord, Call):
    """One call in history."""

    message_id: IdentityText


class VoiceLanguage(AnswerModel):
    """A language that a text can be read in; `gender` are its voices."""

    code: IdentityText
    country: Text = ""
    gender: Annotated[
        list[Text], BeforeValidator(lambda raw: [raw] if isinstance(raw, str) else raw or [])
    ] = []
