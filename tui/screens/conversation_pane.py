"""One conversation: who it is with, what was said, and the answer being written, priced and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui.core.errors import ConsoleError
from tui.widgets.message_editor import MessageEditor, PriceState
from tui.widgets.send_facts import message_fact, recipient_fact, sender_fact
from tui.widgets.spans import Span
from tui.widgets.thread import Thread
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.app import ConsoleApp
    from tui.services import Services
    from tui.store.rows import Template


class ConversationPane(Vertical):
    """The thread with `counterpart` (empty: none), and its editor while an answer is written."""

    if TYPE_CHECKING:
        app: ConsoleApp

    class EditorOpened(Message):
        """The keyboard is in the editor."""

    class EditorClosed(Message):
        """The editor is gone; its text is kept, or in the outbox."""

    def __init__(self, services: Services, *, id: str) -> None:
        super().__init__(id=id)
        self.services = services
        self.counterpart = ""

    def compose(self) -> ComposeResult:
        yield TitleLine()
        yield Thread(self.services.now, self.services.price_of)

    @property
    def thread(self) -> Thread:
        return self.query_one(Thread)

    @property
    def editor(self) -> MessageEditor | None:
        return self.query_one_optional(MessageEditor)

    @property
    def writing(self) -> bool:
        """Whether the keyboard is in the editor."""
        return self.editor is not None and self.editor.has_focus_within

    @property
    def title_words(self) -> str:
        """Who it is with."""
        row = self.services.store.conversation(self.counterpart)
        return row.title if row else self.counterpart

    async def open(self, counterpart: str) -> None:
        """Show another conversation. An answer that is being written stays behind as a draft."""
        if self.editor is not None:
            await self.editor.remove()
        self.counterpart = counterpart
        self.thread.show(self.services.store.thread(counterpart))
        self.show_title()

    def show_title(self) -> None:
        """Name, number and what is known of them."""
        row = self.services.store.conversation(self.counterpart) if self.counterpart else None
        if row is None:
            self.query_one(TitleLine).line = ()
            return
        number = row.number if row.title != row.number else ""
        self.query_one(TitleLine).line = (Span(row.title, "bright"), Span("   "), Span(number, "muted"))

    # Answering

    async def reply(self) -> None:
        """Open the editor with what was written before, or go back to it."""
        if (editor := self.editor) is None:
            from tui.core.phone import display

            services = self.services
            editor = MessageEditor(
                services.draft(self.counterpart), placeholder=f"Reply to {self.title_words}"
            )
            await self.mount(editor)
            account = services.store.account()
            editor.price_line.sender = display(services.reply_sender(self.counterpart))
            editor.price_line.part_limit = account.message_part_limit or 0 if account else 0
        editor.focus_text()
        self.post_message(self.EditorOpened())

    @on(MessageEditor.Edited)
    def _save_draft(self, event: MessageEditor.Edited) -> None:
        self.services.save_draft(self.counterpart, event.text)

    @on(MessageEditor.PriceWanted)
    @work(exclusive=True, group="price", exit_on_error=False, description="price")
    async def _show_price(self, event: MessageEditor.PriceWanted) -> None:
        line = event.editor.price_line
        line.price = PriceState(asking=True, price=line.price.price, currency=line.price.currency)
        try:
            quote = await self.services.quote_reply(self.counterpart, event.text)
        except ConsoleError as error:
            line.price = PriceState(problem=f"price unknown: {error.message}")
            return
        if event.editor.text == event.text:
            line.price = PriceState(
                price=quote.total,
                balance_after=quote.balance_after,
                currency=quote.currency,
                problem="" if quote.total is not None else "price unknown",
            )

    @on(MessageEditor.TemplateWanted)
    @work(exit_on_error=False)
    async def _insert_template(self, event: MessageEditor.TemplateWanted) -> None:
        from tui.screens.templates import TemplatesScreen

        templates = self.services.store.templates()
        chosen: Template | None = await self.app.push_screen_wait(TemplatesScreen(templates))
        if chosen is not None:
            event.editor.insert(self._filled(chosen.body))
        event.editor.focus_text()

    def _filled(self, template: str) -> str:
        """A template with the contact's name put in; a placeholder that cannot be filled stays to be seen."""
        contact = self.services.store.contact_by_phone(self.counterpart)
        names = {"(First Name)": contact.first_name, "(Last Name)": contact.last_name} if contact else {}
        for placeholder, name in names.items():
            template = template.replace(placeholder, name or placeholder)
        return template

    @on(MessageEditor.CloseWanted)
    async def _close(self, event: MessageEditor.CloseWanted) -> None:
        kept = bool(event.editor.text.strip())
        await self._leave_editor(event.editor)
        if kept:
            self.notify("Draft kept. r opens it again.", markup=False, timeout=4)

    @on(MessageEditor.CheckWanted)
    @work(exclusive=True, group="check", exit_on_error=False, description="check")
    async def _check(self, event: MessageEditor.CheckWanted) -> None:
        """Quote, confirm, and hand over to the sender, which keeps the text if nothing leaves."""
        from tui.screens.confirm import ConfirmSendScreen

        services, counterpart, text = self.services, self.counterpart, event.editor.text
        try:
            quote = await services.quote_reply(counterpart, text)
        except ConsoleError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)
            return
        facts = (
            recipient_fact(counterpart, self.title_words, services.clock.now()),
            sender_fact(quote, services.reply_sender(counterpart)),
            message_fact(text),
        )
        confirmation = await self.app.push_screen_wait(ConfirmSendScreen(quote, facts, "Send 1 SMS"))
        if confirmation is None:
            event.editor.focus_text()
            return
        services.send(confirmation)
        await self._leave_editor(event.editor)

    async def _leave_editor(self, editor: MessageEditor) -> None:
        await editor.remove()
        self.thread.focus()
        self.post_message(self.EditorClosed())
