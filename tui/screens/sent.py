"""One send, message by message: what became of each since, and what can still be done about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.widget import Widget

from tui.core.clock import exact_time
from tui.core.errors import ConsoleError, InvalidInput, SendRefused
from tui.core.phone import display
from tui.screens.outbox import is_cancelled, price_of, state_of, title_of
from tui.screens.sent_facts import STATES, again, became, causes
from tui.store.messages import local_id
from tui.store.outbox import outbox_settle_one
from tui.widgets.filter_line import Choice, FilterLine
from tui.widgets.mode_screen import READ_ONLY
from tui.widgets.paged_table import PagedTable
from tui.widgets.sheet import Fact, Facts, SheetScreen
from tui.widgets.spans import Line, Span
from tui.widgets.table_columns import Column, columns

if TYPE_CHECKING:
    from tui.sending.quote import Confirmation, Quote
    from tui.sending.scheduled import ScheduledSends, Stopped
    from tui.store.outbox_messages import Summary
    from tui.store.rows import Message, MessageState, OutboxItem, OutboxMessage, State

_ISSUE_KINDS = {
    **{kind: kind.partition(" ")[0].upper() for kind in ("sms", "sms campaign", "mms", "mms campaign")},
    **{"voice": "VOICE", "fax": "FAX", "letter": "POST", "postcard": "POST"},
    **{"email": "EMAIL_TRANSACTIONAL", "email campaign": "EMAIL_MARKETING"},
}
"""What ClickSend's support calls the messages of a send."""
FAILED = "failed"
"""The view of those that were accepted and failed since."""
_VIEWS: Sequence[tuple[str, Sequence[MessageState]]] = (
    ("all", ()),
    ("accepted", ("accepted",)),
    (FAILED, ()),
    ("rejected", ("rejected", "not sent")),
    ("unknown", ("unknown",)),
    ("left out", ("left out",)),
)


