"""Contacts: lists, contacts and the one under the cursor; writing them down, changing and deleting them."""

from __future__ import annotations

from typing import Any

import pytest
from textual.widgets import Input

from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.sandbox.faults import Fault
from tui.sandbox.world import World
from tui.screens.confirm import ConfirmScreen
from tui.screens.contact_form import ContactFormScreen, ListFormScreen
from tui.screens.contacts import ContactsScreen
from tui.screens.inbox import InboxScreen

SIZES = [(80, 24), (120, 40)]
VIP = 429


def has_contacts(app: ConsoleApp) -> bool:
    store = app.services.store
    lists = store.lists()
    return bool(lists) and all(store.contacts(row.id).count() == row.count for row in lists)


def noted(world: World, **fields: str) -> list[Any]:
    """The contacts at ClickSend with these fields."""
    return [row for row in world.contacts if all(row[name] == value for name, value in fields.items())]


async def to_vip(console: Console) -> None:
    """The cursor on the list VIP."""
    await console.press("G")
    await console.until(lambda: console.app.screen.list_.id == VIP)


def put(console: Console, **values: str) -> None:
    """Type into fields of the form on view."""
    for key, value in values.items():
        console.app.screen.form.field(key).query_one(Input).value = value


async def opened(console: Console, screen: type) -> None:
    await console.until(lambda: isinstance(console.app.screen, screen), screen.__name__)
    await console.pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_lists_then_contacts_then_one(start: Start, world: World, size: tuple[int, int]) -> None:
    first = min((row for row in world.contacts.on_list(VIP)), key=_sorting)
    name = f"{first['first_name']} {first['last_name']}"
    wide = size == (120, 40)
    async with start(size, mode="contacts", ready=has_contacts) as console:
        await console.shows("All contacts", "Customers", "105", "VIP", "22")
        await to_vip(console)
        assert ("Number" in console.text) is wide
        await console.press("enter")
        await console.shows("VIP 22", "Number", name)
        assert ("Northern Beaches" in console.text) is wide
        await console.press("enter")
        await console.shows("Address", first["address_line_1"])
        assert ("Number" in console.text) is wide
        await console.press("escape")
        await console.shows("VIP 22")
        await console.press("escape")
        await console.shows("Northern Beaches")
        assert console.app.screen.pane == "lists"


def _sorting(row: Any) -> str:
    return f"{row['last_name']} {row['first_name']}".casefold()


async def test_search_goes_across_lists(start: Start) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await console.press("/", "=chen", "enter")
        await console.shows("Found in all lists", "Harper Chen", "Customers", "VIP")
        rows = console.app.screen.contacts.window.page(0)
        assert rows
        assert all(row.last_name == "Chen" for row in rows)
        await console.press("escape")
        await console.until(lambda: "Found" not in console.text)
        await console.press("/", "=nobody at all", "enter")
        await console.shows("No contact matches “nobody at all”.")


