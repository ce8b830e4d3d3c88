"""What a value can be chosen from: the right listing, its rows in words, read once a minute."""

from __future__ import annotations

from typing import Any

import pytest

from tui.api import lookups
from tui.api.entry import Place
from tui.api.layout import Slot, slots
from tui.api.operation import catalogue
from tui.core.errors import InvalidInput
from tui.core.local_zone import LocalZone

HERE = Place(1_793_001_600.0, LocalZone(), "AU")


def place_of(operation_id: str, key: str) -> Slot:
    return next(slot for slot in slots(catalogue()[operation_id].arguments) if slot.key == key)


def listed(operation_id: str, key: str) -> list[tuple[str, str, dict[str, str]]]:
    found = lookups.sources(catalogue()[operation_id], place_of(operation_id, key))
    return [(source.listing.id, source.name, dict(source.needs)) for source in found]


@pytest.mark.parametrize(
    ("operation_id", "key", "listing", "needs"),
    [
        ("contacts.get", "list_id", "contacts.lists_list", {}),
        ("contacts.copy", "contact_id", "contacts.list", {"list_id": "from_list_id"}),
        ("contacts.copy", "to_list_id", "contacts.lists_list", {}),
        ("templates.sms_delete", "template_id", "templates.sms_list", {}),
        ("automations.sms_inbound_get", "inbound_rule_id", "automations.sms_inbound_list", {}),
        ("sms.receipts_get", "message_id", "sms.receipts_list", {}),
        ("sms.inbound_mark_read_one", "message_id", "sms.inbound_list", {}),
        ("sms.cancel", "message_id", "sms.history", {}),
        ("sms.send", "messages.1.contact_id", "contacts.list", {"list_id": "messages.1.list_id"}),
        ("sms_campaigns.send", "list_id", "contacts.lists_list", {}),
        ("recharge.purchase", "package_id", "recharge.packages", {}),
        ("subaccounts.regen_api_key", "subaccount_id", "subaccounts.list", {}),
    ],
)
def test_the_listing_is_found(operation_id: str, key: str, listing: str, needs: dict[str, str]) -> None:
    assert [(id, need) for id, _, need in listed(operation_id, key)] == [(listing, needs)]


def test_plain_values_have_nothing_to_choose_from() -> None:
    assert listed("contacts.lists_create", "list_name") == []
    assert listed("statistics.short_url", "source_id") == []


def test_every_listing_that_is_named_is_declared_and_has_rows() -> None:
    sections = {operation.section for operation in catalogue().values()}
    named = {id for pairs in lookups._SOURCES.values() for id, _ in pairs}
    for id in named:
        if id in catalogue():
            assert lookups.row_type(catalogue()[id]) is not None, id
        else:
            assert id.partition(".")[0] in sections, id


def test_what_the_listing_needs_is_taken_from_the_form_or_the_account() -> None:
    (contacts,) = lookups.sources(catalogue()["contacts.get"], place_of("contacts.get", "contact_id"))
    assert lookups.arguments(contacts, {"list_id": "428"}, HERE) == {"list_id": "428"}
    with pytest.raises(InvalidInput, match="List is not filled in yet"):
        lookups.arguments(contacts, {}, HERE)
    with pytest.raises(InvalidInput, match="From list is not filled in yet"):
        lookups.arguments(contacts, {}, HERE, {"list_id": "From list"})
    areas = lookups.Source(catalogue()["direct_mail.locations_search"], "id", {"country": "country"})
    assert lookups.arguments(areas, {"country": "NZ"}, HERE) == {"country": "NZ"}
    assert lookups.arguments(areas, {}, HERE) == {"country": "AU"}


@pytest.mark.parametrize(
    ("listing", "name", "row", "expected"),
    [
        (
            "contacts.lists_list",
            "from_list_id",
            {"list_id": 428, "list_name": "Customers", "_contacts_count": 105},
            ("428", "Customers", "428 · 105 contacts"),
        ),
        (
            "contacts.list",
            "contact_id",
            {"contact_id": 955, "first_name": "Ada", "last_name": "Lovelace", "phone_number": "+61411111111"},
            ("955", "Ada Lovelace", "955 · +61411111111"),
        ),
        ("countries.list", "code", {"code": "AU", "value": "Australia"}, ("AU", "Australia", "AU")),
        (
            "numbers.list",
            "dedicated_number",
            {"dedicated_number": "+61444444444"},
            ("+61444444444",) * 2 + ("",),
        ),
    ],
)
def test_rows_in_words(listing: str, name: str, row: dict[str, Any], expected: tuple[str, ...]) -> None:
    made = lookups.row_type(catalogue()[listing]).model_validate(row)
    assert tuple(lookups.candidate(made, name) or ())[:3] == expected
