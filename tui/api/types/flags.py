"""Yes and no."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainSerializer

from tui.api.types.words import words

Flag = Annotated[bool, PlainSerializer(int, return_type=int), words("On", "Yes or no; 1 or 0 on the wire.")]