class SentScreen(SheetScreen[None]):
    """Enter opens a message; what applies to the send as it is stands among the keys."""

    BINDINGS = [
        ("right_square_bracket", "turn(1)", "next state"),
        ("left_square_bracket", "turn(-1)", "previous state"),
        ("u", "settle", "settle"),
        ("f", "retry", "send failed again"),
        ("i", "issue", "report to ClickSend"),
        ("t", "move", "another time"),
        ("X", "cancel", "cancel"),
        ("w", "report", "report"),
    ]
    DEFAULT_CSS = """
    SentScreen {
        & #sheet { width: 96; }
        & PagedTable, & FilterLine, & FilterLine > * { background: $surface; }
        & FilterLine { margin: 1 0 0 0; }
    }
    """
    AUTO_FOCUS = "PagedTable"

    def __init__(self, item: OutboxItem) -> None:
        super().__init__()
        self.item = item
        self.title_words = title_of(item)
        self.view = 0

    def title_note(self) -> Line:
        words, tone = state_of(self.item, self.app.services)
        return (Span(words, tone),)

    def compose_body(self) -> Iterable[Widget]:
        paint, heading = columns(
            (
                Column["OutboxMessage"]("State", self._state, width=14),
                Column["OutboxMessage"]("Recipient", _recipient),
                Column["OutboxMessage"]("Why", self._why, from_width=64),
                Column["OutboxMessage"]("Price", self._price, width=10, right=True),
            )
        )
        yield Facts(())
        yield FilterLine()
        yield PagedTable["OutboxMessage"](paint, heading=heading)

    def on_mount(self) -> None:
        self.table.empty = "No message of this send is in that state."
        self._show()
        self.app.store_changed.subscribe(
            self, lambda change: self._show() if change.topics & {"outbox", "receipts"} else None
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        found = [("w", "report")]
        if self._is_waiting:
            found += [("t", "other time"), ("X", "cancel")]
        summary = self.summary
        if summary.failed or summary.states.keys() & {"rejected", "not sent"}:
            found.append(("f", "send again"))
        if "unknown" in summary.states:
            found.append(("u", "settle"))
        if "accepted" in summary.states and not self._is_waiting:
            found.append(("i", "report it"))
        return (*found, ("Esc", "back"), ("] [", "other states"))

    # What is on view

    @property
    def table(self) -> PagedTable[OutboxMessage]:
        return cast("PagedTable[OutboxMessage]", self.query_one(PagedTable))

    @property
    def summary(self) -> Summary:
        """What became of the whole send until now."""
        return self.app.services.store.sends.summary(self.item.id)

    @property
    def _is_waiting(self) -> bool:
        from tui.sending.scheduled import is_waiting

        services = self.app.services
        return is_waiting(self.item, services.clock.now()) and not is_cancelled(self.item, services)

    def _show(self) -> None:
        store = self.app.services.store
        self.item = store.outbox_item(self.item.id) or self.item
        self.query_one(Facts).show(self._facts())
        self.query_one(FilterLine).choices = self._choices()
        title, states = _VIEWS[self.view]
        sends, id = store.sends, self.item.id
        window = sends.failed(id) if title == FAILED else sends.messages(id, states)
        self.table.styles.height = max(4, min(window.count() + 1, self.app.size.height - 16))
        self.table.show(window, keep_cursor=True)
        self.query_one("KeyHints").show(self.hints())  # type: ignore[attr-defined]

    def _choices(self) -> tuple[Choice, ...]:
        """The views, each with how many there are in it."""
        summary = self.summary
        found: list[Choice] = []
        for number, (title, states) in enumerate(_VIEWS):
            count = sum(summary.states.get(state, 0) for state in states or summary.states)
            count = sum(summary.failed.values()) if title == FAILED else count
            found.append((title.capitalize(), count or None, number == self.view))
        return tuple(found)

    def _facts(self) -> list[Fact]:
        item, summary = self.item, self.summary
        facts: list[Fact] = [("Left at", ((Span(exact_time(item.created_at)[:-3], "normal"),),))]
        if item.schedule:
            words = "goes out" if self._is_waiting else "was to go out"
            facts.append(("When", ((Span(f"{words} {exact_time(item.schedule)[:-3]}", "normal"),),)))
        facts.append(("Became", (became(summary),)))
        if summary.failed:
            facts.append(("Failed", causes(summary)))
        if summary.replies:
            facts.append(("Replies", ((Span(f"{summary.replies:,}", "normal"),),)))
        cost: Line = (Span(self.app.services.currency.price(summary.cost), "bright"),)
        if quoted := price_of(item):
            cost = (*cost, Span(f" · quoted {quoted}", "muted"))
        facts.append(("Cost", (cost,)))
        return facts

    def _known(self, message: OutboxMessage) -> MessageState | State:
        """What it became, as receipts and history say; until they do, what the send itself knows."""
        if message.state != "accepted":
            return message.state
        there = self._there(message)
        return there.state if there else message.became or "accepted"

    def _there(self, message: OutboxMessage) -> Message | None:
        """It as a message of the threads, where its channel has any."""
        return self.app.services.store.message(
            message.message_id or local_id(message.outbox_id, message.number)
        )

    def _state(self, message: OutboxMessage) -> Span:
        return Span(*STATES[self._known(message)])

    def _why(self, message: OutboxMessage) -> Span:
        there = self._there(message) if message.state == "accepted" else None
        words = there.error_text if there else ""
        return Span(words or message.reason or message.became_text, "muted")

    def _price(self, message: OutboxMessage) -> Span:
        price = message.charged if message.charged is not None else message.price
        return Span(self.app.services.currency.price(price) if price is not None else "", "muted")

    # Keys

    def action_turn(self, step: int) -> None:
        """Show the messages in another state."""
        self.view = (self.view + step) % len(_VIEWS)
        self._show()

    @on(PagedTable.Opened)
    def _open(self, event: PagedTable.Opened) -> None:
        from tui.screens.row import RowScreen

        message = cast("OutboxMessage", event.row)
        told = {
            "Recipient": f"{message.name}  {display(message.recipient)}".strip(),
            "Line": str(message.line or ""),
            "State": STATES[self._known(message)][0],
            "Why": self._why(message).text,
            "Code": message.code,
            "From": display(message.sender),
            "Parts": str(message.parts or ""),
            "Price": self._price(message).text,
            "Message id": message.message_id,
            "Reference": local_id(message.outbox_id, message.number),
        }
        self.app.push_screen(RowScreen(self.title_words, [pair for pair in told.items() if pair[1]]))

    @work(exit_on_error=False)
    async def action_settle(self) -> None:
        """The verdict on the message under the cursor, if its outcome is not known."""
        from tui.screens.settle import SettleScreen
        from tui.sending.retrying import evidence

        message = self.table.row
        if message is None or message.state != "unknown":
            self.notify("The outcome of this one is known. ] shows those that are unknown.", markup=False)
            return
        store = self.app.services.store
        found = await store.read(evidence, message.outbox_id, message.number)
        alike = [(Span(f"{exact_time(each.at)[:-3]} · {each.state}"),) for each in found.alike]
        facts: list[Fact] = [
            ("To", (_recipient_line(message),)),
            ("Why", ((Span(message.reason, "warn"),),)),
            ("History", alike or ((Span("shows nothing like it", "muted"),),)),
        ]
        verdict = await self.app.push_screen_wait(SettleScreen(facts))
        if verdict is not None:
            await store.write(
                outbox_settle_one, message.outbox_id, message.number, was_sent=verdict == "sent"
            )

    @work(exit_on_error=False)
    async def action_retry(self) -> None:
        """Send it again to those whom it surely did not reach, at a new price."""
        try:
            await (self._retry_large() if "source" in self.item.draft else self._retry_at_once())
        except ConsoleError as error:
            self.app.tell_problem(error)

    async def _retry_at_once(self) -> None:
        from tui.sending.retrying import retry_draft

        services = self.app.services
        draft = await services.with_files(await services.store.read(retry_draft, self.item.id))
        confirmation = await self._confirmed_again(await services.sender.quote(draft))
        if confirmation is not None:
            await services.check_files(draft)
            services.hand_over(confirmation)
            self.dismiss(None)

    async def _retry_large(self) -> None:
        from tui.screens.bulk_progress import BulkProgressScreen

        services = self.app.services
        prepared = await services.bulk.retry(self.item.id)
        is_leaving = False
        try:
            confirmation = await self._confirmed_again(await services.bulk.price(prepared.outbox_id))
            if confirmation is not None:
                await services.hand_over_bulk(confirmation)
                is_leaving = True
        finally:
            if not is_leaving:
                await services.bulk.discard(prepared.outbox_id)
        if is_leaving:
            await self.app.push_screen(BulkProgressScreen(prepared.outbox_id))

    async def _confirmed_again(self, quote: Quote) -> Confirmation | None:
        from tui.screens.confirm import ConfirmSendScreen

        sheet = ConfirmSendScreen(quote, again(quote), f"Send again: {self.title_words}")
        return await self.app.push_screen_wait(sheet)

    def action_issue(self) -> None:
        """The form that tells ClickSend's support of the message under the cursor."""
        from tui.api import delivery_issues

        message = self.table.row
        if message is None or not message.message_id:
            self.notify("ClickSend has no id for this one: there is nothing to report.", markup=False)
            return
        account = self.app.services.store.account()
        typed = {
            "message_id": message.message_id,
            "type": _ISSUE_KINDS.get(self.item.kind, ""),
            "email_address": account.email if account else "",
        }
        self.app.services.drafts.save(f"operation {delivery_issues.create.id}", json.dumps(typed))
        self.app.open_operation(delivery_issues.create)

    @work(exit_on_error=False)
    async def action_report(self) -> None:
        """Save what became of every recipient."""
        from tui.screens.save_as import SaveAsScreen

        path = await self.app.push_screen_wait(SaveAsScreen(Path.cwd() / "report.csv", ends=(".csv",)))
        if path is None:
            return
        try:
            count = await self.app.services.bulk.report(self.item.id, path)
        except ConsoleError as error:
            self.app.tell_problem(error)
        else:
            self.notify(f"Saved {count:,} rows: {path}", markup=False, timeout=6)

    # What is scheduled

    @property
    def scheduled(self) -> ScheduledSends:
        """What stops sends at ClickSend. Raises ConsoleError where that cannot be."""
        from tui.sending.scheduled import ScheduledSends

        services = self.app.services
        if services.launch.read_only:
            raise SendRefused(READ_ONLY)
        if not self._is_waiting:
            raise InvalidInput("It does not wait for a time any more.", hint="Nothing was changed.")
        return ScheduledSends(services.client, services.store, services.clock)

    @work(exit_on_error=False)
    async def action_cancel(self) -> None:
        """Stop what is scheduled, after a question."""
        from tui.screens.confirm import ConfirmScreen, Sheet

        try:
            scheduled = self.scheduled
            text = "What has not left is not sent. It cannot be started again, only sent anew."
            if await self.app.push_screen_wait(ConfirmScreen(Sheet("Cancel it", text, "cancel it"))):
                self._tell_stopped(await scheduled.cancel(self.item.id))
        except ConsoleError as error:
            self.app.tell_problem(error)

    def _tell_stopped(self, stopped: Stopped) -> None:
        """Say that all of it is seen to be cancelled, or how much is not."""
        self.app.services.refresh("history", "campaigns")
        if stopped.is_complete:
            self.notify(f"Cancelled: {self.title_words}.", markup=False, timeout=6)
        else:
            words = f"ClickSend shows {stopped.cancelled:,} of {stopped.asked:,} as cancelled."
            words += " The others left, or may leave."
            self.notify(words, severity="warning", markup=False, timeout=12)

    @work(exit_on_error=False)
    async def action_move(self) -> None:
        """To another time: priced, confirmed, cancelled, seen to be cancelled, and only then sent anew."""
        from tui.screens.confirm import ConfirmSendScreen
        from tui.screens.snooze import SnoozeSheet
        from tui.sending.scheduled import moved

        services = self.app.services
        try:
            scheduled = self.scheduled
            chosen = await self.app.push_screen_wait(SnoozeSheet("Send it at", services.clock.now()))
            if chosen is None:
                return
            at = int(chosen.value)
            draft = await services.with_files(moved(self.item, at, services.clock.now()))
            quote = await services.sender.quote(draft)
            when: Fact = ("When", ((Span(exact_time(at)[:-3], "bright"),),))
            note = "The old one is cancelled first. If that is not seen to have worked, nothing is sent."
            sheet = ConfirmSendScreen(quote, [when, *again(quote)], "Send at another time", warnings=(note,))
            confirmation = await self.app.push_screen_wait(sheet)
            if confirmation is None:
                return
            await services.check_files(draft)
            if not quote.is_fresh(services.clock.now()):
                # Before the old one is cancelled: a new one would be refused.
                raise SendRefused("Nothing was changed: the price is no longer fresh.", hint="Try it again.")
            stopped = await services.move(scheduled.cancel(self.item.id), confirmation)
            self._tell_stopped(stopped)
            if stopped.is_complete:
                self.dismiss(None)
        except ConsoleError as error:
            self.app.tell_problem(error)


def _recipient(message: OutboxMessage) -> Span:
    return Span(message.name or display(message.recipient) or "everybody")


def _recipient_line(message: OutboxMessage) -> Line:
    number = Span(display(message.recipient))
    return (Span(f"{message.name}  ", "bright"), number) if message.name else (number,)
