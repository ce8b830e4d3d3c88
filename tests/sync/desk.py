"""A console's store and sync in front of a sandbox, over a real socket, with a clock that tests turn."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from tests.sandbox.stage import playing
from tui.api.client import ApiClient
from tui.api.operation import Request
from tui.sandbox import delivery
from tui.sandbox.message import Message as Sent
from tui.sandbox.world import World
from tui.store.database import Change, Store
from tui.store.rows import Message
from tui.sync.engine import INTERVALS, Sync, SyncStatus

T = TypeVar("T")

ANA = "+61411222333"
BOB = "+61422333444"
OURS = "+61437085284"
LONGEST = 30.0
"""Seconds after which something that a test waits for will not happen any more."""


class TurnableTime:
    """A clock, and a sleep that ends when the clock is turned far enough."""

    def __init__(self, start: float = 1_793_674_800) -> None:
        self._now = float(start)
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._ticket = count()
        self.changed = asyncio.Event()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        entry = (self._now + seconds, next(self._ticket), asyncio.get_running_loop().create_future())
        heapq.heappush(self._sleepers, entry)
        self.changed.set()
        try:
            await entry[2]
        finally:
            if entry in self._sleepers:
                self._sleepers.remove(entry)
                heapq.heapify(self._sleepers)

    @property
    def sleepers(self) -> int:
        return len(self._sleepers)

    def turn(self, seconds: float) -> None:
        """Let time pass; who slept until then wakes up."""
        self._now += seconds
        while self._sleepers and self._sleepers[0][0] <= self._now:
            _, _, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                sleeper.set_result(None)


class SpiedClient(ApiClient):
    """The client, which notes every call and lets a test interfere before it leaves."""

    def __init__(self, url: str, time: TurnableTime, **options: Any) -> None:
        super().__init__("demo", "demo", base_url=url, clock=time, sleep=time.sleep, **options)
        self.calls: list[Request[Any]] = []
        self.answered = asyncio.Event()
        self.before: Callable[[Request[Any]], object] = lambda request: None
        self.most_at_once: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()

    async def call(self, request: Request[T], *, retry: bool = True) -> T:
        name = request.operation.id
        self._under_way[name] += 1
        self.most_at_once[name] = max(self.most_at_once[name], self._under_way[name])
        self.calls.append(request)
        try:
            self.before(request)
            return await super().call(request, retry=retry)
        finally:
            self._under_way[name] -= 1
            self.answered.set()

    def of(self, operation_id: str) -> list[Request[Any]]:
        return [call for call in self.calls if call.operation.id == operation_id]


class Desk:
    """All that a test of sync needs."""

    def __init__(self, world: World, time: TurnableTime, client: SpiedClient, store: Store) -> None:
        self.world = world
        self.time = time
        self.client = client
        self.store = store
        self.statuses: list[SyncStatus] = []
        self.changes: list[Change] = []
        store.subscribe(self.changes.append)
        self.sync = self.new_sync()

    def new_sync(self, *, read_only: bool = False) -> Sync:
        """Another sync on the same store, as after a restart."""
        self.polls = len(INTERVALS) + (1 if read_only else 2)
        self.sync = Sync(
            self.client,
            self.store,
            self.time,
            read_only=read_only,
            on_status=self.statuses.append,
            sleep=self.time.sleep,
        )
        return self.sync

    async def rest(self) -> None:
        """Until every poll waits for its next time."""
        for _ in range(10):  # Who was just woken, or told of a change, still counts as asleep.
            await asyncio.sleep(0)
        async with asyncio.timeout(LONGEST):
            while self.time.sleepers < self.polls:
                self.time.changed.clear()
                await self.time.changed.wait()

    async def start(self) -> None:
        """Start to sync, and wait until everything was read once."""
        self.sync.start()
        await self.rest()

    async def turn(self, seconds: float) -> None:
        """Let time pass, and what is due be done."""
        self.time.turn(seconds)
        await self.rest()

    async def refresh(self, *topics: str) -> None:
        """Ask for a poll, and wait until it is over."""
        before = len(self.client.calls)
        self.sync.refresh(*topics)
        async with asyncio.timeout(LONGEST):
            while len(self.client.calls) == before:
                self.client.answered.clear()
                await self.client.answered.wait()
        await self.rest()

    def arrive(self, number: str = ANA, body: str = "Hello") -> str:
        """Somebody writes to us; the message's id."""
        message = self.world.replies.receive(number, body, int(self.time.now()))
        return self.world.messages.id_of(message)

    def leave(self, number: str = ANA, body: str = "Hi", *, schedule: int = 0, reference: str = "") -> str:
        """A message is sent with another program; its id."""
        now = int(self.time.now())
        message = self.world.messages.append(
            Sent(True, now, number, OURS, body, "AU", "", schedule=schedule, custom_string=reference)
        )
        delivery.accept(self.world, message)
        return self.world.messages.id_of(message)

    def thread(self, number: str = ANA) -> list[Message]:
        return list(self.store.thread(number).page(0, 1000))

    def kept(self) -> set[str]:
        """The ids of all messages in the store."""
        rows = self.store.conversations("all").page(0, 100_000)
        return {message.id for row in rows for message in self.thread(row.counterpart)}

    def there(self) -> set[str]:
        """The ids of all messages at ClickSend."""
        return {self.world.messages.id_of(message) for message in self.world.messages}

    def told(self, topic: str) -> set[str]:
        """All keys that subscribers were told of a topic."""
        return {key for change in self.changes for key in change.of(topic)}


@asynccontextmanager
async def desk(folder: Path, *, rate_limit: bool = False, **world: Any) -> AsyncIterator[Desk]:
    """A desk in front of a world with these properties (an empty one with its POLL rules, without any)."""
    time = TurnableTime()
    place = World(clock=time, **({"messages": 0, "traffic": False} | world))
    if not len(place.inbound_rules) and world.get("rules", True):
        place.inbound_rules.create({"action": "POLL"})
        place.receipt_rules.create({"action": "POLL"})
    with playing(place, rate_limit=rate_limit) as url:
        async with SpiedClient(url, time) as client:
            store = Store(folder / "store.db")
            found = Desk(place, time, client, store)
            try:
                yield found
            finally:
                await found.sync.stop()
                store.close()
