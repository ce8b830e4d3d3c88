"""Sync: keeps the store up to date with ClickSend, and says how that goes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from tui.api.pacing import Sleep
from tui.core.clock import Clock
from tui.core.errors import (
    ConsoleError,
    Forbidden,
    NotFound,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from tui.sync.endpoint import Endpoints
from tui.sync.history import History
from tui.sync.marks import Marks
from tui.sync.other_channels import OtherChannels
from tui.sync.polls import Polls

if TYPE_CHECKING:
    from tui.api.client import ApiClient
    from tui.store.database import Change, Store

INTERVALS: Mapping[str, float] = {
    "account": 60.0,
    "inbound": 10.0,
    "history": 30.0,
    "receipts": 15.0,
    "campaigns": 60.0,
    "contacts": 300.0,
    "templates": 300.0,
    "rules": 300.0,
    "statistics": 600.0,
    "channels": 60.0,
}
"""Seconds between two polls."""

REFRESHED_BY: Mapping[str, tuple[str, ...]] = {
    "conversations": ("inbound", "history"),
    "messages": ("inbound", "history"),
    "receipts": ("receipts", "history"),
    "lists": ("contacts",),
    "outbox": ("history", "channels"),
}
"""Topics of the store that do not have a poll of the same name."""

_CORE = frozenset({"account", "inbound", "history", "receipts"})
"""What the header speaks of. Trouble with other polls is told where their things are shown."""
UNWATCHED = 4.0
"""How many times longer polls rest while nobody looks at the terminal."""
_IDLE = 60.0
"""Seconds after which marks and old history are looked after without being woken."""
_LONGEST_BACK_OFF = 300.0
_LONGEST_OFFLINE = 60.0
_LONGEST_REFUSED = 3600.0

Kind = Literal["starting", "live", "backing off", "offline"]


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How sync is doing: since when, until when it waits, and why, in words."""

    kind: Kind
    since: float
    until: float | None = None
    message: str = ""


@dataclass(slots=True)
class _Poll:
    """One thing that is done again and again."""

    name: str
    run: Callable[[], Awaitable[None]]
    rest: Callable[[], float]
    """Seconds to wait after it went well, when somebody looks."""
    wanted: asyncio.Event = field(default_factory=asyncio.Event)
    hurried: asyncio.Event = field(default_factory=asyncio.Event)
    """Its next time has come nearer while it rests."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Replaced by another one each time that it is set."""
    problem: ConsoleError | None = None
    failures: int = 0
    answered: bool = False
    due_at: float = 0.0
    """When it is next done if somebody looks."""
    next_at: float = 0.0
    """When it is next done."""

    @property
    def is_unreachable(self) -> bool:
        return isinstance(self.problem, Unreachable)


