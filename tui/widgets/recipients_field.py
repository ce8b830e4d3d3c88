"""The field for whom something goes to: several of them, completed from contacts, lists and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from tui.widgets.choose_sheet import Choice
from tui.widgets.field import Check, Field, takes_all
from tui.widgets.header import content
from tui.widgets.spans import Span, spread
from tui.widgets.writing_area import WritingArea

PAUSE = 0.08
"""Seconds after a keystroke until contacts are looked through: typing goes on meanwhile."""
MOST = 6
"""Matches that are offered."""
ALONE = {"alone": True}
"""The row of a choice that no other can stand beside: a list or a file."""
Suggest = Callable[[str], Sequence[Choice]]
"""The last words typed -> what may be meant, as it would stand in the field."""


class Matches(Widget):
    """What may be meant by the words before the cursor, over what stands beneath the field."""

    DEFAULT_CSS = """
    Matches {
        overlay: screen; constrain: none inside;
        display: none; height: auto; width: 1fr;
        background: $rule; color: $foreground;
        &.-open { display: block; }
    }
    """
    choices: reactive[Sequence[Choice]] = reactive[Sequence[Choice]]((), layout=True)
    cursor: reactive[int] = reactive(-1)

    def watch_choices(self) -> None:
        self.cursor = -1
        self.set_class(bool(self.choices), "-open")

    @property
    def chosen(self) -> Choice | None:
        """The match under the cursor."""
        return self.choices[self.cursor] if 0 <= self.cursor < len(self.choices) else None

    def render(self) -> Content:
        lines = []
        for number, choice in enumerate(self.choices):
            left = (Span(" "), Span(choice.title, "normal"))
            line = content(spread(left, (Span(f"  {choice.note} ", "muted"),), self.size.width))
            here = number == self.cursor
            mark = "reverse" if self.app.native_ansi_color else "on $cursor-background"
            lines.append(line.stylize_before(mark) if here else line)
        return Content("\n").join(lines)


class _Addresses(WritingArea):
    """Where they are typed. Keys that choose among matches are for the field while there are any."""

    @dataclass
    class Pressed(Message):
        """A key that may be for the matches."""

        key: str

    open = False
    """Whether matches are on view."""
    lines_matter = False
    """Whether each line is one address."""

    async def _on_key(self, event: events.Key) -> None:
        mine = {"escape", "enter", "up", "down", "tab"} if self.open else {"enter", "down"}
        if event.key == "enter" and self.lines_matter and not self.open and self.cursor_at_end_of_line:
            mine.discard("enter" if self.text.strip() else "")
        if event.key == "down" and not self.open and not self.cursor_at_last_line:
            mine.discard("down")
        if event.key in mine:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))


class RecipientsField(Field):
    """Numbers, addresses and names parted by commas; typing a name offers contacts, `/` or `~` files.

    Down offers what there is; Enter takes the match, or goes on to the next field.
    """

    DEFAULT_CSS = """
    RecipientsField {
        & TextArea {
            height: auto; min-height: 1; max-height: 4;
            border: none; padding: 0 1; background: $panel; scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
    }
    """

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        suggest: Suggest,
        one_per_line: bool = False,
        placeholder: str = "",
        required: str = "",
        check: Check = takes_all,
    ) -> None:
        super().__init__(name, label, value, required=required, check=check)
        self.one_per_line = one_per_line
        self.suggest = suggest
        self.placeholder = placeholder
        self._pause: Timer | None = None

    def compose_control(self) -> Iterable[Widget]:
        area = _Addresses(self.value, placeholder=self.placeholder, compact=True)
        area.highlight_cursor_line = False
        area.lines_matter = self.one_per_line
        yield area
        yield Matches()

    def on_mount(self) -> None:
        self.area.move_cursor(self.area.document.end)

    @property
    def area(self) -> _Addresses:
        return self.query_one(_Addresses)

    @property
    def matches(self) -> Matches:
        return self.query_one(Matches)

    def focus_control(self) -> None:
        self.area.focus()

    def show_value(self) -> None:
        with self.prevent(TextArea.Changed):
            self.area.text = self.value
        self.area.move_cursor(self.area.document.end)
        self._close()

    # Typing

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed(event.text_area.text)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._look)

    def _look(self) -> None:
        words = self.words
        letters = any(char.isalpha() for char in words) or words[:1] in ("~", "/", "@", ".")
        self._offer(self.suggest(words) if letters and self.area.has_focus else ())

    @property
    def words(self) -> str:
        """What was typed since the last comma or line."""
        text = self.area.text
        return text[self._begin(text) :].strip()

    def _begin(self, text: str) -> int:
        if self.one_per_line:
            return text.rfind("\n") + 1
        return max(text.rfind(mark) for mark in ",;\n") + 1

    def _offer(self, choices: Sequence[Choice]) -> None:
        whole = len(choices) == 1 and choices[0].value == self.words
        self.matches.choices = () if whole else tuple(choices[:MOST])
        self.area.open = bool(self.matches.choices)

    def _close(self) -> None:
        self._offer(())

    # Choosing

    @on(_Addresses.Pressed)
    def _pressed(self, event: _Addresses.Pressed) -> None:
        event.stop()
        matches = self.matches
        match event.key:
            case "down" if matches.choices:
                matches.cursor = min(matches.cursor + 1, len(matches.choices) - 1)
            case "down":
                self._offer(self.suggest(self.words))
                matches.cursor = 0 if matches.choices else -1
            case "up":
                matches.cursor = max(matches.cursor - 1, -1)
            case "escape":
                self._close()
            case "enter" if matches.choices:
                self.take(matches.chosen or matches.choices[0])
            case _:
                self._close()
                self.screen.focus_next()

    def take(self, choice: Choice) -> None:
        """Put a choice in place of the words before the cursor."""
        text = self.area.text
        begin = self._begin(text)
        folder = choice.value.endswith("/")
        parting = "" if choice.row == ALONE else "\n" if self.one_per_line else ", "
        lead = " " if begin and text[begin - 1] in ",;" else ""
        with self.prevent(TextArea.Changed):
            self.area.text = f"{text[:begin]}{lead}{choice.value}{parting}"
        self.area.move_cursor(self.area.document.end)
        self.changed(self.area.text)
        self._offer(self.suggest(choice.value) if folder else ())

    def on_descendant_blur(self) -> None:
        self._close()
        if self.value.strip():
            self.examine()
