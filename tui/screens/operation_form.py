"""The form of any operation: what it asks for, the confirmation that its effect calls for, and the call."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.widget import Widget
from textual.widgets import Static

from tui.api import entry
from tui.api.fields import NOTHING
from tui.api.layout import as_present, fold, rows
from tui.api.operation import Effect, Operation, Request
from tui.api.uploading import pinned
from tui.core.errors import ConsoleError, SendRefused
from tui.screens.operation_facts import warnings
from tui.widgets.argument_sheet import PRICE_AGAIN, ArgumentSheet
from tui.widgets.choice_field import ChoiceField
from tui.widgets.field import Field
from tui.widgets.mode_screen import READ_ONLY
from tui.widgets.operation_words import effect_span, section_title
from tui.widgets.sheet import Fact, Facts
from tui.widgets.spans import Line, Span
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.api.answer import Reply
    from tui.sending.quote import Confirmation, Quote
    from tui.sending.result import SendResult

TOPICS: Mapping[str, tuple[str, ...]] = {
    "account": ("account",),
    "automations": ("rules",),
    "contacts": ("contacts",),
    "recharge": ("account",),
    "reseller": ("account",),
    "sms": ("history", "receipts", "inbound"),
    "sms_campaigns": ("campaigns",),
    "templates": ("templates",),
}
"""Section -> what is polled again after one of its operations changed something."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a call, in words."""

    words: str
    notes: Sequence[str] = ()
    """What stands above the answer as well."""
    as_wished: bool = True


