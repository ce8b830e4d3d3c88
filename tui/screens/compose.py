"""Writing something on any channel: the sheet, what it costs, the last word, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work

from tui.api import lookups
from tui.api.uploading import pinned
from tui.core.errors import ConsoleError, InvalidInput
from tui.screens import compose_facts
from tui.screens.compose_fields import minute
from tui.screens.compose_forms import ComposeForm, declared, names_of
from tui.screens.compose_price import PricedSheet
from tui.screens.compose_sheet import SENDER_KINDS
from tui.sending.audience import Audience
from tui.sending.draft import MessageDraft, same_sender
from tui.sending.draft_files import files_of
from tui.sending.products import Reach
from tui.sending.recipient import Recipient
from tui.sending.senders import reach_problems, recipients_of
from tui.widgets.argument_sheet import PRICE_AGAIN
from tui.widgets.choice_field import ChoiceField
from tui.widgets.field import Field
from tui.widgets.message_editor import MessageEditor, PriceState
from tui.widgets.rows_field import RowsField
from tui.widgets.sheet import Fact
from tui.widgets.spans import Span
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.sending.draft import Draft
    from tui.sending.preparing import Source
    from tui.sending.quote import Confirmation, Quote
    from tui.sending.result import SendResult

NAMED_HERE: Mapping[str, str] = {"sender": "sender.email_address_id", "attachments": "files"}
"""What drafts call a field -> what it is called here, where that differs."""


class ComposeScreen(PricedSheet):
    """Ctrl+J asks for the price and shows what would be sent; what was typed stays until it was.

    The result is the id of a campaign, where ClickSend told it.
    """

    def __init__(self, form: ComposeForm, given: Mapping[str, str] | None = None) -> None:
        """`given` is what is filled in at first, by the names of fields."""
        super().__init__(form, given)
        self._sending = False
        self._sent_text = ""
        """What was kept of the form when it was sent."""

    @on(MessageEditor.CheckWanted)
    def action_go_on(self) -> None:
        """Look at every field, price it, and ask for the last word."""
        if self._sending:
            self.notify("ClickSend has not answered yet.", markup=False)
        else:
            self._check()

    @work(exclusive=True, group="check", exit_on_error=False)
    async def _check(self) -> None:
        if not await self.form.examine():
            return
        values = self.form.values
        if self.has_files(values):
            self.price_line.price = PriceState(waiting="uploading")
        try:
            await self._go_on(values)
        except ConsoleError as error:
            await self.form.show_error(self._named_here(error))
        if self.is_attached:
            self._price()

    def _named_here(self, error: ConsoleError) -> ConsoleError:
        """The error, naming the field of this form that it is about."""
        if isinstance(error, InvalidInput):
            field = (
                NAMED_HERE.get(error.field, error.field) if error.field not in self.initial else error.field
            )
            return InvalidInput(error.message, field=field, hint=error.hint)
        return error

    async def _go_on(self, values: Mapping[str, str]) -> None:
        from tui.screens.confirm import ConfirmSendScreen

        audience = self.maker.audience(values["to"]) if "to" in values else Audience()
        draft = await self._draft(values, audience.people)
        if isinstance(draft, MessageDraft) and (audience.path or audience.list_name):
            await self._go_on_with_many(audience, draft)
            return
        quote = await self.services.sender.quote(draft)
        sheet = ConfirmSendScreen(
            quote,
            compose_facts.facts(self.asked, draft, quote, self.services, self._extras()),
            compose_facts.title(self.asked, draft),
            "schedule" if draft.schedule else "send",
            warnings=(
                *compose_facts.at_night(draft, self.services),
                *await self._beyond_reach(quote),
                *await compose_facts.sent_before(draft.record(), quote, self.services),
            ),
        )
        confirmation = await self.app.push_screen_wait(sheet)
        if confirmation is None:
            return
        await self.services.check_files(draft, PRICE_AGAIN)
        self._sending = True
        if self.services.launch.settings.undo_seconds:
            # What can be taken back needs no waiting for: `undo` brings the form back with everything in it.
            self.dismiss(None)
        # Not a worker of this sheet: what became of it is told even if the sheet is closed meanwhile.
        self.app.run_worker(self._send(confirmation, draft), exit_on_error=False)

    async def _draft(self, values: Mapping[str, str], people: Sequence[Recipient]) -> Draft:
        """The draft, its files uploaded, and kept as they are now."""
        given = await asyncio.to_thread(pinned, self.maker.content(values, self.place()))
        filled = await self.services.uploads.fill(self.operation, given)
        return self.maker.draft(values, people, filled, files_of(given))

    async def _beyond_reach(self, quote: Quote) -> Sequence[str]:
        """Which recipients its sender does not work to: the account's lists tell what a bare number is."""
        draft = quote.draft
        if not draft.sender or self.asked.reach is not Reach.PHONE:
            return ()
        for source in lookups.sources(self.operation, declared(self.asked, "sender")):
            kind = SENDER_KINDS.get(source.listing.id, "number")
            if kind == "alpha tag":
                continue  # seen by how it is written
            try:
                rows = await self.services.lookups.candidates([source], [{}])
            except ConsoleError:
                continue  # the field says that it cannot be read
            if any(same_sender(row.value, draft.sender) for row in rows):
                return [problem.message for problem in reach_problems(kind, recipients_of(quote))]
        return ()

    async def _go_on_with_many(self, audience: Audience, draft: MessageDraft) -> None:
        """A file or a list: its rows are checked one by one, then priced and sent in batches."""
        from tui.screens.bulk_check import BulkCheckScreen
        from tui.screens.bulk_progress import BulkProgressScreen

        self.services.bulk.check(draft)  # before anybody maps columns
        found = await self._source(audience, draft)
        if found is None:
            return
        source, name, country = found
        bulk = self.services.bulk
        sheet = BulkCheckScreen(
            f"Check {name}",
            lambda quote: compose_facts.title(self.asked, draft, quote.accepted_count),
            lambda progress: bulk.prepare(source, draft, country=country, progress=progress),
            bulk,
            lambda quote: self._facts_of_many(name, draft, quote),
            self._warnings_of_many,
            self._hand_over,
        )
        outbox_id = await self.app.push_screen_wait(sheet)
        if outbox_id is not None:
            self.dismiss(None)
            await self.app.push_screen(BulkProgressScreen(outbox_id))

    async def _warnings_of_many(self, quote: Quote) -> Sequence[str]:
        services = self.services
        item = services.store.outbox_item(quote.id)
        before = await compose_facts.sent_before(item.draft, quote, services) if item else ()
        return [*await self._beyond_reach(quote), *before]

    async def _hand_over(self, confirmation: Confirmation) -> None:
        """Once it is written down in the outbox the form is over with it; until then it keeps everything."""
        await self.services.hand_over_bulk(confirmation)
        self.forget_draft()
        self.services.drafts.flush()

    def _facts_of_many(self, name: str, draft: MessageDraft, quote: Quote) -> Sequence[Fact]:
        """With the text as the first of them gets it."""
        first = self.services.store.sends.messages(quote.id, ("quoted",)).page(0, 1)
        recipients = [Recipient(each.recipient, each.name, each.fields) for each in first]
        shown, to = replace(draft, recipients=tuple(recipients)), _many(name, quote)
        return compose_facts.facts(self.asked, shown, quote, self.services, self._extras(), to)

    async def _source(self, audience: Audience, draft: MessageDraft) -> tuple[Source, str, str] | None:
        """Where many recipients come from, its name, and the country of numbers without country code."""
        from tui.screens.bulk_mapping import MappingScreen
        from tui.sending import table
        from tui.sending.preparing import FileSource, ListSource

        country = self.maker.country
        if audience.list_name:
            row = next(row for row in self.services.store.lists() if row.name == audience.list_name)
            await self.services.renew_list(row.id)
            return ListSource(row.id, row.name, row.count), row.name, country
        try:
            looked = await asyncio.to_thread(lambda: table.look(Path(audience.path).expanduser()))
        except InvalidInput as error:
            raise InvalidInput(error.message, field="to", hint=error.hint) from None
        mapped = await self.app.push_screen_wait(MappingScreen(looked, draft, country))
        return (FileSource(mapped.table), looked.path.name, mapped.country) if mapped else None

    def _extras(self) -> Sequence[Fact]:
        """The other fields, as they were filled in."""
        found: list[Fact] = []
        for name in (*names_of(self.asked), *(("files",) if "files" in self.form.values else ())):
            field = self.form.field(name)
            value = field.value.strip()
            if value:
                chosen = field.choice if isinstance(field, ChoiceField) else None
                words = _words(field, chosen, value).split("\n")
                found.append((field.label, [(Span(line),) for line in words]))
        return found

    async def _send(self, confirmation: Confirmation, draft: Draft) -> None:
        self._sent_text = self.services.drafts.text(self.draft_key)
        try:
            result = await self.services.send(confirmation)
        except ConsoleError as error:
            await self._back_to_form(error)
        else:
            await self._tell(result, draft)
        finally:
            self._sending = False

    async def _tell(self, result: SendResult, draft: Draft) -> None:
        """Accepted and unknown end here; anything else goes back to the form, which still holds the text."""
        what = compose_facts.name_of(self.asked, draft)
        if result.taken_back:
            await self._come_back()
            return
        if (
            result.state in ("accepted", "unknown")
            and self.services.drafts.text(self.draft_key) == self._sent_text
        ):
            self.forget_draft()  # Unless something else was begun meanwhile.
        if result.state == "accepted":
            words = f"Accepted: {self._became(what, draft)}." if result.as_quoted else result.detail
            self._finish(words, result.outcomes[0].message_id, good=result.as_quoted)
        elif result.state == "unknown":
            words = f"It is not known whether {what} was sent. {result.detail}"
            self._finish(f"{words} See if it turns up before you send it again.", good=False)
        else:
            await self._back_to_form(
                ConsoleError(f"Not sent. {result.detail}", hint="What you typed is still here.")
            )

    async def _come_back(self) -> None:
        """Open the form again, as it was."""
        if not self.is_attached and len(self.app.screen_stack) == 1:
            await self.app.push_screen(ComposeScreen(self.asked))

    def _became(self, what: str, draft: Draft) -> str:
        many = isinstance(draft, MessageDraft) and len(draft.recipients) > 1 and not draft.product.as_a_whole
        if draft.schedule:
            return f"{what} {'go' if many else 'goes'} out {minute(draft.schedule)}"
        return f"{what} {'are on their way' if many else 'is on its way'}"

    def _finish(self, words: str, campaign_id: str = "", *, good: bool) -> None:
        self.app.notify(words, severity="information" if good else "warning", markup=False, timeout=8)
        if self.is_current:
            self.dismiss(campaign_id if self.asked.is_campaign and campaign_id else None)

    async def _back_to_form(self, error: ConsoleError) -> None:
        if self.is_current:
            await self.form.show_error(error)
        else:
            self.app.notify(str(error), severity="error", markup=False, timeout=10)


def _many(name: str, quote: Quote) -> Fact:
    count = f" · {quote.accepted_count:,} recipient{'' if quote.accepted_count == 1 else 's'}"
    return "To", ((Span(name, "bright"), Span(count)),)


def _words(field: Field, chosen: Any, value: str) -> str:
    from tui.api.layout import rows

    if chosen is not None:
        return str(chosen.title)
    if isinstance(field, RowsField):
        return "\n".join(field.in_words(row) for row in rows(value))
    return field.note if isinstance(field, TextField) and " · " in field.note else value
