"""Texts that are kept to be used again."""

from __future__ import annotations

from typing import Annotated

from tui.api.types.words import Kind, words

TemplateId = Annotated[int, Kind.TEMPLATE, words("Template", "One template.", 632, ge=1)]
TemplateName = Annotated[str, words("Name", "Of the template.", "Opening hours", min_length=1)]
