"""Uploaded files as ClickSend tells them."""

from __future__ import annotations

from pydantic import AliasChoices, Field

from tui.api.models.base import AnswerModel, IdentityText, Text, UnixSeconds


class UploadedFile(AnswerModel):
    """A file that messages can refer to by its URL until `date_delete`, and never longer than ten minutes."""

    url: IdentityText = Field(validation_alias=AliasChoices("_url", "url"))
    file_name: Text = ""
    upload_id: Text = ""
    date_added: UnixSeconds = None
    date_delete: UnixSeconds = None
