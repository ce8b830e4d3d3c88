"""The sheet on which arguments are typed: its form, its help line, its pickers, and the rows inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.api import entry, lookups
from tui.api.layout import Slot, slots, spread
from tui.core.errors import ConsoleError, InvalidInput
from tui.core.local_zone import LocalZone
from tui.widgets.argument_form import ArgumentForm
from tui.widgets.choose_sheet import Choice, Choices
from tui.widgets.field import Field
from tui.widgets.form_sheet import FormSheet
from tui.widgets.header import content
from tui.widgets.rows_field import RowsField
from tui.widgets.sheet import Result
from tui.widgets.spans import Span

if TYPE_CHECKING:
    from pydantic import BaseModel

    from tui.api.operation import Operation


PRICE_AGAIN = "Ctrl+J checks the price again."


class HelpLine(Widget):
    """What the field under the cursor wants, in a place of its own, so that nothing moves."""

    DEFAULT_CSS = "HelpLine { height: 2; margin: 1 0 0 0; }"
    words: reactive[str] = reactive("")

    def render(self) -> Content:
        return content([Span(self.words, "muted")])


class PlacesSheet(FormSheet[Result]):
    """A form with places for arguments of an operation: what can be chosen in them, and the rows inside."""

    DEFAULT_CSS = """
    PlacesSheet {
        & #sheet { width: 88; }
        & KeyHints { margin: 0; }
    }
    """
    AUTO_FOCUS = "Form *"
    operation: Operation[..., Any]
    places: Sequence[Slot]

    def place(self) -> entry.Place:
        """When and where this is typed."""
        services = self.services
        account = services.store.account()
        country = services.launch.settings.country or (account.country if account else "")
        return entry.Place(services.clock.now(), LocalZone(), country)

    def all_typed(self) -> Mapping[str, str]:
        """Everything typed for the operation, flat."""
        raise NotImplementedError

    # Choices

    def offers(self, slot: Slot) -> Choices | None:
        """What can be chosen in a place; None where there is nothing to choose from."""
        found = lookups.sources(self.operation, slot)
        if not found:
            return None

        async def load() -> Sequence[Choice]:
            typed, place = self.all_typed(), self.place()
            labels = {slot.key: slot.field.label for slot in self.places}
            given = [lookups.arguments(source, typed, place, labels) for source in found]
            return [Choice(*each) for each in await self.services.lookups.candidates(found, given)]

        return load

    # Rows

    @on(RowsField.EditWanted)
    @work(exit_on_error=False)
    async def _edit_row(self, event: RowsField.EditWanted) -> None:
        field, index = event.field, event.index
        slot = next(slot for slot in self.places if slot.key == field.key)
        kept = field.rows
        row = kept[index] if index < len(kept) else {}
        sheet = RowSheet(self.operation, slot, slot.first + index, row, self.all_typed())
        edited = await self.app.push_screen_wait(sheet)
        if edited is not None:
            field.replace(index, edited)


class ArgumentSheet(PlacesSheet[Result]):
    """A form for a model: the arguments of an operation, or a row of them whose names begin with `prefix`."""

    foot_lines = 2

    def __init__(
        self,
        operation: Operation[..., Any],
        model: type[BaseModel],
        draft_key: str,
        *,
        prefix: str = "",
        typed: Mapping[str, str] | None = None,
        around: Mapping[str, str] | None = None,
    ) -> None:
        """`typed` is what is in the fields at first, `around` what was typed outside this row; both flat."""
        self.places: Sequence[Slot] = tuple(slots(model, prefix))
        super().__init__(draft_key, spread(self.places, typed or {}))
        self.operation = operation
        self.model = model
        self._around = around or {}

    def make_form(self, values: Mapping[str, str]) -> ArgumentForm:
        return ArgumentForm(self.places, values, place=self.place, offers=self.offers)

    def compose_foot(self) -> Iterable[Widget]:
        yield HelpLine()

    @property
    def arguments(self) -> ArgumentForm:
        """The form on this sheet."""
        return self.query_one(ArgumentForm)

    def all_typed(self) -> Mapping[str, str]:
        """Everything typed for the operation, flat."""
        return {**self._around, **self.arguments.typed}

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        fields = [node for node in event.widget.ancestors if isinstance(node, Field)]
        self.query_one(HelpLine).words = fields[0].help if fields else ""

    async def show_problem(self, error: ConsoleError) -> None:
        """Say what went wrong, at the field it is about if there is one."""
        form = self.arguments
        await form.show_error(form.blame(error) if isinstance(error, InvalidInput) else error)


class RowSheet(ArgumentSheet["dict[str, str] | None"]):
    """One row; the result is what was typed in it, by the names inside the row."""

    verb = "take it"

    def __init__(
        self,
        operation: Operation[..., Any],
        slot: Slot,
        number: int,
        row: Mapping[str, str],
        around: Mapping[str, str],
    ) -> None:
        self._prefix = slot.row_prefix(number)
        super().__init__(
            operation,
            slot.field.type,
            f"operation {operation.id} {self._prefix}",
            prefix=self._prefix,
            typed={self._prefix + name: text for name, text in row.items()},
            around=around,
        )
        self.title_words = f"{slot.field.label} {number}" if slot.field.many else slot.field.label

    def action_go_on(self) -> None:
        """Take the row, if everything in it can be used."""
        self._take()

    @work(exclusive=True, exit_on_error=False)
    async def _take(self) -> None:
        form = self.arguments
        if not await form.examine():
            return
        typed = form.typed
        if not typed:
            await form.show_error(InvalidInput("Nothing is filled in.", hint="Esc leaves the row out."))
            return
        self.forget_draft()
        self.dismiss({name.removeprefix(self._prefix): text for name, text in typed.items()})
