"""Templates as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import AnswerModel, Identity, Text, UnixSeconds, Whole


class SmsTemplate(AnswerModel):
    """A text under a name."""

    template_id: Identity
    template_name: Text = ""
    body: Text = ""


class EmailTemplate(AnswerModel):
    """An e-mail of your own under a name; a listing leaves out its body and what it began with."""

    template_id: Identity
    template_id_master: Whole = None
    template_name: Text = ""
    body: Text = ""


class Thumbnail(AnswerModel):
    """Where two pictures of a design are."""

    small: Text = ""
    large: Text = ""


class MasterTemplate(AnswerModel):
    """One of ClickSend's designs."""

    template_id_master: Identity
    template_name: Text = ""
    category_id: Whole = None
    body: Text = ""
    date_added: UnixSeconds = None
    thumbnail: Thumbnail | None = None


class TemplateCategory(AnswerModel):
    """What designs are meant for. A listing has another word for the name than a single answer."""

    category_id: Identity
    name: Text = Field("", validation_alias=AliasChoices("name", "category_name"))
