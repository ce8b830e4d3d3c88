"""Writing an answer: the draft saved as typed, the price as typing pauses, the check before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message
from textual.worker import Worker

from tui.core.clock import short_time
from tui.core.errors import ConsoleError
from tui.core.people import short_name
from tui.core.phone import display
from tui.core.placeholders import filled
from tui.screens.confirm import ConfirmSendScreen
from tui.screens.templates import TemplatesScreen
from tui.widgets.message_editor import MessageEditor, PriceState
from tui.widgets.send_facts import message_fact, recipient_fact, sender_fact
from tui.widgets.spans import fit

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
        super().__init__(services.drafts.take_up(counterpart), placeholder=f"Reply to {name}")
        self.services = services
        self.counterpart = counterpart
        self.recipient = name
        self.opened_at = services.now()

    def on_mount(self) -> None:
        account = self.services.store.account()
        self.price_line.sender = display(self.services.reply_sender(self.counterpart))
        self.price_line.part_limit = account.message_part_limit or 0 if account else 0

    @on(MessageEditor.Edited)
    def _save_draft(self, event: MessageEditor.Edited) -> None:
        self.services.drafts.save(self.counterpart, event.text)

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
    async def insert_canned(self) -> None:
        """Offer canned replies, and put the one that is chosen at the cursor."""
        chosen = await self.app.push_screen_wait(TemplatesScreen(self.services.store))
        if chosen is not None:
            self.insert(self._filled(chosen))
        self.focus_text()

    def _filled(self, text: str) -> str:
        """A canned reply with what is known of the contact put in."""
        contact = self.services.store.contact_by_phone(self.counterpart)
        if contact is None:
            return text
        known = {name: str(value) for name, value in contact.fields.items() if value}
        names = {"first_name": contact.first_name, "last_name": contact.last_name}
        return filled(text, {**known, **names, "email": contact.email, "organization": contact.organization})

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
        sheet = ConfirmSendScreen(quote, facts, "Send 1 SMS", warnings=tuple(self._warnings(text)))
        confirmation = await self.app.push_screen_wait(sheet)
        if confirmation is None:
            self.focus_text()
            return
        services.hand_over(confirmation)
        self.post_message(self.Closed())

    def _warnings(self, text: str) -> Iterator[str]:
        """What has happened since the answer was begun, and what does not look finished."""
        store, now = self.services.store, self.services.now()
        if answered := store.answered_since(self.counterpart, self.opened_at):
            who = short_name(answered.who, store.who) if answered.who else "Somebody at another place"
            said = fit(" ".join(answered.message.body.split()), 120)
            time = short_time(answered.message.at, now)
            yield f"{who} answered at {time}, since you began: “{said}”"
        for other in store.others(now).get(self.counterpart, ()):
            if other.writing:
                yield f"{short_name(other.who, store.who)} is writing an answer, too."

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.app.tell_worker_failure(event)
