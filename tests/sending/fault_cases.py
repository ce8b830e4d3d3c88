"""Every way to send, meeting faults at its price or at its send, with the sandbox as the judge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.stage import playing
from tests.sending.conftest import PATIENCE, TurnableClock, account
from tests.sending.drafts import campaign_drafts, message_drafts
from tests.sending.fault_proxy import EARLIER_UNDONE, FAULTS, Fault, FaultProxy
from tui.api.client import ApiClient
from tui.api.operation import Request
from tui.core.errors import RateLimited, SendRefused, Unauthorized, Unreachable
from tui.sandbox.world import World
from tui.sending.draft import Draft
from tui.sending.operation import OperationDraft
from tui.sending.products import CAMPAIGNS, PRODUCTS
from tui.sending.quote import Quote
from tui.sending.result import Outcome, SendResult
from tui.sending.sender import CHANNELS, Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.sync.endpoint import Endpoints
from tui.sync.history import History
from tui.sync.other_channels import OtherChannels

IMPATIENCE = 0.2
"""Seconds that the client waits where no answer comes."""
CUSTOMER = "+61491570156"


class TwoPatiences(ApiClient):
    """Waits long for answers that come, and briefly for the next send or price that is told to be silent."""

    def __init__(self, url: str, clock: TurnableClock) -> None:
        options: dict[str, Any] = {"base_url": url, "clock": clock, "sleep": clock.sleep}
        super().__init__("demo", "demo", timeout=PATIENCE, **options)
        self._hasty = ApiClient("demo", "demo", timeout=IMPATIENCE, **options)
        self.hastily = ""
        """The id of the operation that is not waited for."""

    async def _perform(self, request: Request[Any], retry: bool) -> Any:
        if request.operation.id == self.hastily:
            return await self._hasty._perform(request, retry)
        return await super()._perform(request, retry)

    async def aclose(self) -> None:
        await self._hasty.aclose()
        await super().aclose()


@dataclass(frozen=True)
class Way:
    """One way to send or to spend. `draft` makes a draft that is like no other with its number; `record`
    tells what the sandbox has of it by now: a reference, or who it went to, once for each time.
    """

    name: str
    draft: Callable[[World, int], Draft]
    record: Callable[[Bench], list[str]] = field(repr=False)
    settles: bool = False
    """Whether a history shows our references, so that sync settles what is unknown."""
    key: Callable[[Outcome], str] = lambda outcome: ""
    """What stands for a message in the record; "" for what is told of as a whole."""


@dataclass
class Bench:
    """A console's store and sender before a sandbox, with a proxy between them."""

    world: World
    store: Store
    clock: TurnableClock
    proxy: FaultProxy
    client: TwoPatiences
    sender: Sender
    told: set[str] = field(default_factory=set)
    """What a person was told, for who wants to read it."""
    cases: int = 0

    async def sync(self) -> None:
        """Read the histories once, as sync does."""
        endpoints = Endpoints(self.client, self.clock, self.clock.sleep)
        await History(endpoints, self.store).poll()
        await OtherChannels(endpoints, self.store).poll()


@asynccontextmanager
async def bench(folder: Path) -> AsyncIterator[Bench]:
    """A new world, an empty store, and nothing spoiled."""
    clock = TurnableClock()
    world = World(messages=20, clock=clock, traffic=False)
    world.account.balance = Decimal(1_000_000)
    store = Store(folder / "store.db")
    store.write_now(save_account, account(str(world.account.balance)))
    try:
        with playing(world) as url:
            async with FaultProxy(url) as proxy, TwoPatiences(proxy.url, clock) as client:
                found = Bench(world, store, clock, proxy, client, Sender(client, store, clock))
                await found.sync()
                yield found
    finally:
        store.close()


# The ways


def _messages(channel: str) -> Way:
    log = {"email": "email_transactional", "letter": "post", "postcard": "postcards"}.get(channel, channel)
    product = PRODUCTS[channel]

    def draft(world: World, number: int) -> Draft:
        found = message_drafts(world)[channel]
        return replace(found, body=f"{found.body} {number}") if found.body else found

    def record(bench: Bench) -> list[str]:
        world = bench.world
        rows: Iterable[Any] = _texts(world) if channel == "sms" else world.channels[log].messages
        if product.has_reference:
            return [row.custom_string for row in rows]
        return [person["email"] for row in rows for person in row.details["to"]]

    def key(outcome: Outcome) -> str:
        return outcome.reference if product.has_reference else outcome.to

    return Way(channel, draft, record, settles=product.has_reference, key=key)


