"""The pane that shows one row in full: labelled facts that scroll with the keys of a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tui.actions import bindings
from tui.widgets.sheet import Fact, Facts


class Detail(VerticalScroll, can_focus=True):
    """Facts with j, k and their like; nothing is painted while nothing changes."""

    BINDINGS = bindings("list")
    DEFAULT_CSS = """
    Detail {
        height: 1fr;
        padding: 0 1;
        background: $background;
        scrollbar-size-vertical: 1;
    }
    """

    def compose(self) -> ComposeResult:
        yield Facts(())

    def show(self, facts: Sequence[Fact], *, keep_place: bool = False) -> None:
        """Show other facts, from their top unless it is the same row again."""
        self.query_one(Facts).show(facts)
        if not keep_place:
            self.scroll_home(animate=False)

    def action_act(self, action_id: str) -> None:
        """Scroll by a list action; there is nothing to open here."""
        match action_id.partition(".")[2]:
            case "down":
                self.scroll_relative(y=1, animate=False)
            case "up":
                self.scroll_relative(y=-1, animate=False)
            case "page_down":
                self.scroll_page_down(animate=False)
            case "page_up":
                self.scroll_page_up(animate=False)
            case "first":
                self.scroll_home(animate=False)
            case "last":
                self.scroll_end(animate=False)
