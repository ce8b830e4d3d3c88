"""Writing something on any channel: one sheet per channel, its price as typing pauses, then the send."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from tui.api import lookups
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError, InvalidInput
from tui.core.phone import display, zone_of
from tui.core.placeholders import left
from tui.screens import compose_facts
from tui.screens.compose_draft import DraftMaker, attached, hour_in, place_of
from tui.screens.compose_fields import LABEL_WIDTH, ComposeFields, ahead, minute, people
from tui.screens.compose_forms import LISTED, THEIRS, ComposeForm, declared, names_of
from tui.sending.audience import Audience
from tui.sending.draft import MessageDraft, same_sender
from tui.sending.products import Reach
from tui.sending.recipient import Recipient
from tui.sending.senders import SenderKind, reach_problems
from tui.widgets.argument_sheet import PlacesSheet
from tui.widgets.choice_field import ChoiceField
from tui.widgets.choose_sheet import Choice
from tui.widgets.field import Check, Field
from tui.widgets.form import Form
from tui.widgets.header import content
from tui.widgets.message_editor import PAUSE, MessageEditor, PriceLine, PriceState
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span, fit
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.sending.draft import Draft
    from tui.sending.preparing import Source
    from tui.sending.quote import Confirmation, Quote
    from tui.sending.result import SendResult

NAMED_HERE: Mapping[str, str] = {"sender": "sender.email_address_id", "attachments": "files"}
"""What drafts call a field -> what it is called here, where that differs."""
WIDTH = 88
INDENT = LABEL_WIDTH + 1
"""Cells before what stands in a field."""
SENDER_KINDS: Mapping[str, SenderKind] = {
    "numbers.list": "dedicated number",
    "numbers.alpha_tags_list": "alpha tag",
    "numbers.own_numbers_list": "own number",
}
"""The listing that a sender comes from -> what it is."""


class Preview(Widget):
    """The text as one recipient gets it."""

    DEFAULT_CSS = "Preview { height: auto; max-height: 3; display: none; &.-shown { display: block; } }"
    line: reactive[Line] = reactive[Line]((), layout=True)

    def watch_line(self) -> None:
        self.set_class(bool(self.line), "-shown")

    def render(self) -> Content:
        return content(list(self.line))


class ComposeScreen(PlacesSheet["str | None"]):
    """Ctrl+J asks for the price and shows what would be sent; what was typed stays until it was.

    The result is the id of a campaign, where ClickSend told it.
    """

    CSS_PATH = "compose.tcss"
    BINDINGS = [("ctrl+n", "next_recipient", "next recipient")]
    AUTO_FOCUS = "Form *"
    verb = "check price"
    foot_lines = 3

    def __init__(self, form: ComposeForm, given: Mapping[str, str] | None = None) -> None:
        """`given` is what is filled in at first, by the names of fields."""
        names = (*form.fields, *form.more)
        defaults = {"voice": "female"}
        initial = {name: (given or {}).get(name, defaults.get(name, "")) for name in names}
        super().__init__(form.draft_key, initial)
        self.asked = form
        self.operation = form.operation
        self.places = [declared(form, name) for name in names_of(form)]
        self.title_words = form.title
        self.price_line = PriceLine()
        self._pause: Timer | None = None
        self._sending = False
        self._sent_text = ""
        """What was kept of the form when it was sent."""
        self._shown_recipient = 0

    @property
    def maker(self) -> DraftMaker:
        return DraftMaker(self.asked, self.services)

    def title_note(self) -> Line:
        if self.services.draft(self.draft_key):
            return (Span("your draft", "muted"),)
        room = min(self.app.size.width, WIDTH) - len(self.title_words) - 12
        return (Span(fit(self.operation.closed, room), "muted"),)

    @property
    def typed(self) -> Mapping[str, str]:
        """What is kept: with anything typed also who it goes to, though that was filled in from elsewhere."""
        typed = super().typed
        values = self.form.values
        whom = {name: values[name] for name in ("to", "list_id") if values.get(name)}
        return {**whom, **typed} if typed else {}

    def make_form(self, values: Mapping[str, str]) -> Form:
        fields = ComposeFields(
            self.asked, values, self.services,
            line=self.price_line, place=self.place, offers=self.offers, suggest=self.maker.suggest,
            senders=self._senders, checks=self._checks(),
        )  # fmt: skip
        more = fields.fields(self.asked.more)
        return Form(fields.fields(self.asked.fields), more=more, more_words=self.asked.more_words)

    def compose_body(self) -> Iterable[Widget]:
        yield from super().compose_body()
        yield Preview()

    def compose_foot(self) -> Iterable[Widget]:
        # On view however far the form is scrolled.
        yield self.price_line

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Ctrl+R", "start over"), ("Esc", "keep as draft"), ("Ctrl+J", self.verb))

    @property
    def editor(self) -> MessageEditor:
        """Where the text is written, on a channel that has one."""
        return self.query_one(MessageEditor)

    def all_typed(self) -> Mapping[str, str]:
        return self.form.values

    @property
    def has_text(self) -> bool:
        return self.asked.product.body

    @property
    def _account_limit(self) -> int:
        """Parts that the account sends; 0 while that is not known."""
        account = self.services.store.account()
        return account.message_part_limit or 0 if account else 0

    def on_mount(self) -> None:
        limit = self.asked.part_limit
        self.price_line.part_limit = self._account_limit if limit is None else limit
        if not self.has_text:
            self.price_line.parts = None
        self._show_notes()
        self._show_clock()
        self._load_choices()
        self._focus_first_empty()
        self.call_after_refresh(self._price)

    def _focus_first_empty(self) -> None:
        """Who was given is not typed again."""
        empty = next((field for field in self.form.fields if not field.value), None)
        if empty is not None and self.form.fields[0].value:
            wanted = self.form.field("body") if self.has_text else empty
            self.call_after_refresh(wanted.focus_control)

    # Choices

    @work(exit_on_error=False)
    async def _load_choices(self) -> None:
        """What can be chosen from listings of ClickSend alone."""
        for name in names_of(self.asked):
            field = self.form.field(name)
            if name in LISTED and isinstance(field, ChoiceField):
                await self._load(name, field)

    async def _load(self, name: str, field: ChoiceField) -> None:
        found = lookups.sources(self.operation, declared(self.asked, name))
        try:
            candidates = await self.services.lookups.candidates(found, [{} for _ in found])
        except ConsoleError as error:
            field.offer((), none="cannot be read")
            field.problem = str(error)
            return
        choices = [_listed(each) for each in candidates if each.row.get("verified", True)]
        usual = choices[0] if len(choices) == 1 else None
        if name == "lang" and choices:
            usual = _language(choices, self.maker.country)
        if usual is not None:  # Nobody typed it, and starting over leaves it.
            self.initial = {**self.initial, name: usual.value}
        field.offer(choices, none="there is none yet: 0 has the actions that make one")
        if usual is not None and not field.value:
            field.choose_silently(usual)

    async def _senders(self) -> Sequence[Choice]:
        """What the account has, each with its kind; senders of earlier campaigns may be gone by now."""
        slot = declared(self.asked, "sender")
        offered = {"": Choice("", "chosen by ClickSend", "a shared number, or your default sender")}
        problem: ConsoleError | None = None
        for source in lookups.sources(self.operation, slot):
            try:
                rows = await self.services.lookups.candidates([source], [{}])
            except ConsoleError as error:
                problem = error
                continue
            kind = SENDER_KINDS.get(source.listing.id, "")
            for row in rows:
                note = " · ".join(part for part in (kind, row.note) if part)
                offered.setdefault(row.value, Choice(row.value, display(row.value), note))
        for campaign in self.services.store.campaigns().page(0):
            if campaign.sender and campaign.sender not in offered:
                offered[campaign.sender] = Choice(campaign.sender, display(campaign.sender), "used before")
        if problem is not None and len(offered) == 1:
            raise problem
        return list(offered.values())

    # What is typed

    def _checks(self) -> Mapping[str, Check]:
        return {
            "to": self._who,
            "schedule": self._understood,
            "files": _files,
            "sender": lambda _typed: self._doubts("sender"),
            "body": lambda _typed: self._doubts("body"),
        }

    def _doubts(self, key: str) -> str:
        """What may be a mistake in a field, as the check before the price sees it."""
        values = self.form.values
        audience = self._audience()
        try:
            draft = self.maker.draft({**values, "schedule": ""}, audience.people if audience else (), {})
        except InvalidInput:
            return ""
        found = draft.check(self.services.clock.now(), self._account_limit or None)
        doubts = [problem.message for problem in found if problem.field == key and not problem.stops]
        return "\n".join(f"! {words}" for words in doubts)

    def _who(self, typed: str) -> str:
        audience = self.maker.audience(typed)
        if audience.path:
            return "a file: its columns come next"
        if audience.list_name:
            row = next(row for row in self.services.store.lists() if row.name == audience.list_name)
            return f"{people(row.count)}: checked one by one before the price"
        return self._people_words(typed, audience.people)

    def _people_words(self, typed: str, found: Sequence[Recipient]) -> str:
        """What was not typed of them."""
        reach = self.asked.reach
        if len(found) > 1:
            return f"{len(found):,} recipients"
        person = found[0]
        told = [] if reach is Reach.POST or person.name in typed else [person.name]
        if reach in (Reach.PHONE, Reach.FAX) and person.to not in typed:
            told.append(display(person.to))
        if reach is Reach.PHONE and (zone := zone_of(person.to)):
            told.append(f"{hour_in(zone, self.services.clock.now()):%H:%M} there")
        return " · ".join(part for part in told if part)

    def _understood(self, typed: str) -> str:
        if typed.casefold() == "now":
            return "at once"
        values = self.form.values
        audience = self._audience()
        found = audience.people if audience else ()
        at = self.maker.moment({**values, "schedule": typed}, found)
        assert at is not None
        now = self.services.clock.now()
        zones = self.maker.zones(values, found)
        if values.get("clock") == THEIRS and zones:
            there = exact_time(at, hour_in(zones[0], at).tzinfo)[:-3]
            return f"{there} in {place_of(zones[0])} · {minute(at)} here"
        return f"{minute(at)} · {ahead(at - now)}"

    @on(Field.Changed)
    def _understand(self, event: Field.Changed) -> None:
        key = event.field.key
        if key == "schedule":
            self._show_clock()
        if key == "clock" and (when := self.form.field("schedule")).value:
            when.examine()
        if key in ("body", "to", "sender"):
            self._show_notes()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._price)

    def action_start_over(self) -> None:
        super().action_start_over()
        self._show_clock()
        self._show_notes()
        self._price()

    def _show_clock(self) -> None:
        """Whose time it is, is only asked of a time."""
        values = self.form.values
        if "clock" in values:
            self.form.field("clock").display = values["schedule"].casefold() not in ("", "now")

    def _audience(self) -> Audience | None:
        """Who is typed so far; None while that cannot be read, or where ClickSend keeps the recipients."""
        typed = self.form.values.get("to", "")
        try:
            return self.maker.audience(typed) if typed else None
        except InvalidInput:
            return None

    def _show_notes(self) -> None:
        values = self.form.values
        audience = self._audience()
        for name in ("sender", "body"):
            if values.get(name) or name == "body":
                self._show_doubts(name)
        if self.has_text:
            self._show_preview(values["body"], audience)

    def _show_doubts(self, name: str) -> None:
        field = next((field for field in self.form.fields if field.key == name), None)
        if field is not None:
            field.note = self._doubts(name) if field.value.strip() else ""

    # Recipient by recipient

    def _show_preview(self, body: str, audience: Audience | None) -> None:
        """The text as one of the recipients gets it, where that differs from what is typed."""
        found = audience.people if audience else ()
        preview = self.query_one(Preview)
        draft = MessageDraft(self.asked.product.channel, found, body) if found else None
        if draft is None or not left(body, columns=draft.columns):
            preview.line = ()
            return
        number = self._shown_recipient % len(draft.recipients)
        person = draft.recipients[number]
        line = [Span(f"{'As sent to':<{INDENT}}", "muted"), Span(person.name or display(person.to), "bright")]
        if len(draft.recipients) > 1:
            line += [Span(f"  {number + 1} of {len(draft.recipients)}", "muted"), Span("   Ctrl+N", "accent")]
            line += [Span(" next", "normal")]
        text = " ".join(draft.body_for(person).split())
        room = max(20, self.query_one("#sheet-body").size.width - INDENT)
        preview.line = [*line, Span("\n" + " " * INDENT), Span(fit(text, room), "normal")]

    def action_next_recipient(self) -> None:
        """Show the text as the next recipient gets it."""
        self._shown_recipient += 1
        self._show_notes()

    # Price

    @on(MessageEditor.PriceWanted)
    def _price_is_wanted(self, event: MessageEditor.PriceWanted) -> None:
        event.stop()

    def _price(self) -> None:
        """Price what is typed, if it is whole and nothing has to be uploaded for it."""
        values = self.form.values
        if self.has_text and not values["body"]:
            self.price_line.price = PriceState(waiting="not priced yet")
        else:
            self._show_price(values)

    @work(exclusive=True, group="price", exit_on_error=False)
    async def _show_price(self, values: Mapping[str, str]) -> None:
        line = self.price_line
        try:
            draft = self._live_draft(values)
        except InvalidInput:
            line.price = PriceState(waiting="not priced yet")
            return
        if isinstance(draft, str):
            line.price = PriceState(waiting=draft)
            return
        line.price = PriceState(asking=True, price=line.price.price, currency=line.price.currency)
        try:
            quote = await self.services.sender.quote(draft)
        except InvalidInput as error:
            line.price = PriceState(waiting="not priced yet")
            self._blame(error)
        except ConsoleError as error:
            line.price = PriceState(problem=f"price unknown: {error.message}")
        else:
            if self.is_attached and self.form.values == values:
                line.price = _price_state(quote)

    def _live_draft(self, values: Mapping[str, str]) -> Draft | str:
        """The draft as far as it is typed, or why it is not priced while it is."""
        audience = self.maker.audience(values["to"]) if values.get("to") else Audience()
        if audience.path or audience.list_name:
            return "priced after the check"
        if self.asked.reach and not audience.people:
            return "priced when there is a recipient"
        if values.get("list_id") == "":
            return "priced when a list is chosen"
        if any(values.get(name) for name in (*self.asked.product.files, "files")):
            return "priced with Ctrl+J, which uploads the file"
        known = {**values, "name": values.get("name") or "price check"}
        return self.maker.draft(known, audience.people, self.maker.content(values, self.place()))

    def _blame(self, error: InvalidInput) -> None:
        """Say what is wrong at a field that has something in it; what is empty may still be typed."""
        for field in self.form.fields:
            if field.key == error.field and field.value:
                field.problem = error.message

    # Sending

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
        try:
            await self._go_on(self.form.values)
        except ConsoleError as error:
            await self.form.show_error(self._named_here(error))

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
        given = self.maker.content(values, self.place())
        uploads = self.services.uploads
        filled = await uploads.fill(self.operation, given)
        if audience.path or audience.list_name:
            await self._go_on_with_many(values, audience, filled, given)
            return
        draft = self.maker.draft(values, audience.people, filled)
        quote = await self.services.sender.quote(draft)
        sheet = ConfirmSendScreen(
            quote,
            compose_facts.facts(self.asked, draft, quote, self.services, self._extras()),
            compose_facts.title(self.asked, draft),
            "schedule" if draft.schedule else "send",
            warnings=(
                *compose_facts.at_night(draft, self.services),
                *await self._beyond_reach(draft),
                *compose_facts.sent_before(draft, self.services),
            ),
        )
        confirmation = await self.app.push_screen_wait(sheet)
        if confirmation is None:
            return
        await self._check_files(given, filled)
        self._sending = True
        if self.services.launch.settings.undo_seconds:
            # What can be taken back needs no waiting for: `undo` brings the form back with everything in it.
            self.dismiss(None)
        # Not a worker of this sheet: what became of it is told even if the sheet is closed meanwhile.
        self.app.run_worker(self._send(confirmation, draft), exit_on_error=False)

    async def _check_files(self, given: Mapping[str, Any], filled: Mapping[str, Any]) -> None:
        """Raise ConsoleError where the files that were priced are not those that would be sent now."""
        if await self.services.uploads.fill(self.operation, given) != filled:
            raise ConsoleError(
                "Nothing was sent: since it was priced, a file was changed or its upload ran out.",
                hint="Ctrl+J checks the price again.",
            )

    async def _beyond_reach(self, draft: Draft) -> Sequence[str]:
        """Which recipients its sender does not work to: the account's lists tell what a bare number is."""
        if not isinstance(draft, MessageDraft) or not draft.sender or self.asked.reach is not Reach.PHONE:
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
                return [problem.message for problem in reach_problems(kind, draft.to)]
        return ()

    async def _go_on_with_many(
        self,
        values: Mapping[str, str],
        audience: Audience,
        filled: Mapping[str, Any],
        given: Mapping[str, Any],
    ) -> None:
        """A file or a list: its rows are checked one by one, then priced and sent in batches. `filled` are
        the arguments `given`, without local files.
        """
        from tui.screens.bulk_check import BulkCheckScreen
        from tui.screens.bulk_progress import BulkProgressScreen

        draft = self.maker.draft(values, (), filled)
        assert isinstance(draft, MessageDraft)
        found = await self._source(audience, draft)
        if found is None:
            return
        source, name, country = found
        bulk = self.services.bulk
        sheet = BulkCheckScreen(
            f"Check {name}",
            lambda quote: compose_facts.title(self.asked, draft, quote.accepted_count),
            lambda progress: bulk.prepare(source, draft, country=country, files=given, progress=progress),
            bulk,
            lambda quote: self._facts_of_many(name, draft, quote),
        )
        confirmation = await self.app.push_screen_wait(sheet)
        if confirmation is None:
            return
        try:
            await bulk.check_files(confirmation.quote.id)
        except ConsoleError as error:
            await bulk.discard(confirmation.quote.id)
            raise ConsoleError(f"Nothing was sent: {error.message}", hint=error.hint) from error
        self.services.hand_over_bulk(confirmation)
        self.forget_draft()
        self.dismiss(None)
        await self.app.push_screen(BulkProgressScreen(confirmation.quote.id))

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
                found.append((field.label, ((Span(_words(field, chosen, value)),),)))
        return found

    async def _send(self, confirmation: Confirmation, draft: Draft) -> None:
        self._sent_text = self.services.draft(self.draft_key)
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
        if result.state in ("accepted", "unknown") and self.services.draft(self.draft_key) == self._sent_text:
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


