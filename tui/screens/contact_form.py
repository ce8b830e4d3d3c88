"""Writing down a contact or a contact list: the forms, and the calls that they end in."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.core.errors import AnswerLost, ConsoleError
from tui.store.contacts import merge_contacts, merge_lists
from tui.widgets.choice_field import ChoiceField
from tui.widgets.choose_sheet import Choice
from tui.widgets.field import takes_all
from tui.widgets.form import Form
from tui.widgets.form_sheet import FormSheet
from tui.widgets.sheet import Result
from tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from tui.store.rows import Contact, ContactList

MAIN = (
    ("first_name", "First name"),
    ("last_name", "Last name"),
    ("phone_number", "Phone"),
    ("email", "E-mail"),
    ("organization_name", "Organization"),
)
MORE = (
    ("custom_1", "Custom 1"),
    ("custom_2", "Custom 2"),
    ("custom_3", "Custom 3"),
    ("custom_4", "Custom 4"),
    ("address_line_1", "Address"),
    ("address_line_2", "Address 2"),
    ("address_city", "City"),
    ("address_state", "State"),
    ("address_postal_code", "Postal code"),
    ("address_country", "Country"),
)
LIST = "list_id"
_EXAMPLES = {"email": "name@example.com", "address_country": "two letters, like AU"}


class _SavedAtClickSend(FormSheet[Result]):
    """The sheet stays, with everything in it, until ClickSend has it. Left before, it still tells the end."""

    what: str
    """What is saved, in a word."""
    _is_saving = False

    def action_go_on(self) -> None:
        """Save it, once: a second call could make a second one."""
        if self._is_saving:
            self.notify("ClickSend has not answered yet.", markup=False)
            return
        self._is_saving = True
        # Not a worker of this sheet: a call that is under way must not end because the sheet is closed.
        self.app.run_worker(self._go_on(), name=self.title_words, exit_on_error=False)

    async def _go_on(self) -> None:
        try:
            if await self.examine():
                typed = self.services.drafts.text(self.draft_key)
                self._finish(await self.save(self.form.values), typed)
        except ConsoleError as error:
            told = _told(error, self.what)
            if self.is_attached:
                await self.form.show_error(told)
            else:
                self.app.tell_problem(told)
        finally:
            self._is_saving = False

    def _finish(self, result: Result, typed: str) -> None:
        if self.services.drafts.text(self.draft_key) == typed:
            self.forget_draft()  # Unless something else was typed meanwhile.
        if self.is_attached:
            self.dismiss(result)
        else:
            self.app.notify(f"Saved: the {self.what}.", markup=False)

    async def examine(self) -> bool:
        """Whether it can be saved; if not, the form says why."""
        return await self.form.examine()

    @abstractmethod
    async def save(self, values: Mapping[str, str]) -> Result:
        """Have ClickSend save it, and show it at once; the result of the sheet."""


class ContactFormScreen(_SavedAtClickSend["str | None"]):
    """A new contact for a list, or the changes to one; the result is the key of the contact's row."""

    what = "contact"

    def __init__(self, list_id: int | None, contact: Contact | None = None, *, phone: str = "") -> None:
        known = _values(contact)
        if contact is None:
            given = {**known, "phone_number": phone, LIST: str(list_id or "")}
            super().__init__(f"new contact {phone}".strip(), given)
        else:
            super().__init__(f"contact {contact.list_id}/{contact.id}", known)
        self.contact = contact
        self.title_words = "Change a contact" if contact else "New contact"

    def make_form(self, values: Mapping[str, str]) -> Form:
        main = [self._field(key, label, values[key]) for key, label in MAIN]
        more = [self._field(key, label, values[key]) for key, label in MORE]
        chosen = () if self.contact else (self._list_field(values[LIST]),)
        return Form((*chosen, *main), more=more, more_words="custom fields and address")

    def _field(self, key: str, label: str, value: str) -> TextField:
        check = self._understood if key == "phone_number" else takes_all
        return TextField(key, label, value, placeholder=_EXAMPLES.get(key, ""), check=check)

    def _list_field(self, value: str) -> ChoiceField:
        lists = [Choice(str(row.id), row.name, f"{row.count:,}") for row in self.services.store.lists()]
        return ChoiceField(LIST, "List", lists, value, placeholder="choose a list", required="Choose a list.")

    def _understood(self, typed: str) -> str:
        from tui.core.phone import display, parse

        shown = display(parse(typed, self._country))
        return "" if shown == typed else shown

    @property
    def _country(self) -> str:
        """Where a number typed without a country code belongs."""
        account = self.services.store.account()
        return self.services.launch.settings.country or (account.country if account else "")

    async def examine(self) -> bool:
        form = self.form
        if not await form.examine():
            return False
        if not any(form.values[key] for key in ("phone_number", "email")) and not self._fax:
            form.field("phone_number").problem = "A contact needs a phone number or an e-mail address."
            form.field("phone_number").focus_control()
            return False
        return True

    @property
    def _fax(self) -> str:
        return str(self.contact.fields.get("fax_number") or "") if self.contact else ""

    async def save(self, values: Mapping[str, str]) -> str:
        from tui.api import contacts
        from tui.core.phone import parse
        from tui.sync import records

        wire = {key: values[key] for key, _ in (*MAIN, *MORE)}
        if wire["phone_number"]:
            wire["phone_number"] = parse(wire["phone_number"], self._country)
        if self.contact is None:
            given = {key: value for key, value in wire.items() if value}
            list_id = int(values[LIST])
            request = contacts.create.bind({"list_id": list_id, **given})
        else:
            # What is empty and was empty is left out; what was emptied is told.
            told = {key: value for key, value in wire.items() if value or self.initial[key]}
            list_id = self.contact.list_id
            request = contacts.update.bind({"list_id": list_id, "contact_id": self.contact.id, **told})
        answer = await self.services.call(request, "contacts")
        # Shown at once: the poll of all lists may take a while.
        await self.services.store.write(merge_contacts, list_id, [records.contact(answer, list_id)])
        return f"{list_id}/{answer.contact_id}"


