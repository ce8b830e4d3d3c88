"""Fields that are chosen: one of a list, or yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.choose_sheet import Choice, ChooseSheet
from tui.widgets.field import Field
from tui.widgets.header import content
from tui.widgets.spans import Span, fit, spread

MARK = "  ↓"
"""Behind what is chosen from a list."""


class _Chosen(Widget, can_focus=True):
    """What is chosen, on one line."""

    BINDINGS = [("enter,space,down", "choose", "choose")]
    DEFAULT_CSS = """
    _Chosen {
        height: 1; padding: 0 1; background: $panel;
        &:focus { background: $cursor-background; }
        &:focus:ansi { background: ansi_default; text-style: reverse; }
    }
    """
    choice: reactive[Choice | None] = reactive[Choice | None](None)
    placeholder: reactive[str] = reactive("")

    def render(self) -> Content:
        words = Span(self.choice.title, "normal") if self.choice else Span(self.placeholder, "muted")
        note = self.choice.note if self.choice else ""
        # What is chosen is told before anything about it.
        room = max(0, self.size.width - cell_len(words.text) - len(MARK) - 2)
        right = [Span(fit(note, room) if room > 3 else "", "muted"), Span(MARK, "muted")]
        return content(spread([words], right, self.size.width))

    def action_choose(self) -> None:
        self.post_message(self.Wanted(""))

    def on_key(self, event: events.Key) -> None:
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self.post_message(self.Wanted(event.character))

    def on_click(self) -> None:
        self.action_choose()

    @dataclass
    class Wanted(Message):
        """The choices are to be shown, with the first letter typed."""

        typed: str


class ChoiceField(Field):
    """One of the choices: Enter or a letter opens the list of them."""

    def __init__(
        self,
        name: str,
        label: str,
        choices: Sequence[Choice] | None,
        value: str = "",
        *,
        placeholder: str = "choose",
        required: str = "",
    ) -> None:
        """Without choices, they are loaded: `offer` brings them."""
        # A value that was kept may outlive what it chose.
        known = choices is None or any(choice.value == value for choice in choices)
        super().__init__(name, label, value if known else "", required=required)
        self.choices = choices or ()
        self.placeholder = "loading" if choices is None else placeholder
        self._placeholder = placeholder

    def compose_control(self) -> Iterable[Widget]:
        chosen = _Chosen()
        chosen.placeholder = self.placeholder
        chosen.choice = self.choice
        yield chosen

    @property
    def choice(self) -> Choice | None:
        """What is chosen."""
        return next((choice for choice in self.choices if choice.value == self.value), None)

    def focus_control(self) -> None:
        self.query_one(_Chosen).focus()

    @on(_Chosen.Wanted)
    def _offer(self, event: _Chosen.Wanted) -> None:
        event.stop()
        sheet = ChooseSheet(self.label, self.choices, chosen=self.value, typed=event.typed)
        self.app.push_screen(sheet, self.choose)

    def show_value(self) -> None:
        self.query_one(_Chosen).choice = self.choice

    def offer(self, choices: Sequence[Choice], *, none: str = "") -> None:
        """Take the choices that were loaded; the only one is chosen. `none` says that there are none."""
        self.choices = choices
        known = any(choice.value == self.value for choice in choices)
        self.changed(self.value if known else choices[0].value if len(choices) == 1 else "")
        self.placeholder = self._placeholder if choices else none or self._placeholder
        if self.is_mounted:
            self.query_one(_Chosen).placeholder = self.placeholder
            self.show_value()

    def choose_silently(self, choice: Choice) -> None:
        """Take a choice without going on to the next field."""
        self.changed(choice.value)
        self.show_value()

    def choose(self, choice: Choice | None) -> None:
        """Take a choice; None leaves it as it is."""
        if choice is not None:
            self.choose_silently(choice)
            self.screen.focus_next()


YES, NO = "yes", "no"


class _OneOfFew(Widget, can_focus=True):
    """All on one line; their first letters and space choose, backspace leaves it open again."""

    BINDINGS = [
        ("space,right", "turn(1)", "the next"),
        ("left", "turn(-1)", "the one before"),
        ("backspace,delete", "answer('')", "neither"),
        ("enter,down", "screen.focus_next", "next"),
        ("up", "screen.focus_previous", "previous"),
    ]
    DEFAULT_CSS = """
    _OneOfFew {
        height: 1; padding: 0 1; background: $panel;
        &:focus { background: $cursor-background; }
        &:focus:ansi { background: ansi_default; text-style: reverse; }
    }
    """
    value: reactive[str] = reactive("")
    unset: reactive[str] = reactive("")

    def __init__(self, options: Mapping[str, str], value: str, unset: str) -> None:
        super().__init__()
        self.options = options
        self.set_reactive(_OneOfFew.value, value)
        self.set_reactive(_OneOfFew.unset, unset)

    def render(self) -> Content:
        line: list[Span] = []
        for value, words in self.options.items():
            chosen = self.value == value
            line += [Span("● " if chosen else "○ ", "accent" if chosen else "muted")]
            line += [Span(words, "normal" if chosen else "muted"), Span("   ")]
        right = [Span(self.unset, "muted")] if not self.value else []
        return content(spread(line, right, self.size.width))

    def on_key(self, event: events.Key) -> None:
        found = [value for value, words in self.options.items() if words[0] == event.character]
        if found:
            event.stop()
            self.action_answer(found[0])

    def action_turn(self, step: int) -> None:
        values = list(self.options)
        here = values.index(self.value) if self.value in values else -1 if step > 0 else 0
        self.action_answer(values[(here + step) % len(values)])

    def action_answer(self, value: str) -> None:
        self.post_message(self.Answered(value))

    def on_click(self) -> None:
        self.action_turn(1)

    @dataclass
    class Answered(Message):
        """One of them, or none."""

        value: str


class FewField(Field):
    """One of a few, all on view; or none of them, which `unset` puts into words."""

    def __init__(
        self,
        name: str,
        label: str,
        options: Mapping[str, str],
        value: str = "",
        *,
        required: str = "",
        unset: str = "",
    ) -> None:
        """`options` are values and the words for them, no two of which begin alike."""
        super().__init__(name, label, value if value in options else "", required=required)
        self.options = options
        self.unset = unset

    def compose_control(self) -> Iterable[Widget]:
        yield _OneOfFew(self.options, self.value, self.unset)

    def focus_control(self) -> None:
        self.query_one(_OneOfFew).focus()

    def show_value(self) -> None:
        self.query_one(_OneOfFew).value = self.value

    @on(_OneOfFew.Answered)
    def _answered(self, event: _OneOfFew.Answered) -> None:
        event.stop()
        self.changed(event.value)
        self.show_value()


class FlagField(FewField):
    """Yes or no, or neither of them."""

    def __init__(
        self, name: str, label: str, value: str = "", *, required: str = "", unset: str = ""
    ) -> None:
        super().__init__(name, label, {YES: YES, NO: NO}, value, required=required, unset=unset)
