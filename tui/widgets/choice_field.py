"""Fields that are chosen: one of a list, or yes and no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.choose_sheet import Choice, ChooseSheet
from tui.widgets.field import Field
from tui.widgets.header import content
from tui.widgets.spans import Span, spread


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
        right = [Span(self.choice.note if self.choice else "", "muted"), Span("  ↓", "muted")]
        words = Span(self.choice.title, "normal") if self.choice else Span(self.placeholder, "muted")
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
        choices: Sequence[Choice],
        value: str = "",
        *,
        placeholder: str = "choose",
        required: str = "",
    ) -> None:
        # A value that was kept may outlive what it chose.
        known = any(choice.value == value for choice in choices)
        super().__init__(name, label, value if known else "", required=required)
        self.choices = choices
        self.placeholder = placeholder

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

    def choose(self, choice: Choice | None) -> None:
        """Take a choice; None leaves it as it is."""
        if choice is not None:
            self.changed(choice.value)
            self.show_value()
            self.screen.focus_next()


YES, NO = "yes", "no"


class _YesOrNo(Widget, can_focus=True):
    """Both on one line; y, n and space choose, backspace leaves it open again."""

    BINDINGS = [
        ("y", f"answer('{YES}')", YES),
        ("n", f"answer('{NO}')", NO),
        ("space,left,right", "turn", "the other"),
        ("backspace,delete", "answer('')", "neither"),
        ("enter,down", "screen.focus_next", "next"),
        ("up", "screen.focus_previous", "previous"),
    ]
    DEFAULT_CSS = """
    _YesOrNo {
        height: 1; padding: 0 1; background: $panel;
        &:focus { background: $cursor-background; }
        &:focus:ansi { background: ansi_default; text-style: reverse; }
    }
    """
    value: reactive[str] = reactive("")
    unset: reactive[str] = reactive("")

    def render(self) -> Content:
        line: list[Span] = []
        for word in (YES, NO):
            chosen = self.value == word
            line += [Span("● " if chosen else "○ ", "accent" if chosen else "muted")]
            line += [Span(word, "normal" if chosen else "muted"), Span("   ")]
        right = [Span(self.unset, "muted")] if not self.value else []
        return content(spread(line, right, self.size.width))

    def action_turn(self) -> None:
        self.action_answer(NO if self.value == YES else YES)

    def action_answer(self, value: str) -> None:
        self.post_message(self.Answered(value))

    def on_click(self) -> None:
        self.action_turn()

    @dataclass
    class Answered(Message):
        """Yes, no, or neither."""

        value: str


class FlagField(Field):
    """Yes or no, or neither of them, which `unset` puts into words."""

    def __init__(
        self, name: str, label: str, value: str = "", *, required: str = "", unset: str = ""
    ) -> None:
        super().__init__(name, label, value if value in (YES, NO) else "", required=required)
        self.unset = unset

    def compose_control(self) -> Iterable[Widget]:
        control = _YesOrNo()
        control.value, control.unset = self.value, self.unset
        yield control

    def focus_control(self) -> None:
        self.query_one(_YesOrNo).focus()

    def show_value(self) -> None:
        self.query_one(_YesOrNo).value = self.value

    @on(_YesOrNo.Answered)
    def _answered(self, event: _YesOrNo.Answered) -> None:
        event.stop()
        self.changed(event.value)
        self.show_value()
