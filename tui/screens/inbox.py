"""The inbox: conversations at the left, the thread and the reply at the right; one pane at a time when narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.actions import Action, Context, bindings
from tui.core.errors import ApiError, ConsoleError
from tui.widgets.filter_line import FilterLine
from tui.widgets.message_editor import MessageEditor, PriceState
from tui.widgets.mode_screen import ModeScreen
from tui.widgets.paged_table import PagedTable
from tui.widgets.spans import Line, Span, column, fit, spread
from tui.widgets.thread import Thread
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.store.rows import Conversation, Template

VIEWS = ("open", "unread", "done", "all")
TITLES = {"open": "Open", "unread": "Unread", "done": "Done", "all": "All"}


class InboxScreen(ModeScreen):
    """Conversations of the view, one per counterpart, and the thread of the one under the cursor."""

    MODE = "inbox"
    CONTEXT: ClassVar[Context] = "inbox"
    TOPICS = frozenset({"conversations", "messages", "contacts", "outbox", "drafts", "rules", "account", "progress"})
    POLLS = ("inbound", "history", "receipts", "rules")
    BINDINGS = bindings("inbox")
    CSS_PATH = "inbox.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.view = "open"
        self.search = ""
        self.unread_first = False
        self.counterpart = ""
        """Whose thread is on view."""

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal():
            with Vertical(id="list-pane"):
                yield FilterLine()
                yield PagedTable[Conversation](self._paint, row_height=1)
            with Vertical(id="thread-pane"):
                yield TitleLine()
                yield Thread(self.services.now, self.services.price_of)

    # What is on view

    @property
    def table(self) -> PagedTable[Conversation]:
        return cast("PagedTable[Conversation]", self.query_one(PagedTable))

    @property
    def thread(self) -> Thread:
        return self.query_one(Thread)

    @property
    def editor(self) -> MessageEditor | None:
        return self.query_one_optional(MessageEditor)

    @property
    def reading(self) -> bool:
        """Whether the thread has the screen to itself, or the keyboard."""
        return self.has_class("-reading")

    def reload(self, topics: frozenset[str]) -> None:
        self._show_views()
        if topics & {"conversations", "contacts", "outbox", "drafts"}:
            self.table.reload()
        if topics & {"messages", "outbox"}:
            self.thread.reload()
        if topics & {"conversations", "contacts"}:
            self._show_title()
        self.table.empty = self._empty_words()

    def on_mount(self) -> None:
        self._show_list()

    def on_resize(self) -> None:
        self.table.set_row_height(2 if self.wide else 1)

    def _show_list(self, *, keep_cursor: bool = False) -> None:
        self.table.show(
            self.services.store.conversations(self.view, self.search, self.unread_first), keep_cursor=keep_cursor
        )
        self.table.empty = self._empty_words()
        self._show_views()

    def _show_views(self) -> None:
        counts = self.services.store.counts()
        numbers = {"open": counts.open, "unread": counts.unread}
        line = self.query_one(FilterLine)
        line.choices = tuple((TITLES[view], numbers.get(view), view == self.view) for view in VIEWS)
        line.note = "unread first" if self.unread_first else ""

    @on(PagedTable.Highlighted)
    def _show_thread(self, event: PagedTable.Highlighted) -> None:
        row = cast("Conversation | None", event.row)
        counterpart = row.counterpart if row else ""
        if counterpart == self.counterpart:
            return
        if self.reading and self.counterpart:
            return  # What is being read or answered stays, whatever the list does.
        self._open_thread(counterpart)

    def _open_thread(self, counterpart: str) -> None:
        self.counterpart = counterpart
        self.thread.show(self.services.store.thread(counterpart))
        self._show_title()

    def _show_title(self) -> None:
        row = self.services.store.conversation(self.counterpart) if self.counterpart else None
        if row is None:
            self.query_one(TitleLine).line = ()
            return
        shown = row.number if row.title != row.number else ""
        self.query_one(TitleLine).line = (Span(row.title, "bright"), Span("   "), Span(shown, "muted"))

    def _empty_words(self) -> str:
        if self.search:
            return f"Nothing matches “{self.search}” in {TITLES[self.view]}.\nEsc clears the search."
        if self.view != "open" or self.services.store.counts().conversations:
            return {
                "open": "Nothing is waiting. Done and All are one key away: ]",
                "unread": "Nothing unread.",
                "done": "Nothing is done yet. e puts a conversation here.",
                "all": "No conversations yet.",
            }[self.view]
        return self.services.empty_inbox_words()

    # Rows

    def _paint(self, row: Conversation, cells: int) -> Sequence[Line]:
        return self._two_lines(row, cells) if self.table.row_height == 2 else (self._one_line(row, cells),)

    def _one_line(self, row: Conversation, cells: int) -> Line:
        names = min(22, cells // 4)
        left = [
            *_dot(row),
            Span(column(row.title, names), "bright" if row.unread else "normal"),
            Span("  "),
            Span(_preview(row), "normal" if row.unread else "muted"),
        ]
        return spread(left, self._marks(row), cells)

    def _two_lines(self, row: Conversation, cells: int) -> Sequence[Line]:
        name: list[Span] = [*_dot(row), Span(row.title, "bright" if row.unread else "normal")]
        preview = Span(fit(_preview(row), cells - 4), "normal" if row.unread else "muted")
        return spread(name, self._marks(row), cells), (Span("   "), preview)

    def _marks(self, row: Conversation) -> list[Span]:
        marks: list[Span] = [Span("  ")]
        if row.draft:
            marks += [Span("draft", "accent"), Span("  ")]
        if row.attention == "failed":
            marks += [Span("✗ failed", "bad"), Span("  ")]
        elif row.attention == "unknown":
            marks += [Span("? unknown", "warn"), Span("  ")]
        elif row.attention == "stop":
            marks += [Span("STOP", "warn"), Span("  ")]
        time = self.services.clock_time(row.last_at)
        return [*marks, Span(column(time, 6, right=True), "muted"), Span(" ")]

    # Moving about

    def act_next_view(self) -> None:
        self._turn_view(1)

    def act_previous_view(self) -> None:
        self._turn_view(-1)

    def _turn_view(self, step: int) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + step) % len(VIEWS)]
        self._show_list()

    def act_unread_first(self) -> None:
        self.unread_first = not self.unread_first
        self._show_list(keep_cursor=True)

    def act_next_unread(self) -> None:
        key = self.services.store.next_unread(self.counterpart)
        if not key:
            self.tell("Nothing is unread.")
            return
        if not self.table.select(key):
            self.view, self.search = "unread", ""
            self._show_list()
            self.table.select(key)
        if self.reading:
            self._open_thread(key)

    def act_search(self) -> None:
        self.query_one(FilterLine).start_search(self.search)

    @on(FilterLine.Searched)
    def _searched(self, event: FilterLine.Searched) -> None:
        self.search = event.text
        self._show_list()
        if event.done:
            self.table.focus()

    @on(PagedTable.Opened)
    def _read(self) -> None:
        if self.counterpart:
            self.add_class("-reading")
            self.thread.focus()

    def act_back(self) -> None:
        if self.reading:
            self._leave_thread()
        elif self.search:
            self.search = ""
            self.query_one(FilterLine).close_search()
            self._show_list(keep_cursor=True)

    def _leave_thread(self) -> None:
        self.remove_class("-reading")
        self.table.focus()
        row = self.table.row
        if row is not None and row.counterpart != self.counterpart:
            self._open_thread(row.counterpart)

    # Triage

    def why_not(self, action: Action) -> str:
        if action.id in ("inbox.done", "inbox.unread", "inbox.reply", "inbox.copy", "inbox.copy_number"):
            if not self.counterpart:
                return "There is no conversation under the cursor."
            if action.id == "inbox.done" and self._conversation_done():
                return "This conversation is done already. z takes back the last step."
        return super().why_not(action)

    def _conversation_done(self) -> bool:
        row = self.services.store.conversation(self.counterpart)
        return bool(row and row.done and not row.unread)

    @work(exit_on_error=False)
    async def act_done(self) -> None:
        title = self._title()
        await self.services.mark_done(self.counterpart)
        self.tell(f"Done: {title}.", hint="z takes it back.")
        if self.reading:
            self._leave_thread()

    @work(exit_on_error=False)
    async def act_unread(self) -> None:
        await self.services.mark_unread(self.counterpart)

    @work(exit_on_error=False)
    async def act_undo(self) -> None:
        self.tell(await self.services.undo() or "There is nothing to take back.")

    def _title(self) -> str:
        row = self.services.store.conversation(self.counterpart)
        return row.title if row else self.counterpart

    def act_copy(self) -> None:
        messages = self.thread.messages
        if messages:
            self.app.copy(messages[-1].body, "the newest message")

    def act_copy_number(self) -> None:
        self.app.copy(self.counterpart, self.counterpart)

    @work(exit_on_error=False)
    async def act_create_rule(self) -> None:
        from tui.screens.confirm import ConfirmScreen, Sheet

        sheet = Sheet(
            title="Create a POLL rule",
            text="Messages that are sent to any of your numbers will be kept for this console to read. "
            "Rules that you have stay as they are.",
            verb="create",
        )
        if await self.app.push_screen_wait(ConfirmScreen(sheet)):
            try:
                await self.services.create_poll_rule()
            except ConsoleError as error:
                self.tell(error.message, hint=error.hint, error=True)
            else:
                self.tell("The rule is there. Messages that arrive from now on are shown here.")

    # Replying

    def key_contexts(self) -> tuple[Context, ...]:
        editor = self.editor
        return ("compose",) if editor is not None and editor.has_focus_within else ("inbox",)

    def on_descendant_focus(self) -> None:
        self.show_keys()

    @work(exit_on_error=False)
    async def act_reply(self) -> None:
        self.add_class("-reading")
        if (editor := self.editor) is not None:
            editor.focus_text()
            return
        draft = self.services.store.draft(self.counterpart)
        editor = MessageEditor(draft, placeholder=f"Reply to {self._title()}")
        await self.query_one("#thread-pane").mount(editor)
        editor.price_line.sender = self.services.reply_sender(self.counterpart)
        editor.price_line.part_limit = self.services.part_limit
        editor.focus_text()
        if self.services.store.stopped(self.counterpart):
            self.tell("They asked to stop. Answer only if they wrote again.")

    @on(Thread.Opened)
    def _answer(self) -> None:
        self.action_act("inbox.reply")

    @on(MessageEditor.Edited)
    def _save_draft(self, event: MessageEditor.Edited) -> None:
        self.services.save_draft(self.counterpart, event.text)

    @on(MessageEditor.PriceWanted)
    def _price(self, event: MessageEditor.PriceWanted) -> None:
        self._show_price(event.editor, event.text)

    @work(exclusive=True, group="price", exit_on_error=False)
    async def _show_price(self, editor: MessageEditor, text: str) -> None:
        line = editor.price_line
        line.price = PriceState(asking=True, price=line.price.price, currency=line.price.currency)
        try:
            quote = await self.services.quote_reply(self.counterpart, text)
        except ConsoleError as error:
            line.price = PriceState(problem=f"price unknown: {error.message}")
            return
        if editor.text == text:
            line.price = PriceState(
                price=quote.total, balance_after=quote.balance_after, currency=quote.currency,
                problem="" if quote.total is not None else "price unknown",
            )  # fmt: skip

    @on(MessageEditor.TemplateWanted)
    @work(exit_on_error=False)
    async def _template(self) -> None:
        from tui.screens.templates import TemplatesScreen

        chosen: Template | None = await self.app.push_screen_wait(TemplatesScreen(self.services.store.templates()))
        if chosen is not None and (editor := self.editor) is not None:
            editor.insert(self.services.filled(chosen.body, self.counterpart))
            editor.focus_text()

    @on(MessageEditor.CloseWanted)
    async def _close_editor(self) -> None:
        if (editor := self.editor) is not None:
            kept = bool(editor.text.strip())
            await editor.remove()
            self.thread.focus()
            if kept:
                self.tell("Draft kept.", hint="r opens it again.")

    @on(MessageEditor.CheckWanted)
    @work(group="check", exit_on_error=False)
    async def _check(self, event: MessageEditor.CheckWanted) -> None:
        """Quote, confirm, hand over to the sender: the editor keeps the text until the outbox has it."""
        from tui.screens.confirm import ConfirmSendScreen

        counterpart, text = self.counterpart, event.editor.text
        try:
            quote = await self.services.quote_reply(counterpart, text)
        except ApiError as error:
            self.tell(error.message, hint=error.hint, error=True)
            return
        except ConsoleError as error:
            self.tell(error.message, hint=error.hint, error=True)
            return
        confirmation = await self.app.push_screen_wait(ConfirmSendScreen(quote, self._title()))
        if confirmation is None:
            event.editor.focus_text()
            return
        self.services.send(confirmation, draft=counterpart)
        await event.editor.remove()
        self.thread.focus()


def _dot(row: Conversation) -> list[Span]:
    return [Span(" "), Span("● " if row.unread else "  ", "accent")]


def _preview(row: Conversation) -> str:
    return f"↩ {row.preview}" if row.last_direction == "out" else row.preview

