"""What ClickSend tells of sub-accounts besides themselves."""

from __future__ import annotations

from tui.api.models.base import AnswerModel, ToldOnce


class NewKey(AnswerModel):
    """The key that replaces the one before."""

    api_key: ToldOnce
