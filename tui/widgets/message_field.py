"""The text of a message as a field of a form, with its live count of parts and its price."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import TextArea

from tui.core.parts import measure
from tui.widgets.field import Check, Field, takes_all
from tui.widgets.message_editor import Measure, MessageEditor, PriceLine


class MessageField(Field):
    """A message editor beside a label. What the editor asks for (price, check, close) bubbles."""

    DEFAULT_CSS = """
    MessageField {
        margin: 1 0 0 0;
        & MessageEditor { border-top: none; background: $surface; }
        & TextArea { background: $panel; min-height: 3; }
        & PriceLine { background: $surface; }
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
        measure: Measure = measure,
        line: PriceLine | None = None,
    ) -> None:
        """`line` is where the count and the price are shown, if not beneath the text."""
        super().__init__(name, label, value, required=required, check=check)
        self.placeholder = placeholder
        self._measure = measure
        self._line = line

    def compose_control(self) -> Iterable[Widget]:
        yield MessageEditor(self.value, placeholder=self.placeholder, measure=self._measure, line=self._line)

    @property
    def editor(self) -> MessageEditor:
        return self.query_one(MessageEditor)

    def focus_control(self) -> None:
        self.editor.focus_text()

    def show_value(self) -> None:
        self.editor.query_one(TextArea).text = self.value

    @on(MessageEditor.Edited)
    def _edited(self, event: MessageEditor.Edited) -> None:
        self.changed(event.text)
