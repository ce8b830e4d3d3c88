"""A labelled field of a form, with what is wrong with its value beneath it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import Static

from tui.core.errors import InvalidInput
from tui.widgets.header import content
from tui.widgets.spans import Span, Tone

Check = Callable[[str], str]
"""What was typed -> how it is understood (may be empty), or InvalidInput that says what to type."""


REPEATED = 80
"""Characters of a value that are repeated in what is said of it."""


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
        & > .field-label { color: $muted; padding: 0 1 0 0; }
        &.-active > .field-label { color: $accent; }
        & > Vertical { width: 1fr; height: auto; }
        & .field-words { height: auto; display: none; color: $muted; padding: 0 1; }
        &.-words .field-words { display: block; }
        &.-problem .field-words { color: $error; }
    }
    """
    LABEL_WIDTH = 14
    value: var[str] = var("")
    note: reactive[str] = reactive("")
    """How the value is understood, or what to know about it: a warning where it begins with `! `."""
    problem: reactive[str] = reactive("")
    """Why the value cannot be used; stands in place of the note."""

    @dataclass
    class Changed(Message):
        """Another value was typed or chosen; what is secret is not said."""

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
        self.help = ""
        """A sentence on what is wanted, shown while the cursor is in the field."""
        self.is_secret = False
        """Whether what is typed must be kept nowhere."""
        self.label_width = self.LABEL_WIDTH
        self.set_reactive(Field.value, value)

    @property
    def key(self) -> str:
        """What the value is called in the form's values."""
        return self.name or ""

    def compose(self) -> ComposeResult:
        label = Static(self.label, classes="field-label", markup=False)
        label.styles.width = self.label_width
        yield label
        with Vertical():
            yield from self.compose_control()
            yield from self.compose_words()

    def compose_control(self) -> Iterable[Widget]:
        """What the value is typed or chosen with."""
        raise NotImplementedError

    def compose_words(self) -> Iterable[Widget]:
        """Where it is said what is wrong or how the value is understood."""
        yield Static("", classes="field-words", markup=False)

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
        """Take what the control says; what was said of the value before is forgotten."""
        if value != self.value:
            self.value = value
            self.problem = self.note = ""
            self.post_message(self.Changed(self, "" if self.is_secret else value))

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
        words = self._shortened(f"! {self.problem}" if self.problem else self.note)
        tone: Tone = "bad" if self.problem else "warn" if words.startswith("! ") else "muted"
        self.query_one(".field-words", Static).update(content([Span(words, tone)]))
        self.set_class(bool(self.problem), "-problem")
        self.set_class(bool(words), "-words")

    def _shortened(self, words: str) -> str:
        """Without most of a long value that they repeat: it stands above them."""
        value = self.value.strip()
        if len(value) <= REPEATED:
            return words
        for text in (value, value.lower()):
            words = words.replace(text, f"{text[: REPEATED - 1]}…")
        return words
