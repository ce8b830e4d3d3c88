"""One conversation as a messenger shows it: theirs at the left, ours at the right, newest at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import localtime
from typing import TYPE_CHECKING

from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.actions import bindings
from tui.core.clock import short_time
from tui.core.people import short_name
from tui.store.board import Note
from tui.widgets.glyphs import state_span
from tui.widgets.list_window import EmptyWindow
from tui.widgets.spans import TONES, Line, Span, Tone, spread, strip, width

if TYPE_CHECKING:
    from tui.store.rows import Message as Row
    from tui.store.windows import Window

WIDEST = 76
"""Cells of a line of text: longer ones are hard to read, and ours shall stand apart from theirs."""
FIRST = 30
"""Messages read at first; scrolling to the top reads as many again."""


class Thread(ScrollView, can_focus=True):
    """The newest messages of a window, wrapped to the width; older ones are read when the top is reached."""

    BINDINGS = bindings("list")
    COMPONENT_CLASSES = {f"thread--{tone}" for tone in TONES}
    DEFAULT_CSS = """
    Thread {
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        /* So that no time or price stands against the scrollbar when it appears. */
        scrollbar-gutter: stable;
        overflow-x: hidden;
        overflow-y: auto;
        & > .thread--normal { color: $foreground; }
        & > .thread--bright { color: $bright; }
        & > .thread--muted { color: $muted; text-style: $muted-style; }
        & > .thread--accent { color: $accent; }
        & > .thread--good { color: $success; }
        & > .thread--warn { color: $warning; }
        & > .thread--bad { color: $error; }
    }
    """

    class Opened(Message):
        """Enter was pressed: the user wants to answer."""

    def __init__(self, now: Callable[[], float], price: Callable[[Row], str], me: str) -> None:
        super().__init__()
        self.now = now
        self.price = price
        self.me = me
        """Who reads it: others on the same machine are named without it."""
        self.window: Window[Row] = EmptyWindow()
        self.notes: Callable[[], Sequence[Note]] = tuple
        self.shown = FIRST
        self._total = 0
        """The messages that there were when they were read."""
        self._lines: list[Line] = []
        self._fitted = Size()
        """The size that the lines are for."""
        self._known: object = None
        """All that the lines were made of."""
        self._tones: dict[Tone, Style] = {}
        self._ground = Style.null()

    # Content

    def show(self, window: Window[Row], notes: Callable[[], Sequence[Note]]) -> None:
        """Show another conversation from its newest message, with the notes about it between the messages."""
        self.window, self.notes, self.shown = window, notes, FIRST
        self._read()
        self._to_end()

    def reload(self) -> None:
        """Read the same conversation again; stays at the end if it was there, else at what is being read."""
        at_end = self.scroll_y >= self.max_scroll_y - 1
        if not at_end:
            # For each message that came, the first one above would go, and all beneath it would move.
            self.shown += max(0, self.window.count() - self._total)
        self._read()
        if at_end:
            self._to_end()

    @property
    def messages(self) -> list[Row]:
        """The messages read so far, oldest first."""
        total = self.window.count()
        first = max(0, total - self.shown)
        rows: list[Row] = []
        for number in range(first // FIRST, -(-total // FIRST)):
            rows.extend(self.window.page(number, FIRST))
        return rows[-(total - first) :] if rows else []

    def _read(self) -> None:
        self._total = self.window.count()
        entries, today = self._entries(), localtime(self.now())[:3]
        # One price tells the currency of all.
        prices = (self.price(entry) for entry in entries if not isinstance(entry, Note))
        known = (entries, next(filter(None, prices), ""), today, self.size)
        if known == self._known:
            return
        self._known = known
        self._fitted = self.size
        cells = max(20, self.size.width - 2)
        self._lines = []
        day = ""
        for entry in entries:
            if (date := _day(entry.at, int(self.now()))) != day:
                day = date
                self._lines.append(_centred(day, cells))
            if isinstance(entry, Note):
                self._lines.extend(self._paint_note(entry, cells))
            else:
                self._lines.extend(self._paint(entry, cells))
            self._lines.append(())
        # A short conversation stands at the bottom, where the next message will appear.
        short = self.size.height - len(self._lines)
        self._lines[:0] = [()] * max(0, short)
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def _entries(self) -> list[Row | Note]:
        """Messages read so far and the notes from their time, oldest first; a note after what it is about."""
        messages = self.messages
        is_all = len(messages) >= self.window.count()
        first = 0 if is_all or not messages else messages[0].at
        entries: list[Row | Note] = [*messages, *(note for note in self.notes() if note.at >= first)]
        return sorted(entries, key=lambda entry: entry.at)

    def _paint_note(self, note: Note, cells: int) -> list[Line]:
        """Ours, and unlike what was sent: a rule at its side, and words that say so."""
        room = min(WIDEST, cells - min(20, cells // 4)) - 2
        lines: list[Line] = [
            spread((Span(" " * (cells - room - 2)), Span("│ ", "accent"), Span(part.plain)), (), cells)
            for part in Content(note.text).expand_tabs(4).wrap(room)
        ]
        meta = f"{_clock(note.at)}  note by {short_name(note.who, self.me)}, not sent"
        return [*lines, spread((), (Span(meta, "muted"),), cells)]

    def _paint(self, message: Row, cells: int) -> list[Line]:
        ours = message.direction == "out"
        room = min(WIDEST, cells - min(20, cells // 4) if ours else cells)
        indent = cells - room if ours else 0
        tone: Tone = "normal" if ours or message.read else "bright"
        lines: list[Line] = [
            (Span(" " * indent), Span(part.plain, tone))
            for part in Content(message.body or "(no text)").expand_tabs(4).wrap(room)
        ]
        meta = [Span(_clock(message.at), "muted")]
        if ours:
            meta += [Span("  "), state_span(message.state)]
            if price := self.price(message):
                meta += [Span("  "), Span(price, "muted")]
        lines.append(spread((), meta, cells) if ours else meta)
        if ours and message.state in ("failed", "rejected", "unknown", "not sent") and message.state_text:
            reason = Content(message.state_text).wrap(room)
            lines += [spread((), (Span(part.plain, "muted"),), cells) for part in reason]
        return lines

    def _to_end(self) -> None:
        # Forced: otherwise refused until the scrollbar is there, which comes with the next layout.
        y = max(0, len(self._lines) - self.size.height)
        self.scroll_to(y=y, animate=False, immediate=True, force=True)

    # Moving

    def act_down(self) -> None:
        self._scroll(1)

    def act_up(self) -> None:
        self._scroll(-1)

    def act_page_down(self) -> None:
        self._scroll(self.size.height - 1)

    def act_page_up(self) -> None:
        self._scroll(1 - self.size.height)

    def act_first(self) -> None:
        self.shown = self.window.count()
        self._read()
        self.scroll_to(y=0, animate=False, immediate=True)

    def act_last(self) -> None:
        self._to_end()

    def act_open(self) -> None:
        self.post_message(self.Opened())

    def action_act(self, action_id: str) -> None:
        """Run one of the list actions."""
        getattr(self, "act_" + action_id.partition(".")[2])()

    def _scroll(self, lines: int) -> None:
        target = round(self.scroll_y) + lines
        if target < 0 and self.shown < self.window.count():
            before = len(self._lines)
            self.shown += FIRST
            self._read()
            target += len(self._lines) - before
        self.scroll_to(y=max(0, target), animate=False, immediate=True)

    # Painting

    def on_mount(self) -> None:
        # Resize is not enough: none comes where the screen was measured between a change and its layout.
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self, _screen: object = None) -> None:
        """Wrap to another size, and show the end in it."""
        if self.size != self._fitted:
            self._read()
            self._to_end()

    def notify_style_update(self) -> None:
        self._tones = {}
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        if not self._tones:
            self._ground = self.rich_style
            for tone in TONES:
                style = self.get_component_rich_style(f"thread--{tone}")
                self._tones[tone] = Style(color=style.color, dim=style.dim)
        index = y + round(self.scroll_y)
        if not 0 <= index < len(self._lines) or not self._lines[index]:
            return Strip.blank(cells, self._ground)
        return strip((Span(" "), *self._lines[index]), cells, self._tones, self._ground)


def _clock(at: int) -> str:
    return short_time(at, at)


def _day(at: int, now: int) -> str:
    label = short_time(at, now)
    return "Today" if ":" in label else label


def _centred(text: str, cells: int) -> Line:
    return (Span(" " * max(0, (cells - width((Span(text),))) // 2)), Span(text, "muted"))
