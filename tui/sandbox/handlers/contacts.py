"""Contact lists, and the contacts on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.sandbox.answers import Answer, bad_request, with_links
from tui.sandbox.collection import Record
from tui.sandbox.contacts import DETAILS
from tui.sandbox.files import as_csv
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import selected
from tui.sandbox.world import World


@answers("contacts.lists_list")
def lists_list(call: Call) -> Answer:
    rows = call.page(selected(call.world.lists, call.query), lambda record: _list(call.world, record))
    return Answer(with_links(rows, call.url))


@answers("contacts.lists_create")
def lists_create(call: Call) -> Answer:
    record = call.world.add_list(str(call.body["list_name"]))
    return Answer(_list(call.world, record), "New list has been created.")


@answers("contacts.lists_get")
def lists_get(call: Call) -> Answer:
    return Answer(_list(call.world, call.world.lists.get(call.path["list_id"])))


@answers("contacts.lists_update")
def lists_update(call: Call) -> Answer:
    record = call.world.lists.update(call.path["list_id"], call.body)
    return Answer(_list(call.world, record), f"List #{record['list_id']} has been updated.")


@answers("contacts.lists_delete")
def lists_delete(call: Call) -> Answer:
    """The contacts go with their list."""
    world, list_id = call.world, call.world.lists.delete(call.path["list_id"])["list_id"]
    _delete(world, world.contacts.on_list(list_id))
    if world.opt_out_list == list_id:
        world.opt_out_list = None
    return Answer([], f"List #{list_id} has been deleted.")


@answers("contacts.lists_export")
def lists_export(call: Call) -> Answer:
    heading = ("contact_id", *DETAILS)
    rows = ([contact[name] for name in heading] for contact in _members(call))
    path = call.world.files.add(as_csv(heading, rows), call.query["filename"])
    return Answer({"url": call.on_host(path)}, "Download your file here.")


@answers("contacts.lists_remove_duplicates")
def lists_remove_duplicates(call: Call) -> Answer:
    """Of those that agree in all the fields the oldest stays."""
    asked = call.body["fields"]
    fields = (
        [str(field) for field in asked if str(field) in DETAILS] if isinstance(asked, list | dict) else []
    )
    if not fields:
        raise bad_request({"fields": "Name the fields that duplicates agree in."})
    seen: set[tuple[Any, ...]] = set()
    doubles = []
    for contact in _members(call):
        same = tuple(str(contact[field] or "").lower() for field in fields)
        doubles += [contact] if same in seen else []
        seen.add(same)
    return Answer(_delete(call.world, doubles), "Your list duplicate contacts has been deleted.")


@answers("contacts.lists_remove_opted_out")
def lists_remove_opted_out(call: Call) -> Answer:
    contacts, opted_out = call.world.contacts, call.world.lists.get(call.path["opt_out_list_id"])
    numbers = {contact["phone_number"] for contact in contacts.on_list(opted_out["list_id"])}
    gone = [contact for contact in _members(call) if contact["phone_number"] in numbers]
    return Answer(_delete(call.world, gone), "Optout contacts has been deleted.")


@answers("contacts.list")
def listed(call: Call) -> Answer:
    after = call.number("updated_after")
    members = (
        [contact for contact in _members(call) if contact["date_updated"] > after]
        if after
        else _members(call)
    )
    return Answer(call.page(selected(members, call.query), lambda record: contact_row(call.world, record)))


@answers("contacts.create")
def create(call: Call) -> Answer:
    world, on = call.world, call.world.lists.get(call.path["list_id"])
    record = world.contacts.add(on["list_id"], details(world, call.body), int(world.now))
    return Answer(contact_row(world, record), "New contact has been created.")


@answers("contacts.get")
def get(call: Call) -> Answer:
    return Answer(contact_row(call.world, _member(call)))


@answers("contacts.update")
def update(call: Call) -> Answer:
    world, contact_id = call.world, _member(call)["contact_id"]
    record = world.contacts.update(contact_id, details(world, call.body), date_updated=int(world.now))
    return Answer(contact_row(world, record), f"Contact #{contact_id} has been updated.")


@answers("contacts.delete")
def delete(call: Call) -> Answer:
    contact_id = _member(call)["contact_id"]
    call.world.contacts.delete(contact_id)
    return Answer([], f"Contact #{contact_id} has been deleted.")


@answers("contacts.copy")
def copy(call: Call) -> Answer:
    world, contact = call.world, _member(call, "from_list_id")
    to = world.lists.get(call.path["to_list_id"])["list_id"]
    record = world.contacts.add(to, contact, int(world.now))
    return Answer(
        contact_row(world, record), f"Contact #{contact['contact_id']} has been copied to List #{to}"
    )


@answers("contacts.transfer")
def transfer(call: Call) -> Answer:
    world, contact_id = call.world, _member(call, "from_list_id")["contact_id"]
    to = world.lists.get(call.path["to_list_id"])["list_id"]
    record = world.contacts.update(contact_id, {}, list_id=to, date_updated=int(world.now))
    return Answer(contact_row(world, record), f"Contact #{contact_id} has been transferred to List #{to}")


@answers("contacts.suggestions")
def suggestions(call: Call) -> Answer:
    """Contacts that were written to lately."""
    world, limit = call.world, min(100, call.number("limit", 15))
    lately = dict.fromkeys(message.number for message in reversed(list(world.messages.recent())))
    known = (contact for number in lately if (contact := world.contacts.with_number(number)))
    rows = [contact_row(world, contact) for contact, _ in zip(known, range(limit), strict=False)]
    return Answer(rows, "Here are your results.")


def contact_row(world: World, contact: Mapping[str, Any]) -> dict[str, Any]:
    """A contact as ClickSend tells it."""
    return {**contact, "_list_name": world.lists.get(contact["list_id"])["list_name"]}


def details(world: World, values: Mapping[str, Any]) -> Record:
    """What may be noted of a contact, its number in international form."""
    noted = {name: value for name, value in values.items() if name in DETAILS}
    if noted.get("phone_number"):
        home = str(noted.get("address_country") or world.account.settings["country"])
        try:
            noted["phone_number"] = phone.parse(str(noted["phone_number"]), home)
        except InvalidInput:
            raise bad_request({"phone_number": "The phone number is invalid."}) from None
    return noted


def _list(world: World, record: Mapping[str, Any]) -> dict[str, Any]:
    return {**record, "_contacts_count": len(world.contacts.on_list(record["list_id"]))}


def _members(call: Call) -> list[Record]:
    return call.world.contacts.on_list(call.world.lists.get(call.path["list_id"])["list_id"])


def _member(call: Call, list_name: str = "list_id") -> Record:
    on = call.world.lists.get(call.path[list_name])["list_id"]
    return call.world.contacts.member(on, call.path["contact_id"])


def _delete(world: World, contacts: list[Record]) -> dict[str, int]:
    for contact in list(contacts):
        world.contacts.delete(contact["contact_id"])
    return {"deleted": len(contacts)}
