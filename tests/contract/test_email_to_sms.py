"""E-mail to SMS through the official client."""

from __future__ import annotations

import clicksend
import pytest

from tests.contract.driver import Raw, Sdk


def test_the_life_of_an_allowed_address(sdk: Sdk, raw: Raw) -> None:
    total = sdk("email_to_sms.addresses_list").data.total
    request = clicksend.AddAllowedEmailRequest.from_dict({"email_address": "*@a.example", "from": "ACME"})
    made = sdk("email_to_sms.addresses_create", add_allowed_email_request=request).data
    number = made.email_address_id
    assert raw("email_to_sms.addresses_get", number)["from"] == "ACME"
    raw("email_to_sms.addresses_update", number, body={"email_address": "b@a.example"})
    row = sdk("email_to_sms.addresses_list").data.data[-1]
    assert (row.email_address_id, row.email_address, row.var_from) == (number, "b@a.example", "ACME")
    assert raw("email_to_sms.addresses_delete", number) == []
    assert sdk("email_to_sms.addresses_list").data.total == total


def test_the_life_of_a_stripped_text(sdk: Sdk) -> None:
    before = [row.strip_string for row in sdk("email_to_sms.stripped_list").data.data]
    request = clicksend.CreateStrippedStringRuleRequest(strip_string="~~~")
    made = sdk("email_to_sms.stripped_create", create_stripped_string_rule_request=request).data
    number = str(made.rule_id)
    assert sdk("email_to_sms.stripped_get", number).data.stripped_string == "~~~"
    request = clicksend.CreateStrippedStringRuleRequest(strip_string="+++")
    sdk("email_to_sms.stripped_update", number, create_stripped_string_rule_request=request)
    assert [row.strip_string for row in sdk("email_to_sms.stripped_list").data.data] == [*before, "+++"]
    assert sdk("email_to_sms.stripped_delete", number).data is True
    with pytest.raises(clicksend.exceptions.NotFoundException):
        sdk("email_to_sms.stripped_get", number)
