"""The arguments of an operation as JSON, to be edited or pasted as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.widget import Widget
from textual.widgets import Static, TextArea

from tui.api.entry import LocalFile
from tui.api.layout import as_typed
from tui.core.errors import InvalidInput
from tui.widgets.form import Trouble
from tui.widgets.sheet import SheetScreen
from tui.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from tui.api.operation import Operation


class JsonSheet(SheetScreen["Mapping[str, str] | None"]):
    """Ctrl+J takes it into the form; Escape leaves the form as it was. The result is flat, as if typed."""

    DEFAULT_CSS = """
    JsonSheet {
        & #sheet { width: 100; }
        & TextArea {
            height: auto; min-height: 8; margin: 1 0 0 0; padding: 0 1; border: none; background: $panel;
            &:focus { border: none; }
        }
    }
    """
    BINDINGS = [("ctrl+j,f9", "take", "take it")]

    def __init__(
        self, operation: Operation[..., Any], arguments: Mapping[str, Any], example: Mapping[str, Any]
    ) -> None:
        """`example` is shown while nothing is typed."""
        super().__init__()
        self.operation = operation
        self.text = _written(arguments) if arguments else ""
        self.example = _written(example)
        self.title_words = operation.title

    def compose_body(self) -> Iterable[Widget]:
        yield Static("Argument names are those of ClickSend. Nothing is sent from here.", markup=False)
        yield WritingArea(self.text, placeholder=self.example)
        yield Trouble()

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Ctrl+J", "take it into the form"))

    def action_take(self) -> None:
        """Take the JSON into the form, if it is what the operation takes."""
        try:
            self.dismiss(as_typed(self.operation.arguments, _object(self.query_one(TextArea).text)))
        except InvalidInput as error:
            self.query_one(Trouble).show(error)


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError as error:
        raise InvalidInput(f"This is not JSON: {error}.", hint='Write it like {"name": "value"}.') from None
    if not isinstance(found, dict):
        raise InvalidInput("This is not a JSON object.", hint='Write it like {"name": "value"}.')
    return found


def _written(arguments: Mapping[str, Any]) -> str:
    return json.dumps(arguments, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    return f"@{value.path}" if isinstance(value, LocalFile) else str(value)
