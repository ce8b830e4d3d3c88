"""Short links and their visits."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.words import words

LinkSource = Annotated[
    str, words("Source", "What sent the link, as in its statistics.", "sms_campaign", min_length=1)
]
LinkSourceId = Annotated[str, words("Source id", "The message or campaign.", "31", min_length=1)]
LongUrlId = Annotated[
    str, words("Link id", "As in the statistics of its source.", "sms_campaign-31-caee6179", min_length=1)
]
