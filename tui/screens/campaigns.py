"""SMS campaigns: the list at the left, the one under the cursor at the right; one at a time when narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.actions import Action, Context, bindings
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError
from tui.widgets.detail import Detail
from tui.widgets.filter_line import FilterLine
from tui.widgets.mode_screen import ModeScreen
from tui.widgets.paged_table import PagedTable
from tui.widgets.send_facts import message_fact
from tui.widgets.sheet import Fact
from tui.widgets.spans import Span, Tone
from tui.widgets.table_columns import Column, columns
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.store.rows import Campaign

STATUSES: dict[str, tuple[str, Tone, str, str]] = {
    "scheduled": ("◷", "normal", "scheduled", "Waits for its time."),
    "queued": ("◷", "normal", "queued", "Accepted by ClickSend, about to be sent."),
    "approved": ("◷", "normal", "approved", "Approved by ClickSend, about to be sent."),
    "waitapproval": ("◷", "warn", "in review", "ClickSend looks at it before it is sent."),
    "sending": ("◷", "normal", "sending", "On its way to the networks."),
    "sent": ("✓", "muted", "sent", "Handed to the networks. Receipts say what was delivered."),
    "failed": ("✗", "bad", "failed", "ClickSend could not send it."),
    "cancelled": ("✗", "muted", "cancelled", "Nothing is sent any more."),
    "draft": ("○", "muted", "draft", "Not sent. It was saved as a draft at ClickSend."),
}
"""ClickSend's status, in lower case -> glyph, tone, word, and what it means."""


