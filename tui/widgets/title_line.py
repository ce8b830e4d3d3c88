"""One line that names what a pane shows."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.header import content
from tui.widgets.spans import Line, spread


class TitleLine(Widget):
    """The name at the left, facts at the right; spans, so that remote text is never markup."""

    DEFAULT_CSS = "TitleLine { height: 1; padding: 0 1; background: $background; }"

    line: reactive[Line] = reactive[Line](())
    right: reactive[Line] = reactive[Line](())

    def render(self) -> Content:
        return content(spread(self.line, self.right, self.size.width))
