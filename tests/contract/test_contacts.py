"""Lists and contacts through the official client."""

from __future__ import annotations

from typing import Any

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


@pytest.fixture
def list_id(sdk: Sdk) -> str:
    return new_list(sdk, "Friends")


def new_list(sdk: Sdk, name: str) -> str:
    request = clicksend.CreateListRequest(list_name=name)
    return str(sdk("contacts.lists_create", create_list_request=request).data.list_id)


def add(sdk: Sdk, list_id: str, first_name: str, phone: str = CUSTOMER, **more: Any) -> Any:
    request = clicksend.CreateNewContactRequest(first_name=first_name, phone_number=phone, **more)
    return sdk("contacts.create", list_id, create_new_contact_request=request).data


def names(sdk: Sdk, list_id: str) -> list[str]:
    return [contact.first_name for contact in sdk("contacts.list", list_id).data.data]


def test_the_life_of_a_list(sdk: Sdk, list_id: str) -> None:
    page = sdk("contacts.lists_list").data
    assert (page.total, page.data[-1].list_name, page.links[1].active) == (5, "Friends", True)
    add(sdk, list_id, "Ada")
    assert sdk("contacts.lists_get", list_id).data.contacts_count == 1
    request = clicksend.CreateListRequest(list_name="Old friends")
    renamed = sdk("contacts.lists_update", list_id, create_list_request=request).data
    assert (renamed.list_name, renamed.import_in_progress) == ("Old friends", 0)
    assert sdk("contacts.lists_delete", list_id).data == []
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("contacts.lists_get", list_id)


def test_the_life_of_a_contact(sdk: Sdk, clock: ManualClock, list_id: str) -> None:
    made = add(sdk, list_id, "Ada", custom_1="Gold", address_city="Perth")
    contact_id = str(made.contact_id)
    assert (made.list_name, made.custom_1, made.address_city) == ("Friends", "Gold", "Perth")
    assert sdk("contacts.get", list_id, contact_id).data == made
    clock.advance(5)
    request = clicksend.CreateNewContactRequest(first_name="Augusta")
    changed = sdk("contacts.update", list_id, contact_id, create_new_contact_request=request).data
    assert (changed.first_name, changed.phone_number) == ("Augusta", CUSTOMER)
    assert changed.date_updated == made.date_updated + 5
    assert names(sdk, list_id) == ["Augusta"]
    assert sdk("contacts.delete", list_id, contact_id).data == []
    assert names(sdk, list_id) == []


def test_copy_and_transfer(sdk: Sdk, list_id: str) -> None:
    other = new_list(sdk, "Other")
    contact_id = str(add(sdk, list_id, "Ada").contact_id)
    copy = sdk("contacts.copy", list_id, contact_id, other).data
    assert (str(copy.list_id), copy.list_name) == (other, "Other")
    moved = sdk("contacts.transfer", list_id, contact_id, other).data
    assert (str(moved.contact_id), str(moved.list_id)) == (contact_id, other)
    assert (names(sdk, list_id), names(sdk, other)) == ([], ["Ada", "Ada"])


def test_duplicates_by_what_the_client_can_name(sdk: Sdk, list_id: str) -> None:
    for name, phone in (("Ada", CUSTOMER), ("Ada", "+61491570157"), ("Alan", CUSTOMER)):
        add(sdk, list_id, name, phone)
    fields = clicksend.RemoveDuplicateContactsRequestFields(first_name="1")
    request = clicksend.RemoveDuplicateContactsRequest(fields=fields)
    removed = sdk("contacts.lists_remove_duplicates", list_id, remove_duplicate_contacts_request=request).data
    assert removed.deleted == 1
    assert names(sdk, list_id) == ["Ada", "Alan"]


def test_opted_out_contacts_are_removed(sdk: Sdk, list_id: str) -> None:
    opted_out = new_list(sdk, "Gone")
    add(sdk, list_id, "Ada")
    add(sdk, list_id, "Alan", "+61491570157")
    add(sdk, opted_out, "Ada")
    assert sdk("contacts.lists_remove_opted_out", list_id, opted_out).data.deleted == 1
    assert names(sdk, list_id) == ["Alan"]


def test_an_export_can_be_imported(sdk: Sdk, raw: Raw, clock: ManualClock, list_id: str) -> None:
    add(sdk, list_id, "Ada")
    file = raw("contacts.lists_export", list_id, filename="friends.csv")["url"]
    other = new_list(sdk, "Other")
    preview = raw("contacts.lists_import_preview", other, body={"file_url": file})["row"]
    assert preview[:3] == ["contact_id", "phone_number", "first_name"]
    known = {field["field"] for field in raw("contacts.lists_import_fields", other)}
    assert {"phone", "first_name", "custom4"} < known
    request = clicksend.ImportContactsRequest(file_url=file, field_order="custom4,phone,first_name")
    queued = sdk("contacts.lists_import", other, import_contacts_request=request).data
    assert queued.ids == [queued.id]
    clock.advance(10)
    (imported,) = sdk("contacts.list", other).data.data
    assert (imported.first_name, imported.phone_number) == ("Ada", CUSTOMER)


def test_search_and_suggestions(sdk: Sdk, raw: Raw, world: World, list_id: str) -> None:
    made = add(sdk, list_id, "Zorro")
    (hit,) = raw("search.contacts_lists", q="zorro")["data"]
    assert (hit["type"], hit["id"], hit["contact"]) == ("contact", made.contact_id, CUSTOMER)
    assert sdk("search.contacts_lists", q="zorro") is None
    world.replies.receive(CUSTOMER, "Hello", int(world.now))
    assert raw("contacts.suggestions")[0]["contact_id"] == made.contact_id
