"""Writing an SMS campaign: one sheet with everything it needs, then its price, then the send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on, work

from tui.core.clock import exact_time, parse_local
from tui.core.errors import ConsoleError, InvalidInput
from tui.core.local_zone import LocalZone
from tui.sending.opt_out import NO_WAY_OUT, has_way_out
from tui.widgets.choice_field import ChoiceField
from tui.widgets.choose_sheet import Choice
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.form_sheet import FormSheet
from tui.widgets.message_editor import MessageEditor, PriceState
from tui.widgets.message_field import MessageField
from tui.widgets.send_facts import message_fact, sender_fact
from tui.widgets.sheet import Fact
from tui.widgets.spans import Span
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.sending.draft import CampaignDraft
    from tui.sending.quote import Confirmation, Quote
    from tui.sending.result import SendResult

FIELDS = ("name", "list_id", "sender", "schedule", "body")
DRAFT = "sms campaign"
"""The key of the draft in the store; with its space it can be no alpha tag."""


class CampaignComposeScreen(FormSheet["str | None"]):
    """Ctrl+J asks for the price and shows what would be sent; the form stays until it was.

    The result is the id of the campaign, where ClickSend told it.
    """

    CSS_PATH = "campaign_compose.tcss"
    title_words = "New SMS campaign"
    verb = "check price"

    def __init__(self) -> None:
        super().__init__(DRAFT, dict.fromkeys(FIELDS, ""))
        self._sending = False

    def make_form(self, values: Mapping[str, str]) -> Form:
        lists = [Choice(str(row.id), row.name, people(row.count)) for row in self.services.store.lists()]
        return Form(
            (
                TextField(
                    "name", "Name", values["name"],
                    placeholder="for your own eyes", required="Give it a name to know it by.",
                ),
                ChoiceField(
                    "list_id", "To", lists, values["list_id"],
                    placeholder="choose a list", required="Choose the list it goes to.",
                ),
                TextField("sender", "From", values["sender"], placeholder="chosen by ClickSend", longest=16),
                TextField(
                    "schedule", "When", values["schedule"],
                    placeholder='now, or like "tomorrow 9am"', check=self._understood, eager=True,
                ),
                MessageField(
                    "body", "Message", values["body"],
                    placeholder="Hi (First Name), … Reply STOP to opt out", required="Write the message.",
                ),
            )
        )  # fmt: skip

    @property
    def editor(self) -> MessageEditor:
        return self.query_one(MessageEditor)

    def on_mount(self) -> None:
        account = self.services.store.account()
        self.editor.price_line.part_limit = account.message_part_limit or 0 if account else 0
        self._show_way_out()
        self._offer_senders()

    # What is typed

    @on(Field.Changed)
    def _understand(self, event: Field.Changed) -> None:
        if event.field.key == "body":
            self._show_way_out()
        elif event.field.key in ("list_id", "sender"):
            self.editor.want_price()

    def _show_way_out(self) -> None:
        body = self.form.field("body")
        text = body.value.strip()
        body.note = f"! {NO_WAY_OUT}" if text and not has_way_out(text) else ""

    def _understood(self, typed: str) -> str:
        if typed.casefold() == "now":
            return "at once"
        at = self._moment(typed)
        return f"{_minute(at)} · {_ahead(at - self.services.clock.now())}"

    @work(exit_on_error=False)
    async def _offer_senders(self) -> None:
        """The senders of earlier campaigns and the account's own numbers; others can be typed."""
        from tui.api import numbers
        from tui.core.phone import display

        offered = {row.sender: "used before" for row in self.services.store.campaigns().page(0) if row.sender}
        try:
            page = await self.services.call(numbers.list_())
        except ConsoleError:
            pass  # Only a convenience: what is wrong with the connection is in the header.
        else:
            offered |= {number.dedicated_number: number.notes or "your number" for number in page.items}
        sender = self.form.field("sender")
        if isinstance(sender, TextField) and offered:
            chosen = [Choice(number, display(number), note) for number, note in offered.items()]
            sender.choices = [Choice("", "chosen by ClickSend"), *chosen]

    def _draft(self, name: str = "") -> CampaignDraft:
        """The form as a draft; InvalidInput for a time that cannot be read."""
        from tui.sending.draft import CampaignDraft

        values = self.form.values
        when = "" if values["schedule"].casefold() == "now" else values["schedule"]
        return CampaignDraft(
            name=values["name"] or name,
            list_id=int(values["list_id"] or 0),
            sender=_plain_sender(values["sender"]),
            body=values["body"],
            schedule=self._moment(when) if when else None,
        )

    def _moment(self, typed: str) -> int:
        try:
            return parse_local(typed, self.services.clock.now(), LocalZone())
        except InvalidInput as error:
            raise InvalidInput(error.message, field="schedule", hint=error.hint) from None

    # Price

    @on(MessageEditor.PriceWanted)
    def _price_wanted(self) -> None:
        if self.form.values["list_id"]:
            self._show_price()
        else:
            self.editor.price_line.price = PriceState(problem="priced when a list is chosen")

    @work(exclusive=True, group="price", exit_on_error=False)
    async def _show_price(self) -> None:
        line, text = self.editor.price_line, self.editor.text
        line.price = PriceState(asking=True, price=line.price.price, currency=line.price.currency)
        try:
            quote = await self.services.sender.quote(self._draft(name="price check"))
        except InvalidInput as error:
            line.price = PriceState(problem="not priced yet")
            self.form.field(error.field).problem = error.message
            return
        except ConsoleError as error:
            line.price = PriceState(problem=f"price unknown: {error.message}")
            return
        if self.editor.text == text:
            line.price = PriceState(
                price=quote.total, balance_after=quote.balance_after, currency=quote.currency,
                problem="" if quote.total is not None else "price unknown",
            )  # fmt: skip

    # Sending

    @on(MessageEditor.CheckWanted)
    def action_go_on(self) -> None:
        """Look at every field, price the campaign, and ask for the last word."""
        if not self._sending:
            self._check()

    @work(exclusive=True, group="check", exit_on_error=False)
    async def _check(self) -> None:
        from tui.screens.confirm import ConfirmSendScreen

        if not await self.form.examine():
            return
        try:
            draft = self._draft()
            quote = await self.services.sender.quote(draft)
        except ConsoleError as error:
            await self.form.show_error(error)
            return
        title = "Schedule an SMS campaign" if draft.schedule else "Send an SMS campaign"
        confirmation = await self.app.push_screen_wait(
            ConfirmSendScreen(quote, self._facts(draft, quote), title)
        )
        if confirmation is not None:
            self._sending = True
            # Not a worker of this sheet: what became of it is told even if the sheet is closed meanwhile.
            self.app.run_worker(self._send(confirmation, draft), exit_on_error=False)

    def _facts(self, draft: CampaignDraft, quote: Quote) -> Sequence[Fact]:
        chosen = self.form.field("list_id")
        choice = chosen.choice if isinstance(chosen, ChoiceField) else None
        to = [Span(choice.title if choice else "", "bright")]
        to.append(
            Span(f" · {people(quote.accepted_count) if quote.accepted_count else choice and choice.note}")
        )
        when = [Span(_minute(draft.schedule) if draft.schedule else "at once", "bright")]
        if draft.schedule:
            when.append(Span(f" · {_ahead(draft.schedule - self.services.clock.now())}", "muted"))
        return (
            ("Campaign", ((Span(draft.name),),)),
            ("To", (to,)),
            sender_fact(quote, draft.sender),
            ("When", (when,)),
            message_fact(draft.body),
            *self._sent_before(draft),
        )

    def _sent_before(self, draft: CampaignDraft) -> Iterator[Fact]:
        """A warning if this text went to this list already: a console that was killed keeps the form."""
        for item in self.services.store.outbox(("sending", "accepted", "unknown")):
            same = (item.draft.get("list_id"), item.draft.get("body")) == (draft.list_id, draft.body)
            if item.kind == draft.kind and same:
                words = f"The same text went to this list {_minute(item.created_at)}: {item.state}."
                yield "", ((), (Span(f"! {words}", "warn"),))

    async def _send(self, confirmation: Confirmation, draft: CampaignDraft) -> None:
        try:
            result = await self.services.send(confirmation)
        except ConsoleError as error:
            await self._back_to_form(error)
        else:
            await self._tell(result, draft)
        finally:
            self._sending = False

    async def _tell(self, result: SendResult, draft: CampaignDraft) -> None:
        """Accepted and unknown end here; anything else goes back to the form, which still holds the text."""
        if result.state in ("accepted", "unknown"):
            self.forget_draft()
        if result.state == "accepted":
            when = f"goes out {_minute(draft.schedule)}" if draft.schedule else "is on its way"
            self._finish(f"Accepted: {draft.name} {when}.", result.outcomes[0].message_id)
        elif result.state == "unknown":
            words = f"It is not known whether {draft.name} was sent. {result.detail}"
            self._finish(f"{words} See if it turns up in the list before you send it again.")
        else:
            await self._back_to_form(
                ConsoleError(f"Not sent. {result.detail}", hint="The text is still here.")
            )

    def _finish(self, words: str, campaign_id: str = "") -> None:
        known = bool(campaign_id)
        self.app.notify(words, severity="information" if known else "warning", markup=False, timeout=8)
        if self.is_current:
            self.dismiss(campaign_id or None)

    async def _back_to_form(self, error: ConsoleError) -> None:
        if self.is_current:
            await self.form.show_error(error)
        else:
            self.app.notify(str(error), severity="error", markup=False, timeout=10)

    # Around the text

    @on(MessageEditor.TemplateWanted)
    @work(exit_on_error=False)
    async def _template(self) -> None:
        from tui.screens.templates import TemplatesScreen

        chosen = await self.app.push_screen_wait(TemplatesScreen(self.services.store))
        if chosen is not None:
            self.editor.insert(chosen)
        self.editor.focus_text()

    @on(MessageEditor.CloseWanted)
    def _close(self) -> None:
        self.action_leave()


def people(count: int) -> str:
    """`1,204 contacts`."""
    return f"{count:,} contact{'' if count == 1 else 's'}"


def _minute(at: int) -> str:
    return exact_time(at)[:-3]


def _plain_sender(typed: str) -> str:
    """A number without the spaces it is read with; a name as it is."""
    bare = "".join(char for char in typed if char not in " -().")
    return bare if bare.removeprefix("+").isdigit() else typed


def _ahead(seconds: float) -> str:
    """`in 3 days`, as exact as its size deserves."""
    minutes = max(1, round(seconds / 60))
    size, unit = next(
        (size, unit) for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")) if minutes >= size
    )
    count = round(minutes / size)
    return f"in {count} {unit}{'' if count == 1 else 's'}"
