"""Who may send e-mails that become text messages, and what is cut from them."""

from __future__ import annotations

import pytest

from tests.sandbox.caller import Caller
from tests.sandbox.stage import Stage
from tui.api import email_to_sms
from tui.api.client import ApiClient
from tui.sandbox.world import World

ADDRESSES, STRIPPED = "/sms/email-sms", "/sms/email-sms-stripped-strings"


@pytest.mark.parametrize("address", ["", "nobody", "@acme.example", "ada@"])
def test_what_is_no_address_is_refused(caller: Caller, address: str) -> None:
    before = caller.get(ADDRESSES)
    answer = caller.ask("POST", ADDRESSES, {"email_address": address})
    assert (answer.status_code, answer.json()["response_code"]) == (400, "BAD_REQUEST")
    known = before["data"][0]["email_address_id"]
    assert caller.ask("PUT", f"{ADDRESSES}/{known}", {"email_address": address}).status_code == 400
    assert caller.get(ADDRESSES) == before


def test_an_address_that_is_deleted_is_gone(caller: Caller) -> None:
    number = caller.post(ADDRESSES, email_address="ada@acme.example")["email_address_id"]
    caller.delete(f"{ADDRESSES}/{number}")
    for method in ("GET", "DELETE"):
        assert caller.ask(method, f"{ADDRESSES}/{number}").status_code == 404


async def test_the_console_reads_a_stripped_text_by_both_of_its_names(caller: Caller) -> None:
    number = caller.post(STRIPPED, strip_string="Regards")["rule_id"]
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        page = await client.call(email_to_sms.stripped_list())
        one = await client.call(email_to_sms.stripped_get(number))
    assert page.items[-1].strip_string == one.strip_string == "Regards"


def test_a_new_account_has_none(caller: Caller, stage: Stage) -> None:
    stage.play(World(messages=0))
    for path in (ADDRESSES, STRIPPED, "/automations/voice/receipts", "/automations/email/receipts"):
        assert caller.get(path)["data"] == []
    refused = caller.ask("GET", "/automations/fax/inbound")
    assert (refused.status_code, refused.json()["response_code"]) == (403, "FORBIDDEN")
