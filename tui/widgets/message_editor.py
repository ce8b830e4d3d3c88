"""Writing a text message: the editor, the live count of parts, and the line that says what it costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from tui.actions import bindings
from tui.core.money import Currency
from tui.core.parts import Parts, measure
from tui.core.plain import places, plain, saved_parts
from tui.widgets.header import content
from tui.widgets.spans import Span, Tone
from tui.widgets.writing_area import WritingArea

PAUSE = 0.7
"""Seconds without a keystroke after which the price is asked for."""
SHOWN_PLACES = 2
"""Characters that force Unicode whose places are told; the others are marked in the text."""
Measure = Callable[[str], Parts]


@dataclass(frozen=True, slots=True)
class PriceState:
    """What is known of the price of the text as it stands. `problem` says why there is none."""

    asking: bool = False
    price: Decimal | None = None
    balance_after: Decimal | None = None
    currency: Currency = field(default_factory=Currency)
    problem: str = ""
    waiting: str = ""
    """What it waits for: nothing is wrong."""
    each: Decimal | None = None
    """What one part costs, where that is not the price itself."""


class PriceLine(Widget):
    """`31/160 · 1 part · GSM-7 · from +61 444 444 444 · A$0.0700 → A$1,117.39`, and what makes it Unicode."""

    DEFAULT_CSS = """
    PriceLine { height: auto; max-height: 4; padding: 0 1; background: $background; }
    """
    parts: reactive[Parts | None] = reactive[Parts | None](measure(""), layout=True)
    """None where there is no text to count."""
    text: reactive[str] = reactive("")
    sender: reactive[str] = reactive("")
    price: reactive[PriceState] = reactive(PriceState(), layout=True)
    part_limit: reactive[int] = reactive(0)

    def render(self) -> Content:
        line = [*self._count(), *self._price()]
        if warning := self._warning():
            line += [Span("\n"), *warning]
        return content(line)

    def _count(self) -> list[Span]:
        parts = self.parts
        if parts is None:
            return []
        if not parts.capacity:
            return [Span(f"{parts.units:,} characters", "bright"), Span(" · ", "muted")]
        line = [
            Span(f"{parts.units}/{parts.capacity}", "bright"),
            Span(f" · {parts.parts} part{'s' if parts.parts != 1 else ''} · ", "muted"),
            Span(parts.encoding, "warn" if parts.encoding == "Unicode" else "muted"),
        ]
        if self.sender:
            line.append(Span(f" · from {self.sender}", "muted"))
        return [*line, Span(" · ", "muted")]

    def _warning(self) -> list[Span]:
        """What is cut off, or else what makes it Unicode, and the key that mends it."""
        parts = self.parts
        if parts is None or not parts.capacity:
            return []
        if self.part_limit and parts.parts > self.part_limit:
            return [Span(f"! cut off after {self.part_limit} parts by your account's limit", "bad")]
        if parts.units > parts.capacity:
            return [Span(f"! cut off after {parts.capacity} characters", "bad")]
        return self._unicode() if parts.unicode else []

    def _unicode(self) -> list[Span]:
        found = places(self.text)
        told = ", ".join(f"{each.char} at {each.line}:{each.column}" for each in found[:SHOWN_PLACES])
        if len(found) > SHOWN_PLACES:
            told += f" and {len(found) - SHOWN_PLACES} more"
        line = [Span(f"{told} {'makes' if len(found) == 1 else 'make'} it Unicode", "muted")]
        if plain(self.text) != self.text:
            saved = saved_parts(self.text)
            words = f" plain, saves {saved} part{'s' if saved != 1 else ''}" if saved else " plain"
            line += [Span("   Ctrl+G", "accent"), Span(words, "normal")]
        return line

    def _price(self) -> list[Span]:
        price = self.price
        if price.problem or price.waiting:
            return [Span(price.problem, "warn") if price.problem else Span(price.waiting, "muted")]
        if price.price is None:
            return [Span("pricing" if price.asking else "not priced", "muted")]
        tone: Tone = "muted" if price.asking else "normal"
        spans = [Span(price.currency.price(price.price), tone)]
        if price.each is not None:
            spans.append(Span(f" ({price.currency.price(price.each)} a part)", "muted"))
        if price.balance_after is not None:
            spans.append(Span(f" → {price.currency.balance(price.balance_after)}", "muted"))
        return spans


class _Text(WritingArea):
    """The text; what forces Unicode is marked in it."""

    COMPONENT_CLASSES = {"message-text--unicode"}
    DEFAULT_CSS = "_Text { & > .message-text--unicode { color: $warning; text-style: underline; } }"
    forcing: frozenset[str] = frozenset()

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        if self.forcing:
            mark = self.get_component_rich_style("message-text--unicode", partial=True)
            for column, char in enumerate(line.plain):
                if char in self.forcing:
                    line.stylize(mark, column, column + 1)
        return line


class MessageEditor(Vertical):
    """A text area over a price line, or with one that stands elsewhere.

    It asks for a price when typing pauses, and reports every change.
    """

    BINDINGS = bindings("compose")
    DEFAULT_CSS = """
    MessageEditor {
        height: auto;
        border-top: solid $rule;
        background: $background;
        & TextArea {
            height: auto;
            min-height: 1;
            max-height: 8;
            border: none;
            padding: 0 1;
            background: $background;
            scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
    }
    """

    @dataclass
    class Edited(Message):
        """The text changed; sent for every change, so that it can be saved."""

        editor: MessageEditor
        text: str

    @dataclass
    class PriceWanted(Message):
        """Typing paused: the text wants a price."""

        editor: MessageEditor
        text: str

    @dataclass
    class CheckWanted(Message):
        """The text is finished: price it and show it before it is sent."""

        editor: MessageEditor

    @dataclass
    class TemplateWanted(Message):
        """A template is to be inserted at the cursor."""

        editor: MessageEditor

    @dataclass
    class CloseWanted(Message):
        """The editor is to be closed; what it holds is kept."""

        editor: MessageEditor

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "Write a message",
        measure: Measure = measure,
        line: PriceLine | None = None,
    ) -> None:
        super().__init__()
        self.measure = measure
        self.price_line = line or PriceLine()
        self._has_own_line = line is None
        self._initial = text
        self._placeholder = placeholder
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        area = _Text(self._initial, placeholder=self._placeholder, compact=True)
        area.highlight_cursor_line = False
        yield area
        if self._has_own_line:
            yield self.price_line

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        self._measure()
        if self._initial:
            self.want_price()

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(TextArea).text

    def insert(self, text: str) -> None:
        """Put text at the cursor."""
        self.query_one(TextArea).insert(text)

    def clear(self) -> None:
        """Empty the editor, without a word to anyone."""
        with self.prevent(TextArea.Changed):
            self.query_one(TextArea).text = ""
        self._measure()

    def focus_text(self) -> None:
        """Put the cursor into the text."""
        self.screen.set_focus(self.query_one(TextArea))

    def want_price(self) -> None:
        """Ask for a price now."""
        if self.text.strip():
            self.post_message(self.PriceWanted(self, self.text))

    def action_act(self, action_id: str) -> None:
        """Run one of the editor's own actions."""
        if action_id == "compose.plain":
            self.make_plain()
            return
        wanted = {
            "compose.check": self.CheckWanted,
            "compose.template": self.TemplateWanted,
            "compose.close": self.CloseWanted,
        }
        self.post_message(wanted[action_id](self))

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._measure()
        line = self.price_line
        line.price = PriceState(asking=False, currency=line.price.currency)
        self.post_message(self.Edited(self, self.text))
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.want_price)

    def make_plain(self) -> None:
        """Put plain characters in place of those that force Unicode; undo brings those back."""
        area = self.query_one(TextArea)
        if (text := plain(area.text)) != area.text:
            area.replace(text, area.document.start, area.document.end)

    def _measure(self) -> None:
        parts = self.measure(self.text)
        self.query_one(_Text).forcing = frozenset(parts.unicode if parts.capacity else ())
        self.price_line.text = self.text
        self.price_line.parts = parts
