"""Fields that are typed: one line, with choices to pick from where there are any; and texts of many lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.segment import Segment
from textual import on
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.core.errors import InvalidInput
from tui.widgets.choose_sheet import Choice, Choices, ChooseSheet
from tui.widgets.field import Check, Field, takes_all
from tui.widgets.writing_area import WritingArea

SEPARATOR = ", "
"""Between several values in one field."""


class _Line(Input):
    """One line of text; at its end a mark where there is something to choose from."""

    offers: var[bool] = var(False)

    def watch_offers(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        line = super().render_line(y)
        if not self.offers:
            return line
        muted = self.get_component_rich_style("input--placeholder")
        return Strip.join([line.crop(0, self.size.width - 2), Strip([Segment(" ↓", muted)])])


class TextField(Field):
    """One line of text. It is examined when it is left; with `eager`, understood while it is typed.

    With choices, the down key offers them, and Enter where nothing is typed; anything else can be typed all
    the same. Of `several` values, parted by commas, each choice adds one.
    """

    DEFAULT_CSS = """
    TextField Input {
        height: 1; border: none; padding: 0 1; background: $panel;
        &:focus { border: none; }
    }
    """
    BINDINGS = [("down", "choose", "choose")]

    @dataclass
    class Picked(Message):
        """One value was chosen."""

        field: TextField
        choice: Choice

    choices: var[Choices | None] = var[Choices | None](None)
    """What can be picked: a list, or what is called to load it."""

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
        several: bool = False,
        secret: bool = False,
    ) -> None:
        super().__init__(name, label, value, required=required, check=check)
        self.placeholder = placeholder
        self.eager = eager
        self.longest = longest
        self.several = several
        self.is_secret = secret
        self._titles: dict[str, str] = {}
        """What was picked, in words."""

    def compose_control(self) -> Iterable[Widget]:
        line = _Line(
            self.value,
            placeholder=self.placeholder,
            max_length=self.longest,
            select_on_focus=False,
            password=self.is_secret,
        )
        line.cursor_blink = False
        line.offers = bool(self.choices)
        yield line

    def watch_choices(self) -> None:
        for line in self.query(_Line):
            line.offers = bool(self.choices)

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

    def examine(self) -> bool:
        """Whether the value can be used; one that was picked is told in words."""
        good = super().examine()
        if good and not self.note:
            self.note = self._titles.get(self.value.strip(), "")
        return good

    @on(Input.Submitted)
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        if self.choices and not self.value.strip():
            self.action_choose()
        else:
            self.screen.focus_next()

    def on_descendant_blur(self) -> None:
        if self.value.strip():
            self.examine()

    def action_choose(self) -> None:
        """Offer the choices, or go on to the next field where there are none."""
        if not self.choices:
            self.screen.focus_next()
            return
        chosen = "" if self.several else self.value.strip()
        self.app.push_screen(ChooseSheet(self.label, self.choices, chosen=chosen, free=True), self.pick)

    def pick(self, choice: Choice | None) -> None:
        """Take a choice; None leaves the value as it is."""
        if choice is None:
            return
        self._titles[choice.value] = choice.title if choice.title != choice.value else choice.note
        value = choice.value
        if self.several:
            kept = [part.strip() for part in self.value.split(",") if part.strip() not in ("", value)]
            value = SEPARATOR.join([*kept, value])
        self.query_one(Input).value = value
        self.query_one(Input).cursor_position = len(value)
        if not self.several:
            self.changed(value)
            self.examine()
            self.post_message(self.Picked(self, choice))
            self.screen.focus_next()


class TextBlockField(Field):
    """A text of several lines. Tab goes on to the next field."""

    DEFAULT_CSS = """
    TextBlockField {
        & TextArea {
            height: auto; min-height: 3; max-height: 8;
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
        placeholder: str = "",
        required: str = "",
        check: Check = takes_all,
    ) -> None:
        super().__init__(name, label, value, required=required, check=check)
        self.placeholder = placeholder

    def compose_control(self) -> Iterable[Widget]:
        yield WritingArea(self.value, placeholder=self.placeholder)

    def focus_control(self) -> None:
        self.query_one(TextArea).focus()

    def show_value(self) -> None:
        self.query_one(TextArea).text = self.value

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed(event.text_area.text)

    def on_descendant_blur(self) -> None:
        if self.value.strip():
            self.examine()
