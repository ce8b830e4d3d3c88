"""What ClickSend answered: a table or a record, its JSON, the next page, and ways to keep it."""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.worker import Worker

from tui.actions import BY_ID, Action, Context, bindings, in_context
from tui.api.models.base import ExportLink, Page
from tui.api.raw import as_json, rows_of
from tui.api.reading import Reading, cell, columns_of, fields_of, label_of, take_apart, words
from tui.core.errors import ConsoleError
from tui.widgets.detail import Detail
from tui.widgets.key_bar import KeyBar
from tui.widgets.list_window import ListWindow
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span
from tui.widgets.table_columns import Column, columns
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.api.answer import Reply
    from tui.api.operation import Operation, Request
    from tui.app import ConsoleApp
    from tui.widgets.paged_table import Painter

Numbered = tuple[int, Any]
"""A row and its place in the answer, which is its key."""


class AnswerScreen(ModalScreen[None]):
    """The answer to one call. Rows of further pages are added beneath those that are there."""

    CONTEXT: ClassVar[Context] = "answer"
    BINDINGS = [*bindings("answer"), ("ctrl+c", "app.act('console.quit')", "quit")]
    CSS_PATH = "answer.tcss"
    AUTO_FOCUS = "PagedTable, Detail"

    if TYPE_CHECKING:
        app: ConsoleApp

    def __init__(self, request: Request[Any], reply: Reply[Any], notes: Sequence[str] = ()) -> None:
        """`notes` are sentences on what became of a send, shown above its answer."""
        super().__init__()
        self.request = request
        self.reply = reply
        self.notes = notes
        self.rows: list[Any] = []
        self.data: list[Any] = []
        self.following: Request[Any] | None = None
        self.raw = False
        self._leaving = False
        """Whether leaving what is shown once was asked for before."""
        self._reading = Reading((), (), is_list=False)
        self._take(reply)

    def compose(self) -> ComposeResult:
        yield TitleLine()
        with Vertical(id="answer-body"):
            yield Detail(id="answer-facts")
            yield PagedTable[Numbered](self._paint_nothing, id="answer-rows")
            yield PagedTable[Numbered](_paint_json, id="answer-json")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#answer-rows", PagedTable).empty = "Nothing is listed."
        self._show()

    # What is on view

    @property
    def operation(self) -> Operation[..., Any]:
        return self.request.operation

    @property
    def link(self) -> str:
        """The address of the file that was exported; empty where none was."""
        result = self.reply.result
        return result.url if isinstance(result, ExportLink) else ""

    @property
    def table(self) -> PagedTable[Numbered]:
        return self.query_one("#answer-json" if self.raw else "#answer-rows", PagedTable)

    def _take(self, reply: Reply[Any]) -> None:
        self._reading = take_apart(reply.result, self._currency)
        self.rows += self._reading.rows
        self.data += rows_of(reply.data) if self._reading.is_list else [reply.data]
        self.following = self.request.after(reply.result)

    @property
    def _currency(self) -> Any:
        return self.app.services.currency

    def on_resize(self) -> None:
        self._show_rows()

    def _show(self) -> None:
        has_rows = bool(self.rows) or self._reading.is_list
        self.set_class(has_rows, "-rows")
        self.set_class(bool(self._reading.facts or self.notes or not has_rows), "-facts")
        self.set_class(self.raw, "-raw")
        self.query_one(Detail).show(self._facts(), keep_place=True)
        self._show_rows()
        if self.raw:
            lines = list(enumerate(as_json(self._whole()).split("\n")))
            self.table.show(ListWindow(lines, _key), keep_cursor=True)
        self._show_title()
        self.show_keys()
        self.set_focus(self.table if self.raw or has_rows else self.query_one(Detail))

    def _facts(self) -> list[Fact]:
        facts: list[Fact] = [("", ((Span(note, "warn"),),)) for note in self.notes]
        for label, value in self._reading.facts:
            facts.append((label, ((Span(value, "normal"),),)))
        if self.operation.tells:
            facts.append(("", ((Span("! It is shown this once: keep it where you need it now.", "warn"),),)))
        if not facts and not self.rows and not self._reading.is_list:
            facts.append(("", ((Span("✓ ", "good"), Span("Done.", "bright")),)))
        return facts

    def _show_rows(self) -> None:
        if not self.rows:
            return
        table = self.query_one("#answer-rows", PagedTable)
        paint, heading = self._layout(max(20, self.app.size.width - 4))
        table.painter, table.heading = paint, heading
        table.show(ListWindow(list(enumerate(self.rows)), _key), keep_cursor=True)

    def _layout(self, cells: int) -> tuple[Painter[Numbered], Any]:
        chosen = columns_of(self.rows, self._currency, cells)
        return columns(
            [
                Column["Numbered"](label_of(name), self._cell(name), width=width, right=right)
                for name, width, right in chosen
            ]
        )

    def _cell(self, name: str) -> Any:
        def shown_in(row: Numbered) -> Span:
            for field, value, how in fields_of(row[1]):
                if field == name:
                    return Span(cell(value, how, self._currency))
            return Span("")

        return shown_in

    def _paint_nothing(self, _row: Numbered, _cells: int) -> Sequence[Line]:
        return ((Span(""),),)

    def _show_title(self) -> None:
        title = self.query_one(TitleLine)
        title.line = (Span(self.operation.title, "bright"),)
        result = self.reply.result
        total = result.total if isinstance(result, Page) else None
        count = f"{len(self.rows):,} of {total:,}" if total is not None else f"{len(self.rows):,}"
        title.right = (Span(count, "muted"),) if self._reading.is_list else ()

    def _whole(self) -> object:
        """All that came: the rows of every page, or the one record."""
        return self.data if self._reading.is_list else self.reply.data

    # Keys

    def why_not(self, action: Action) -> str:
        """Why this action cannot run now; empty when it can."""
        if action.id == "answer.next_page" and self.following is None:
            return "There are no more rows." if self._reading.is_list else "There are no pages."
        if action.id == "answer.download" and not self.link:
            return "There is no file in this answer."
        return ""

    def show_keys(self) -> None:
        """Bring the key bar up to date: what this kind of answer has no use for is left out."""
        pointless = {"answer.next_page"} if not self._reading.is_list else set()
        pointless |= {"answer.download"} if not self.link else set()
        self.query_one(KeyBar).keys = tuple(
            (self.app.key_of(action), action.title, not self.why_not(action))
            for action in in_context("answer")
            if action.footer and action.id not in pointless
        )

    async def action_act(self, action_id: str) -> None:
        """Run an action of this screen, or say why it cannot run."""
        action = BY_ID[action_id]
        if reason := self.why_not(action):
            self._tell(reason)
            return
        going_on = getattr(self, action.method)()
        if inspect.iscoroutine(going_on):
            await going_on

    def act_back(self) -> None:
        if self.raw:
            self.act_raw()
        elif self.operation.tells and not self._leaving:
            self._leaving = True
            self._tell("Shown nowhere else: y copies it, w saves it. Esc again leaves.")
        else:
            self.dismiss(None)

    def act_raw(self) -> None:
        self.raw = not self.raw
        self._show()

    def act_keys(self) -> None:
        from tui.screens.keys import KeysScreen

        self.app.push_screen(KeysScreen(("answer",)))

    def act_copy(self) -> None:
        if told := getattr(self.reply.result, self.operation.tells or "-", None):
            self.app.copy(words(told, None, self._currency), "the key")
            return
        row = self.table.row if self.rows and not self.raw else None
        if row is not None and self._reading.is_list:
            self.app.copy(as_json(self.data[row[0]]), "this row")
        else:
            self.app.copy(as_json(self._whole()), "the answer")

    @on(PagedTable.Opened, "#answer-rows")
    def _open_row(self, event: PagedTable.Opened) -> None:
        from tui.screens.row import RowScreen

        number, row = cast("Numbered", event.row)
        facts = take_apart(row, self._currency).facts
        self.app.push_screen(RowScreen(f"{self.operation.title} · {number + 1}", facts))

    @work(exit_on_error=False, group="answer")
    async def act_next_page(self) -> None:
        if self.following is None:
            return
        request, self.following = self.following, None
        self.query_one(TitleLine).right = (Span("asking for more", "muted"),)
        try:
            reply = await self.app.services.ask(request)
        except ConsoleError as error:
            self.following = request
            self._show_title()
            self.app.tell_problem(error)
            return
        self.request, self.reply = request, reply
        self._take(reply)
        self._show()

    @work(exit_on_error=False, group="answer")
    async def act_save(self) -> None:
        from asyncio import to_thread

        from tui.screens.save_as import SaveAsScreen, write_new

        suggested = Path.cwd() / f"{self.operation.id}.json"
        path = await self.app.push_screen_wait(SaveAsScreen(suggested))
        if path is None:
            return
        text = (
            self._as_csv() if path.suffix.lower() == ".csv" and self.rows else as_json(self._whole()) + "\n"
        )
        try:
            await to_thread(write_new, path, text)
        except OSError as error:
            self._tell(f"{path} cannot be written: {error.strerror}. Choose another place.", error=True)
        else:
            self._tell(f"Saved {path}")

    @work(exit_on_error=False, group="answer")
    async def act_download(self) -> None:
        from tui.api.download import download
        from tui.screens.save_as import SaveAsScreen

        name = self.request.query.get("filename") or "export.csv"
        path = await self.app.push_screen_wait(SaveAsScreen(Path.cwd() / Path(name).name))
        if path is None:
            return
        try:
            size = await download(self.link, path, on_bytes=self._show_progress)
        except ConsoleError as error:
            self.app.tell_problem(error)
        else:
            self._tell(f"Saved {path} ({_size(size)})")
        finally:
            self._show_title()

    def _show_progress(self, done: int, expected: int | None) -> None:
        of = f" of {_size(expected)}" if expected else ""
        self.query_one(TitleLine).right = (Span(f"fetching {_size(done)}{of}", "muted"),)

    def _as_csv(self) -> str:
        names = list(dict.fromkeys(name for row in self.rows for name, _, _ in fields_of(row)))
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names)
        for row in self.rows:
            values = {name: words(value, None, self._currency) for name, value, _ in fields_of(row)}
            writer.writerow(_unformula(values.get(name, "")) for name in names)
        return text.getvalue()

    def _tell(self, text: str, *, error: bool = False) -> None:
        self.query_one(KeyBar).say(Span(text, "bad" if error else "bright"), 6)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.app.tell_worker_failure(event)


def _key(row: Numbered) -> str:
    return str(row[0])


def _paint_json(row: Numbered, _cells: int) -> Sequence[Line]:
    name, colon, value = row[1].partition('": ')
    if not colon:
        return ((Span(f" {row[1]}", "normal"),),)
    return ((Span(f" {name}{colon}", "muted"), Span(value, "normal")),)


def _unformula(text: str) -> str:
    """A customer's text must not become a formula in whatever opens the file; numbers stay numbers."""
    is_number = text[1:].replace(".", "", 1).isdecimal()
    return f"'{text}" if text[:1] in "=+-@\t" and text and not is_number else text


def _size(count: int) -> str:
    return f"{count:,} bytes" if count < 10_000 else f"{count // 1000:,} kB"