class ListFormScreen(_SavedAtClickSend["int | None"]):
    """The name of a new list or another name for one; the result is the list's id."""

    what = "list"

    def __init__(self, row: ContactList | None = None) -> None:
        super().__init__(f"list {row.id}" if row else "new list", {"list_name": row.name if row else ""})
        self.row = row
        self.title_words = "Rename a contact list" if row else "New contact list"

    def make_form(self, values: Mapping[str, str]) -> Form:
        return Form((TextField("list_name", "Name", values["list_name"], required="Give the list a name."),))

    async def save(self, values: Mapping[str, str]) -> int:
        from tui.api import contacts
        from tui.sync import records

        name = values["list_name"]
        if self.row is None:
            request = contacts.lists_create(name)
        else:
            request = contacts.lists_update(self.row.id, name)
        answer = await self.services.call(request, "contacts")
        others = [row for row in self.services.store.lists() if row.id != answer.list_id]
        await self.services.store.write(merge_lists, [*others, records.contact_list(answer)])
        return answer.list_id


def _values(contact: Contact | None) -> dict[str, str]:
    if contact is None:
        return dict.fromkeys((key for key, _ in (*MAIN, *MORE)), "")
    named = {
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "phone_number": contact.phone,
        "email": contact.email,
        "organization_name": contact.organization,
    }
    return {**named, **{key: str(contact.fields.get(key) or "") for key, _ in MORE}}


def _told(error: ConsoleError, what: str) -> ConsoleError:
    """The error, with what it means for what was typed."""
    if isinstance(error, AnswerLost):
        hint = f"Whether the {what} was saved is not known: Esc, R and look before you save it again."
        return ConsoleError(error.message, hint=hint)
    return error
