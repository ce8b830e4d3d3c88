"""Choosing a template: the list at the top, its text below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from textual import on
from textual.widget import Widget
from textual.widgets import Static

from tui.store.rows import Template
from tui.widgets.paged_table import ListWindow, PagedTable
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Line, Span, column, fit


class TemplatesScreen(SheetScreen["Template | None"]):
    """Enter inserts the template under the cursor; Escape inserts nothing."""

    CSS_PATH = "templates.tcss"
    title_words = "Insert a template"

    def __init__(self, templates: Sequence[Template]) -> None:
        super().__init__()
        self.templates = templates

    def compose_body(self) -> Iterable[Widget]:
        table = PagedTable[Template](_paint)
        table.empty = "No templates at ClickSend yet."
        yield table
        yield Static("", id="template-body", markup=False)

    def on_mount(self) -> None:
        table = cast("PagedTable[Template]", self.query_one(PagedTable))
        table.show(ListWindow(self.templates, lambda template: str(template.id)))
        table.focus()

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Enter", "insert"))

    @on(PagedTable.Highlighted)
    def _preview(self, event: PagedTable.Highlighted) -> None:
        template = cast("Template | None", event.row)
        self.query_one("#template-body", Static).update(template.body if template else "")

    @on(PagedTable.Opened)
    def _choose(self, event: PagedTable.Opened) -> None:
        self.dismiss(cast("Template", event.row))


def _paint(template: Template, cells: int) -> Sequence[Line]:
    return (
        (
            Span(" " + column(template.name, 22), "normal"),
            Span("  " + fit(template.body.replace("\n", " "), cells - 26), "muted"),
        ),
    )
