"""Labelled fields of a form, each with what is wrong with its value beneath it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.core.errors import InvalidInput
from tui.widgets.choose_sheet import Choice, ChooseSheet
from tui.widgets.header import content
from tui.widgets.spans import Span, spread

Check = Callable[[str], str]
"""What was typed -> how it is understood (may be empty), or InvalidInput that says what to type."""


def takes_all(_value: str) -> str:
    """The check of a field that any text will do for."""
    return ""


class Field(Horizontal):
    """A label, a control, and one line beneath that says what is wrong or how the value is understood.

    The value lives here, not in the control: a field keeps it whether or not it is on view.
    """

    DEFAULT_CSS = """
    Field {
        height: auto;
        & > .field-label { width: 14; color: $muted; }
        &.-active > .field-label { color: $accent; }
        & > Vertical { width: 1fr; height: auto; }
        & .field-words { height: auto; display: none; color: $muted; padding: 0 1; }
        &.-words .field-words { display: block; }
        &.-problem .field-words { color: $error; }
    }
    """
    value: var[str] = var("")
    note: reactive[str] = reactive("")
    """How the value is understood, or what to know about it."""
    problem: reactive[str] = reactive("")
    """Why the value cannot be used; stands in place of the note."""

    @dataclass
    class Changed(Message):
        """Another value was typed or chosen."""

        field: Field
        value: str

        @property
        def control(self) -> Field:
            return self.field

    def __init__(
        self, name: str, label: str, value: str = "", *, required: str = "", check: Check = takes_all
    ) -> None:
        super().__init__(name=name)
        self.label = label
        self.required = required
        """What is said when nothing is given; empty if the field may be empty."""
        self.check = check
        self.set_reactive(Field.value, value)

    @property
    def key(self) -> str:
        """What the value is called in the form's values."""
        return self.name or ""

    def compose(self) -> ComposeResult:
        yield Static(self.label, classes="field-label", markup=False)
        with Vertical():
            yield from self.compose_control()
            yield Static("", classes="field-words", markup=False)

    def compose_control(self) -> Iterable[Widget]:
        """What the value is typed or chosen with."""
        raise NotImplementedError

    def focus_control(self) -> None:
        """Put the cursor into the control."""
        raise NotImplementedError

    def put(self, value: str) -> None:
        """Set the value from outside, on view or not."""
        self.value = value
        self.note = self.problem = ""
        if self.is_mounted:
            self.show_value()

    def show_value(self) -> None:
        """Bring the control to the value."""
        raise NotImplementedError

    def on_mount(self) -> None:
        self._show_words()

    def on_descendant_focus(self) -> None:
        # Textual 8.2.8 leaves `:focus-within` standing where the first focus of a screen was.
        self.add_class("-active")

    def on_descendant_blur(self) -> None:
        self.remove_class("-active")

    def changed(self, value: str) -> None:
        """Take what the control says; what was wrong with the value before is forgotten."""
        if value != self.value:
            self.value = value
            self.problem = ""
            self.post_message(self.Changed(self, value))

    def examine(self) -> bool:
        """Whether the value can be used; if not, the field says why."""
        value = self.value.strip()
        try:
            self.note = self.check(value) if value else ""
            self.problem = "" if value else self.required
        except InvalidInput as error:
            self.problem = str(error)
        return not self.problem

    def watch_note(self) -> None:
        self._show_words()

    def watch_problem(self) -> None:
        self._show_words()

    def _show_words(self) -> None:
        if not self.is_mounted or not self.query(".field-words"):
            return
        words = f"! {self.problem}" if self.problem else self.note
        self.query_one(".field-words", Static).update(
            content([Span(words, "bad" if self.problem else "muted")])
        )
        self.set_class(bool(self.problem), "-problem")
        self.set_class(bool(words), "-words")


class TextField(Field):
    """One line of text. It is examined when it is left; with `eager`, understood while it is typed.

    With choices, the down key offers them; anything else can be typed all the same.
    """

    DEFAULT_CSS = """
    TextField Input {
        height: 1; border: none; padding: 0 1; background: $panel;
        &:focus { border: none; }
    }
    """
    BINDINGS = [("down", "choose", "choose")]

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        placeholder: str = "",
        required: str = "",
        check: Check = takes_all,
        eager: bool = False,
        longest: int = 0,
    ) -> None:
        super().__init__(name, label, value, required=required, check=check)
        self.placeholder = placeholder
        self.eager = eager
        self.longest = longest
        self.choices: Sequence[Choice] = ()

    def compose_control(self) -> Iterable[Widget]:
        line = Input(self.value, placeholder=self.placeholder, max_length=self.longest, select_on_focus=False)
        line.cursor_blink = False
        yield line

    def focus_control(self) -> None:
        self.query_one(Input).focus()

    def show_value(self) -> None:
        self.query_one(Input).value = self.value

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.changed(event.value)
        if self.eager:
            self._understand()

    def _understand(self) -> None:
        """Say how the value is understood; while it is half typed, say nothing."""
        try:
            self.note = self.check(self.value.strip()) if self.value.strip() else ""
        except InvalidInput:
            self.note = ""

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_descendant_blur(self) -> None:
        if self.value.strip():
            self.examine()

    def action_choose(self) -> None:
        """Offer the choices, or go on to the next field where there are none."""
        if not self.choices:
            self.screen.focus_next()
            return
        sheet = ChooseSheet(self.label, self.choices, chosen=self.value)
        self.app.push_screen(sheet, self._chosen)

    def _chosen(self, value: str | None) -> None:
        if value is not None:
            self.query_one(Input).value = value


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

    def choose(self, value: str | None) -> None:
        """Choose a value; None leaves the choice as it is."""
        if value is not None:
            self.changed(value)
            self.show_value()
            self.screen.focus_next()
