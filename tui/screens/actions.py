"""Everything that ClickSend can be asked to do: a list that typing narrows, and what each one means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.actions import Action, Context, bindings
from tui.widgets.detail import Detail
from tui.widgets.filter_line import FilterLine
from tui.widgets.list_window import ListWindow
from tui.widgets.mode_screen import ModeScreen
from tui.widgets.operation_words import effect_span, find, section_title
from tui.widgets.paged_table import PagedTable
from tui.widgets.spans import Span
from tui.widgets.table_columns import Column, columns
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.api.operation import Operation


class Row(NamedTuple):
    """An operation as the list shows it."""

    operation: Operation[..., Any]
    is_first: bool
    """Whether the row above belongs to another section."""


class ActionsScreen(ModeScreen):
    """Every operation by section; Enter opens the form of the one under the cursor."""

    MODE = "actions"
    CONTEXT: ClassVar[Context] = "actions"
    TOPICS = frozenset({"outbox"})
    POLLS = ()
    BINDINGS = bindings("actions")
    CSS_PATH = "actions.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.search = ""
        self.operations: Sequence[Operation[..., Any]] = ()

    def compose_body(self) -> Iterable[Widget]:
        paint, heading = columns(
            (
                Column[Row]("Section", _section, width=22),
                Column[Row]("Action", lambda row: Span(row.operation.title)),
                Column[Row]("Effect", lambda row: effect_span(row.operation.effect), width=8),
            )
        )
        with Horizontal():
            with Vertical(id="list-pane"):
                yield FilterLine()
                yield PagedTable[Row](paint, heading=heading)
            with Vertical(id="detail-pane"):
                yield TitleLine()
                yield Detail()

    def on_mount(self) -> None:
        self.query_one(Detail).can_focus = False
        self._load()

    def reload(self, topics: frozenset[str]) -> None:
        """Say in the line above the list what waits for a verdict."""
        self._show_note()

    def _show_note(self) -> None:
        unknown = self.services.store.outbox_unknown()
        note = "only what reads: read-only mode" if self.services.launch.read_only else "/ search"
        if unknown:
            note = f"? {unknown:,} of unknown outcome: Ctrl+O"
        self.query_one(FilterLine).note = note

    def say_why_empty(self) -> None:
        self.table.empty = (
            f"Nothing matches “{self.search}”.\nEsc clears the search."
            if self.operations
            else "Reading what there is."
        )

    @work(exit_on_error=False)
    async def _load(self) -> None:
        self.operations = await self.services.operations()
        self._show_list()

    @property
    def table(self) -> PagedTable[Row]:
        return cast("PagedTable[Row]", self.query_one(PagedTable))

    def _show_list(self, *, keep_cursor: bool = False) -> None:
        found = find(self.operations, self.search)
        sections = ["", *(operation.section for operation in found)]
        rows = [Row(each, each.section != above) for each, above in zip(found, sections, strict=False)]
        self.table.show(ListWindow(rows, lambda row: row.operation.id), keep_cursor=keep_cursor)
        self.say_why_empty()
        line = self.query_one(FilterLine)
        line.choices = (("Found" if self.search else "All actions", len(rows), True),)
        self._show_note()
        self._show_detail()
        self.show_keys()

    @on(PagedTable.Highlighted)
    def _highlighted(self) -> None:
        self._show_detail()
        self.show_keys()

    def _show_detail(self) -> None:
        from tui.screens.operation_facts import operation_facts

        row = self.table.row
        title = self.query_one(TitleLine)
        title.line = (Span(row.operation.title, "bright"),) if row else ()
        title.right = (Span(section_title(row.operation.section), "muted"),) if row else ()
        self.query_one(Detail).show(operation_facts(row.operation) if row else ())

    # Actions

    def why_not(self, action: Action) -> str:
        if action.id == "actions.copy" and self.table.row is None:
            return "There is no action under the cursor."
        return super().why_not(action)

    async def act_search(self) -> None:
        await self.query_one(FilterLine).start_search(self.search)

    @on(FilterLine.Searched)
    def _searched(self, event: FilterLine.Searched) -> None:
        if event.text != self.search:
            self.search = event.text
            self._show_list()
        if event.done:
            self.table.focus()

    def act_back(self) -> None:
        if self.search:
            self.search = ""
            self.query_one(FilterLine).close_search()
            self._show_list(keep_cursor=True)

    def act_next_section(self) -> None:
        self._turn_section(range(self.table.cursor + 1, self.table.total))

    def act_previous_section(self) -> None:
        self._turn_section(range(self.table.cursor - 1, -1, -1))

    def _turn_section(self, indexes: Iterable[int]) -> None:
        firsts = (index for index in indexes if (row := self.table.row_at(index)) and row.is_first)
        self.table.cursor = next(firsts, self.table.cursor)

    def act_copy(self) -> None:
        if (row := self.table.row) is not None:
            self.app.copy(row.operation.id, row.operation.id)

    @on(PagedTable.Opened)
    def _open(self, event: PagedTable.Opened) -> None:
        self.app.open_operation(cast("Row", event.row).operation)


def _section(row: Row) -> Span:
    return Span(section_title(row.operation.section), "normal" if row.is_first else "muted")