class OperationFormScreen(ArgumentSheet[None]):
    """Ctrl+J reads and writes at once; what is lost, sent or spent is confirmed first. Typed text is kept."""

    CSS_PATH = "operation_form.tcss"
    BINDINGS = [("ctrl+o", "as_json", "as JSON")]

    def __init__(self, operation: Operation[..., Any]) -> None:
        # With its space the key of the draft can be no alpha tag.
        super().__init__(operation, operation.arguments, f"operation {operation.id}")
        self.title_words = operation.title
        self.verb = _verb(operation)
        self._going_on = False
        self._filled_in: Mapping[str, str] = {}
        """What was put into the fields from a listing, by their keys."""

    def compose_body(self) -> Iterable[Widget]:
        operation = self.operation
        yield Static(operation.summary, id="operation-summary", markup=False)
        if facts := warnings(operation):
            yield Facts(facts)
        yield from super().compose_body()

    def title_note(self) -> Line:
        section = Span(f"{section_title(self.operation.section)}   ", "muted")
        return (section, effect_span(self.operation.effect))

    def hints(self) -> Sequence[tuple[str, str]]:
        more = (("Ctrl+R", "start over"), ("Ctrl+O", "as JSON")) if self.places else ()
        return (*more, ("Esc", "back"), ("Ctrl+J", self.verb))

    def on_mount(self) -> None:
        if not self.places and self.operation.effect is Effect.READ:
            self.action_go_on()

    # What was typed

    def entered(self) -> Mapping[str, str]:
        """Everything typed, as `entry.arguments` takes it."""
        return {key: "" if text == NOTHING else text for key, text in self.arguments.typed.items()}

    def given(self) -> Mapping[str, Any]:
        """The arguments, local files still as files. Raises InvalidInput."""
        return entry.arguments(self.operation, self.entered(), self.place())

    @on(TextField.Picked)
    def _fill_in(self, event: TextField.Picked) -> None:
        """What is changed as a whole begins as it is: show what the listing holds of it in the other places.

        What was typed by hand stays.
        """
        operation = self.operation
        if operation.method not in ("PUT", "PATCH") or event.field.key != (operation.path_names or ("",))[-1]:
            return
        present = as_present(self.places, event.choice.row)
        for field in self.arguments.fields:
            if field is not event.field and field.value == self._filled_in.get(field.key, ""):
                field.put(present.get(field.key, ""))
        self._filled_in = present
        self.keep_draft()

    # Going on

    def action_go_on(self) -> None:
        """Do what the form is for."""
        if self._going_on:
            self.notify("ClickSend has not answered yet.", markup=False)
            return
        self._going_on = True
        # Not a worker of this sheet: a call that is under way must not end because the sheet is closed.
        self.app.run_worker(self._go_on(), name=self.operation.id, exit_on_error=False)

    async def _go_on(self) -> None:
        try:
            if await self.arguments.examine():
                await self._act()
        except ConsoleError as error:
            await self._tell(error)
        finally:
            self._going_on = False

    async def _tell(self, error: ConsoleError) -> None:
        if self.is_attached:
            await self.show_problem(error)
        else:
            self.app.tell_problem(error)

    async def _act(self) -> None:
        operation = self.operation
        if self.services.launch.read_only and operation.effect is not Effect.READ:
            raise SendRefused(READ_ONLY)
        if operation.effect.is_irreversible:
            await self._send(self.given())
            return
        # What is wrong with the arguments is said before anything is uploaded or asked.
        request = operation.bind(await self._filled(self.given()))
        if not operation.loses or await self.confirmed():
            await self._call(request)

    async def _filled(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """The arguments, local files uploaded."""
        return await self.services.uploads.fill(self.operation, given)

    async def confirmed(self) -> bool:
        """Whether the user says yes to what is lost. A form left while files went up asks nothing."""
        if not self.is_attached:
            return False
        from tui.screens.confirm import ConfirmScreen, Sheet

        operation = self.operation
        sheet = Sheet(
            title=operation.title,
            facts=self.facts(),
            text=operation.loses,
            verb=_verb(operation),
            words=_verb(operation) if loses_much(operation) else "",
        )
        confirmed: bool | None = await self.app.push_screen_wait(ConfirmScreen(sheet))
        return bool(confirmed)

    async def _call(self, request: Request[Any]) -> None:
        topics = () if self.operation.effect is Effect.READ else TOPICS.get(self.operation.section, ())
        await self._finish(request, await self.services.ask(request, *topics))

    async def _finish(
        self,
        request: Request[Any],
        reply: Reply[Any] | None,
        told: Told | None = None,
    ) -> None:
        """Show the answer. What changed something is over with it; what was read can be asked for again."""
        from tui.screens.answer import AnswerScreen

        changed = self.operation.effect is not Effect.READ
        if changed:
            self.forget_draft()
        if self.is_current:
            if changed or not self.places:
                self.dismiss(None)
            if reply is not None and reply.data is not None:
                await self.app.push_screen(AnswerScreen(request, reply, told.notes if told else ()))
        if changed:
            # By what is on view then, where it covers nothing.
            self.app.call_later(self._say, told or Told(f"Done: {self.operation.title}."))

    def _say(self, told: Told) -> None:
        if told.as_wished:
            self.app.notify(told.words, markup=False, timeout=5)
        else:
            self.app.notify(told.words, severity="warning", markup=False, timeout=12)

    # Sending and spending

    async def _send(self, given: Mapping[str, Any]) -> None:
        from tui.screens.confirm import ConfirmSendScreen
        from tui.sending.draft_files import files_of
        from tui.sending.operation import OperationDraft

        given = await asyncio.to_thread(pinned, given)
        draft = OperationDraft(self.operation.id, await self._filled(given), files_of(given))
        quote = await self.services.sender.quote(draft)
        if not self.is_attached:
            return  # Left meanwhile: a question would come over whatever is done there.
        facts = [*self.facts(), *_counts(quote)]
        sheet = ConfirmSendScreen(quote, facts, self.operation.title, _deed(self.operation))
        confirmation = await self.app.push_screen_wait(sheet)
        if confirmation is None:
            return
        await self.services.check_files(draft, PRICE_AGAIN)
        await self._transmit(confirmation, self.operation.bind(draft.arguments))

    async def _transmit(self, confirmation: Confirmation, request: Request[Any]) -> None:
        result = await self.services.send(confirmation)
        self.services.refresh(*TOPICS.get(self.operation.section, ()))
        if result.state in ("accepted", "unknown"):
            told = Told(_told(self.operation, result), result.notes, as_wished=result.as_quoted)
            await self._finish(request, result.reply, told)
        else:
            raise ConsoleError(f"Not done. {result.detail}", hint="What you typed is still here.")

    # Confirming

    def facts(self) -> Sequence[Fact]:
        """What was typed, as a confirmation shows it."""
        return [fact for field in self.arguments.fields if (fact := self._fact(field)) is not None]

    def _fact(self, field: Field) -> Fact | None:
        value = field.value.strip()
        if not value:
            return None
        slot = next(slot for slot in self.places if slot.key == field.key)
        if slot.is_rows:
            return field.label, [(Span(_row_words(row)),) for row in rows(value)]
        if field.is_secret:
            return field.label, ((Span("not shown", "muted"),),)
        words = field.choice.title if isinstance(field, ChoiceField) and field.choice else value
        lines = [(Span(line, "normal"),) for line in words.split("\n")]
        return field.label, [*lines, *([(Span(field.note, "muted"),)] if field.note else [])]

    # JSON

    @work(exit_on_error=False)
    async def action_as_json(self) -> None:
        """Everything as one JSON object, for what a form is too narrow for."""
        from tui.screens.json_sheet import JsonSheet

        if not self.places:
            return
        secret = {field.key for field in self.arguments.fields if field.is_secret}
        try:
            typed = {name: text for name, text in self.entered().items() if name not in secret}
            arguments = entry.arguments(self.operation, typed, self.place())
        except ConsoleError as error:
            await self.show_problem(error)
            return
        values = await self.app.push_screen_wait(JsonSheet(self.operation, arguments, self._example()))
        if values is not None:
            await self._put(values, secret)

    def _example(self) -> Mapping[str, Any]:
        """What the form shows at first, as the declarations have it."""
        shown = [slot for slot in fold(self.places)[0] if not slot.is_rows]
        typed = {slot.key: slot.field.example or next(iter(slot.field.choices), "") for slot in shown}
        told = {name: text for name, text in typed.items() if text}
        return entry.arguments(self.operation, told, self.place())

    async def _put(self, typed: Mapping[str, str], secret: set[str]) -> None:
        from tui.api.layout import spread

        for key, value in spread(self.places, typed).items():
            if value or key not in secret:
                self.arguments.field(key).put(value)
        if any(self.arguments.field(slot.key).value for slot in self.places):
            await self.arguments.show_all()
        self.keep_draft()


def loses_much(operation: Operation[..., Any]) -> bool:
    """Whether more than one record is lost: all that fit, or one with others inside of it."""
    if operation.effect is Effect.MARK:
        return False
    return not operation.path.endswith("}") or _has_inside(operation)


def _has_inside(operation: Operation[..., Any]) -> bool:
    from tui.api.operation import catalogue

    inside = f"{operation.path}/"
    return any(each.method == "POST" and each.path.startswith(inside) for each in catalogue().values())


def _verb(operation: Operation[..., Any]) -> str:
    if operation.effect is Effect.READ:
        return "show"
    return "check price" if operation.effect.is_irreversible else _deed(operation)


def _deed(operation: Operation[..., Any]) -> str:
    """What is done, in the word that its title begins with; a title that is no sentence is of a message."""
    first = operation.title.partition(" ")[0].lower()
    return "send" if first == "forgotten" else first


def _row_words(row: Mapping[str, str]) -> str:
    return " · ".join(text.replace("\n", " ") for text in row.values())


def _counts(quote: Quote) -> Sequence[Fact]:
    """Recipients and parts, as ClickSend counts them."""
    if not quote.lines:
        return ()
    words = f"{quote.accepted_count:,} accepted"
    if quote.rejected_count:
        words += f", {quote.rejected_count:,} rejected"
    parts = sum(line.parts or 0 for line in quote.lines)
    if parts:
        words += f" · {parts:,} part{'' if parts == 1 else 's'}"
    return (("Recipients", ((Span(words),),)),)


def _told(operation: Operation[..., Any], result: SendResult) -> str:
    if result.state == "unknown":
        return f"It is not known whether “{operation.title}” was done. {result.detail} Ctrl+O shows it."
    return f"Accepted: {operation.title}." if result.as_quoted else result.detail
