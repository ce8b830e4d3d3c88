"""Every declared operation is answered, in a way that the console's own models understand."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.sandbox.caller import CUSTOMER, Caller
from tui.api.client import ApiClient
from tui.api.models.sms import SmsMessage
from tui.api.operation import Effect, Operation, catalogue
from tui.sandbox.registry import all_handlers
from tui.sandbox.world import World

READS = [operation for operation in catalogue().values() if operation.method == "GET"]


def test_there_is_a_handler_for_every_operation_and_no_other() -> None:
    assert set(all_handlers()) == set(catalogue())


@pytest.mark.parametrize("operation", catalogue().values(), ids=lambda operation: operation.id)
def test_every_route_is_served(caller: Caller, operation: Operation[..., object]) -> None:
    """Without a key every operation is there and refuses, but for those that need none."""
    path = re.sub(r"{\w+}", "1", operation.path)
    stranger = Caller(caller.url, username="")
    answer = stranger.ask(operation.method, path)
    stranger.close()
    assert answer.status_code in ((200, 400, 404) if operation.public else (401,))


def existing(world: World, operation: Operation[..., object]) -> dict[str, object]:
    """Arguments that something in the world answers to, of the kind that the operation is about."""
    others = world.channels[operation.section].messages
    sent = next(m for m in world.messages if m.outbound and world.messages.answer_to(m))
    list_id = next(iter(world.lists))["list_id"]
    return {
        "list_id": list_id,
        "from_list_id": list_id,
        "to_list_id": list_id + 1,
        "opt_out_list_id": world.opt_out_list,
        "activation_token": "000000",
        "subaccount_id": world.account.main["subaccount_id"],
        "client_user_id": next(iter(world.reseller.customers)),
        "subdomain": "acme",
        "package_id": 1,
        "transaction_id": world.billing.payments[0]["invoice_number"],
        "contact_id": next(iter(world.contacts))["contact_id"],
        "template_id": a_template(world, operation.path),
        "inbound_rule_id": next(iter(world.inbound_rules))["inbound_rule_id"],
        "receipt_rule_id": next(iter(world.receipt_rules))["receipt_rule_id"],
        "message_id": others[-1].message_id if others else world.messages.id_of(sent),
        "original_message_id": world.messages.id_of(sent),
        "sms_campaign_id": 7_032,
        "campaign_id": 7_032,
        "mms_campaign_id": next(iter(world.mms_campaigns))["mms_campaign_id"],
        "email_campaign_id": next(iter(world.email_campaigns))["email_campaign_id"],
        "email_address_id": next(iter(world.email_addresses))["email_address_id"],
        "category_id": 4,
        "return_address_id": next(iter(world.return_addresses))["return_address_id"],
        "source": "sms_campaign",
        "source_id": "7032",
        "long_url_id": world.links.of("sms_campaign", 7_032)[0].id,
        "year": 2026,
        "month": 11,
        "type": "python",
        "filename": "export.csv",
        "country": "AU",
        "currency": "AUD",
        "q": "a",
        "dedicated_number": world.numbers.for_sale("AU")[0],
        "number_type": "10DLC",
        "country_code": "CA",
        "alpha_tag_id": next(iter(world.alpha_tags))["id"],
        "own_number_id": next(iter(world.own_numbers))["id"],
        "verification_id": world.own_numbers.begin("+61491570313", "AU", "")["id"],
        "default_sender_id": next(iter(world.default_senders))["id"],
        "product_type": "SMS",
        "rule_id": next(iter(world.stripped_strings))["rule_id"],
    }


def a_template(world: World, path: str) -> int:
    """A template of the kind that a path is about."""
    if path.startswith("/email/master-templates"):
        return 57
    templates = world.email_templates if path.startswith("/email/") else world.templates
    number: int = next(iter(templates))["template_id"]
    return number


JUNK = ("x", "", -1, 0, 10**30, 1.5, True, [], [1], [{}], {}, {"a": 1}, "\x00é")


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.id)
async def test_the_console_understands_every_answer(
    caller: Caller, world: World, operation: Operation[..., object]
) -> None:
    assert operation.effect is Effect.READ
    fields, known = operation.arguments.model_fields, existing(world, operation)
    arguments = {name: known[name] for name, field in fields.items() if field.is_required()}
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        await client.call(operation.bind(arguments), retry=False)


JUNK = ("x", "", -1, 0, 10**30, 1.5, True, [], [1], [{}], {}, {"a": 1}, "\x00é")


@pytest.mark.parametrize("operation", catalogue().values(), ids=lambda operation: operation.id)
def test_junk_is_refused_and_breaks_nothing(
    caller: Caller, world: World, operation: Operation[..., object]
) -> None:
    known = {name: str(value) for name, value in existing(world, operation).items()}
    wire = [info.serialization_alias or name for name, info in operation.arguments.model_fields.items()]
    for junk in JUNK:
        text = quote(str(junk), safe="") or "1"
        for path in (operation.path.format_map(known), re.sub(r"{\w+}", text, operation.path)):
            given = {name: junk for name in wire if name not in operation.path_names}
            if operation.method in ("GET", "DELETE"):
                answer = caller.ask(operation.method, path, **given)
            else:
                answer = caller.ask(operation.method, path, given)
            assert answer.status_code < 500, (junk, answer.text)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_in_a_message_is_refused_and_breaks_nothing(caller: Caller, junk: object) -> None:
    for field in SmsMessage.model_fields:
        message = {"to": CUSTOMER, "body": "Hi"} | {"from" if field == "sender" else field: junk}
        for path in ("/sms/price", "/sms/send"):
            answer = caller.ask("POST", path, {"messages": [message], "senders": [junk]})
            assert answer.status_code < 500, (field, answer.text)
