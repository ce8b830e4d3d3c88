"""Rules and templates through the official client."""

from __future__ import annotations

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk
from tests.sandbox.caller import CUSTOMER
from tui.sandbox.clock import ManualClock
from tui.sandbox.world import World

POLL_EVERYTHING = {
    "dedicated_number": "*",
    "rule_name": "Second",
    "message_search_type": 0,
    "message_search_term": "",
    "action": "POLL",
    "action_address": "poll",
    "enabled": 1,
}
POLL_FAILED = {
    "rule_name": "Failed",
    "match_type": 1,
    "action": "POLL",
    "action_address": "poll",
    "enabled": 1,
}


def test_the_life_of_a_template(sdk: Sdk) -> None:
    request = clicksend.CreateSmsTemplateRequest(template_name="Hours", body="Open 9 to 5 😀")
    made = sdk("templates.sms_create", create_sms_template_request=request).data
    number = str(made.template_id)
    shown = sdk("templates.sms_get", number).data
    assert (shown.template_name, shown.body) == ("Hours", "Open 9 to 5 😀")
    request = clicksend.CreateSmsTemplateRequest(template_name="Hours", body="Open 8 to 4")
    assert sdk("templates.sms_update", number, create_sms_template_request=request).data.body == "Open 8 to 4"
    newest = sdk("templates.sms_list", order_by="template_id:desc").data
    assert (newest.total, newest.data[0].body) == (7, "Open 8 to 4")
    assert [row.template_name for row in sdk("templates.sms_list", q="body:open 8").data.data] == ["Hours"]
    assert sdk("templates.sms_delete", number).data == []
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("templates.sms_get", number)


def test_inbound_rules_decide_what_can_be_polled(sdk: Sdk, world: World) -> None:
    sdk("sms.inbound_mark_read")
    page = sdk("automations.sms_inbound_list").data
    assert [link.active for link in page.links] == [False, True, False]
    (poll,) = page.data
    assert (poll.action, poll.dedicated_number) == ("POLL", "*")
    request = clicksend.CreateSmsInboundAutomationRequest(**POLL_EVERYTHING)
    made = sdk("automations.sms_inbound_create", create_sms_inbound_automation_request=request).data
    number = str(made.inbound_rule_id)
    world.replies.receive(CUSTOMER, "twice", int(world.now))
    assert [row.body for row in sdk("sms.inbound_list").data.data] == ["twice", "twice"]
    off = clicksend.UpdateSmsInboundAutomationRequest(**POLL_EVERYTHING | {"enabled": 0})
    sdk("automations.sms_inbound_update", number, update_sms_inbound_automation_request=off)
    rule = sdk("automations.sms_inbound_get", number).data
    assert (rule.enabled, rule.rule_name) == (0, "Second")
    world.replies.receive(CUSTOMER, "once", int(world.now))
    assert [row.body for row in sdk("sms.inbound_list").data.data] == ["once", "twice", "twice"]
    for rule_id in (number, str(poll.inbound_rule_id)):
        assert sdk("automations.sms_inbound_delete", rule_id).data == []
    world.replies.receive(CUSTOMER, "never", int(world.now))
    assert sdk("sms.inbound_list").data.total == 3
    assert sdk("automations.sms_inbound_list").data.data == []


def test_receipt_rules_decide_which_reports_can_be_polled(sdk: Sdk, clock: ManualClock) -> None:
    sdk("sms.receipts_mark_read")
    (poll,) = sdk("automations.sms_receipts_list").data.data
    request = clicksend.CreateSmsDeliveryReceiptRuleRequest(**POLL_FAILED)
    made = sdk("automations.sms_receipts_create", create_sms_delivery_receipt_rule_request=request).data
    assert sdk("automations.sms_receipts_delete", str(poll.receipt_rule_id)).data == []
    numbers = (CUSTOMER, "+61491570199")
    messages = [clicksend.SendSmsRequestMessagesInner(body="Hi", to=number) for number in numbers]
    sent = sdk("sms.send", send_sms_request=clicksend.SendSmsRequest(messages=messages)).data.messages
    clock.advance(60)
    assert [row.message_id for row in sdk("sms.receipts_list").data.data] == [sent[1].message_id]
    number = str(made.receipt_rule_id)
    change = clicksend.CreateSmsDeliveryReceiptRuleRequest(**POLL_FAILED | {"match_type": 2})
    sdk("automations.sms_receipts_update", number, create_sms_delivery_receipt_rule_request=change)
    assert sdk("automations.sms_receipts_get", number).data.match_type == 2


def test_the_life_of_a_rule_for_calls(sdk: Sdk, world: World) -> None:
    before = sdk("automations.voice_receipts_list").data.data
    request = clicksend.CreateSmsDeliveryReceiptRuleRequest(**POLL_FAILED)
    made = sdk("automations.voice_receipts_create", create_sms_delivery_receipt_rule_request=request).data
    number = str(made.receipt_rule_id)
    assert world.automations.receipt(world.voice_receipt_rules, dict, 0, failed=True) == len(before) + 1
    change = clicksend.CreateSmsDeliveryReceiptRuleRequest(**POLL_FAILED | {"enabled": 0})
    sdk("automations.voice_receipts_update", number, create_sms_delivery_receipt_rule_request=change)
    assert sdk("automations.voice_receipts_get", number).data.enabled == 0
    assert world.automations.receipt(world.voice_receipt_rules, dict, 0, failed=True) == len(before)
    assert sdk("automations.voice_receipts_delete", number).data == []
    assert sdk("automations.voice_receipts_list").data.data == before


def test_the_life_of_a_rule_for_emails(sdk: Sdk) -> None:
    total = sdk("automations.email_receipts_list").data.total
    request = clicksend.CreateSmsDeliveryReceiptRuleRequest(**POLL_FAILED)
    made = sdk("automations.email_receipts_create", create_sms_delivery_receipt_rule_request=request).data
    number = str(made.receipt_rule_id)
    change = clicksend.CreateSmsDeliveryReceiptRuleRequest(**POLL_FAILED | {"rule_name": "Bounces"})
    sdk("automations.email_receipts_update", number, create_sms_delivery_receipt_rule_request=change)
    assert sdk("automations.email_receipts_get", number).data.rule_name == "Bounces"
    assert sdk("automations.email_receipts_delete", number).data is True
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("automations.email_receipts_get", number)
    assert sdk("automations.email_receipts_list").data.total == total


def test_the_life_of_rules_for_faxes(raw: Raw) -> None:
    before = raw("automations.fax_receipts_list")["data"]
    number = raw("automations.fax_receipts_create", body=POLL_FAILED)["receipt_rule_id"]
    raw("automations.fax_receipts_update", number, body=POLL_FAILED | {"match_type": 2})
    assert raw("automations.fax_receipts_get", number)["match_type"] == 2
    assert raw("automations.fax_receipts_delete", number) is None
    assert raw("automations.fax_receipts_list")["data"] == before
    rule = {"rule_name": "Office", "action": "EMAIL_FIXED", "action_address": "a@acme.example"}
    made = raw("automations.fax_inbound_create", body=rule)
    number = made["inbound_rule_id"]
    assert (made["dedicated_number"], made["enabled"]) == ("*", 1)
    raw(
        "automations.fax_inbound_update",
        number,
        body=rule | {"dedicated_number": "+61298441484", "enabled": 1},
    )
    assert raw("automations.fax_inbound_get", number)["dedicated_number"] == "+61298441484"
    assert raw("automations.fax_inbound_delete", number) == []
    assert number not in [row["inbound_rule_id"] for row in raw("automations.fax_inbound_list")["data"]]
