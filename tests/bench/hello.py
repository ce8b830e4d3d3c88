"""The floor: a Textual app with one line of text."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One widget, nothing else."""

    def compose(self) -> ComposeResult:
        yield Static("Hello")


if __name__ == "__main__":
    Hello().run()
