"""Whoever is on the other side of a conversation: their contact, their lists, their messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import work

from tui.actions import Action
from tui.core.clock import exact_time
from tui.core.errors import ConsoleError
from tui.screens.triage import TriageScreen
from tui.store import facts
from tui.store.outbox import outbox_settle
from tui.store.rows import Contact, ContactList, Message
from tui.store.stops import is_opt_out_list
from tui.widgets.mode_screen import Whom
from tui.widgets.spans import Span

if TYPE_CHECKING:
    from tui.api.operation import Request
    from tui.widgets.choose_sheet import Choice


class CustomerScreen(TriageScreen):
    """The keys about whoever is on the other side of a conversation."""

    def why_not(self, action: Action) -> str:
        if action.id == "inbox.settle" and (not self.counterpart or self._unknown_message() is None):
            return "Every message of this conversation has a known outcome."
        if action.id == "inbox.list_remove" and not self._on_lists():
            return "They are on no contact list."
        if action.id == "inbox.list_add" and not self._other_lists():
            return "There is no list that they are not on. 3 goes to the lists, N creates one there."
        if action.id == "inbox.opt_out" and (reason := self._why_no_opt_out()):
            return reason
        return super().why_not(action)

    def whom(self) -> Whom:
        if not self.counterpart:
            return Whom()
        known = self.services.store.contact_by_phone(self.counterpart)
        return Whom(known or Contact(0, 0, phone=self.counterpart))

    # Their contact

    async def act_contact(self) -> None:
        from tui.screens.contact_form import ContactFormScreen

        contact = self.services.store.contact_by_phone(self.counterpart)
        list_id = contact.list_id if contact else None
        await self.ask(ContactFormScreen(list_id, contact, phone=self.counterpart), self._contact_saved)

    async def _contact_saved(self, _key: str) -> None:
        self.reload(self.TOPICS)

    def _on_lists(self) -> dict[int, Contact]:
        """Their contact on each list that they are on, by the list's id."""
        found = self.services.store.contacts_by_phone(self.counterpart) if self.counterpart else []
        return {contact.list_id: contact for contact in found}

    def _other_lists(self) -> list[ContactList]:
        on = self._on_lists()
        return [each for each in self.services.store.lists() if each.id not in on]

    def _list_name(self, list_id: int) -> str:
        names = {each.id: each.name for each in self.services.store.lists()}
        return names.get(list_id, f"list {list_id}")

    async def act_list_add(self) -> None:
        from tui.widgets.choose_sheet import Choice, ChooseSheet

        choices = [Choice(str(each.id), each.name, f"{each.count:,}") for each in self._other_lists()]
        title = f"Add {self.words_for((self.counterpart,))} to a list"
        await self.ask(ChooseSheet(title, choices), partial(self._add_to_list, self.counterpart))

    async def _add_to_list(self, counterpart: str, choice: Choice) -> None:
        from tui.api import contacts

        to = int(choice.value)
        known = self.services.store.contact_by_phone(counterpart)
        request = contacts.copy(known.list_id, known.id, to) if known else contacts.create(to, counterpart)
        await self._change(request, f"On {choice.title} now: {self.words_for((counterpart,))}.")

    async def act_list_remove(self) -> None:
        from tui.widgets.choose_sheet import Choice, ChooseSheet

        choices = [Choice(str(list_id), self._list_name(list_id)) for list_id in self._on_lists()]
        title = f"Remove {self.words_for((self.counterpart,))} from a list"
        await self.ask(ChooseSheet(title, choices), partial(self._confirm_removal, self._on_lists()))

    async def _confirm_removal(self, on_lists: Mapping[int, Contact], choice: Choice) -> None:
        from tui.api import contacts
        from tui.screens.confirm import ConfirmScreen, Sheet

        contact = on_lists[int(choice.value)]
        name = self.words_for((contact.phone,))
        facts = (("Contact", ((Span(name, "bright"),),)), ("List", ((Span(choice.title),),)))
        text = f"{contacts.delete.loses} The conversation stays in the inbox."
        request = contacts.delete(contact.list_id, contact.id)

        async def removed(yes: bool) -> None:
            if yes:
                await self._change(request, f"No longer on {choice.title}: {name}.")

        await self.ask(ConfirmScreen(Sheet("Remove from a list", text, "remove", facts)), removed)

    def _opt_out_lists(self) -> list[ContactList]:
        """The account's opt-out list."""
        return [each for each in self.services.store.lists() if is_opt_out_list(each.name)]

    def _why_no_opt_out(self) -> str:
        if not self.counterpart:
            return "There is no conversation under the cursor."
        lists = self._opt_out_lists()
        if not lists:
            return "There is no list called Opt-out. 3 goes to the lists, N creates one there."
        on = self._on_lists()
        is_out = any(each.id in on for each in lists) and len(on) == 1
        return "They are on the opt-out list already, and on no other." if is_out else ""

    async def act_opt_out(self) -> None:
        from tui.screens.confirm import ConfirmScreen, Sheet

        counterpart, to = self.counterpart, self._opt_out_lists()[0]
        on = self._on_lists()
        leaves = [contact for list_id, contact in on.items() if list_id != to.id]
        names = ", ".join(self._list_name(contact.list_id) for contact in leaves) or "none"
        facts = (
            ("Contact", ((Span(self.words_for((counterpart,)), "bright"),),)),
            ("Goes to", ((Span(to.name),),)),
            ("Leaves", ((Span(names),),)),
        )
        text = "No campaign to those lists reaches them any more. You can still answer them here."

        async def agreed(yes: bool) -> None:
            if yes:
                await self._opt_out(counterpart, to, leaves, is_there=to.id in on)

        await self.ask(ConfirmScreen(Sheet("Opt out", text, "opt out", facts)), agreed)

    async def _opt_out(
        self, counterpart: str, to: ContactList, leaves: Sequence[Contact], *, is_there: bool
    ) -> None:
        from tui.api import contacts

        words = f"Opted out: {self.words_for((counterpart,))}."
        if not leaves and not is_there:
            await self._change(contacts.create(to.id, counterpart), words)
        for contact in leaves:
            # One contact is enough there; the others leave their lists.
            if is_there:
                await self._change(contacts.delete(contact.list_id, contact.id), words)
            else:
                await self._change(contacts.transfer(contact.list_id, contact.id, to.id), words)
            is_there = True

    async def _change(self, request: Request[Any], words: str) -> None:
        await self.services.call(request, "contacts")
        self.tell(words)

    # Their messages

    @work(exit_on_error=False)
    async def act_export(self) -> None:
        from asyncio import to_thread
        from pathlib import Path

        from tui.screens.save_as import SaveAsScreen, write_new
        from tui.store.transcript import WRITERS

        row = self.conversation()
        if row is None:
            return
        store = self.services.store
        name = "".join(char for char in row.counterpart if char.isalnum())
        path = await self.app.push_screen_wait(SaveAsScreen(Path.cwd() / f"{name}.txt", ends=tuple(WRITERS)))
        if path is None:
            return
        thread = store.thread(row.counterpart)
        messages = thread.page(0, thread.count())
        text = WRITERS[path.suffix.lower()](row, messages, store.notes(row.counterpart))
        try:
            await to_thread(write_new, path, text)
        except OSError as error:
            self.tell(
                f"{path} cannot be written: {error.strerror}.", hint="Choose another place.", error=True
            )
        else:
            self.tell(f"Saved {path}")

    def act_copy(self) -> None:
        thread = self.services.store.thread(self.counterpart)
        newest = thread.page(thread.count() - 1, 1)
        self.app.copy(newest[0].body, "the newest message")

    def act_copy_number(self) -> None:
        self.app.copy(self.counterpart, self.counterpart)

    @work(exit_on_error=False)
    async def act_create_rule(self) -> None:
        from tui.api import automations
        from tui.api.types import RuleAction
        from tui.screens.confirm import ConfirmScreen, Sheet

        sheet = Sheet(
            title="Create a POLL rule",
            text="Messages that are sent to any of your numbers will be kept for this console to read. "
            "Rules that you have stay as they are.",
            verb="create",
        )
        if await self.app.push_screen_wait(ConfirmScreen(sheet)):
            try:
                await self.services.call(
                    automations.sms_inbound_create("clicksend-tui", RuleAction.POLL), "rules"
                )
            except ConsoleError as error:
                self.tell(error.message, hint=error.hint, error=True)
            else:
                self.tell("The rule is there. Messages that arrive from now on are shown here.")

    @work(exit_on_error=False)
    async def act_settle(self) -> None:
        from tui.screens.settle import SettleScreen, give_back, message_facts

        message = self._unknown_message()
        if message is None or message.outbox_id is None:
            return
        through = self.services.store.fact(facts.HISTORY_THROUGH)
        evidence = f"does not show it; read up to {exact_time(int(through))}" if through else "not read yet"
        verdict = await self.app.push_screen_wait(SettleScreen(message_facts(message, evidence)))
        if verdict is None:
            return
        await self.services.store.write(outbox_settle, message.outbox_id, was_sent=verdict == "sent")
        if verdict == "not sent":
            give_back(self.services, message.counterpart, message.body)

    def _unknown_message(self) -> Message | None:
        """The newest message of this conversation whose outcome is not known."""
        thread = self.services.store.thread(self.counterpart)
        newest = thread.page(max(0, -(-thread.count() // 50) - 1), 50)
        return next((message for message in reversed(newest) if message.state == "unknown"), None)
