"""Every declared operation is answered, in a way that the console's own models understand."""

from __future__ import annotations

import re

import pytest

from tests.sandbox.caller import Caller
from tui.api.client import ApiClient
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
    assert answer.status_code in ((200, 400) if operation.public else (401,))


def arguments(world: World, operation: Operation[..., object]) -> dict[str, object]:
    """Arguments that exist in the world."""
    sent = next(m for m in world.messages if m.outbound and world.messages.answer_to(m))
    found = {
        "list_id": next(iter(world.lists))["list_id"],
        "contact_id": next(iter(world.contacts))["contact_id"],
        "template_id": next(iter(world.templates))["template_id"],
        "inbound_rule_id": next(iter(world.inbound_rules))["inbound_rule_id"],
        "receipt_rule_id": next(iter(world.receipt_rules))["receipt_rule_id"],
        "message_id": world.messages.id_of(sent),
        "original_message_id": world.messages.id_of(sent),
        "sms_campaign_id": 7_032,
        "campaign_id": 7_032,
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
    }
    fields = operation.arguments.model_fields
    return {name: found[name] for name, field in fields.items() if field.is_required()}


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.id)
async def test_the_console_understands_every_answer(
    caller: Caller, world: World, operation: Operation[..., object]
) -> None:
    assert operation.effect is Effect.READ
    async with ApiClient("demo", "demo", base_url=caller.url) as client:
        await client.call(operation.bind(arguments(world, operation)), retry=False)