class Sync:
    """Polls ClickSend through `client` and merges into `store` until it is stopped.

    `intervals` are seconds by poll, see INTERVALS. `on_status` is called on the event loop at every change.
    With `read_only` nothing is marked read at ClickSend.
    """

    def __init__(
        self,
        client: ApiClient,
        store: Store,
        clock: Clock,
        intervals: Mapping[str, float] = INTERVALS,
        *,
        read_only: bool = False,
        on_status: Callable[[SyncStatus], None] = lambda status: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._on_status = on_status
        self._sleep = sleep
        endpoints = Endpoints(client, clock, sleep)
        self._polls = {
            poll.name: poll for poll in _polls(endpoints, store, clock, {**INTERVALS, **intervals}, read_only)
        }
        self._tasks: list[asyncio.Task[None]] = []
        self._unsubscribe: Callable[[], None] = lambda: None
        self._probe: _Poll | None = None
        self._watched = True
        self.status = SyncStatus("starting", clock.now())

    @property
    def problems(self) -> dict[str, ConsoleError]:
        """What is wrong with which poll."""
        return {name: poll.problem for name, poll in self._polls.items() if poll.problem}

    def start(self) -> None:
        """Begin to poll, all at once."""
        if not self._tasks:
            self._unsubscribe = self._store.subscribe(self._store_changed)
            for poll in self._polls.values():
                task = asyncio.create_task(self._repeat(poll))
                task.add_done_callback(partial(self._crashed, poll))
                self._tasks.append(task)

    async def stop(self) -> None:
        """End all polls. What they have read is in the store; the rest is read again next time."""
        self._unsubscribe()
        tasks, self._tasks, self._unsubscribe = self._tasks, [], lambda: None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def refresh(self, *topics: str) -> None:
        """Poll these now (topics of the store or names of polls; all, without any), limits permitting."""
        names = {name for topic in topics or INTERVALS for name in REFRESHED_BY.get(topic, (topic,))}
        for name in names & self._polls.keys():
            self._polls[name].wanted.set()
        if self._probe is not None:
            self._probe.wanted.set()

    async def renewed(self, name: str) -> None:
        """Poll this now, and wait until it was answered. Raises the error that it met."""
        if (probe := self._probe) is not None:
            probe.wanted.set()
            await probe.ended.wait()
            if self._probe is not None and probe.problem is not None:
                raise probe.problem
        poll = self._polls[name]
        poll.wanted.set()
        await poll.ended.wait()
        if poll.problem is not None:
            raise poll.problem

    @property
    def watched(self) -> bool:
        """Whether somebody looks: when nobody does, polls come less often."""
        return self._watched

    @watched.setter
    def watched(self, watched: bool) -> None:
        self._watched = watched
        if watched:
            for poll in self._polls.values():
                if poll.due_at < poll.next_at:
                    poll.next_at = poll.due_at
                    poll.hurried.set()

    def _store_changed(self, change: Change) -> None:
        if "marks" in change.topics:
            self.refresh("marks")
        if "progress" in change.topics:
            self.refresh("old history")

    def _crashed(self, poll: _Poll, task: asyncio.Task[None]) -> None:
        """A poll that a fault of this program ended is not done again: that must not look well."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        words = f"A fault of this program ended the reading of {poll.name}."
        poll.problem = ConsoleError(words, hint="Start it again; its log tells more.")
        poll.ended.set()
        self._tell()
        task.get_loop().call_exception_handler({"message": words, "exception": error, "task": task})

    # One poll

    async def _repeat(self, poll: _Poll) -> None:
        while True:
            poll.wanted.clear()
            try:
                await poll.run()
            except ConsoleError as error:
                self._failed(poll, error)
            else:
                self._succeeded(poll)
            self._tell()
            poll.ended.set()
            poll.ended = asyncio.Event()
            await self._rest(poll)
            while self._probe is not None and self._probe is not poll:
                poll.next_at = self._clock.now() + _LONGEST_OFFLINE
                poll.wanted.clear()
                await self._rest(poll)

    def _succeeded(self, poll: _Poll) -> None:
        poll.problem, poll.failures, poll.answered = None, 0, True
        now, seconds = self._clock.now(), poll.rest()
        poll.due_at = now + seconds
        poll.next_at = poll.due_at if self._watched else now + seconds * UNWATCHED
        self._reached()

    def _failed(self, poll: _Poll, error: ConsoleError) -> None:
        poll.problem = error
        poll.failures += 1
        poll.answered = poll.answered or isinstance(error, Forbidden | NotFound)
        poll.due_at = poll.next_at = self._clock.now() + _back_off(error, poll.failures)
        if not isinstance(error, Unreachable):
            self._reached()
        elif self._probe is None:
            self._probe = poll  # It alone looks from now on whether the network is back.

    def _reached(self) -> None:
        """The network is there: whoever was stopped for the want of it goes on at once."""
        if self._probe is not None:
            self._probe = None
            for poll in self._polls.values():
                if not isinstance(poll.problem, RateLimited):
                    poll.wanted.set()

    async def _rest(self, poll: _Poll) -> None:
        """Until its next time, or until it is wanted; what ClickSend asked to wait is waited in full."""
        while True:
            poll.hurried.clear()
            ends: list[asyncio.Future[Any]] = [
                asyncio.ensure_future(self._sleep(max(0.0, poll.next_at - self._clock.now())))
            ]
            if not isinstance(poll.problem, RateLimited):
                ends += [asyncio.ensure_future(event.wait()) for event in (poll.wanted, poll.hurried)]
            try:
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for end in ends:
                    end.cancel()
            if not poll.hurried.is_set() or poll.wanted.is_set():
                return

    # Status

    def _tell(self) -> None:
        status = self._status()
        if status != self.status:
            self.status = status
            self._on_status(status)

    def _status(self) -> SyncStatus:
        trouble = list(self._trouble())
        offline = [poll for poll in trouble if poll.is_unreachable]
        core = [self._polls[name] for name in _CORE]
        kind: Kind
        if offline:
            kind, trouble = "offline", offline
        elif trouble:
            kind = "backing off"
        else:
            kind = "live" if all(poll.answered for poll in core) else "starting"
        return SyncStatus(
            kind,
            self.status.since if kind == self.status.kind else self._clock.now(),
            min((poll.next_at for poll in trouble), default=None),
            str(trouble[0].problem) if trouble else "",
        )

    def _trouble(self) -> Iterator[_Poll]:
        for poll in self._polls.values():
            # Every key may read its account: where that is refused, it is the account that is.
            is_refused = isinstance(poll.problem, Forbidden | NotFound) and poll.name != "account"
            if poll.is_unreachable or (poll.problem and poll.name in _CORE and not is_refused):
                yield poll


def _polls(
    endpoints: Endpoints, store: Store, clock: Clock, intervals: Mapping[str, float], read_only: bool
) -> Iterator[_Poll]:
    polls, history = Polls(endpoints, store), History(endpoints, store)

    def every(name: str) -> Callable[[], float]:
        return lambda: intervals[name] * _jitter()

    yield _Poll("inbound", polls.inbound, every("inbound"))
    yield _Poll("history", history.poll, every("history"))
    yield _Poll("account", polls.account, every("account"))
    yield _Poll("rules", polls.rules, every("rules"))
    yield _Poll("receipts", polls.receipts, every("receipts"))
    yield _Poll("campaigns", polls.campaigns, every("campaigns"))
    yield _Poll("contacts", polls.contacts, every("contacts"))
    yield _Poll("templates", polls.templates, every("templates"))
    yield _Poll("statistics", polls.statistics, every("statistics"))
    yield _Poll("channels", OtherChannels(endpoints, store).poll, every("channels"))
    yield _Poll("old history", history.read_rest, lambda: _IDLE)
    if not read_only:
        marks = Marks(endpoints, store, clock)
        yield _Poll("marks", marks.make, lambda: marks.seconds_to_next(_IDLE))


def _back_off(error: ConsoleError, failures: int) -> float:
    """Seconds until the next attempt."""
    doubled = 2.0 ** min(failures, 10)
    match error:
        case RateLimited():
            return error.retry_after + _jitter()
        case Unreachable():
            return min(doubled, _LONGEST_OFFLINE) * _jitter()
        case Unauthorized() | Forbidden() | NotFound():
            return min(30 * doubled, _LONGEST_REFUSED) * _jitter()
    return min(5 * doubled, _LONGEST_BACK_OFF) * _jitter()


def _jitter() -> float:
    return random.uniform(0.9, 1.1)  # noqa: S311  spreads polls, guards nothing