@pytest.mark.parametrize("size", SIZES)
async def test_writes_down_a_contact(start: Start, world: World, size: tuple[int, int]) -> None:
    async with start(size, mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("n")
        await opened(console, ContactFormScreen)
        put(console, first_name="Zoe", last_name="Aaron", phone_number="0491 570 156")
        await console.press("ctrl+j")
        await opened(console, ContactsScreen)
        [contact] = noted(world, first_name="Zoe")
        assert (contact["phone_number"], contact["list_id"]) == ("+61491570156", VIP)
        row = console.app.services.store.contact(VIP, contact["contact_id"])
        assert row is not None
        assert row.phone == "+61491570156"
        await console.until(lambda: console.app.screen.contacts.row == row, "the cursor on it")
        await console.press("tab")
        await console.shows("Zoe Aaron", "+61 491 570 156")
        await console.until(lambda: console.app.screen.list_.count == 23, "the list's count")


async def test_a_wrong_number_is_told_at_its_field_and_nothing_is_asked(start: Start, world: World) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("n")
        await opened(console, ContactFormScreen)
        put(console, first_name="Zoe", phone_number="0491")
        await console.press("ctrl+j")
        await console.shows("! 0491 has too few digits for Australia.")
        form = console.app.screen.form
        assert console.app.focused is form.field("phone_number").query_one(Input)
        put(console, phone_number="")
        await console.press("ctrl+j")
        await console.shows("! A contact needs a phone number")
        put(console, email="not an address")
        await console.press("ctrl+j")
        await console.shows("E-mail is not in the form it must have.")
        assert not noted(world, first_name="Zoe")
        assert form.values["first_name"] == "Zoe"


async def test_the_form_outlives_an_error_and_escape(start: Start, world: World) -> None:
    world.faults.add("contacts.create", Fault.FAILS)
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("n")
        await opened(console, ContactFormScreen)
        put(console, first_name="Zoe", phone_number="0491 570 156")
        await console.press("ctrl+j")
        await console.shows("Whether the contact was saved is not known")
        assert console.app.screen.form.values["phone_number"] == "0491 570 156"
        await console.press("escape")
        await opened(console, ContactsScreen)
        await console.press("n")
        await opened(console, ContactFormScreen)
        assert console.app.screen.form.values["first_name"] == "Zoe"
        await console.press("ctrl+j")
        await opened(console, ContactsScreen)
        assert len(noted(world, first_name="Zoe")) == 1
        assert not console.app.services.drafts.text("new contact")


async def test_changes_a_contact_and_empties_a_field(start: Start, world: World) -> None:
    listed = world.add_list("AAA first")
    contact = world.contacts.add(
        listed["list_id"],
        {"phone_number": "+61491570156", "email": "old@example.com", "custom_1": "Gold", "last_name": "Old"},
        int(world.now),
    )
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await console.press("j", "enter", "e")
        await opened(console, ContactFormScreen)
        await console.shows("Custom 1")
        put(console, last_name="New", email="")
        await console.press("ctrl+j")
        await opened(console, ContactsScreen)
        assert (contact["last_name"], contact["email"]) == ("New", "")
        assert (contact["phone_number"], contact["custom_1"]) == ("+61491570156", "Gold")
        row = console.app.services.store.contact(listed["list_id"], contact["contact_id"])
        assert row is not None
        assert (row.last_name, row.email) == ("New", "")


async def test_fields_seldom_needed_open_on_demand(start: Start, world: World) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("n")
        await opened(console, ContactFormScreen)
        assert "Custom 1" not in console.text
        put(console, first_name="Zoe", email="zoe@example.com")
        await console.press(*["tab"] * 5, "enter")
        await console.shows("Custom 1", "Postal code")
        await console.press("=Gold", "ctrl+j")
        await opened(console, ContactsScreen)
        [contact] = noted(world, first_name="Zoe")
        assert contact["custom_1"] == "Gold"


async def test_deleting_a_contact_asks_first(start: Start, world: World) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("enter", "D")
        await opened(console, ConfirmScreen)
        await console.shows("The contact is gone from this list", "The conversation with it stays")
        row = console.app.screen_stack[-2].contacts.row
        await console.press("escape")
        await opened(console, ContactsScreen)
        assert len(world.contacts.on_list(VIP)) == 22
        await console.press("D", "ctrl+j")
        await console.until(lambda: len(world.contacts.on_list(VIP)) == 21)
        await console.until(lambda: console.app.services.store.contact(VIP, row.id) is None, "it to go here")


async def test_deleting_a_list_wants_a_word(start: Start, world: World) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("D")
        await opened(console, ConfirmScreen)
        await console.shows("VIP · 22 contacts", "The list and every contact on it are gone")
        await console.press("ctrl+j")
        assert isinstance(console.app.screen, ConfirmScreen)
        await console.press("=delete", "ctrl+j")
        await console.until(lambda: all(row.id != VIP for row in console.app.services.store.lists()))
        assert not world.contacts.on_list(VIP)
        assert not console.app.services.store.contacts(VIP).count()


async def test_creates_and_renames_a_list(start: Start, world: World) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await console.press("N")
        await opened(console, ListFormScreen)
        await console.press("ctrl+j")
        await console.shows("Give the list a name.")
        await console.press("=Neighbours", "ctrl+j")
        await opened(console, ContactsScreen)
        await console.until(
            lambda: console.app.screen.list_ and console.app.screen.list_.name == "Neighbours"
        )
        await console.press("e")
        await opened(console, ListFormScreen)
        assert console.app.screen.form.values == {"list_name": "Neighbours"}
        put(console, list_name="Friends")
        await console.press("ctrl+j")
        await opened(console, ContactsScreen)
        await console.shows("Friends")
        assert [row["list_name"] for row in world.lists][-1] == "Friends"


async def test_saving_it_while_it_is_being_saved_makes_no_second_contact(start: Start, world: World) -> None:
    world.faults.add("contacts.create", Fault.HANGS)
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("n")
        await opened(console, ContactFormScreen)
        put(console, first_name="Twice", phone_number="0491570156")
        await console.press("ctrl+j")
        await console.until(lambda: noted(world, first_name="Twice"), "the contact at ClickSend")
        await console.press("ctrl+j")
        await console.shows("ClickSend has not answered yet.")
        assert len(noted(world, first_name="Twice")) == 1


async def test_where_there_is_no_list_the_key_that_makes_one_is_named(start: Start, world: World) -> None:
    for row in [*world.lists]:
        world.lists.delete(row["list_id"])
    async with start((120, 40), mode="contacts") as console:
        await console.shows("N creates the first")


async def test_all_contacts_is_no_list_to_change(start: Start) -> None:
    async with start((80, 24), mode="contacts", ready=has_contacts) as console:
        for key in ("e", "D"):
            await console.press(key)
            await console.shows("All contacts is not a list of its own.")
            assert isinstance(console.app.screen, ContactsScreen)


async def test_opens_the_conversation_and_copies_the_number(start: Start) -> None:
    async with start((120, 40), mode="contacts", ready=has_contacts) as console:
        await to_vip(console)
        await console.press("tab", "y")
        row = console.app.screen.contacts.row
        assert console.app.clipboard == row.phone
        await console.press("r")
        await opened(console, InboxScreen)
        await console.until(lambda: row.phone in {console.app.screen.counterpart}, "its conversation")


async def test_read_only_changes_nothing(start: Start) -> None:
    async with start((120, 40), mode="contacts", ready=has_contacts, read_only=True) as console:
        await to_vip(console)
        assert "new contact" not in console.text
        for key in ("n", "N", "e", "D"):
            await console.press(key)
            await console.shows("Read-only mode")
            assert isinstance(console.app.screen, ContactsScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_only_text(start: Start, world: World, size: tuple[int, int]) -> None:
    evil = "[/b] [@click=app.quit]x[/] \x1b]0;owned\x07"
    listed = world.add_list(f" {evil}")
    fields = ("first_name", "last_name", "email", "organization_name", "custom_1", "address_city")
    world.contacts.add(
        listed["list_id"],
        {"phone_number": "+61491570156", **dict.fromkeys(fields, evil)},
        int(world.now),
    )
    async with start(size, mode="contacts", ready=has_contacts) as console:
        await console.press("j")
        await console.until(lambda: console.app.screen.list_.id == listed["list_id"])
        await console.press("enter", "enter")
        await console.shows("[/b] [@click=app.quit]x[/]")
        await console.press("e")
        await opened(console, ContactFormScreen)
        await console.press("escape", "D")
        await opened(console, ConfirmScreen)
        await console.shows("[@click=app.quit]x[/]")
        assert "\x1b" not in console.text
