"""Contact lists at the left, the contacts of one at the right, the one under the cursor beneath them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from tui.actions import BY_ID, Action, Context, bindings
from tui.core.errors import ConsoleError
from tui.store.rows import Contact, ContactList
from tui.widgets.detail import Detail
from tui.widgets.filter_line import FilterLine
from tui.widgets.list_window import ListWindow
from tui.widgets.mode_screen import ModeScreen, Whom
from tui.widgets.paged_table import PagedTable, Painter
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span, spread
from tui.widgets.table_columns import Column, columns
from tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from tui.api.operation import Request

Pane = Literal["lists", "contacts", "detail"]
ALL = 0
"""Stands for the id of a list in the row of all contacts."""
FIELDS = (
    ("custom_1", "Custom 1"),
    ("custom_2", "Custom 2"),
    ("custom_3", "Custom 3"),
    ("custom_4", "Custom 4"),
    ("fax_number", "Fax"),
)
ADDRESS = (
    "address_line_1",
    "address_line_2",
    "address_city",
    "address_state",
    "address_postal_code",
    "address_country",
)


class ContactsScreen(ModeScreen):
    """Lists, contacts, contact; when narrow, one of them at a time: Enter goes in, Escape comes back."""

    MODE = "contacts"
    CONTEXT: ClassVar[Context] = "contacts"
    TOPICS = frozenset({"contacts", "lists"})
    POLLS = ("contacts",)
    BINDINGS = bindings("contacts")
    CSS_PATH = "contacts.tcss"
    AUTO_FOCUS = "#lists"

    def __init__(self) -> None:
        super().__init__()
        self.search = ""
        self.list_id = ALL
        self._wanted = ""
        """The key of a contact that was saved and has not come back from ClickSend yet."""
        self._wanted_list = ""
        self._list_names: dict[int, str] = {}

    def compose_body(self) -> Iterable[Widget]:
        paint, heading = self._columns()
        with Horizontal():
            with Vertical(id="lists-pane"):
                yield TitleLine(id="lists-title")
                yield PagedTable["ContactList"](_paint_list, id="lists")
            with Vertical(id="contacts-pane"):
                yield FilterLine()
                yield PagedTable["Contact"](paint, heading=heading, id="contacts")
                yield Detail(id="contact-detail")

    def _columns(self, *, every: bool = True) -> tuple[Painter[Contact], Callable[[int], Line]]:
        """Where every list is on view, which one a contact stands on is worth more than an address."""
        shared = (
            Column["Contact"]("Name", _name),
            Column["Contact"]("Number", lambda row: Span(_number(row.phone)), width=17),
        )
        email = Column["Contact"](
            "E-mail", lambda row: Span(row.email, "muted"), from_width=84 if every else 64
        )
        if every:
            return columns((*shared, email, Column("List", self._list_span, width=17)))
        return columns((*shared, email, Column("Organization", _organization, width=17, from_width=84)))

    def _list_span(self, row: Contact) -> Span:
        return Span(self._list_names.get(row.list_id, ""), "muted")

    # What is on view

    @property
    def lists(self) -> PagedTable[ContactList]:
        return cast("PagedTable[ContactList]", self.query_one("#lists"))

    @property
    def contacts(self) -> PagedTable[Contact]:
        return cast("PagedTable[Contact]", self.query_one("#contacts"))

    @property
    def pane(self) -> Pane:
        """Which pane has the keyboard, and on a narrow terminal the screen."""
        if self.has_class("-detail"):
            return "detail"
        return "contacts" if self.has_class("-contacts") else "lists"

    @property
    def list_(self) -> ContactList | None:
        """The list under the cursor; None where that is the row of all contacts."""
        row = self.lists.row
        return row if row is not None and row.id != ALL else None

    def reload(self, topics: frozenset[str]) -> None:
        self._show_lists()
        self.contacts.reload()
        if self._wanted_list and self.lists.select(self._wanted_list):
            self._wanted_list = ""
        if self._wanted and self.contacts.select(self._wanted):
            self._wanted = ""
        self._show_title()
        self._show_detail(keep_place=True)

    def on_mount(self) -> None:
        self._show_contacts()

    def _show_lists(self) -> None:
        rows = self.services.store.lists()
        self._list_names = {row.id: row.name for row in rows}
        everyone = ContactList(ALL, "All contacts", self.services.store.contacts().count())
        title = self.query_one("#lists-title", TitleLine)
        title.line = (Span("Lists", "accent"), Span(f" {len(rows):,}", "normal"))
        key = self.app.key_of(BY_ID["contacts.create_list"])
        title.right = () if rows else (Span(f"{key} creates the first", "muted"),)
        self.lists.show(ListWindow([everyone, *rows], lambda row: str(row.id)), keep_cursor=True)

    def _show_contacts(self, *, keep_cursor: bool = False) -> None:
        list_id = None if self.search or self.list_id == ALL else self.list_id
        self.contacts.painter, self.contacts.heading = self._columns(every=list_id is None)
        self.contacts.show(self.services.store.contacts(list_id, self.search), keep_cursor=keep_cursor)
        self._show_title()

    @on(PagedTable.Found)
    def _show_title(self) -> None:
        row = self.lists.row
        name = "Found in all lists" if self.search else row.name if row else "All contacts"
        self.query_one(FilterLine).choices = ((name, self.contacts.total, True),)
        self.say_why_empty()

    def say_why_empty(self) -> None:
        self.contacts.empty = self._empty_words()

    def _empty_words(self) -> str:
        if self.search:
            return f"No contact matches “{self.search}”.\nEsc clears the search."
        if trouble := self.services.why_unread("contacts"):
            return trouble
        if self.list_id == ALL and not self.services.store.lists():
            return "No contact lists yet. N creates one, n then puts a contact on it."
        row = self.list_
        if row is not None and row.count:
            return "The contacts of this list are on their way here."
        return "Nobody on this list yet. n adds a contact."

    @on(PagedTable.Highlighted, "#lists")
    def _list_highlighted(self, event: PagedTable.Highlighted) -> None:
        row = cast("ContactList | None", event.row)
        chosen = row.id if row else ALL
        if chosen != self.list_id:
            self.list_id = chosen
            self._end_search()
            self._show_contacts()
        self.show_keys()

    @on(PagedTable.Highlighted, "#contacts")
    def _contact_highlighted(self) -> None:
        self._show_detail()
        self.show_keys()

    def _show_detail(self, *, keep_place: bool = False) -> None:
        row = self.contacts.row
        self.query_one(Detail).show(self._facts(row) if row else (), keep_place=keep_place)

    def _facts(self, row: Contact) -> Sequence[Fact]:
        shared: list[Fact] = [
            ("Name", ((Span(row.name or "no name", "bright" if row.name else "muted"),),)),
            ("Phone", ((Span(_number(row.phone) or "none", "normal" if row.phone else "muted"),),)),
        ]
        for label, value in (("E-mail", row.email), ("Organization", row.organization)):
            if value:
                shared.append((label, ((Span(value),),)))
        shared.append(("List", ((Span(self._list_names.get(row.list_id, "a list that is gone")),),)))
        for key, label in FIELDS:
            if value := _text(row, key):
                shared.append((label, ((Span(value),),)))
        address = [_text(row, key) for key in ADDRESS if _text(row, key)]
        if address:
            shared.append(("Address", ((Span(", ".join(address)),),)))
        return shared

    # Moving about

    def _go_to(self, pane: Pane) -> None:
        self.set_class(pane == "contacts", "-contacts")
        self.set_class(pane == "detail", "-detail")
        self.query_one(
            {"lists": "#lists", "contacts": "#contacts", "detail": "#contact-detail"}[pane]
        ).focus()
        self.show_keys()

    def on_descendant_focus(self) -> None:
        # A click moves the focus without asking.
        if self.focused is self.lists:
            self.remove_class("-contacts", "-detail")
        elif self.focused is self.contacts:
            self.remove_class("-detail").add_class("-contacts")
        elif isinstance(self.focused, Detail):
            self.add_class("-detail")

    @on(PagedTable.Opened, "#lists")
    def _list_opened(self) -> None:
        self._go_to("contacts")

    @on(PagedTable.Opened, "#contacts")
    def _contact_opened(self) -> None:
        self._go_to("detail")

    def act_next_pane(self) -> None:
        self._go_to("contacts" if self.pane == "lists" else "lists")

    async def act_search(self) -> None:
        self._go_to("contacts")
        await self.query_one(FilterLine).start_search(self.search)

    @on(FilterLine.Searched)
    async def _searched(self, event: FilterLine.Searched) -> None:
        if event.text != self.search:
            self.search = event.text
            self._show_contacts()
        if event.done:
            self.contacts.focus()
            await self.contacts.settled()

    def _end_search(self) -> None:
        self.search = ""
        self.query_one(FilterLine).close_search()

    def act_back(self) -> None:
        if self.pane == "detail":
            self._go_to("contacts")
        elif self.search:
            self._end_search()
            self._show_contacts(keep_cursor=True)
        elif self.pane == "contacts":
            self._go_to("lists")

    def act_copy(self) -> None:
        if (row := self.contacts.row) is not None:
            self.app.copy(_reached_at(row), _reached_at(row))

    def act_message(self) -> None:
        if (row := self.contacts.row) is not None:
            self.app.open_conversation(row.phone)

    def whom(self) -> Whom:
        if self.pane == "lists":
            return Whom(list_=self.list_)
        return Whom(self.contacts.row)

    # What changes something

    def keys_first(self) -> tuple[str, ...]:
        inside = self.search or self.pane == "detail" or (self.pane == "contacts" and not self.wide)
        return ("contacts.back",) if inside else ()

    def why_not(self, action: Action) -> str:
        if reason := super().why_not(action):
            return reason
        on_lists = self.pane == "lists"
        match action.id:
            case "contacts.create" if not self.services.store.lists():
                return "A contact stands on a list, and there is none yet. N creates one."
            case "contacts.edit" | "contacts.delete" if on_lists and self.list_ is None:
                return "All contacts is not a list of its own. Choose a list, or Tab to a contact."
            case "contacts.edit" | "contacts.delete" if not on_lists and self.contacts.row is None:
                return "There is no contact under the cursor."
            case "contacts.message" | "contacts.copy" if self.contacts.row is None:
                return "There is no contact under the cursor."
            case "contacts.copy" if not _reached_at(cast("Contact", self.contacts.row)):
                return "This contact has neither a phone number nor an e-mail address."
            case "contacts.message" if not cast("Contact", self.contacts.row).phone:
                return "This contact has no phone number."
        return ""

    async def act_create(self) -> None:
        from tui.screens.contact_form import ContactFormScreen

        await self.app.push_screen(ContactFormScreen(self.list_id or None), self._saved)

    async def act_create_list(self) -> None:
        from tui.screens.contact_form import ListFormScreen

        await self.app.push_screen(ListFormScreen(), self._list_saved)

    async def act_edit(self) -> None:
        from tui.screens.contact_form import ContactFormScreen, ListFormScreen

        row = self.contacts.row
        if self.pane == "lists":
            await self.app.push_screen(ListFormScreen(self.list_), self._list_saved)
        elif row is not None:
            await self.app.push_screen(ContactFormScreen(row.list_id, row), self._saved)

    def _saved(self, key: str | None) -> None:
        """Put the cursor on what was saved, now or when it comes back from ClickSend."""
        if key is not None:
            self._wanted = key
            self.reload(self.TOPICS)

    def _list_saved(self, list_id: int | None) -> None:
        if list_id is not None:
            self._wanted_list = str(list_id)
            self.reload(self.TOPICS)

    async def act_delete(self) -> None:
        from tui.screens.confirm import ConfirmScreen
        from tui.screens.contact_deletion import contact_deletion, list_deletion

        row, list_ = self.contacts.row, self.list_
        if self.pane == "lists" and list_ is not None:
            sheet, request, name = list_deletion(list_)
        elif row is not None:
            sheet, request, name = contact_deletion(row, self._facts(row))
        else:
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._delete(request, name)

        await self.app.push_screen(ConfirmScreen(sheet), answered)

    @work(exit_on_error=False)
    async def _delete(self, request: Request[None], name: str) -> None:
        try:
            await self.services.call(request, "contacts")
        except ConsoleError as error:
            self.tell(f"{name}: not deleted. {error.message}", hint=error.hint, error=True)
        else:
            if self.pane == "detail":
                self._go_to("contacts")
            self.tell(f"Deleted: {name}.")


def _paint_list(row: ContactList, cells: int) -> Sequence[Line]:
    name = Span(row.name, "normal")
    return (spread((Span(" "), name), (Span(f"  {row.count:,} ", "muted"),), cells),)


def _name(row: Contact) -> Span:
    return Span(row.name, "normal") if row.name else Span("no name", "muted")


def _number(phone: str) -> str:
    from tui.core.phone import display

    return display(phone)


def _reached_at(row: Contact) -> str:
    return row.phone or row.email


def _text(row: Contact, key: str) -> str:
    return str(row.fields.get(key) or "")


def _organization(row: Contact) -> Span:
    return Span(row.organization, "muted")
