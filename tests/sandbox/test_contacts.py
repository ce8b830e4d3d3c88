"""Lists and contacts: their life, their doubles, their files, and finding them."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World


@pytest.fixture
def list_id(caller: Caller) -> int:
    number: int = caller.post("/lists", list_name="Friends")["list_id"]
    return number


def names(caller: Caller, list_id: int) -> list[str]:
    return [contact["first_name"] for contact in caller.get(f"/lists/{list_id}/contacts")["data"]]


def test_lists_tell_their_pages_and_their_contacts(caller: Caller, list_id: int) -> None:
    page = caller.get("/lists")
    assert [row["list_name"] for row in page["data"]] == [
        "Customers",
        "VIP",
        "Northern Beaches",
        "Opt-out",
        "Friends",
    ]
    assert [row["_contacts_count"] for row in page["data"]] == [105, 22, 20, 6, 0]
    assert page["first_page_url"] == page["last_page_url"] == f"{caller.url}/lists?page=1"
    assert [link["active"] for link in page["links"]] == [False, True, False]
    assert page["data"][4] == caller.get(f"/lists/{list_id}")


def test_a_deleted_list_takes_its_contacts_along(caller: Caller, list_id: int, world: World) -> None:
    before = len(world.contacts)
    contact = caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER)
    caller.delete(f"/lists/{list_id}")
    assert len(world.contacts) == before
    for path in (f"/lists/{list_id}", f"/lists/{list_id}/contacts/{contact['contact_id']}", "/lists/x"):
        assert caller.ask("GET", path).status_code == 404


def test_a_contact_needs_something_to_be_reached_at(caller: Caller, list_id: int) -> None:
    path = f"/lists/{list_id}/contacts"
    assert caller.ask("POST", path, {"first_name": "Ada"}).status_code == 400
    assert caller.ask("POST", path, {"phone_number": "call me"}).status_code == 400
    assert caller.post(path, email="ada@example.com")["phone_number"] is None


def test_numbers_are_kept_in_international_form(caller: Caller, list_id: int) -> None:
    path = f"/lists/{list_id}/contacts"
    assert caller.post(path, phone_number="0491 570 156")["phone_number"] == CUSTOMER
    away = caller.post(path, phone_number="(202) 555-0143", address_country="US")
    assert away["phone_number"] == "+12025550143"


def test_an_update_changes_what_is_given(caller: Caller, clock: ManualClock, list_id: int) -> None:
    made = caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER, first_name="Ada", custom_1="Gold")
    clock.advance(10)
    path = f"/lists/{list_id}/contacts/{made['contact_id']}"
    changed = caller.put(path, first_name="Augusta", contact_id=1, list_id=1)
    assert changed == made | {"first_name": "Augusta", "date_updated": made["date_updated"] + 10}
    assert caller.get(path) == changed


def test_contacts_changed_since_a_moment(caller: Caller, clock: ManualClock, list_id: int) -> None:
    for name in ("Ada", "Alan"):
        caller.post(f"/lists/{list_id}/contacts", first_name=name, email="x@example.com")
        clock.advance(10)
    since = int(clock.now()) - 15
    found = caller.get(f"/lists/{list_id}/contacts", updated_after=since)["data"]
    assert [contact["first_name"] for contact in found] == ["Alan"]


def test_copy_and_transfer(caller: Caller, list_id: int) -> None:
    other = caller.post("/lists", list_name="Other")["list_id"]
    contact = caller.post(f"/lists/{list_id}/contacts", phone_number=CUSTOMER, first_name="Ada")
    path = f"/lists/{list_id}/contacts/{contact['contact_id']}"
    copy = caller.put(f"{path}/copy/{other}")
    assert (copy["list_id"], copy["_list_name"], copy["first_name"]) == (other, "Other", "Ada")
    assert copy["contact_id"] != contact["contact_id"]
    moved = caller.put(f"{path}/transfer/{other}")
    assert (moved["contact_id"], moved["list_id"]) == (contact["contact_id"], other)
    assert (names(caller, list_id), names(caller, other)) == ([], ["Ada", "Ada"])
    assert caller.ask("PUT", f"{path}/transfer/{other}").status_code == 404
    assert caller.ask("PUT", f"/lists/{other}/contacts/{copy['contact_id']}/copy/1").status_code == 404


def test_of_duplicates_the_oldest_stays(caller: Caller, list_id: int) -> None:
    path = f"/lists/{list_id}/contacts"
    for name, number in (("Ada", CUSTOMER), ("ADA", CUSTOMER), ("Alan", CUSTOMER), ("Ada", "+61491570157")):
        caller.post(path, first_name=name, phone_number=number)
    fields = ["phone_number", "first_name"]
    assert caller.put(f"/lists/{list_id}/remove-duplicates", fields=fields) == {"deleted": 1}
    assert names(caller, list_id) == ["Ada", "Alan", "Ada"]
    assert caller.put(f"/lists/{list_id}/remove-duplicates/", fields=["phone_number"]) == {"deleted": 1}
    assert names(caller, list_id) == ["Ada", "Ada"]


def test_opted_out_contacts_are_removed(caller: Caller, list_id: int) -> None:
    gone = caller.post("/lists", list_name="Gone")["list_id"]
    for target, number in ((list_id, CUSTOMER), (list_id, "+61491570157"), (gone, CUSTOMER)):
        caller.post(f"/lists/{target}/contacts", phone_number=number, first_name=number[-1])
    assert caller.put(f"/lists/{list_id}/remove-opted-out-contacts/{gone}") == {"deleted": 1}
    assert (names(caller, list_id), names(caller, gone)) == (["7"], ["6"])


def test_an_exported_list_can_be_imported_into_another(
    caller: Caller, clock: ManualClock, list_id: int
) -> None:
    made = caller.get(f"/lists/{list_id - 3}/export", filename="vip.csv")
    rows = list(csv.DictReader(StringIO(caller.fetch(made["url"]).text)))
    assert len(rows) == 22
    preview = caller.post(f"/lists/{list_id}/import-csv-preview", file_url=made["url"])
    assert preview["row"][:2] == ["contact_id", "phone_number"]
    fields = {row["field"] for row in caller.get(f"/lists/{list_id}/import-fields")}
    order = ["custom4", "phone", "first_name", "last_name"]
    assert set(order) < fields
    queued = caller.post(f"/lists/{list_id}/import", file_url=made["url"], field_order=order)
    assert len(queued["id"]) == 19
    assert caller.get(f"/lists/{list_id}")["_import_in_progress"] == 1
    assert names(caller, list_id) == []
    clock.advance(5)
    assert caller.get(f"/lists/{list_id}")["_import_in_progress"] == 0
    # The heading is no contact: its phone number is none.
    imported = caller.get(f"/lists/{list_id}/contacts", limit=100)["data"]
    assert [contact["phone_number"] for contact in imported] == [row["phone_number"] for row in rows]


def test_what_cannot_be_imported_is_refused(caller: Caller, list_id: int, world: World) -> None:
    path = f"/lists/{list_id}/import"
    file = caller.url.removesuffix("/v3") + world.files.add("1,2")
    foreign = caller.ask("POST", path, {"file_url": "https://example.com/x.csv", "field_order": ["phone"]})
    orders = (["phone_number"], "phone,custom_1", 7, {})
    unknown = [caller.ask("POST", path, {"file_url": file, "field_order": order}) for order in orders]
    assert {answer.status_code for answer in (foreign, *unknown)} == {400}


def test_search_finds_contacts_and_lists(caller: Caller, list_id: int) -> None:
    made = caller.post(
        f"/lists/{list_id}/contacts", first_name="Zorro", last_name="Vega", phone_number=CUSTOMER
    )
    (hit,) = caller.get("/search/contacts-lists", q="vega ZORRO")["data"]
    assert hit == {
        "id": made["contact_id"],
        "type": "contact",
        "name": "Zorro Vega",
        "contact": CUSTOMER,
        "contacts_count": None,
    }
    (found,) = caller.get("/search/contacts-lists", q="friend")["data"]
    assert (found["type"], found["id"], found["contacts_count"]) == ("list", list_id, 1)


def test_suggestions_are_those_spoken_with_lately(caller: Caller, list_id: int) -> None:
    caller.post(f"/lists/{list_id}/contacts", first_name="Zorro", phone_number=CUSTOMER)
    caller.send()
    suggested = caller.get("/contact-suggestions")
    assert (len(suggested), suggested[0]["first_name"]) == (15, "Zorro")
