"""What the columns of a file are for: a guess to be corrected, with what the first rows hold."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.errors import ConsoleError, InvalidInput
from tui.core.phone import display, parse
from tui.core.placeholders import FIELDS as PLACEHOLDERS
from tui.core.placeholders import filled
from tui.local_files import size_words
from tui.screens.compose_fields import LABEL_WIDTH
from tui.sending.products import Reach
from tui.sending.recipient import ADDRESS
from tui.sending.table import FIELDS, TO, Table
from tui.widgets.choice_field import ChoiceField, FewField
from tui.widgets.choose_sheet import Choice
from tui.widgets.field import Field
from tui.widgets.form import Form
from tui.widgets.header import content
from tui.widgets.sheet import SheetScreen
from tui.widgets.spans import Line, Span, fit
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.sending.draft import MessageDraft

WIDTH = 88
TITLES, RECIPIENT = "titles", "recipient"
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows text"}
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LABELS: Mapping[str, str] = {
    "address_name": "Name",
    "address_line_2": "Address, 2nd",
    "address_postal_code": "Postal code",
}


class Mapped(NamedTuple):
    """A file as it is to be read, and where numbers without country code are."""

    table: Table
    country: str


class Sample(Widget):
    """The first recipient as the columns say it."""

    DEFAULT_CSS = "Sample { height: auto; margin: 1 0 0 0; }"
    lines: reactive[Sequence[Line]] = reactive[Sequence[Line]]((), layout=True)

    def render(self) -> Content:
        return Content("\n").join(content(list(line)) for line in self.lines)


class MappingScreen(SheetScreen["Mapped | None"]):
    """Ctrl+J reads the whole file so; nothing is sent or asked by that."""

    BINDINGS = [("ctrl+j,f9", "go_on", "go on")]
    AUTO_FOCUS = "Form *"
    DEFAULT_CSS = """
    MappingScreen {
        & #sheet { width: 88; }
        & #sheet-body { scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self, table: Table, draft: MessageDraft, country: str) -> None:
        super().__init__()
        self.table = table
        self.draft = draft
        self.country = country
        self.title_words = table.path.name

    def title_note(self) -> Line:
        table = self.table
        read_as = _ENCODINGS.get(table.encoding, table.encoding)
        words = f"{size_words(table.size)} · {read_as} · {_DELIMITERS.get(table.delimiter, '')}"
        return (Span(words, "muted"),)

    def compose_body(self) -> Iterable[Widget]:
        yield self._form()
        yield Sample()

    def hints(self) -> Sequence[tuple[str, str]]:
        return (("Esc", "back"), ("Ctrl+J", "check every row"))

    @property
    def form(self) -> Form:
        return self.query_one(Form)

    @property
    def reach(self) -> Reach:
        return self.draft.product.reach

    # The form

    def _form(self) -> Form:
        first = FewField(
            "first row", "First row", {TITLES: "titles", RECIPIENT: "a recipient"},
            TITLES if self.table.has_header else RECIPIENT,
        )  # fmt: skip
        wanted = self._wanted()
        rest = [name for name in FIELDS if name not in wanted and name not in ADDRESS]
        shown = [first, *map(self._column, wanted), *self._country()]
        more = [self._column(name) for name in rest] if self.reach is not Reach.POST else []
        for field in (*shown, *more):
            field.label_width = LABEL_WIDTH + 1
        return Form(shown, more=more, more_words="what else placeholders can stand for")

    def _wanted(self) -> Sequence[str]:
        """What the channel cannot do without, then what the text names or the file seems to have."""
        if self.reach is Reach.POST:
            return ADDRESS
        named = {PLACEHOLDERS[name] for name in PLACEHOLDERS if name.casefold() in self.draft.body.casefold()}
        needed = ("email",) if self.reach is Reach.EMAIL else (TO,)
        usual = {"first_name", "last_name"} | named
        return [*needed, *(name for name in FIELDS if name in usual and name not in needed)]

    def _column(self, name: str) -> Field:
        choices = [Choice("", "not used")]
        choices += [
            Choice(str(number), column.title, fit(", ".join(filter(None, column.sample[:3])), 34))
            for number, column in enumerate(self.table.columns)
        ]
        number = self.table.mapping.get(name)
        needed = name in (TO, "email", "address_line_1") and name in self._wanted()[:2]
        label = self.reach.value.capitalize() if name == TO else _LABELS.get(name, FIELDS[name])
        return ChoiceField(
            name, label, choices, "" if number is None else str(number),
            placeholder="not used", required="Say which column it is." if needed else "",
        )  # fmt: skip

    def _country(self) -> Sequence[Field]:
        if self.reach not in (Reach.PHONE, Reach.FAX):
            return ()
        field = TextField(
            "country", "Country", self.country, placeholder="two letters, like AU", longest=2, check=_country
        )
        return (field,)

    # What it means

    def on_mount(self) -> None:
        self._show_sample()

    @on(Field.Changed)
    def _changed(self, event: Field.Changed) -> None:
        event.stop()
        if event.field.key == "first row":
            self._read_anew(has_header=event.value == TITLES)
        self._show_sample()

    @work(exclusive=True, exit_on_error=False)
    async def _read_anew(self, *, has_header: bool) -> None:
        """The same file with or without titles has other columns."""
        try:
            self.table = await asyncio.to_thread(lambda: self.table.headed(has_header=has_header))
        except ConsoleError as error:
            await self.form.show_error(error)
            return
        body = self.query_one("#sheet-body")
        await self.form.remove()
        await body.mount(self._form(), before=0)
        self.form.fields[0].focus_control()
        self._show_sample()

    def _mapping(self) -> dict[str, int]:
        values = self.form.values
        return {name: int(values[name]) for name in FIELDS if values.get(name)}

    def _show_sample(self) -> None:
        lines: list[Line] = [(Span(f"! {note}", "warn"),) for note in self.table.notes]
        titles = [f"({column.title})" for column in self.table.columns]
        room = min(WIDTH, self.app.size.width) - 21
        lines.append((Span(f"{'In the text':<14}", "muted"), Span(fit(" ".join(titles), room))))
        to, text = self._first()
        if to:
            lines.append((Span(f"{'As sent to':<14}", "muted"), Span(to, "bright")))
        if text:
            lines.append((Span(" " * 14), Span(fit(" ".join(text.split()), room))))
        self.query_one(Sample).lines = lines

    def _first(self) -> tuple[str, str]:
        """To whom the first row goes, and what."""
        mapping = self._mapping()
        cells = {
            number: column.sample[0] for number, column in enumerate(self.table.columns) if column.sample
        }
        known = {name: cells.get(number, "") for name, number in mapping.items()}
        if self.reach is Reach.POST:
            to = ", ".join(known[name] for name in ADDRESS if known.get(name))
        else:
            to = known.get("email" if self.reach is Reach.EMAIL else TO, "")
        if self.reach in (Reach.PHONE, Reach.FAX) and to:
            try:
                to = display(parse(to, self.form.values.get("country", "")))
            except InvalidInput as error:
                to = f"{to} · {error.message}"
        titles = {column.title: cells.get(number, "") for number, column in enumerate(self.table.columns)}
        return to, filled(self.draft.body, {**titles, **known}, titles)

    def action_go_on(self) -> None:
        """Take it so, if nothing is missing."""
        self._go_on()

    @work(exclusive=True, group="go on", exit_on_error=False)
    async def _go_on(self) -> None:
        if not await self.form.examine():
            return
        try:
            table = self.table.mapped(self._mapping())
        except InvalidInput as error:
            await self.form.show_error(error)
            return
        self.dismiss(Mapped(table, self.form.values.get("country", "").upper()))


def _country(typed: str) -> str:
    if len(typed) != 2 or not typed.isalpha():
        raise InvalidInput(f'"{typed}" is no country.', hint="Type its two letters, like AU.")
    return "of numbers that are written without their country code"