def _campaign(channel: str) -> Way:
    kept = {"sms": "campaigns", "direct mail": "direct_mail"}.get(channel, f"{channel}_campaigns")

    def draft(world: World, number: int) -> Draft:
        found = campaign_drafts(world)[channel]
        return replace(found, name=f"{found.name} {number}")

    def record(bench: Bench) -> list[str]:
        return [each["name"] for each in getattr(bench.world, kept)]

    return Way(f"{channel} campaign", draft, record)


def _operation(
    id: str,
    arguments: Callable[[World, int], Mapping[str, Any]],
    record: Callable[[Bench], list[str]],
    key: Callable[[Outcome], str] = lambda outcome: "",
) -> Way:
    def draft(world: World, number: int) -> Draft:
        return OperationDraft(id, arguments(world, number))

    return Way(id, draft, record, key=key)


def _text(world: World, number: int) -> Mapping[str, Any]:
    return {"messages": [{"to": to, "body": f"Hi {number}"} for to in (CUSTOMER, "+61491570157")]}


def _texted(bench: Bench) -> list[str]:
    return [each.number for each in _texts(bench.world)]


def _texts(world: World) -> Iterable[Any]:
    """SMS that left; replies come in by themselves."""
    return (each for each in world.messages.recent() if each.outbound)


def _number(world: World, number: int) -> Mapping[str, Any]:
    del world.numbers.rented[4:]  # There are not as many for sale as there are faults.
    return {"dedicated_number": world.numbers.for_sale("AU")[number % 5], "type": "sms"}


def _rented(bench: Bench) -> list[str]:
    return [row["dedicated_number"] for row in bench.world.numbers.rented]


def _paid(bench: Bench) -> list[str]:
    return [payment["invoice_number"] for payment in bench.world.billing.payments]


def _own_number(world: World, number: int) -> Mapping[str, Any]:
    return {"phone_number": f"+61491{570_200 + number}"}


def _own_numbers(bench: Bench) -> list[str]:
    return [row["phone_number"] for row in bench.world.own_numbers]


def _token(world: World, number: int) -> Mapping[str, Any]:
    return {"country": "AU", "user_phone": CUSTOMER, "type": "sms"}


def _tokens(bench: Bench) -> list[str]:
    return [str(number) for number in range(bench.proxy.reached["PUT /v3/account-verify/send"])]


WAYS: Mapping[str, Way] = {
    way.name: way
    for way in (
        *map(_messages, PRODUCTS),
        *map(_campaign, CAMPAIGNS),
        _operation("sms.send", _text, _texted, lambda outcome: outcome.to),
        _operation("numbers.buy", _number, _rented),
        _operation("recharge.purchase", lambda world, number: {"package_id": 2}, _paid),
        _operation("numbers.own_numbers_request_otp", _own_number, _own_numbers),
        _operation("account.verify_send", _token, _tokens),
    )
}


_WITHOUT_ID = frozenset(
    ("numbers.buy", "recharge.purchase", "numbers.own_numbers_request_otp", "account.verify_send")
)
"""What is answered without an id: an answer that a cache repeats cannot be told from a new one."""


def faults_for(way: Way) -> Sequence[Fault]:
    """The faults that can be told from nothing being wrong."""
    return [fault for fault in FAULTS if fault is not EARLIER_UNDONE or way.name not in _WITHOUT_ID]


# One case


async def at_send(bench: Bench, way: Way, faults: Sequence[Fault | None]) -> SendResult:
    """Price it, confirm it, let the requests to send meet these faults, and hold all against the sandbox."""
    draft = begin(bench, way)
    quote = await bench.sender.quote(draft)
    channel = CHANNELS[type(draft)]
    request = channel.send_request(draft, channel.outcomes(draft, quote.id))
    before, balance = Counter(way.record(bench)), bench.world.account.balance
    async with spoiled(bench, request, faults):
        result = await bench.sender.send(quote.confirm(quote.words))
    spent = let_pass(bench, balance)
    left = Counter(way.record(bench)) - before
    check_result(way, result, left)
    check_journal(bench, draft, result)
    assert abs(spent) == ((quote.total or abs(spent)) if left else 0), (spent, quote.total)
    if (fault := faults[-1]) is not None:
        check_fate(fault, result)
    say(bench, result.detail)
    return result


async def at_price(bench: Bench, way: Way, faults: Sequence[Fault | None]) -> bool:
    """Let the question for the price meet these faults: nothing leaves, and no wrong price is told. False
    where there is no such question.
    """
    draft = begin(bench, way)
    request = CHANNELS[type(draft)].price_request(draft)
    if request is None:
        return False
    before, balance, sends = (
        Counter(way.record(bench)),
        bench.world.account.balance,
        len(bench.store.outbox()),
    )
    quote: Quote | None = None
    async with spoiled(bench, request, faults):
        try:
            quote = await bench.sender.quote(draft)
        except (Unauthorized, RateLimited, Unreachable) as error:
            say(bench, str(error))
    assert (Counter(way.record(bench)), let_pass(bench, balance)) == (before, 0)
    assert len(bench.store.outbox()) == sends
    if quote is not None:
        await check_quote(bench, quote)
    return True


