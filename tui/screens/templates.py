"""Choosing a canned reply, ClickSend's templates and one's own: the list at the top, the text below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from tui.store.kept_texts import KeptText, drop_text
from tui.widgets.list_window import ListWindow
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Line, Span, column, fit, spread

if TYPE_CHECKING:
    from tui.store.database import Store


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A text to begin with: a template at ClickSend, or one that is kept here alone."""

    key: str
    name: str
    body: str
    own: KeptText | None = None


class TemplatesScreen(SheetScreen["str | None"]):
    """Enter inserts the text under the cursor; one's own are made, changed and deleted right here."""

    BINDINGS = [("n", "create", "new"), ("e", "edit", "change"), ("D", "delete", "delete")]
    CSS_PATH = "templates.tcss"
    title_words = "Insert a canned reply"

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def compose_body(self) -> Iterable[Widget]:
        table = PagedTable[CannedReply](_paint)
        table.empty = "No templates at ClickSend, and none of your own. n makes one."
        yield table
        yield Static("", id="template-body", markup=False)

    def on_mount(self) -> None:
        self._show()
        self.table.focus()

    @property
    def table(self) -> PagedTable[CannedReply]:
        return cast("PagedTable[CannedReply]", self.query_one(PagedTable))

    def _show(self, key: str = "") -> None:
        own = [
            CannedReply(f"own {each.name}", each.name, each.text, each)
            for each in self.store.kept_texts("reply")
        ]
        shared = [CannedReply(f"{each.id}", each.name, each.body) for each in self.store.templates()]
        rows = sorted((*own, *shared), key=lambda row: row.name.casefold())
        self.table.show(ListWindow(rows, lambda row: row.key), keep_cursor=True)
        if key:
            self.table.select(key)

    def hints(self) -> Sequence[tuple[str, str]]:
        keys = (("n", "new"), ("e", "change"), ("D", "delete"))
        return (*keys, ("Esc", "back"), ("Enter", "insert"))

    @on(PagedTable.Highlighted)
    def _preview(self, event: PagedTable.Highlighted) -> None:
        row = cast("CannedReply | None", event.row)
        self.query_one("#template-body", Static).update(row.body if row else "")

    @on(PagedTable.Opened)
    def _choose(self, event: PagedTable.Opened) -> None:
        self.dismiss(cast("CannedReply", event.row).body)

    # One's own

    async def action_create(self) -> None:
        """Write a canned reply of one's own."""
        from tui.screens.kept_forms import CannedReplyScreen

        await self.app.push_screen(CannedReplyScreen(), self._kept)

    async def action_edit(self) -> None:
        """Change the one under the cursor."""
        from tui.screens.kept_forms import CannedReplyScreen

        if (own := self._own()) is not None:
            await self.app.push_screen(CannedReplyScreen(own), self._kept)

    @work(exit_on_error=False)
    async def action_delete(self) -> None:
        """Delete the one under the cursor, after a question."""
        from tui.screens.confirm import ConfirmScreen, Sheet

        if (own := self._own()) is None:
            return
        sheet = Sheet("Delete a canned reply", f"{own.name}: the text is gone.\n\n{own.text}", "delete")
        if await self.app.push_screen_wait(ConfirmScreen(sheet)):
            await self.store.write(drop_text, "reply", own.name)
            self._show()

    def _kept(self, name: str | None) -> None:
        if name is not None:
            self._show(f"own {name}")

    def _own(self) -> KeptText | None:
        row = self.table.row
        if row is not None and row.own is None:
            self.app.notify(
                "This is a template at ClickSend: 0 has the actions that change it.", markup=False, timeout=4
            )
        return row.own if row is not None else None


def _paint(row: CannedReply, cells: int) -> Sequence[Line]:
    left = (
        Span(" " + column(row.name, 22), "normal"),
        Span("  " + fit(row.body.replace("\n", " "), cells - 34), "muted"),
    )
    return (spread(left, (Span("  " + ("own" if row.own else "ClickSend") + " ", "muted"),), cells),)
