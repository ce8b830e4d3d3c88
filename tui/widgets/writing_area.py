"""Text of several lines to be written: Textual's text area, quiet and out of the way of Tab."""

from __future__ import annotations

from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import TextArea


class WritingArea(TextArea):
    """A text area whose cursor does not blink, and which Tab leaves."""

    def __init__(self, text: str = "", *, placeholder: str = "", compact: bool = False) -> None:
        super().__init__(text, placeholder=placeholder, tab_behavior="focus", compact=compact)
        self.cursor_blink = False

    def render_lines(self, crop: Region) -> list[Strip]:
        # Textual 8.2.8 paints one that was just taken away, and that has lost the styles of its parts, if
        # what lay above it goes before the next layout.
        if not self.is_attached:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)
