"""The first screen: made once, and a mode like the others."""

from __future__ import annotations

from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

from tests.screens.conftest import Start
from tui.core.settings import Settings
from tui.screens.inbox import InboxScreen


@pytest.mark.parametrize("theme", ["textual-light", "nord"])
async def test_the_first_screen_has_its_theme_without_parsing_the_styles_twice(
    start: Start, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    parsed: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def counting(stylesheet: Stylesheet, *args: Any) -> None:
        parsed.append(stylesheet)
        reparse(stylesheet, *args)

    monkeypatch.setattr(Stylesheet, "reparse", counting)
    async with start(settings=Settings(theme=theme)) as console:
        app = console.app
        assert parsed == []
        assert app.theme == theme
        background = app.get_css_variables()["background"]
        assert app.screen.styles.background.hex == background
        app.theme = "clicksend-dark"
        await console.until(lambda: app.screen.styles.background.hex != background, "the other theme")


async def test_the_inbox_is_come_back_to(start: Start) -> None:
    async with start() as console:
        screen = console.app.screen
        await console.press("2", "1")
        await console.until(lambda: console.app.current_mode == "inbox", "the inbox")
        assert isinstance(screen, InboxScreen)
        assert console.app.screen is screen
