"""A text area that is taken away while something lies above it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.geometry import Region

from tui.widgets.writing_area import WritingArea


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield WritingArea("Half a sentence")


async def test_one_that_was_taken_away_is_painted_blank() -> None:
    async with Page().run_test() as pilot:
        area = pilot.app.query_one(WritingArea)
        crop = Region(0, 0, 20, 2)
        assert "Half" in area.render_lines(crop)[1].text + area.render_lines(crop)[0].text
        await area.remove()
        assert [strip.text.strip() for strip in area.render_lines(crop)] == ["", ""]
