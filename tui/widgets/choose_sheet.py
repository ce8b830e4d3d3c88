"""Choosing one of many: a list of any length that typing narrows, in the frame of a sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, cast

from textual import on, work
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from tui.core.errors import ConsoleError
from tui.widgets.list_window import ListWindow
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Line, Span, spread

TALLEST = 12
"""Rows of the list on a sheet; more scroll."""
SHORTEST = 4
"""Rows for the sentence that stands in place of the list."""


class Choice(NamedTuple):
    """What can be chosen: the value, the words for it, and a fact about it."""

    value: str
    title: str
    note: str = ""
    row: Mapping[str, object] = MappingProxyType({})
    """What the listing that it comes from holds of it."""


Choices = Sequence[Choice] | Callable[[], Awaitable[Sequence[Choice]]]
"""What can be chosen, or what is called to load it."""


class ChooseSheet(SheetScreen["Choice | None"]):
    """Typing narrows the list, arrows move in it, Enter chooses, Escape chooses nothing.

    When it is `free`, what matches nothing can be taken as it was typed: also before the list has loaded, and
    when it cannot be. With words for what is `new`, what was typed stands as the last of the choices.
    """

    DEFAULT_CSS = """
    ChooseSheet {
        & Input { height: 1; border: none; padding: 0 1; background: $panel; &:focus { border: none; } }
        & PagedTable { margin: 1 0 0 0; background: $surface; }
        & PagedTable > .paged-table--cursor-idle { background: $cursor-background; }
        & PagedTable:ansi > .paged-table--cursor-idle { background: ansi_default; text-style: reverse; }
    }
    """
    # Before the input sees them: the list is moved in while the words are typed.
    BINDINGS = [
        Binding(keys, f"move('list.{move}')", move, show=False, priority=True)
        for keys, move in (
            ("down,ctrl+n", "down"),
            ("up,ctrl+p", "up"),
            ("pagedown", "page_down"),
            ("pageup", "page_up"),
            ("enter", "open"),
        )
    ]

    def __init__(
        self,
        title: str,
        choices: Choices,
        *,
        chosen: str = "",
        typed: str = "",
        free: bool = False,
        new: str = "",
        placeholder: str = "type to narrow",
        empty: str = "Nothing matches.",
    ) -> None:
        super().__init__()
        self.title_words = title
        self.choices: Sequence[Choice] = () if callable(choices) else choices
        self.load = choices if callable(choices) else None
        self.chosen = chosen
        """The value under the cursor at first; words that no value is, but that fit some, narrow the list."""
        self.typed = typed
        self.free = free
        self.new = new
        self.placeholder = placeholder
        self.empty = empty

    def compose_body(self) -> Iterable[Widget]:
        words = Input(self.typed, placeholder=self.placeholder, select_on_focus=False)
        words.cursor_blink = False
        yield words
        table = PagedTable[Choice](self.paint)
        table.can_focus = False
        yield table

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        if self.load is None:
            self._offer(self.choices, self.empty)
        else:
            self._offer((), "loading")
            self._load()

    @work(exit_on_error=False)
    async def _load(self) -> None:
        assert self.load is not None
        try:
            choices = await self.load()
        except ConsoleError as error:
            self._offer((), str(error))
        else:
            self._offer(choices, "Nothing matches." if choices else "There is none yet.")

    def _offer(self, choices: Sequence[Choice], empty: str) -> None:
        self.choices = choices
        taken = " Enter takes what you typed." if self.free and not self.new and empty != "loading" else ""
        self.table.empty = empty + taken
        self.table.styles.height = min(TALLEST, len(choices) + bool(choices and self.new)) or SHORTEST
        line = self.query_one(Input)
        begun = all(choice.value != self.chosen for choice in choices) and self.matching(self.chosen)
        if begun and not line.value:
            line.value = self.chosen
            line.cursor_position = len(line.value)
        self._narrow(line.value)
        self.table.select(self.chosen)

    def paint(self, choice: Choice, cells: int) -> Sequence[Line]:
        """A choice on one line."""
        left = (Span(" "), Span(choice.title, "normal"))
        return (spread(left, (Span(f"  {choice.note} ", "muted"),), cells),)

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Enter", "choose"))

    @property
    def table(self) -> PagedTable[Choice]:
        return cast("PagedTable[Choice]", self.query_one(PagedTable))

    def action_move(self, action_id: str) -> None:
        """Move in the list, or choose the row under the cursor."""
        typed = self.query_one(Input).value.strip()
        if action_id == "list.open" and self.free and typed and self.table.row is None:
            self.dismiss(Choice(typed, typed))
        else:
            self.table.action_act(action_id)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, words: str) -> None:
        self.table.show(ListWindow(self.matching(words), lambda choice: choice.value))

    def matching(self, words: str) -> Sequence[Choice]:
        """What is offered once these words are typed."""
        wanted, typed = words.casefold().split(), " ".join(words.split())
        found = [
            choice
            for choice in self.choices
            if all(word in f"{choice.title} {choice.note}".casefold() for word in wanted)
        ]
        is_known = any(choice.title.casefold() == typed.casefold() for choice in self.choices)
        return [*found, Choice(typed, typed, self.new)] if self.new and typed and not is_known else found

    @on(PagedTable.Opened)
    def _choose(self, event: PagedTable.Opened) -> None:
        self.dismiss(cast("Choice", event.row))
