"""The console's own themes, a dark and a light one: one accent, and green, amber and red for states alone.

The backgrounds have so little colour that each is another grey on a terminal with 256 colours.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="clicksend-dark",
    primary="#5fb3d9",
    secondary="#5fb3d9",
    accent="#5fb3d9",
    warning="#e0af5a",
    error="#e5736b",
    success="#7fbf7f",
    foreground="#c9d1d6",
    background="#15181b",
    surface="#1a1e22",
    panel="#22272c",
    dark=True,
    variables={
        "bright": "#f2f6f8",
        "muted": "#7c8891",
        "rule": "#2d343a",
        "cursor-background": "#25404f",
        "cursor-idle-background": "#242a2f",
        "block-cursor-background": "#25404f",
        "block-cursor-foreground": "#f2f6f8",
        "block-cursor-text-style": "none",
        "border": "#2d343a",
        "border-blurred": "#2d343a",
        "scrollbar": "#2d343a",
        "scrollbar-background": "#15181b",
        "scrollbar-hover": "#3a464f",
        "scrollbar-active": "#5fb3d9",
    },
)
LIGHT = Theme(
    name="clicksend-light",
    primary="#0b6e99",
    secondary="#0b6e99",
    accent="#0b6e99",
    warning="#8f5b00",
    error="#b3261e",
    success="#2e702d",
    foreground="#333b41",
    background="#fbfbf9",
    surface="#f4f4f1",
    panel="#ecece8",
    dark=False,
    variables={
        "bright": "#0d1114",
        "muted": "#6c757c",
        "rule": "#d9dad5",
        "cursor-background": "#cfe5ee",
        "cursor-idle-background": "#e9ecea",
        "block-cursor-background": "#cfe5ee",
        "block-cursor-foreground": "#0d1114",
        "block-cursor-text-style": "none",
        "border": "#d9dad5",
        "border-blurred": "#d9dad5",
        "scrollbar": "#d9dad5",
        "scrollbar-background": "#fbfbf9",
        "scrollbar-hover": "#b9bcb7",
        "scrollbar-active": "#0b6e99",
    },
)

_IN_SIXTEEN_COLOURS = {DARK.name: "ansi-dark", LIGHT.name: "ansi-light"}


def for_terminal(name: str, colours: str | None) -> str:
    """The theme to use for the one that was chosen, on a terminal with these colours (Rich's word for them).

    In sixteen colours the accent and the states of our own themes would all come out grey.
    """
    return _IN_SIXTEEN_COLOURS.get(name, name) if colours == "standard" else name


_STAND_INS = {
    "bright": "foreground",
    "muted": "text-muted",
    "rule": "panel",
    "cursor-background": "block-cursor-background",
    "cursor-idle-background": "panel",
}
"""Our own tokens, and what stands in for them in the themes that Textual brings along."""


def own_tokens(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """The tokens that our widgets use and Textual does not know, for a theme with these variables.

    Sixteen colours have no grey that is surely seen, so that muted is faint there; and in Textual's own
    themes of that kind the accent is the colour of what was delivered.
    """
    own = {token: variables.get(token, variables[stand_in]) for token, stand_in in _STAND_INS.items()}
    if theme.ansi:
        accent = "ansi_cyan" if theme.dark else "ansi_blue"
        return {**own, "muted-style": "dim", "rule": "ansi_bright_black", "accent": accent}
    return {**own, "muted-style": "not dim"}
