"""A modal sheet: the one frame that every question to the user is put in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.worker import Worker

from tui.widgets.header import content
from tui.widgets.spans import Line, Span, Tone, spread

if TYPE_CHECKING:
    from tui.app import ConsoleApp

Result = TypeVar("Result")
CRAMPED = 60
"""Columns below which a line of the foot wraps."""
GAPS = (5, 3, 2)
"""Cells between two keys at the foot, as far as there is room; where there is none, the first ones go."""
OUT_OF_SIGHT = (0, -1000)
"""Where a sheet is while another stands on it."""
Fact = tuple[str, Sequence[Line]]
"""A label and the lines beside it."""


class Facts(Widget):
    """Labels at the left, what they stand for beside them; long lines wrap beside their label."""

    DEFAULT_CSS = "Facts { height: auto; padding: 0 0; }"
    LABEL = 11
    LABEL_TONE: Tone = "muted"

    def __init__(self, facts: Sequence[Fact], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facts = facts

    def show(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self.facts = facts
        self.refresh(layout=True)

    def render(self) -> Content:
        label_width = max([self.LABEL, *(len(label) + 2 for label, _ in self.facts)])
        room = max(10, self.size.width - label_width)
        rows: list[Content] = []
        for label, lines in self.facts:
            wrapped = [part for line in lines for part in (content(list(line)).wrap(room) or [Content()])]
            for number, part in enumerate(wrapped or [Content()]):
                name = Span((label if number == 0 else "").ljust(label_width), self.LABEL_TONE)
                rows.append(content([name]) + part)
        return Content("\n").join(rows)


class KeyHints(Widget):
    """The keys of a sheet, flush right: what leads on stands last."""

    DEFAULT_CSS = "KeyHints { height: 1; margin: 1 0 0 0; }"

    def __init__(self, *hints: tuple[str, str]) -> None:
        super().__init__()
        self.hints: Sequence[tuple[str, str]] = hints

    def show(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show other keys, if they are others."""
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def render(self) -> Content:
        cells, hints = self.size.width, list(self.hints)
        while len(hints) > 1 and _taken(hints, GAPS[-1]) > cells:
            hints.pop(0)
        gap = next((gap for gap in GAPS if _taken(hints, gap) <= cells), GAPS[-1])
        line: list[Span] = []
        for key, word in hints:
            line += [Span(key, "accent"), Span(f" {word}", "normal"), Span(" " * gap)]
        return content(spread((), line[:-1], cells))


def _taken(hints: Sequence[tuple[str, str]], gap: int) -> int:
    """Cells that so many keys take with so much between them."""
    return sum(cell_len(f"{key} {word}") for key, word in hints) + gap * (len(hints) - 1)


class SheetTitle(Widget):
    """What a sheet is about, and a fact about it at the right."""

    DEFAULT_CSS = "SheetTitle { height: 1; margin: 0 0 1 0; }"

    def __init__(self, words: str, note: Line) -> None:
        super().__init__()
        self.words = words
        self.note = note

    def render(self) -> Content:
        return content(spread((Span(self.words, "bright"),), self.note, self.size.width))


class SheetScreen(ModalScreen[Result]):
    """A title, a body that scrolls when it must, and its keys. Escape leaves it without doing anything."""

    BINDINGS = [("escape", "leave", "back"), ("ctrl+q,ctrl+c", "app.act('console.quit')", "quit")]
    DEFAULT_CSS = """
    SheetScreen {
        align: center middle;
        background: $background 60%;
        & #sheet {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            padding: 1 3;
            background: $surface;
            border-left: outer $accent;
        }
        & #sheet-body { height: auto; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    title_words = ""
    foot_lines = 0

    if TYPE_CHECKING:
        app: ConsoleApp

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield SheetTitle(self.title_words, self.title_note())
            with VerticalScroll(id="sheet-body", can_focus=False):
                yield from self.compose_body()
            yield from self.compose_foot()
            yield KeyHints(*self.hints())

    def on_resize(self, event: events.Resize) -> None:
        # Title, foot, keys and padding stay on view; what does not fit between them scrolls.
        foot = 0 if not self.foot_lines else self.foot_lines + (event.size.width < CRAMPED)
        self.query_one("#sheet-body").styles.max_height = max(1, event.size.height - 6 - foot)

    # What is asked on top stands alone. Moved away and not hidden, which would cost it the focus; by its own
    # place and not by a class, for which every widget on it would be styled again.

    def on_screen_suspend(self) -> None:
        self.query_one("#sheet").styles.offset = OUT_OF_SIGHT

    def on_screen_resume(self) -> None:
        self.query_one("#sheet").styles.offset = (0, 0)

    def title_note(self) -> Line:
        """What stands at the other end of the title's line."""
        return ()

    def compose_body(self) -> Iterable[Widget]:
        """What the sheet shows."""
        raise NotImplementedError

    def compose_foot(self) -> Iterable[Widget]:
        """What stays on view below the body, however long that is; it takes `foot_lines`."""
        return ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Keys and words, the one that leads on last."""
        return (("Esc", "back"),)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.app.tell_worker_failure(event)

    def action_leave(self) -> None:
        self.dismiss(None)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, with what stands on it; Textual takes away whatever is on top, also of one that has left."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        while self.app.screen is not self:
            self.app.screen.dismiss(None)
        return super().dismiss(result)
