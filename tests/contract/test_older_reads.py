"""Everything that ClickSend's older client reads: as plain HTTP tells it, and as the world holds it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest

from tests.arguments import existing
from tests.contract import older as five
from tests.contract.older import Older
from tests.sandbox.caller import Caller
from tui.api.operation import catalogue
from tui.sandbox import email_templates
from tui.sandbox.world import World

METHODS = five.methods() if five.is_installed() else {}
READS = sorted(name for name in METHODS if catalogue()[name].method == "GET")
HELD: dict[str, Callable[[World], Iterable[Any]]] = {
    "sms.history": lambda world: world.messages,
    "sms.inbound_list": lambda world: world.inbound.unread(),
    "sms.receipts_list": lambda world: world.receipts.unread(),
    "mms.history": lambda world: world.channels["mms"].messages,
    "mms.receipts_list": lambda world: world.channels["mms"].receipts.unread(),
    "voice.history": lambda world: world.channels["voice"].messages,
    "voice.receipts_list": lambda world: world.channels["voice"].receipts.unread(),
    "fax.history": lambda world: world.channels["fax"].messages,
    "fax.receipts_list": lambda world: world.channels["fax"].receipts.unread(),
    "email.history": lambda world: world.channels["email_transactional"].messages,
    "post.letters_history": lambda world: world.channels["post"].messages,
    "post.postcards_history": lambda world: world.channels["postcards"].messages,
    "post.return_addresses_list": lambda world: world.return_addresses,
    "sms_campaigns.list": lambda world: world.campaigns,
    "mms_campaigns.list": lambda world: world.mms_campaigns,
    "email_marketing.campaigns_list": lambda world: world.email_campaigns,
    "email_marketing.addresses_list": lambda world: world.email_addresses,
    "contacts.lists_list": lambda world: world.lists,
    "contacts.list": lambda world: world.contacts.on_list(next(iter(world.lists))["list_id"]),
    "templates.sms_list": lambda world: world.templates,
    "templates.email_list": lambda world: world.email_templates,
    "templates.master_list": lambda _: email_templates.designs(),
    "templates.categories_list": lambda _: email_templates.categories(),
    "automations.sms_inbound_list": lambda world: world.inbound_rules,
    "automations.fax_inbound_list": lambda world: world.fax_inbound_rules,
    "automations.sms_receipts_list": lambda world: world.receipt_rules,
    "automations.voice_receipts_list": lambda world: world.voice_receipt_rules,
    "automations.fax_receipts_list": lambda world: world.fax_receipt_rules,
    "automations.email_receipts_list": lambda world: world.email_receipt_rules,
    "email_to_sms.addresses_list": lambda world: world.allowed_addresses,
    "email_to_sms.stripped_list": lambda world: world.stripped_strings,
    "delivery_issues.list": lambda world: world.delivery_issues,
    "numbers.list": lambda world: world.numbers,
    "numbers.search": lambda world: world.numbers.for_sale("AU"),
    "countries.selected_get": lambda world: world.countries.rows(),
    "recharge.transactions_list": lambda world: world.billing.payments,
    "subaccounts.list": lambda world: world.account.subaccounts,
    "reseller.accounts_list": lambda world: world.reseller.customers,
    "referral.accounts_list": lambda world: world.referrals,
}
"""What every listing lists."""
EXPORTS = {
    "sms.history_export": "sms.history",
    "mms.history_export": "mms.history",
    "voice.history_export": "voice.history",
    "email.history_export": "email.history",
    "post.letters_history_export": "post.letters_history",
    "post.postcards_history_export": "post.postcards_history",
}


def test_every_method_of_the_client_calls_an_operation() -> None:
    assert five.is_installed(), five.INSTALL
    assert len(five.endpoints()) == 188
    assert len(METHODS) == 188


def read(older: Older, world: World, operation_id: str) -> Any:
    """The answer to an operation that only reads, about something that is there."""
    operation, known = catalogue()[operation_id], existing(world, catalogue()[operation_id])
    return older.answer(
        operation_id, *(known[name] for name in operation.path_names), **asked(operation_id, known)
    )


def asked(operation_id: str, known: dict[str, object]) -> dict[str, object]:
    """What has to stand in the query."""
    operation = catalogue()[operation_id]
    needed = {name for name, field in operation.arguments.model_fields.items() if field.is_required()}
    return {name: known[name] for name in needed - set(operation.path_names)}


@pytest.mark.parametrize("operation_id", READS)
def test_it_reads_what_there_is(older: Older, caller: Caller, world: World, operation_id: str) -> None:
    operation, known = catalogue()[operation_id], existing(world, catalogue()[operation_id])
    told = read(older, world, operation_id)
    query = asked(operation_id, known)
    plain = caller.ask("GET", operation.path.format_map(known), **query).json()
    assert told["data"]
    assert without_file_ids(told) == without_file_ids(plain)
    if "_export" not in operation_id:
        ids = {str(known[name]) for name in operation.path_names if name.endswith("_id")}
        assert all(number in str(told["data"]) for number in ids)


def without_file_ids(answer: Any) -> str:
    """An answer as text; every export has an address of its own."""
    return re.sub(r"/files/[\w-]+", "/files/", str(answer))


@pytest.mark.parametrize("operation_id", HELD)
def test_it_lists_what_the_world_holds(older: Older, world: World, operation_id: str) -> None:
    held = len(list(HELD[operation_id](world)))
    answer = read(older, world, operation_id)
    data = answer["data"]
    # Some listings are no pages, and one is a page without an envelope.
    total = answer.get("total", len(data)) if isinstance(data, list) else data["total"]
    assert total == held > 0


@pytest.mark.parametrize("operation_id", EXPORTS)
def test_an_export_holds_the_whole_history(
    older: Older, caller: Caller, world: World, operation_id: str
) -> None:
    url = read(older, world, operation_id)["data"]["url"]
    heading, *rows = csv.reader(caller.fetch(url).text.splitlines())
    assert len(rows) == len(list(HELD[EXPORTS[operation_id]](world)))
    assert {len(row) for row in rows} == {len(heading)}


def test_it_reads_the_account(older: Older, world: World) -> None:
    assert Decimal(older("account.get")["balance"]) == world.account.balance
    assert older("recharge.card_get") == world.billing.stored_card()
    counted = older("statistics.voice")["total"]["outbound"]["count"]
    assert counted == len(world.channels["voice"].messages)
