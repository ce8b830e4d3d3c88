"""The inbox: conversations at the left, thread and reply at the right; one pane at a time when narrow."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar, cast

from textual import on
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget

from tui.actions import Action, Context, bindings
from tui.core.errors import InvalidInput
from tui.screens.conversation_pane import ConversationPane
from tui.screens.customer import CustomerScreen
from tui.screens.inbox_rows import RowPainter
from tui.screens.inbox_views import all_views, choices, empty_words
from tui.screens.list_place import ListPlace
from tui.store import facts
from tui.store.database import Change
from tui.store.kept_texts import drop_text
from tui.store.rows import Conversation, View
from tui.store.windows import SearchWindow
from tui.widgets.filter_line import FilterLine
from tui.widgets.key_bar import KeyBar
from tui.widgets.paged_table import PagedTable
from tui.widgets.spans import Line
from tui.widgets.thread import Thread

FRESH_SECONDS = 2.0
REST_SECONDS = 0.08
"""How long the cursor rests before the thread follows it: longer than a held key takes to come again."""


class InboxScreen(CustomerScreen):
    """Conversations of the view, one per counterpart, and the thread of the one under the cursor."""

    MODE = "inbox"
    CONTEXT: ClassVar[Context] = "inbox"
    TOPICS = frozenset(
        {
            *("conversations", "messages", "contacts", "outbox", "drafts", "rules", "account", "progress"),
            *("notes", "kept", "presence"),
        }
    )
    POLLS = ("inbound", "history", "receipts", "rules")
    BINDINGS = bindings("inbox")
    CSS_PATH = "inbox.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.view: View = "open"
        self.search = ""
        self.saved = ""
        """The name of the saved search on view."""
        self.unread_first = False
        self.place = ListPlace()
        self._resting: asyncio.TimerHandle | None = None
        self._fading: Timer | None = None

    def compose_body(self) -> Iterable[Widget]:
        self.rows = RowPainter(self.services, self.selected)
        yield FilterLine()
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
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
    def line(self) -> FilterLine:
        return self.query_one(FilterLine)

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

    def conversation(self) -> Conversation | None:
        row = self.table.row
        if row is not None and row.counterpart == self.counterpart:
            return row
        return self.services.store.conversation(self.counterpart) if self.counterpart else None

    def reload(self, topics: frozenset[str]) -> None:
        if topics & {"conversations", "contacts", "outbox", "drafts"}:
            store = self.services.store
            self.table.follow_top = not store.fact(facts.HISTORY_BASE) or bool(store.fact(facts.PROGRESS))
            self.table.reload()
        self._show_views()
        if topics & {"messages", "outbox", "notes"}:
            self.pane.thread.reload()
        if topics & {"conversations", "contacts", "presence"}:
            self.pane.show_title()
        self.say_why_empty()

    def say_why_empty(self) -> None:
        # Of words that are not understood it is said what is wrong with them, and nothing else.
        wrong = bool(self.line.problem)
        self.table.empty = "" if wrong else empty_words(self.services, self.view, self.search, self.saved)

    def on_mount(self) -> None:
        self._show_list()
        self.app.store_changed.subscribe(self, self._arrived)

    def _arrived(self, change: Change) -> None:
        """Rows of messages that have just arrived are bright for a moment: one repaint on, one off."""
        if arrived := change.of("arrived"):
            self.table.fresh |= arrived
            if self._fading is None:
                self._fading = self.set_timer(FRESH_SECONDS, self._fade)

    def _fade(self) -> None:
        self._fading, self.table.fresh = None, frozenset()
        self.table.refresh()

    def on_resize(self) -> None:
        self.table.set_row_height(self._row_height)
        self._follow_cursor()

    @property
    def _row_height(self) -> int:
        return 2 if self.wide else 1

    def _show_list(self, *, keep_cursor: bool = False) -> None:
        try:
            window = self.services.store.conversations(self.view, self.search, self.unread_first)
        except InvalidInput as error:
            # The list stays as it was until the words can be understood.
            self.line.problem = str(error)
            self.say_why_empty()
            return
        self.line.problem = ""
        if not keep_cursor:
            self.selected.clear()
        self.table.show(window, keep_cursor=keep_cursor)
        self.say_why_empty()
        self._show_views()

    def _show_views(self) -> None:
        self.line.choices = choices(self.services, self.view, self.saved)
        found = ""
        if self.search:
            more = isinstance(self.table.window, SearchWindow) and self.table.window.more
            found = f"{self.table.total:,}{'+' if more else ''} found"
            if self.table.is_looking:
                found = f"{found}, looking on" if self.table.total else "looking"
        self.line.note = "  ".join(filter(None, (found, "unread first" if self.unread_first else "")))

    @on(PagedTable.Highlighted)
    def _follow_cursor(self) -> None:
        """Show the thread once the cursor rests: until then a key repaints no more than two rows."""
        if self._resting is not None:
            self._resting.cancel()
        later = asyncio.get_running_loop().call_later
        # Carried out between the screen's messages, never in the middle of one.
        self._resting = later(REST_SECONDS, self.call_later, self._show_thread)

    async def _show_thread(self) -> None:
        # What is being read or answered stays, whatever the list does.
        if self.wide and not self.reading:
            await self.pane.open(self.counterpart)
        self.show_keys()

    @on(PagedTable.Found)
    def _found(self) -> None:
        self._show_views()
        self.say_why_empty()

    async def settled(self) -> None:
        await self.table.settled()

    # Rows

    def _paint(self, row: Conversation, cells: int) -> Sequence[Line]:
        if self.table.row_height == 2:
            return self.rows.two_lines(row, cells)
        return (self.rows.one_line(row, cells),)

    # Moving about

    def act_next_view(self) -> None:
        self._turn_view(1)

    def act_previous_view(self) -> None:
        self._turn_view(-1)

    def _turn_view(self, step: int) -> None:
        views = all_views(self.services, self.view)
        here = (self.view, self.saved)
        at = views.index(here) if here in views else 0
        typed = "" if self.saved else self.search
        self.view, self.saved = views[(at + step) % len(views)]
        kept = {each.name: each.text for each in self.services.store.kept_texts("search")}
        # What is searched for is searched for in the next view as well, unless that is a search of its own.
        self.search = kept.get(self.saved, typed)
        if not typed or self.saved:
            self.line.close_search()
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
            self._turn_to("unread")
            self.table.select(key)
        if self.reading:
            await self.pane.open(key)
            self._say_where()
            self.place.remember(self.table)

    def _turn_to(self, view: View) -> None:
        self.view, self.search, self.saved = view, "", ""
        self.line.close_search()
        self._show_list()

    async def act_search(self) -> None:
        await self.line.start_search(self.search)

    @on(FilterLine.Searched)
    async def _searched(self, event: FilterLine.Searched) -> None:
        if event.text != self.search:
            self.search = event.text
            if self.saved:
                self.saved = ""  # other words are another search
            self._show_list()
        if event.done:
            self.table.focus()
            await self.table.settled()

    @on(PagedTable.Opened)
    async def _read(self, event: PagedTable.Opened) -> None:
        await self._enter_thread(cast("Conversation", event.row).counterpart)
        self.set_focus(self.pane.thread)

    async def _enter_thread(self, counterpart: str) -> None:
        if not self.reading:
            self.place.remember(self.table)
        # First, so that nothing that the list does meanwhile can bring another thread.
        self.add_class("-reading")
        await self.pane.open(counterpart)
        self._say_where()

    async def open_conversation(self, counterpart: str) -> None:
        """Read a conversation, in the view that has it; one in which nothing was said yet is empty."""
        if not self.table.select(counterpart):
            self._turn_to("all")
            self.table.select(counterpart)
        await self._enter_thread(counterpart)
        self.set_focus(self.pane.thread)
        self.show_keys()

    async def act_back(self) -> None:
        if self.reading:
            await self.leave_thread()
        elif self.selected:
            self.select_nothing()
        elif self.search:
            self.search = ""
            if self.saved:
                self.view, self.saved = "open", ""
            self.line.close_search()
            self._show_list(keep_cursor=True)

    def _say_where(self) -> None:
        """Let other consoles know what is open here."""
        self.services.be_at(self.pane.counterpart if self.reading else "", writing=self.pane.writing)

    async def leave_thread(self) -> None:
        self.remove_class("-reading")
        self.catch_up()  # The place is found by what the thread has become, which the list may not know yet.
        self.place.go_on(self.table, self.pane.counterpart)
        self.set_focus(self.table)
        self._say_where()
        if self.counterpart != self.pane.counterpart:
            await self.pane.open(self.counterpart)

    # Selecting

    def select_row(self, counterpart: str) -> None:
        self.table.select(counterpart)

    def show_selection(self) -> None:
        self.table.refresh()
        super().show_selection()

    def count_selected(self) -> None:
        """Show what is selected, and how many at once: what was said of the last decision can go."""
        self.query_one(KeyBar).hush()
        self.show_selection()

    def act_select(self) -> None:
        if self.counterpart not in self.selected:
            self.selected[self.counterpart] = None
        else:
            del self.selected[self.counterpart]
        if not self.reading:
            self.table.cursor += 1
        self.count_selected()

    async def act_select_all(self) -> None:
        from tui.store.searching import matching

        store = self.services.store
        found = await store.read(matching, self.view, self.search, store.who)
        self.selected.clear()
        self.selected.update(dict.fromkeys(found))
        self.count_selected()

    # Saved searches

    async def act_keep_search(self) -> None:
        from tui.screens.kept_forms import SearchNameScreen

        await self.ask(SearchNameScreen(self.search, self.saved), self._kept)

    async def _kept(self, name: str) -> None:
        self.view, self.saved = "all", name
        self.line.close_search()
        self._show_list(keep_cursor=True)
        self.tell(f"Saved: {name}.", hint="[ and ] go to it.")

    async def act_drop_search(self) -> None:
        name = self.saved
        await self.services.store.write(drop_text, "search", name)
        self.saved = ""
        self._show_views()
        self.tell(f"No longer saved: {name}.", hint="S saves it again.")

    def why_not(self, action: Action) -> str:
        if action.id == "inbox.keep_search" and not self.search:
            return "There is no search to save. / begins one."
        if action.id == "inbox.drop_search" and not self.saved:
            return "No saved search is on view."
        nothing = {"inbox.select": not self.counterpart, "inbox.select_all": not self.table.total}
        if nothing.get(action.id):
            return "There is nothing to select."
        return super().why_not(action)

    # Keys

    def keys_first(self) -> tuple[str, ...]:
        if self.reading:
            row = self.conversation()
            settle = ("inbox.settle",) if row and row.attention == "unknown" else ()
            return ("inbox.back", *settle)
        if self.selected:
            return tuple(f"inbox.{name}" for name in ("done", "snooze", "label", "claim", "block"))
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
        await self._enter_thread(self.counterpart)
        await self.pane.reply()
        if self.services.store.stopped(self.counterpart):
            self.tell("They asked to stop. Answer only if they wrote again since.")

    async def act_canned(self) -> None:
        await self.act_reply()
        if (editor := self.pane.editor) is not None:
            editor.insert_canned()

    @on(ConversationPane.WritingChanged)
    def _keys_changed(self) -> None:
        self._say_where()
        self.show_keys()
