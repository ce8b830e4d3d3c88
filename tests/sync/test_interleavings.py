"""However changes at ClickSend and polls interleave, the store ends as after one quiet look at the end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sync.desk import ANA, BOB, Desk, desk
from tui.store.database import Store

Step = tuple[str, int]

CHANGES: dict[str, Callable[[Desk, int], object]] = {
    "arrive": lambda found, n: [found.arrive((ANA, BOB)[i % 2], f"in {n} {i}") for i in range(n)],
    "leave": lambda found, n: [found.leave((ANA, BOB)[i % 2], f"out {n} {i}") for i in range(n)],
    "schedule": lambda found, n: found.leave(BOB, f"later {n}", schedule=int(found.time.now()) + 10 * n),
    "read elsewhere": lambda found, _: found.world.inbound.mark(None),
    "receipts elsewhere": lambda found, _: found.world.receipts.mark(None),
    "rule": lambda found, _: found.world.inbound_rules.create({"action": "POLL"}),
    "time": lambda found, n: found.time.turn(n),
}
"""What happens at ClickSend or to the clock, by name; the number says how much of it."""
POLLS = ("inbound", "history", "receipts")

EXAMPLES = 6 if settings.default.max_examples < 1000 else 100
"""Each is as long as another test; many with `--hypothesis-profile=long`."""

amounts = st.sampled_from((1, 2, 7, 40, 130))
steps = st.lists(
    st.tuples(st.sampled_from((*CHANGES, *POLLS, "again", "while reading")), amounts), max_size=14
)


async def take(found: Desk, step: Step, rest: list[Step]) -> None:
    """Take a step; "while reading" leaves the next change to the moment of the next request."""
    name, amount = step
    if name in CHANGES:
        CHANGES[name](found, amount)
        await found.rest()
    elif name in POLLS:
        await found.refresh(name)
    elif name == "again":
        await found.sync.stop()
        found.new_sync()
        await found.start()
    elif rest and rest[0][0] in CHANGES and rest[0][0] != "time":
        change, many = rest.pop(0)
        found.client.before = lambda _request: happen(found, change, many)


def happen(found: Desk, change: str, many: int) -> None:
    """A change in the moment in which a request leaves, once."""
    found.client.before = lambda _request: None
    CHANGES[change](found, many)


def told(store: Store) -> dict[str, object]:
    """What ClickSend can tell. Whether a message was read that is not listed any more, it cannot."""
    rows = store.conversations("all").page(0, 10_000)
    messages = [message for row in rows for message in store.thread(row.counterpart).page(0, 10_000)]
    facts = {m.id: (m.counterpart, m.direction, m.body, m.at, m.state, m.sender, m.price) for m in messages}
    lasts = {row.counterpart: (row.last_at, row.last_state, row.last_direction, row.number) for row in rows}
    return {"messages": facts, "conversations": lasts, "count": len(messages)}


def unread(store: Store, ids: set[str]) -> set[str]:
    """Which of these messages count as unread."""
    return {id for id in ids if (message := store.message(id)) is not None and not message.read}


async def settle(found: Desk) -> None:
    """Until nothing more is to come, however late it is told."""
    found.client.before = lambda _request: None
    for _ in range(3):
        await found.turn(1500)
        for poll in POLLS:
            await found.refresh(poll)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps)
async def test_every_interleaving_ends_in_the_same_store(plan: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with desk(Path(folder), messages=250) as found:
            await found.start()
            rest = list(plan)
            while rest:
                await take(found, rest.pop(0), rest)
            await settle(found)
            await found.sync.stop()
            quiet = Store(Path(folder) / "quiet.db")
            polled, found.store = found.store, quiet
            found.new_sync()
            await found.start()
            await found.sync.stop()
            listed = {
                found.world.messages.id_of(found.world.messages[i]) for i in found.world.inbound.unread()
            }
            try:
                assert told(polled) == told(quiet)
                assert unread(polled, listed) == unread(quiet, listed) == listed
            finally:
                quiet.close()
                found.store = polled
