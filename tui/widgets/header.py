"""The one line at the top: profile, modes with their counts, balance, and whether the console is live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.clock import short_time
from tui.widgets.spans import Span, Tone, width

if TYPE_CHECKING:
    from tui.sync.engine import SyncStatus

MODES: tuple[tuple[str, str, str], ...] = (
    ("1", "inbox", "Inbox"),
    ("2", "campaigns", "Campaigns"),
    ("3", "contacts", "Contacts"),
    ("4", "receipts", "Receipts"),
    ("5", "account", "Account"),
    ("0", "actions", "Actions"),
)
"""The key that goes there, the mode, its name."""


class HeaderState(NamedTuple):
    """What the header says. Counts are by mode; a count that needs attention ends in `!`."""

    profile: str = ""
    mode: str = "inbox"
    counts: tuple[tuple[str, str], ...] = ()
    balance: str = ""
    balance_low: bool = False
    live: str = "starting"
    live_tone: Tone = "muted"


def live_words(status: SyncStatus | None, problem: str, read_only: bool, now: int) -> tuple[str, Tone]:
    """What the right end of the header says of the connection, and its tone."""
    only = " · read-only" if read_only else ""
    if status is None:
        return (f"✗ {problem}{only}", "warn") if problem else (f"○ connecting{only}", "muted")
    if status.kind == "backing off":
        seconds = max(1, round((status.until or now) - now))
        return f"◷ backing off {seconds} s{only}", "warn"
    if status.kind == "offline":
        return f"✗ offline since {short_time(int(status.since), now)}{only}", "bad"
    if status.kind == "starting":
        return f"○ updating{only}", "muted"
    return f"● live{only}", "good"


class Header(Widget):
    """One line, never more; on a narrow terminal only the mode on view keeps its name."""

    DEFAULT_CSS = """
    Header {
        dock: top;
        height: 2;
        background: $background;
        border-bottom: solid $rule;
    }
    """
    state: reactive[HeaderState] = reactive(HeaderState())

    @dataclass
    class ModeClicked(Message):
        """A mode's name was clicked."""

        mode: str

    def __init__(self) -> None:
        super().__init__()
        self._tabs: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        cells = self.size.width
        line = self._line(wide=True)
        if width(line) > cells:
            line = self._line(wide=False)
        return content(line)

    def on_click(self, event: events.Click) -> None:
        for first, last, mode in self._tabs:
            if first <= event.x < last:
                self.post_message(self.ModeClicked(mode))

    def _line(self, *, wide: bool) -> list[Span]:
        state, counts = self.state, dict(self.state.counts)
        line = [Span(f" {state.profile}   ", "muted")] if wide and state.profile else [Span(" ")]
        self._tabs = []
        for key, mode, title in MODES:
            active = mode == state.mode
            words = [key] if wide or not active else []
            words += [title] if wide or active else []
            words += [counts[mode]] if counts.get(mode) else []
            start = width(line)
            line.append(Span(" ".join(words), "accent" if active else "normal"))
            self._tabs.append((start, width(line), mode))
            line.append(Span("   " if wide else "  "))
        right: list[Span] = []
        if state.balance:
            right = [Span("! " if state.balance_low else "", "warn")]
            right += [Span(state.balance, "warn" if state.balance_low else "bright"), Span("  ")]
        right.append(Span(state.live, state.live_tone))
        gap = self.size.width - width(line) - width(right) - 1
        return [*line, Span(" " * max(0, gap)), *right]


def content(line: list[Span]) -> Content:
    """A line of spans as Textual content: our own tones as styles, no markup."""
    styles = {
        "normal": "$foreground",
        "bright": "bold $bright",
        "muted": "$muted $muted-style",
        "accent": "bold $accent",
        "good": "$success",
        "warn": "$warning",
        "bad": "$error",
    }
    return Content.assemble(*((span.text, styles[span.tone]) for span in line))
