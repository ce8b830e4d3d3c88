"""What is written on a compose sheet is priced as typing pauses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on, work

from tui.core.errors import ConsoleError, InvalidInput
from tui.screens.compose_sheet import ComposeSheet
from tui.sending.audience import Audience
from tui.widgets.message_editor import MessageEditor, PriceState

if TYPE_CHECKING:
    from tui.sending.draft import Draft
    from tui.sending.quote import Quote


class PricedSheet(ComposeSheet):
    """Its price line tells what it would cost, or why that is not known yet."""

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
        if self.has_files(values):
            return "priced with Ctrl+J, which uploads the file"
        known = {**values, "name": values.get("name") or "price check"}
        return self.maker.draft(known, audience.people, self.maker.content(values, self.place()))

    def has_files(self, values: Mapping[str, str]) -> bool:
        """Whether something has to be uploaded before it can be priced."""
        return any(values.get(name) for name in (*self.asked.product.files, "files"))

    def _blame(self, error: InvalidInput) -> None:
        """Say what is wrong at a field that has something in it; what is empty may still be typed."""
        for field in self.form.fields:
            if field.key == error.field and field.value:
                field.problem = error.message


def _price_state(quote: Quote) -> PriceState:
    prices = {line.price / line.parts for line in quote.lines if line.price is not None and line.parts}
    parts = sum(line.parts or 0 for line in quote.lines)
    # Where countries cost differently, the confirm screen tells of each.
    each = prices.pop() if len(prices) == 1 and parts > 1 else None
    return PriceState(
        price=quote.total, balance_after=quote.balance_after, currency=quote.currency,
        problem="" if quote.total is not None else "price unknown", each=each,
    )  # fmt: skip
