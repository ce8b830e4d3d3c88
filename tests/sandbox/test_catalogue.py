"""Every declared operation is answered, in a way that the console's own models understand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.arguments import existing
from tests.sandbox.caller import CUSTOMER, Caller
from tui.api.client import ApiClient
from tui.api.models.sms import SmsMessage
from tui.api.operation import Effect, Operation, catalogue
from tui.sandbox.clock import ManualClock
from tui.sandbox.registry import all_handlers
from tui.sandbox.server import running
from tui.sandbox.world import World

READS = [operation for operation in catalogue().values() if operation.method == "GET"]
WRITES = [operation for operation in catalogue().values() if operation.method != "GET"]


@pytest.fixture(scope="module")
def quiet_world() -> World:
    """One world for all tests that change nothing in it: to build one takes longer than they do."""
    return World(clock=ManualClock(), traffic=False)


@pytest.fixture(scope="module")
def quiet_url(quiet_world: World) -> Iterator[str]:
    with running(quiet_world) as url:
        yield url


@pytest.fixture(scope="module")
def stranger(quiet_url: str) -> Iterator[Caller]:
    stranger = Caller(quiet_url, username="")
    yield stranger
    stranger.close()


@pytest.fixture(scope="module")
def reader(quiet_url: str) -> Iterator[Caller]:
    reader = Caller(quiet_url)
    yield reader
    reader.close()


def test_there_is_a_handler_for_every_operation_and_no_other() -> None:
    assert set(all_handlers()) == set(catalogue())


@pytest.mark.parametrize("operation", catalogue().values(), ids=lambda operation: operation.id)
def test_every_route_is_served(stranger: Caller, operation: Operation[..., object]) -> None:
    """Without a key every operation is there and refuses, but for those that need none."""
    path = re.sub(r"{\w+}", "1", operation.path)
    answer = stranger.ask(operation.method, path)
    assert answer.status_code in ((200, 400, 404) if operation.public else (401,))


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.id)
async def test_the_console_understands_every_answer(
    quiet_url: str, quiet_world: World, operation: Operation[..., object]
) -> None:
    assert operation.effect is Effect.READ
    fields, known = operation.arguments.model_fields, existing(quiet_world, operation)
    arguments = {name: known[name] for name, field in fields.items() if field.is_required()}
    async with ApiClient("demo", "demo", base_url=quiet_url) as client:
        await client.call(operation.bind(arguments), retry=False)


JUNK = ("x", "", -1, 0, 10**30, 1.5, True, [], [1], [{}], {}, {"a": 1}, "\x00é")


@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.id)
def test_a_question_of_junk_is_refused_and_breaks_nothing(
    reader: Caller, quiet_world: World, operation: Operation[..., object]
) -> None:
    give_junk(reader, quiet_world, operation)


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.id)
def test_junk_is_refused_and_breaks_nothing(
    caller: Caller, world: World, operation: Operation[..., object]
) -> None:
    give_junk(caller, world, operation)


def give_junk(caller: Caller, world: World, operation: Operation[..., object]) -> None:
    """Junk for every argument, at a path that is there and at one that is junk too."""
    known = {name: str(value) for name, value in existing(world, operation).items()}
    wire = [info.serialization_alias or name for name, info in operation.arguments.model_fields.items()]
    for junk in JUNK:
        text = quote(str(junk), safe="") or "1"
        given = {name: junk for name in wire if name not in operation.path_names}
        for path in dict.fromkeys((operation.path.format_map(known), re.sub(r"{\w+}", text, operation.path))):
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
