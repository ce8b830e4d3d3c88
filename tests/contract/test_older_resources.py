"""What is created, changed and deleted in one way, through ClickSend's older client."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.contract.older import Older
from tui.sandbox.world import World

POLL: dict[str, Any] = {"rule_name": "Poll", "action": "POLL", "action_address": "poll", "enabled": 1.0}
RECEIPTS = POLL | {"match_type": 1.0}
FAXES = POLL | {"dedicated_number": "*"}
TEXTS = FAXES | {"message_search_type": 2.0, "message_search_term": "hi", "webhook_type": "json"}


class Resource(NamedTuple):
    """One kind of record: its operations, and what the client calls it.

    The models declare numbers with decimals, so that they are given with a point.
    """

    create: str
    listed: str
    update: str
    delete: str
    key: str
    argument: str
    model: str
    fields: dict[str, Any]
    change: dict[str, Any]

    def fill(self, older: Older, fields: dict[str, Any]) -> dict[str, Any]:
        """The argument that holds the record."""
        return {self.argument: older.model(self.model, **fields)}


RULE = ("receipt_rule_id", "delivery_receipt_rule", "DeliveryReceiptRule", RECEIPTS, {"match_type": 2.0})
RESOURCES = {
    "templates": Resource(
        "templates.sms_create",
        "templates.sms_list",
        "templates.sms_update",
        "templates.sms_delete",
        "template_id",
        "sms_template",
        "SmsTemplate",
        {"template_name": "Hours", "body": "Nine to five."},
        {"body": "Eight to four."},
    ),
    "inbound_rules": Resource(
        "automations.sms_inbound_create",
        "automations.sms_inbound_list",
        "automations.sms_inbound_update",
        "automations.sms_inbound_delete",
        "inbound_rule_id",
        "inbound_sms_rule",
        "InboundSMSRule",
        TEXTS,
        {"message_search_type": 1.0, "message_search_term": "bye"},
    ),
    "fax_inbound_rules": Resource(
        "automations.fax_inbound_create",
        "automations.fax_inbound_list",
        "automations.fax_inbound_update",
        "automations.fax_inbound_delete",
        "inbound_rule_id",
        "inbound_fax_rule",
        "InboundFaxRule",
        FAXES,
        {"dedicated_number": "+61298441484", "enabled": 0.0},
    ),
    "receipt_rules": Resource(
        "automations.sms_receipts_create",
        "automations.sms_receipts_list",
        "automations.sms_receipts_update",
        "automations.sms_receipts_delete",
        *RULE,
    ),
    "voice_receipt_rules": Resource(
        "automations.voice_receipts_create",
        "automations.voice_receipts_list",
        "automations.voice_receipts_update",
        "automations.voice_receipts_delete",
        *RULE,
    ),
    "fax_receipt_rules": Resource(
        "automations.fax_receipts_create",
        "automations.fax_receipts_list",
        "automations.fax_receipts_update",
        "automations.fax_receipts_delete",
        *RULE,
    ),
    "email_receipt_rules": Resource(
        "automations.email_receipts_create",
        "automations.email_receipts_list",
        "automations.email_receipts_update",
        "automations.email_receipts_delete",
        *RULE,
    ),
}
"""By where the world keeps them."""


@pytest.mark.parametrize("kept", RESOURCES)
def test_a_record_lives_and_ends(older: Older, world: World, kept: str) -> None:
    resource, records = RESOURCES[kept], getattr(world, kept)
    before = list(records)
    number = older(resource.create, **resource.fill(older, resource.fields))[resource.key]
    assert records.get(number) == {resource.key: number, **records.blank, **resource.fields}
    changed = resource.fields | resource.change
    older(resource.update, number, **resource.fill(older, changed))
    assert records.get(number) == {resource.key: number, **records.blank, **changed}
    assert records.get(number) in older(resource.listed)["data"]
    older(resource.delete, number)
    assert list(records) == before == older(resource.listed)["data"]


def test_a_stripped_text_lives_and_ends(older: Older, world: World) -> None:
    before = list(world.stripped_strings)
    text = older.model("StrippedString", strip_string="~~~")
    number = older("email_to_sms.stripped_create", stripped_string=text)["rule_id"]
    assert world.stripped_strings.get(number)["strip_string"] == "~~~"
    text.strip_string = "+++"
    older("email_to_sms.stripped_update", number, stripped_string=text)
    assert world.stripped_strings.get(number)["strip_string"] == "+++"
    assert older("email_to_sms.stripped_get", number)["stripped_string"] == "+++"
    assert older("email_to_sms.stripped_delete", number) is True
    assert list(world.stripped_strings) == before


def test_an_address_is_allowed(older: Older, world: World) -> None:
    fields = {"email_address": "*@a.example", "subaccount_id": str(world.account.subaccount_id)}
    address = older.model("EmailSMSAddress", _from="ACME", **fields)
    number = older("email_to_sms.addresses_create", email_sms_address=address)["email_address_id"]
    kept = world.allowed_addresses.get(number)
    assert (kept["email_address"], kept["from"]) == ("*@a.example", "ACME")
    assert kept["subaccount_id"] == world.account.subaccount_id
    assert older("email_to_sms.addresses_list")["data"][-1] == kept
