"""Texts that are kept to be used again."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.words import Content, Kind, words

TemplateId = Annotated[int, Kind.TEMPLATE, words("Template", "One template.", 632, ge=1)]
TemplateName = Annotated[str, words("Name", "Of the template.", "Opening hours", min_length=1)]

EmailTemplateId = Annotated[int, Kind.EMAIL_TEMPLATE, words("Template", "An e-mail template.", 281, ge=1)]
MasterTemplateId = Annotated[
    int, words("Master template", "One of ClickSend's own designs that templates begin with.", 57, ge=1)
]
TemplateCategoryId = Annotated[int, words("Category", "What a design is meant for.", 4, ge=1)]
TemplateBody = Annotated[
    str, Kind.TEXT_BLOCK, words("Body", "The HTML of the template.", "<p>Hi</p>", min_length=1)
]
TemplateImage = Annotated[
    str, Content, words("Image", "An image to be kept, in base64.", "R0lGODlhAQABAAAAACw=")
]
TemplateImageUrl = Annotated[
    str, Kind.URL, words("Image URL", "Where ClickSend can fetch the image.", "https://example.com/logo.png")
]
