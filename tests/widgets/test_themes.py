"""The themes on terminals with fewer colours than they name."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from tui.widgets import themes

LAYERS = ("background", "surface", "panel")


@pytest.mark.parametrize("theme", [themes.DARK, themes.LIGHT], ids=lambda theme: theme.name)
def test_layers_can_be_told_apart_with_256_colours(theme: Theme) -> None:
    colours = [getattr(theme, layer) for layer in LAYERS]
    marks = [theme.variables[token] for token in ("rule", "cursor-background", "cursor-idle-background")]
    shown = [Color.parse(name).downgrade(ColorSystem.EIGHT_BIT).number for name in (*colours, *marks)]
    background, *others = shown
    assert len(set(shown[:3])) == len(LAYERS)
    assert background not in others


@pytest.mark.parametrize(
    ("name", "colours", "used"),
    [
        ("clicksend-dark", "standard", "ansi-dark"),
        ("clicksend-light", "standard", "ansi-light"),
        ("clicksend-dark", "256", "clicksend-dark"),
        ("clicksend-dark", "truecolor", "clicksend-dark"),
        ("nord", "standard", "nord"),
        ("clicksend-dark", None, "clicksend-dark"),
    ],
)
def test_sixteen_colours_are_the_terminals_own(name: str, colours: str | None, used: str) -> None:
    assert themes.for_terminal(name, colours) == used