def begin(bench: Bench, way: Way) -> Draft:
    """The draft of one more case."""
    bench.cases += 1
    return way.draft(bench.world, bench.cases)


@asynccontextmanager
async def spoiled(bench: Bench, request: Request[Any], faults: Sequence[Fault | None]) -> AsyncIterator[None]:
    """Calls of an operation meet these faults, and are not waited for long where no answer comes."""
    name = f"{request.operation.method} /v3{request.path}"
    reached = bench.proxy.reached[name]
    silent = any(fault is not None and fault.silent for fault in faults)
    bench.client.hastily = request.operation.id if silent else ""
    bench.proxy.spoil(name, *faults)
    yield
    await bench.proxy.settled()
    bench.client.hastily = ""
    bench.proxy.spoil(name)
    assert bench.proxy.reached[name] - reached <= 1, "it reached the sandbox twice"


def let_pass(bench: Bench, balance: Decimal) -> Decimal:
    """Let seconds go by, in which the same may be sent again and campaigns go; what was spent meanwhile."""
    bench.clock.at += 10
    bench.world.catch_up()
    return balance - bench.world.account.balance


def check_result(way: Way, result: SendResult, left: Mapping[str, int]) -> None:
    """What is said of each message against what the sandbox has."""
    assert all(times == 1 for times in left.values()), f"sent twice: {left}"
    for outcome in result.outcomes:
        mine = way.key(outcome)
        times = left.get(mine, 0) if mine else len(left)
        match outcome.fate:
            case "accepted":
                assert times, f"told as accepted, and not there: {outcome}"
            case "rejected" | "not sent":
                assert not times, f"told as {outcome.fate}, and there: {outcome}"
    told = set(map(way.key, result.outcomes))
    assert "" in told or left.keys() <= told, f"nothing is said of {left.keys() - told}"


def check_journal(bench: Bench, draft: Draft, result: SendResult) -> None:
    """What is written down against what is said."""
    item = bench.store.outbox_item(result.outbox_id)
    assert item
    assert (item.state, item.detail) == (result.state, result.detail)
    rows = bench.store.sends.messages(result.outbox_id).page(0)
    assert [(row.state, row.message_id) for row in rows] == [
        (outcome.fate, outcome.message_id) for outcome in result.outcomes
    ]
    assert bench.sender.in_flight == 0
    assert not [item for item in bench.store.outbox() if item.state == "sending"]
    if not draft.in_threads:
        return
    for outcome in result.outcomes:
        thread = bench.store.thread(outcome.to).page(0, 10**6)
        states = [row.state for row in thread if row.custom_string == outcome.reference]
        assert states == ([] if outcome.fate == "not sent" else [outcome.fate])


def check_fate(fault: Fault, result: SendResult) -> None:
    """What the console must say after a fault."""
    if fault.fate == "as it was":
        assert {outcome.fate for outcome in result.outcomes} == {"accepted"}
        assert result.notes == ()
    elif fault.fate != "any":
        assert {outcome.fate for outcome in result.outcomes} == {fault.fate}


async def check_quote(bench: Bench, quote: Quote) -> None:
    """No price is better than a wrong one, and then a person has to say so."""
    for sentence in filter(None, (*quote.warnings, quote.refusal)):
        say(bench, sentence)
    if quote.refusal:
        return
    if quote.total is None:
        with pytest.raises(SendRefused):
            quote.confirm()
    else:
        assert quote.total == (await bench.sender.quote(quote.draft)).total


def say(bench: Bench, text: str) -> None:
    """A person is told this: sentences, without a trace of the program."""
    assert re.fullmatch(r"[A-Z0-9“+].*[.!?]", text, re.DOTALL), text
    assert not re.search(r"None|Error\b|Exception|Traceback|[{}<>]|\\x|  ", text), text
    bench.told.add(text)


async def check_settled(bench: Bench, way: Way, results: Sequence[SendResult]) -> None:
    """After a look at history, what happened and was unknown is accepted, and nothing was sent again."""
    asked, there = Counter(bench.proxy.reached), set(way.record(bench))
    await bench.sync()
    assert await bench.sender.recover() == []
    for result in results:
        rows = bench.store.sends.messages(result.outbox_id).page(0)
        for outcome, row in zip(result.outcomes, rows, strict=True):
            by_id = outcome.message_id and way.name in PRODUCTS
            happened = by_id or (way.settles and outcome.reference in there)
            expected = "accepted" if outcome.fate == "unknown" and happened else outcome.fate
            assert row.state == expected, (outcome, row)
    new = bench.proxy.reached - asked
    assert all(name.startswith("GET ") for name in new), new