class CampaignsScreen(ModeScreen):
    """Campaigns newest first, and the whole of the one under the cursor."""

    MODE = "campaigns"
    CONTEXT: ClassVar[Context] = "campaigns"
    TOPICS = frozenset({"campaigns", "lists"})
    POLLS = ("campaigns", "contacts")
    BINDINGS = bindings("campaigns")
    CSS_PATH = "campaigns.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.search = ""
        self._wanted = ""
        """The key of a campaign that was sent and has not come back from ClickSend yet."""

    def compose_body(self) -> Iterable[Widget]:
        paint, heading = columns(
            (
                Column["Campaign"]("Campaign", lambda row: Span(row.name, "normal")),
                Column["Campaign"]("Status", lambda row: _status(row), width=11),
                Column["Campaign"](
                    "To", lambda row: Span(_count(row.recipients), "normal"), width=6, right=True
                ),
                Column["Campaign"]("When", lambda row: Span(self._when(row), "muted"), width=11, right=True),
            )
        )
        with Horizontal():
            with Vertical(id="list-pane"):
                yield FilterLine()
                yield PagedTable["Campaign"](paint, heading=heading)
            with Vertical(id="detail-pane"):
                yield TitleLine()
                yield Detail()

    # What is on view

    @property
    def table(self) -> PagedTable[Campaign]:
        return cast("PagedTable[Campaign]", self.query_one(PagedTable))

    @property
    def campaign(self) -> Campaign | None:
        """The campaign under the cursor."""
        return self.table.row

    @property
    def reading(self) -> bool:
        """Whether the detail has the keyboard, and on a narrow terminal the screen."""
        return self.has_class("-reading")

    def on_mount(self) -> None:
        self._show_list()

    def reload(self, topics: frozenset[str]) -> None:
        self.table.reload()
        if self._wanted and self.table.select(self._wanted):
            self._wanted = ""
        self._show_counts()
        self._show_detail(keep_place=True)

    def _show_list(self, *, keep_cursor: bool = False) -> None:
        self.table.show(self.services.store.campaigns(self.search), keep_cursor=keep_cursor)
        self._show_counts()

    @on(PagedTable.Found)
    def _show_counts(self) -> None:
        line = self.query_one(FilterLine)
        line.choices = (("Found" if self.search else "All campaigns", self.table.total, True),)
        active = self.services.store.counts().campaigns_active
        line.note = f"{active:,} to come" if active else ""
        self.say_why_empty()

    def say_why_empty(self) -> None:
        self.table.empty = self._empty_words()

    def _empty_words(self) -> str:
        if self.search:
            return f"No campaign matches “{self.search}”.\nEsc clears the search."
        if trouble := self.services.why_unread("campaigns"):
            return trouble
        if self.services.launch.read_only:
            return "No campaigns yet."
        if not self.services.store.lists():
            return "No campaigns yet. One goes to a contact list: 3, then N creates the first."
        return "No campaigns yet. n writes one text to everybody on a contact list."

    @on(PagedTable.Highlighted)
    def _highlighted(self) -> None:
        self._show_detail()
        self.show_keys()

    def _show_detail(self, *, keep_place: bool = False) -> None:
        row = self.campaign
        title, detail = self.query_one(TitleLine), self.query_one(Detail)
        title.line = (Span(row.name, "bright"),) if row else ()
        detail.show(self._facts(row) if row else (), keep_place=keep_place)

    def _facts(self, row: Campaign) -> Sequence[Fact]:
        to = [Span(row.list_name or "a list that is gone", "normal")]
        if row.recipients is not None:
            to.append(Span(f" · {_people(row.recipients)}", "muted"))
        facts: list[Fact] = [
            ("Status", ((_status(row),), (Span(_status_meaning(row), "muted"),))),
            ("To", (to,)),
            ("From", ((_sender(row.sender),),)),
        ]
        if row.schedule:
            facts.append(("Send time", ((Span(exact_time(row.schedule)),),)))
        if row.added_at:
            facts.append(("Created", ((Span(exact_time(row.added_at), "muted"),),)))
        return [*facts, ("", ((),)), message_fact(row.body)]

    def _when(self, row: Campaign) -> str:
        at = row.schedule or row.added_at
        return self.services.clock_time(at) if at else ""

    # Moving about

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

    def act_copy(self) -> None:
        if (row := self.campaign) is not None:
            self.app.copy(row.body, f"the text of {row.name}")

    # What changes something

    def keys_first(self) -> tuple[str, ...]:
        return ("campaigns.back",) if self.reading or self.search else ()

    def why_not(self, action: Action) -> str:
        row = self.campaign
        if action.id in ("campaigns.cancel", "campaigns.copy") and row is None:
            return "There is no campaign under the cursor."
        if action.id == "campaigns.cancel" and row is not None and row.status.lower() != "scheduled":
            return f"Only a scheduled campaign can be cancelled; this one is {_status(row).text[2:]}."
        if action.id == "campaigns.create" and not self.services.store.lists():
            return "A campaign goes to a contact list, and there is none yet. 3, then N creates one."
        return super().why_not(action)

    async def act_create(self) -> None:
        from tui.screens.compose import ComposeScreen
        from tui.screens.compose_forms import BY_KEY

        await self.app.push_screen(ComposeScreen(BY_KEY["sms campaign"]), self.composed)

    def composed(self, key: str | None) -> None:
        """Put the cursor on the campaign that was sent, once it comes back from ClickSend."""
        self._wanted = key or ""

    async def act_cancel(self) -> None:
        from tui.screens.confirm import ConfirmScreen, Sheet

        row = self.campaign
        if row is None:
            return
        sheet = Sheet(
            title="Cancel a scheduled campaign",
            facts=self._facts(row)[1:4],
            text="Nobody on the list gets it. It cannot be started again, only written anew.",
            verb="cancel the campaign",
            words=row.name,
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self._cancel(row)

        await self.app.push_screen(ConfirmScreen(sheet), answered)

    @work(exit_on_error=False)
    async def _cancel(self, row: Campaign) -> None:
        from tui.api import sms_campaigns

        try:
            await self.services.call(sms_campaigns.cancel(row.id), "campaigns")
        except ConsoleError as error:
            self.tell(f"{row.name} is not cancelled. {error.message}", hint=error.hint, error=True)
        else:
            self.tell(f"Cancelled: {row.name}.")


def _status(row: Campaign) -> Span:
    glyph, tone, word, _ = STATUSES.get(row.status.lower(), ("?", "warn", row.status or "unknown", ""))
    return Span(f"{glyph} {word}", tone)


def _status_meaning(row: Campaign) -> str:
    unknown = ("", "", "", "ClickSend's own word; this console does not know it.")
    return STATUSES.get(row.status.lower(), unknown)[3]


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _people(number: int) -> str:
    return f"{number:,} contact{'' if number == 1 else 's'}"


def _sender(sender: str) -> Span:
    from tui.core.phone import display

    return Span(display(sender), "normal") if sender else Span("chosen by ClickSend", "muted")
