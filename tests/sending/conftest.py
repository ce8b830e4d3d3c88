"""A sender with a real store and a real client, in front of a ClickSend that can be made to fail."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sandbox.stage import playing
from tests.sending.faulty import Fault, FaultyClickSend
from tui.api.client import ApiClient
from tui.sandbox import faults
from tui.sandbox.world import World
from tui.sending.draft import Draft, MessageDraft
from tui.sending.quote import Confirmation
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store
from tui.store.rows import AccountFacts

NOW = 1_793_000_000
PATIENCE = 30.0
"""Seconds that the client waits for an answer: longer than any takes that comes, on a busy machine too."""
SILENT = {Fault.SILENT_DONE, Fault.SILENT_UNDONE, faults.Fault.HANGS}
"""The faults that a client can only end by giving up."""

ADA, BOB = "+61411111111", "+61422222222"
DRAFT = MessageDraft.sms((ADA, BOB), "See you at nine.", sender="+61447100250")
REPLY = MessageDraft.sms((ADA,), "See you at nine.")


@dataclass
class TurnableClock:
    """Stands still but for those who sleep."""

    at: float = NOW

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


def account(balance: str | None = "100.000000", **facts: object) -> AccountFacts:
    """The account as sync has just read it."""
    return AccountFacts(
        **{
            "username": "ada",
            "balance": None if balance is None else Decimal(balance),
            "currency_code": "AUD",
            "currency_symbol": "$",
            "country": "AU",
            "message_part_limit": 8,
            "at": NOW,
        }
        | facts  # type: ignore[arg-type]
    )


async def confirmed(sender: Sender, draft: Draft = DRAFT) -> Confirmation:
    """A draft, priced and said yes to."""
    return (await sender.quote(draft)).confirm()


def states(store: Store, *numbers: str) -> list[str]:
    """The state of the newest message to each number; "none" without one."""
    found = []
    for number in numbers:
        rows = store.thread(number).page(0)
        found.append(rows[-1].state if rows else "none")
    return found


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock()


@pytest.fixture
async def clicksend() -> AsyncIterator[FaultyClickSend]:
    server = FaultyClickSend()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def fault() -> None:
    """What goes wrong: nothing, unless a test has it as a parameter."""


@pytest.fixture
def patience(fault: object) -> float:
    """Only where no answer comes is the wait for it short."""
    return 1.0 if fault in SILENT else PATIENCE


@pytest.fixture
async def client(
    clicksend: FaultyClickSend, clock: TurnableClock, patience: float
) -> AsyncIterator[ApiClient]:
    async with ApiClient(
        "ada", "KEY", base_url=clicksend.url, timeout=patience, clock=clock, sleep=clock.sleep
    ) as client:
        yield client


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")
    store.write_now(save_account, account())
    yield store
    store.close()


@pytest.fixture
def world(clock: TurnableClock) -> World:
    """An account in the sandbox."""
    return World(messages=50, clock=clock, traffic=False)


@pytest.fixture
async def to_sandbox(
    world: World, store: Store, clock: TurnableClock, patience: float
) -> AsyncIterator[Sender]:
    """A sender in front of that account."""
    store.write_now(save_account, account(str(world.account.balance)))
    with playing(world) as url:
        async with ApiClient(
            "demo", "demo", base_url=url, timeout=patience, clock=clock, sleep=clock.sleep
        ) as client:
            yield Sender(client, store, clock)


@pytest.fixture
def sender(client: ApiClient, store: Store, clock: TurnableClock) -> Sender:
    return Sender(client, store, clock)
