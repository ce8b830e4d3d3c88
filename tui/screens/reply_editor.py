"""Writing an answer: the draft saved as typed, the price as typing pauses, the check before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import Worker

from tui.core.errors import ConsoleError
from tui.core.phone import display
from tui.screens.confirm import ConfirmSendScreen
from tui.screens.templates import TemplatesScreen
from tui.store.rows import Template
from tui.widgets.message_editor import MessageEditor, PriceState
from tui.widgets.send_facts import message_fact, recipient_fact, sender_fact

if TYPE_CHECKING:
    from tui.app import ConsoleApp
    from tui.services import Services


class ReplyEditor(MessageEditor):
    """The editor of one conversation's answer. What it holds is the conversation's draft until it is sent."""

    if TYPE_CHECKING:
        app: ConsoleApp

    class Closed(Message):
        """The answer was handed over, or put aside as a draft: the editor can go."""

    def __init__(self, services: Services, counterpart: str, name: str) -> None:
        super().__init__(services.draft(counterpart), placeholder=f"Reply to {name}")
        self.services = services
        self.counterpart = counterpart
        self.recipient = name

    def on_mount(self) -> None:
        account = self.services.store.account()
        self.price_line.sender = display(self.services.reply_sender(self.counterpart))
        self.price_line.part_limit = account.message_part_limit or 0 if account else 0

    @on(MessageEditor.Edited)
    def _save_draft(self, event: MessageEditor.Edited) -> None:
        self.services.save_draft(self.counterpart, event.text)

    @on(MessageEditor.PriceWanted)
    @work(exclusive=True, group="price", exit_on_error=False, description="price")
    async def _show_price(self, event: MessageEditor.PriceWanted) -> None:
        line = self.price_line
        line.price = PriceState(asking=True, price=line.price.price, currency=line.price.currency)
        try:
            quote = await self.services.quote_reply(self.counterpart, event.text)
        except ConsoleError as error:
            line.price = PriceState(problem=f"price unknown: {error.message}")
            return
        if self.is_mounted and self.text == event.text:
            line.price = PriceState(
                price=quote.total,
                balance_after=quote.balance_after,
                currency=quote.currency,
                problem="" if quote.total is not None else "price unknown",
            )

    @on(MessageEditor.TemplateWanted)
    @work(exit_on_error=False)
    async def _insert_template(self) -> None:
        templates = self.services.store.templates()
        chosen: Template | None = await self.app.push_screen_wait(TemplatesScreen(templates))
        if chosen is not None:
            self.insert(self._filled(chosen.body))
        self.focus_text()

    def _filled(self, template: str) -> str:
        """A template with the contact's name put in; a placeholder that cannot be filled stays to be seen."""
        contact = self.services.store.contact_by_phone(self.counterpart)
        names = {"(First Name)": contact.first_name, "(Last Name)": contact.last_name} if contact else {}
        for placeholder, name in names.items():
            template = template.replace(placeholder, name or placeholder)
        return template

    @on(MessageEditor.CloseWanted)
    def _close(self) -> None:
        if self.text.strip():
            self.notify("Draft kept. r opens it again.", markup=False)
        self.post_message(self.Closed())

    @on(MessageEditor.CheckWanted)
    @work(exclusive=True, group="check", exit_on_error=False, description="check")
    async def _check(self) -> None:
        """Quote, confirm, and hand over to the sender, which keeps the text if nothing leaves."""
        services, text = self.services, self.text
        try:
            quote = await services.quote_reply(self.counterpart, text)
        except ConsoleError as error:
            self.app.tell_problem(error)
            return
        facts = (
            recipient_fact(self.counterpart, self.recipient, services.clock.now()),
            sender_fact(quote, services.reply_sender(self.counterpart)),
            message_fact(text),
        )
        confirmation = await self.app.push_screen_wait(ConfirmSendScreen(quote, facts, "Send 1 SMS"))
        if confirmation is None:
            self.focus_text()
            return
        services.hand_over(confirmation)
        self.post_message(self.Closed())

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.app.tell_worker_failure(event)
