"""Campaigns to contact lists."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.flags import Flag
from tui.api.types.words import Kind, words

CampaignId = Annotated[int, Kind.CAMPAIGN, words("Campaign", "One campaign.", 31, ge=1)]
EmailCampaignId = Annotated[CampaignId, words("Campaign", "One e-mail campaign.")]
CampaignName = Annotated[str, words("Name", "Of the campaign.", "Spring sale", min_length=1)]
UrlToShorten = Annotated[
    str,
    Kind.URL,
    words(
        "Link to shorten",
        "Stands in the text as the placeholder smsg.io/xxxxx.",
        "https://example.com/sale",
        max_length=250,
    ),
]
CampaignReference = Annotated[
    str, words("Reference", "Your own note on the campaign; nobody else sees it.", "spring 2026")
]
KeptAsDraft = Annotated[Flag, words("Draft", "Whether it is kept for later instead of sent.")]
