"""The inbox: conversations at the left, thread and reply at the right; one pane at a time when narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, cast

from textual import on, work
from textual.containers import Vertical
from textual.widget import Widget

from tui.actions import Action, Context, bindings
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError
from tui.screens.conversation_pane import ConversationPane
from tui.store import decisions, facts
from tui.store.database import Change
from tui.store.outbox import outbox_settle
from tui.store.rows import FIRING_RULES, Conversation, Message, View
from tui.widgets.filter_line import FilterLine
from tui.widgets.mode_screen import ModeScreen
from tui.widgets.paged_table import PagedTable
from tui.widgets.spans import Line, Span, column, fit, spread
from tui.widgets.thread import Thread

VIEWS: tuple[View, ...] = ("open", "unread", "done", "all")
FRESH_SECONDS = 2.0
UNDO_SECONDS = 10
"""How long a conversation that is done waits before it is marked read at ClickSend."""
TITLES = {"open": "Open", "unread": "Unread", "done": "Done", "all": "All"}


class InboxScreen(ModeScreen):
    """Conversations of the view, one per counterpart, and the thread of the one under the cursor."""

    MODE = "inbox"
    CONTEXT: ClassVar[Context] = "inbox"
    TOPICS = frozenset(
        {"conversations", "messages", "contacts", "outbox", "drafts", "rules", "account", "progress"}
    )
    POLLS = ("inbound", "history", "receipts", "rules")
    BINDINGS = bindings("inbox")
    CSS_PATH = "inbox.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.view: View = "open"
        self.search = ""
        self.unread_first = False

    def compose_body(self) -> Iterable[Widget]:
        with Vertical(id="list-pane"):
            yield FilterLine()
            yield PagedTable[Conversation](self._paint, row_height=self._row_height)
        yield ConversationPane(self.services, id="thread-pane")

    # What is on view

    @property
    def table(self) -> PagedTable[Conversation]:
        return cast("PagedTable[Conversation]", self.query_one(PagedTable))

    @property
    def pane(self) -> ConversationPane:
        return self.query_one(ConversationPane)

    @property
    def counterpart(self) -> str:
        """Whose conversation the keys are about: the one that is read, else the one under the cursor."""
        if self.reading:
            return self.pane.counterpart
        row = self.table.row
        return row.counterpart if row else ""

    @property
    def reading(self) -> bool:
        """Whether the thread has the screen to itself, or the keyboard."""
        return self.has_class("-reading")

    def reload(self, topics: frozenset[str]) -> None:
        self._show_views()
        if topics & {"conversations", "contacts", "outbox", "drafts"}:
            store = self.services.store
            self.table.follow_top = not store.fact(facts.HISTORY_BASE) or bool(store.fact(facts.PROGRESS))
            self.table.reload()
        if topics & {"messages", "outbox"}:
            self.pane.thread.reload()
        if topics & {"conversations", "contacts"}:
            self.pane.show_title()
        self.say_why_empty()

    def say_why_empty(self) -> None:
        self.table.empty = self._empty_words()

    def on_mount(self) -> None:
        self._show_list()
        self.app.store_changed.subscribe(self, self._arrived)

    def _arrived(self, change: Change) -> None:
        """Rows of messages that have just arrived are bright for a moment: one repaint on, one off."""
        if arrived := change.of("arrived"):
            self.table.fresh = arrived
            self.set_timer(FRESH_SECONDS, self._fade)

    def _fade(self) -> None:
        self.table.fresh = frozenset()
        self.table.refresh()

    def on_resize(self) -> None:
        self.table.set_row_height(self._row_height)

    @property
    def _row_height(self) -> int:
        return 2 if self.wide else 1

    def _show_list(self, *, keep_cursor: bool = False) -> None:
        self.table.show(
            self.services.store.conversations(self.view, self.search, self.unread_first),
            keep_cursor=keep_cursor,
        )
        self.say_why_empty()
        self._show_views()

    def _show_views(self) -> None:
        counts = self.services.store.counts()
        numbers = {"open": counts.open, "unread": counts.unread}
        line = self.query_one(FilterLine)
        line.choices = tuple((TITLES[view], numbers.get(view), view == self.view) for view in VIEWS)
        line.note = "unread first" if self.unread_first else ""

    @on(PagedTable.Highlighted)
    async def _show_thread(self, event: PagedTable.Highlighted) -> None:
        row = cast("Conversation | None", event.row)
        counterpart = row.counterpart if row else ""
        if counterpart == self.pane.counterpart or self.reading:
            return  # What is being read or answered stays, whatever the list does.
        await self.pane.open(counterpart)
        self.show_keys()

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
        return self._why_empty()

    def _why_empty(self) -> str:
        """No connection, not read yet, no rule that fills it, or really empty."""
        if trouble := self.services.why_unread("inbound"):
            return trouble
        finding = self.services.store.fact(facts.RULES)
        if not finding:
            return "Reading your messages."
        if finding == "missing":
            return (
                "Nothing can arrive here yet: ClickSend hands messages to programs only if an inbound rule "
                "with the action POLL says so, and there is none.\nP creates it."
            )
        if finding == "late":
            return (
                f"Nothing may arrive here: ClickSend runs the first {FIRING_RULES} rules that match a "
                "message, in the order they were made, and the POLL rule comes later.\n"
                "Delete rules that come before it."
            )
        return "No messages yet. New ones appear here by themselves."

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

    async def act_next_unread(self) -> None:
        key = self.services.store.next_unread(self.counterpart)
        if not key:
            self.tell("Nothing is unread.")
            return
        if not self.table.select(key):
            self.view, self.search = "unread", ""
            self._show_list()
            self.table.select(key)
        if self.reading:
            await self.pane.open(key)

    async def act_search(self) -> None:
        await self.query_one(FilterLine).start_search(self.search)

    @on(FilterLine.Searched)
    def _searched(self, event: FilterLine.Searched) -> None:
        self.search = event.text
        self._show_list()
        if event.done:
            self.table.focus()

    @on(PagedTable.Opened)
    async def _read(self) -> None:
        await self._enter_thread()
        self.set_focus(self.pane.thread)

    async def _enter_thread(self) -> None:
        if self.pane.counterpart != self.counterpart:
            await self.pane.open(self.counterpart)
        self.add_class("-reading")

    async def open_conversation(self, counterpart: str) -> None:
        """Read a conversation, in the view that has it; one in which nothing was said yet is empty."""
        if not self.table.select(counterpart):
            self.view, self.search = "all", ""
            self._show_list()
            self.table.select(counterpart)
        await self.pane.open(counterpart)
        self.add_class("-reading")
        self.set_focus(self.pane.thread)
        self.show_keys()

    async def act_back(self) -> None:
        if self.reading:
            await self._leave_thread()
        elif self.search:
            self.search = ""
            self.query_one(FilterLine).close_search()
            self._show_list(keep_cursor=True)

    async def _leave_thread(self) -> None:
        self.remove_class("-reading")
        self.set_focus(self.table)
        if self.counterpart != self.pane.counterpart:
            await self.pane.open(self.counterpart)

    # Triage

    def why_not(self, action: Action) -> str:
        if action.id in ("inbox.done", "inbox.unread", "inbox.reply", "inbox.copy", "inbox.copy_number"):
            if not self.counterpart:
                return "There is no conversation under the cursor."
            if action.id == "inbox.done" and self._conversation_done():
                return "This conversation is done already. z takes back the last step."
        if action.id == "inbox.settle" and (not self.counterpart or self._unknown_message() is None):
            return "Every message of this conversation has a known outcome."
        return super().why_not(action)

    def _conversation_done(self) -> bool:
        row = self.services.store.conversation(self.counterpart)
        return bool(row and row.done and not row.unread)

    async def act_done(self) -> None:
        title, now = self._title_of(self.counterpart), self.services.now()
        await self.services.store.write(decisions.done, (self.counterpart,), now, now + UNDO_SECONDS)
        self.reload(self.TOPICS)
        self.tell(f"Done: {title}.", hint="z takes it back.")
        if self.reading:
            await self._leave_thread()

    async def act_unread(self) -> None:
        await self.services.store.write(decisions.set_unread, (self.counterpart,), self.services.now())

    async def act_undo(self) -> None:
        undone = await self.services.store.write(decisions.undo)
        if undone is None:
            self.tell("There is nothing to take back.")
            return
        word = {"done": "Open again", "reopen": "Done again", "unread": "Read again"}[undone.decision]
        kept = "ClickSend keeps it as read." if undone.marked else ""
        self.tell(f"{word}: {self._title_of(undone.counterparts[0])}.", hint=kept)
        self.table.select(undone.counterparts[0])

    def _title_of(self, counterpart: str) -> str:
        row = self.services.store.conversation(counterpart)
        return row.title if row else counterpart

    def act_copy(self) -> None:
        thread = self.services.store.thread(self.counterpart)
        newest = thread.page(thread.count() - 1, 1)
        self.app.copy(newest[0].body, "the newest message")

    def act_copy_number(self) -> None:
        self.app.copy(self.counterpart, self.counterpart)

    @work(exit_on_error=False)
    async def act_create_rule(self) -> None:
        from tui.api import automations
        from tui.api.types import RuleAction
        from tui.screens.confirm import ConfirmScreen, Sheet

        sheet = Sheet(
            title="Create a POLL rule",
            text="Messages that are sent to any of your numbers will be kept for this console to read. "
            "Rules that you have stay as they are.",
            verb="create",
        )
        if await self.app.push_screen_wait(ConfirmScreen(sheet)):
            try:
                await self.services.call(
                    automations.sms_inbound_create("clicksend-tui", RuleAction.POLL), "rules"
                )
            except ConsoleError as error:
                self.tell(error.message, hint=error.hint, error=True)
            else:
                self.tell("The rule is there. Messages that arrive from now on are shown here.")

    @work(exit_on_error=False)
    async def act_settle(self) -> None:
        from tui.screens.settle import SettleScreen, message_facts

        message = self._unknown_message()
        if message is None or message.outbox_id is None:
            return
        through = self.services.store.fact(facts.HISTORY_THROUGH)
        evidence = f"does not show it; read up to {exact_time(int(through))}" if through else "not read yet"
        verdict = await self.app.push_screen_wait(SettleScreen(message_facts(message, evidence)))
        if verdict is None:
            return
        await self.services.store.write(outbox_settle, message.outbox_id, was_sent=verdict == "sent")
        if verdict == "not sent":
            self.services.save_draft(message.counterpart, message.body)

    def _unknown_message(self) -> Message | None:
        """The newest message of this conversation whose outcome is not known."""
        thread = self.services.store.thread(self.counterpart)
        newest = thread.page(max(0, -(-thread.count() // 50) - 1), 50)
        return next((message for message in reversed(newest) if message.state == "unknown"), None)

    # Keys

    def keys_first(self) -> tuple[str, ...]:
        if self.reading:
            row = self.services.store.conversation(self.counterpart)
            settle = ("inbox.settle",) if row and row.attention == "unknown" else ()
            return ("inbox.back", *settle)
        missing = self.services.store.fact(facts.RULES) == "missing"
        rule = ("inbox.create_rule",) if missing and not self.table.total else ()
        return ("inbox.back", *rule) if self.search else rule

    # Answering

    def key_contexts(self) -> tuple[Context, ...]:
        return ("compose",) if self.pane.writing else ("inbox",)

    @on(Thread.Opened)
    async def _answer(self) -> None:
        await self.action_act("inbox.reply")

    async def act_reply(self) -> None:
        await self._enter_thread()
        await self.pane.reply()
        if self.services.store.stopped(self.counterpart):
            self.tell("They asked to stop. Answer only if they wrote again since.")

    @on(ConversationPane.WritingChanged)
    def _keys_changed(self) -> None:
        self.show_keys()


def _dot(row: Conversation) -> list[Span]:
    return [Span(" "), Span("● " if row.unread else "  ", "accent")]


def _preview(row: Conversation) -> str:
    return f"↩ {row.preview}" if row.last_direction == "out" else row.preview
