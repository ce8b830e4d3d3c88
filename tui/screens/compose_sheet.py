"""The sheet on which something is written: its fields, what is told beside them, the text as each gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
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
from tui.screens.compose_draft import DraftMaker, attached, hour_in, place_of
from tui.screens.compose_fields import LABEL_WIDTH, ComposeFields, ahead, minute, people
from tui.screens.compose_forms import LISTED, THEIRS, ComposeForm, declared, names_of
from tui.sending.audience import Audience
from tui.sending.draft import MessageDraft
from tui.sending.products import Reach
from tui.sending.recipient import Recipient
from tui.sending.senders import SenderKind
from tui.sending.timing import schedule_problems
from tui.widgets.argument_sheet import PlacesSheet
from tui.widgets.choice_field import ChoiceField
from tui.widgets.choose_sheet import Choice
from tui.widgets.field import Check, Field
from tui.widgets.form import Form
from tui.widgets.header import content
from tui.widgets.message_editor import PAUSE, MessageEditor, PriceLine
from tui.widgets.spans import Line, Span, fit

if TYPE_CHECKING:
    pass

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


class ComposeSheet(PlacesSheet["str | None"]):
    """One form laid out for its channel. What comes of it is for the screens that are made of it."""

    CSS_PATH = "compose_sheet.tcss"
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
        self._shown_recipient = 0

    @property
    def maker(self) -> DraftMaker:
        return DraftMaker(self.asked, self.services)

    def title_note(self) -> Line:
        if self.services.drafts.text(self.draft_key):
            return (Span("your draft", "muted"),)
        room = min(self.app.size.width, WIDTH) - len(self.title_words) - 12
        closed = self.operation.closed
        return (Span(closed if cell_len(closed) <= room else "for older customers", "muted"),)

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
        for problem in schedule_problems(at, now):
            raise InvalidInput(problem.message, field="schedule")
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

    def _price(self) -> None:
        """Called when typing pauses."""

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

    return describe(attached(typed), "email")


def _language(choices: Sequence[Choice], country: str) -> Choice:
    """The one of the account's country, else English."""
    own = [choice for choice in choices if choice.value.casefold().endswith(f"-{country.casefold()}")]
    english = [choice for choice in own or choices if choice.value.casefold().startswith("en")]
    return (english or own or list(choices))[0]