def _many(name: str, quote: Quote) -> Fact:
    count = f" · {quote.accepted_count:,} recipient{'' if quote.accepted_count == 1 else 's'}"
    return "To", ((Span(name, "bright"), Span(count)),)


def _price_state(quote: Quote) -> PriceState:
    prices = {line.price / line.parts for line in quote.lines if line.price is not None and line.parts}
    parts = sum(line.parts or 0 for line in quote.lines)
    # Where countries cost differently, the confirm screen tells of each.
    each = prices.pop() if len(prices) == 1 and parts > 1 else None
    return PriceState(
        price=quote.total, balance_after=quote.balance_after, currency=quote.currency,
        problem="" if quote.total is not None else "price unknown", each=each,
    )  # fmt: skip


def _listed(found: lookups.Candidate) -> Choice:
    """Something to choose by its words: its id tells nobody anything, and the code of a language little."""
    note = " · ".join(part for part in found.note.split(" · ") if part != found.value)
    return (
        Choice(found.value, note, found.value)
        if found.title == found.value
        else Choice(found.value, found.title, note)
    )


def _files(typed: str) -> str:
    from tui.local_files import describe

    return ", ".join(describe(path, "email") for path in attached(typed))


def _language(choices: Sequence[Choice], country: str) -> Choice:
    """The one of the account's country, else English."""
    own = [choice for choice in choices if choice.value.casefold().endswith(f"-{country.casefold()}")]
    english = [choice for choice in own or choices if choice.value.casefold().startswith("en")]
    return (english or own or list(choices))[0]


def _words(field: Field, chosen: Any, value: str) -> str:
    from tui.api.layout import rows

    if chosen is not None:
        return str(chosen.title)
    if value.startswith("[{"):
        return "; ".join(" · ".join(row.values()) for row in rows(value))
    return field.note if isinstance(field, TextField) and " · " in field.note else value
