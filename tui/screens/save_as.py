"""Where a file is to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from tui.core.errors import InvalidInput
from tui.widgets.field import Field
from tui.widgets.sheet import SheetScreen
from tui.widgets.text_field import TextField


class SaveAsScreen(SheetScreen["Path | None"]):
    """Asks for a path; a file that is there already is never replaced."""

    # Before the field sees Enter, which would only go on to a next one.
    BINDINGS = [Binding("ctrl+j,f9,enter", "save", "save", priority=True)]
    AUTO_FOCUS = "Input"
    title_words = "Save as"

    def __init__(self, suggested: Path, *, ends: Sequence[str] = ()) -> None:
        """`ends` are the ends of names that say what is written; without, any will do."""
        super().__init__()
        self.suggested = suggested
        self.ends = ends

    def compose_body(self) -> Iterable[Widget]:
        yield TextField(
            "path",
            "File",
            str(self.suggested),
            required="Type the name of a file.",
            check=self._check,
            eager=True,
        )

    def on_mount(self) -> None:
        # The name stands at the end of a path, which may be longer than the field.
        self.call_after_refresh(self.query_one(Input).scroll_end, animate=False)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Ctrl+J", "save"))

    def action_save(self) -> None:
        field = self.query_one(TextField)
        if field.examine():
            self.dismiss(Path(field.value.strip()).expanduser())

    @on(Field.Changed)
    def _typed(self, event: Field.Changed) -> None:
        event.stop()

    def _check(self, typed: str) -> str:
        if self.ends and Path(typed).suffix.lower() not in self.ends:
            raise InvalidInput(
                "The end of the name says what is written.", hint=f"Use {', '.join(self.ends)}."
            )
        return _check(typed)


def _check(typed: str) -> str:
    try:
        path = Path(typed).expanduser()
        is_folder, is_there, has_folder = path.is_dir(), path.exists(), path.parent.is_dir()
    except (OSError, RuntimeError) as error:  # a name that is too long, a closed folder, an unknown user
        reason = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise InvalidInput(f"It cannot be kept there: {reason}.", hint="Choose another name.") from error
    if is_folder:
        raise InvalidInput(f"{typed} is a folder.", hint="Add the name of a file.")
    if is_there:
        raise InvalidInput("There is a file of that name.", hint="Choose another name.")
    if not has_folder:
        raise InvalidInput(f"There is no folder {path.parent}.", hint="Choose one that is there.")
    return "" if path.is_absolute() and "~" not in typed else f"in {path.parent.resolve()}"


def write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
