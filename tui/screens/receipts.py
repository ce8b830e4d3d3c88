"""Receipts: what was sent and what became of it, failures and their causes first when that is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.actions import Action, Context, bindings
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError
from tui.screens.receipt_facts import receipt_facts, receipt_words
from tui.store import facts
from tui.store.account import set_fact
from tui.store.rows import FAILURES, Contact, State
from tui.widgets.delivery import explain
from tui.widgets.detail import Detail
from tui.widgets.filter_line import FilterLine
from tui.widgets.glyphs import STATES
from tui.widgets.mode_screen import ModeScreen, Whom
from tui.widgets.paged_table import PagedTable
from tui.widgets.spans import Line, Span
from tui.widgets.table_columns import Column, columns
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.store.rows import Message
    from tui.store.windows import Window


class View(NamedTuple):
    """A choice of states; none stands for all of them."""

    title: str
    states: tuple[State, ...]
    empty: str


VIEWS = (
    View("All", (), "Nothing was sent"),
    View("Waiting", ("sending", "accepted", "scheduled", "sent"), "Nothing waits for a receipt"),
    View("Delivered", ("delivered",), "Nothing was delivered"),
    View("Failed", FAILURES, "Nothing has failed"),
    View("Unknown", ("unknown",), "The outcome of every message is known"),
)
REPORTED: tuple[State, ...] = ("delivered", "failed")
"""States that ClickSend reports by a receipt and does not change again."""
NO_RECEIPT = "There is no delivery receipt on view to mark read."
PERIODS = ((None, ""), (1, "today"), (7, "7 days"), (30, "30 days"))
"""Days, today counted, and their name."""


class ReceiptsScreen(ModeScreen):
    """Outbound messages with their latest state, and the one under the cursor in full."""

    MODE = "receipts"
    CONTEXT: ClassVar[Context] = "receipts"
    TOPICS = frozenset({"receipts", "conversations", "contacts", "rules", "account", "progress", "campaigns"})
    POLLS = ("receipts", "history", "rules")
    BINDINGS = bindings("receipts")
    CSS_PATH = "receipts.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.view = VIEWS[0]
        self.period = 0
        self.search = ""
        self.failures_first = False
        self._titles: dict[str, str] = {}

    def compose_body(self) -> Iterable[Widget]:
        paint, heading = columns(
            (
                Column["Message"]("State", _state, width=12),
                Column["Message"]("To", lambda row: Span(self._title_of(row.counterpart)), width=16),
                Column["Message"]("Message", _words),
                Column["Message"](
                    "From", lambda row: Span(_number(row.sender), "muted"), width=15, from_width=100
                ),
                Column["Message"]("Price", self._price, width=9, right=True, from_width=90),
                Column["Message"]("Time", self._time, width=6, right=True),
            )
        )
        with Horizontal():
            with Vertical(id="list-pane"):
                yield FilterLine()
                yield Static("", id="rule-line", markup=False)
                yield PagedTable["Message"](paint, heading=heading)
            with Vertical(id="detail-pane"):
                yield TitleLine()
                yield Detail()

    # What is on view

    @property
    def table(self) -> PagedTable[Message]:
        return cast("PagedTable[Message]", self.query_one(PagedTable))

    @property
    def row(self) -> Message | None:
        """The message under the cursor."""
        return self.table.row

    @property
    def reading(self) -> bool:
        """Whether the detail has the keyboard, and on a narrow terminal the screen."""
        return self.has_class("-reading")

    def on_mount(self) -> None:
        self._show_list()

    def on_resize(self) -> None:
        # Which counts fit is known once the panes have their new width.
        self.call_after_refresh(self._show_views)

    def reload(self, topics: frozenset[str]) -> None:
        self._titles.clear()
        self.table.reload()
        self._show_views()
        self._show_detail(keep_place=True)

    def _window(self, view: View, *, failures_first: bool = False) -> Window[Message]:
        return self.services.store.receipts(view.states, self.search, failures_first, self._since())

    def _since(self) -> int | None:
        """The midnight at which the period begins."""
        days = PERIODS[self.period][0]
        if days is None:
            return None
        now = datetime.fromtimestamp(self.services.now(), UTC).astimezone()
        first = (now - timedelta(days=days - 1)).replace(tzinfo=None)
        return int(first.replace(hour=0, minute=0, second=0, microsecond=0).astimezone().timestamp())

    def _show_list(self, *, keep_cursor: bool = False) -> None:
        self.table.show(self._window(self.view, failures_first=self.failures_first), keep_cursor=keep_cursor)
        self._show_views()

    def _show_views(self) -> None:
        line = self.query_one(FilterLine)
        note = (PERIODS[self.period][1], "failures first" if self.failures_first else "")
        line.note = " · ".join(filter(None, note))
        counts = self._counts()
        cells = sum(len(f"{view.title} {counts.get(view.title, 0):,}   ") for view in VIEWS)
        if cells + len(line.note) > line.room:
            counts = {title: count for title, count in counts.items() if title not in ("All", "Delivered")}
        line.choices = tuple((view.title, counts.get(view.title), view == self.view) for view in VIEWS)
        self._show_missing_rule()
        self.say_why_empty()

    def say_why_empty(self) -> None:
        self.table.empty = self._empty_words()

    def _counts(self) -> dict[str, int]:
        if self.search:  # Counting the other views would read every message again.
            return {self.view.title: self.table.total}
        return {view.title: self._window(view).count() for view in VIEWS}

    def _show_missing_rule(self) -> None:
        words = (
            "" if self._polled() else "! No POLL rule for receipts: states come late, and only from history."
        )
        line = self.query_one("#rule-line", Static)
        line.update(words)
        line.set_class(bool(words) and self.table.total > 0, "-shown")

    def _polled(self) -> bool:
        """Whether a rule hands receipts to programs; taken for granted until the rules are known."""
        return self.services.store.fact(facts.RECEIPT_RULES) != "missing"

    def _empty_words(self) -> str:
        period = PERIODS[self.period][1]
        if self.search:
            return f"Nothing matches “{self.search}” in {self.view.title}.\nEsc clears the search."
        if period:
            words = f"{self.view.empty} {'today' if period == 'today' else f'in {period}'}."
            return f"{words}\nd shows a longer time."
        if self.view != VIEWS[0]:
            return f"{self.view.empty}."
        if not self.services.store.fact(facts.HISTORY_THROUGH):
            return self.services.why_unread("history") or "Reading what was sent."
        words = "Nothing was sent from this account yet. What is sent is followed here until it is delivered."
        if not self._polled():
            words += "\nThere is no POLL rule for receipts: states will come late, and only from history."
        return words

    @on(PagedTable.Highlighted)
    def _highlighted(self) -> None:
        self._show_detail()
        self.show_keys()

    def _show_detail(self, *, keep_place: bool = False) -> None:
        row = self.row
        self.query_one(Detail).show(receipt_facts(self.services, row) if row else (), keep_place=keep_place)
        name, number = (self._title_of(row.counterpart), _number(row.counterpart)) if row else ("", "")
        shown = number if number != name else ""
        self.query_one(TitleLine).line = (Span(name, "bright"), Span("   "), Span(shown, "muted"))

    # Rows

    def _title_of(self, counterpart: str) -> str:
        if counterpart not in self._titles:
            conversation = self.services.store.conversation(counterpart)
            self._titles[counterpart] = conversation.title if conversation else _number(counterpart)
        return self._titles[counterpart]

    def _price(self, row: Message) -> Span:
        return Span(self.services.price_of(row), "muted")

    def _time(self, row: Message) -> Span:
        words = self.services.clock_time(row.at)
        # "12 Dec 2026" is too wide for its column, and in January nobody misses the year.
        recent = self.services.now() - row.at < timedelta(days=330).total_seconds()
        return Span(words if len(words) <= 6 else words[:-5] if recent else words[-4:], "muted")

    # Moving about

    def act_next_state(self) -> None:
        self._turn_view(1)

    def act_previous_state(self) -> None:
        self._turn_view(-1)

    def _turn_view(self, step: int) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + step) % len(VIEWS)]
        self._show_list()

    def act_failures_first(self) -> None:
        self.failures_first = not self.failures_first
        self._show_list()

    def act_since(self) -> None:
        self.period = (self.period + 1) % len(PERIODS)
        self._show_list(keep_cursor=True)

    async def act_search(self) -> None:
        self._leave_detail()
        await self.query_one(FilterLine).start_search(self.search)

    @on(FilterLine.Searched)
    async def _searched(self, event: FilterLine.Searched) -> None:
        if event.text != self.search:
            self.search = event.text
            self._show_list()
        if event.done:
            self.table.focus()
            await self.table.settled()

    @on(PagedTable.Found)
    def _found(self) -> None:
        self._show_views()

    @on(PagedTable.Opened)
    def _open(self) -> None:
        self.add_class("-reading")
        self.query_one(Detail).focus()

    def act_back(self) -> None:
        if self.reading:
            self._leave_detail()
        elif self.search:
            self.search = ""
            self.query_one(FilterLine).close_search()
            self._show_list(keep_cursor=True)

    def _leave_detail(self) -> None:
        self.remove_class("-reading")
        self.table.focus()

    # What can be done with a message

    def keys_first(self) -> tuple[str, ...]:
        return ("receipts.back",) if self.reading or self.search else ()

    def why_not(self, action: Action) -> str:
        if action.id in ("receipts.conversation", "receipts.copy") and self.row is None:
            return "There is no message under the cursor."
        if action.id == "receipts.mark_read" and not self.services.store.fact(facts.RECEIPTS_NEWEST):
            return NO_RECEIPT
        return super().why_not(action)

    def act_conversation(self) -> None:
        if (row := self.row) is not None:
            self.app.open_conversation(row.counterpart)

    def whom(self) -> Whom:
        row = self.row
        if row is None:
            return Whom()
        return Whom(
            self.services.store.contact_by_phone(row.counterpart) or Contact(0, 0, phone=row.counterpart)
        )

    def act_copy(self) -> None:
        if (row := self.row) is not None:
            self.app.copy(
                receipt_words(row), f"the state of the message to {self._title_of(row.counterpart)}"
            )

    @work(exit_on_error=False)
    async def act_mark_read(self) -> None:
        from tui.api import sms
        from tui.screens.confirm import ConfirmScreen, Sheet

        newest = self._newest_shown()
        if not newest:
            self.tell(NO_RECEIPT)
            return
        sheet = Sheet(
            title="Mark receipts read",
            facts=(("Up to", ((Span(exact_time(newest)),),)),),
            text=f"{sms.receipts_mark_read.loses} What is stored here stays; failures up to then are no "
            "longer counted above. Receipts that come later are not touched.",
            verb="mark read",
        )
        if await self.app.push_screen_wait(ConfirmScreen(sheet)):
            await self._mark_read(newest)

    def _newest_shown(self) -> int:
        """The time of the newest receipt on view, 0 if there is none: the bound of what is marked read.

        Only the newest of all receipts keeps its own time. Where older ones are on view alone, the bound is
        when the newest message among them was sent, which is before its receipt: rather too few are marked.
        """
        store = self.services.store
        received = int(store.fact(facts.RECEIPTS_NEWEST) or 0)
        shown = [state for state in REPORTED if state in (self.view.states or REPORTED)]
        if not shown or not received:
            return 0
        newest = store.receipts(shown, self.search, since=self._since()).page(0, 1)
        if not newest:
            return 0
        return (
            received if newest[0] == store.receipts(REPORTED).page(0, 1)[0] else min(newest[0].at, received)
        )

    async def _mark_read(self, until: int) -> None:
        from tui.api import sms

        try:
            await self.services.call(sms.receipts_mark_read(date_before=until), "receipts")
        except ConsoleError as error:
            self.tell(f"No receipt was marked read. {error.message}", hint=error.hint, error=True)
            return
        await self.services.store.write(set_fact, facts.RECEIPTS_READ_UNTIL, str(until))
        self.tell(f"Receipts up to {exact_time(until)} are marked read.")


def _state(row: Message) -> Span:
    glyph, tone, word = STATES.get(row.state, ("?", "warn", row.state))
    return Span(f"{glyph:<2} {'unknown' if row.state == 'unknown' else word}", tone)


def _words(row: Message) -> Line:
    """Why it needs attention, if it does, and the text."""
    text = " ".join(row.body.split())
    meaning = explain(row.state, row.state_text, row.code, row.error_text)
    if row.state in (*FAILURES, "unknown") or meaning != explain(row.state):
        return (Span(meaning.short), Span("  "), Span(text, "muted"))
    return (Span(text),)


def _number(number: str) -> str:
    from tui.core.phone import display

    return display(number)
