"""Kills large sends at random moments, restarts them, and asks the sandbox what each recipient got.

python -m tests.bench.killed_sends --kills 500 --messages 5000
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from tests.bench.bulk import RichSandbox, write_file
from tui.api.client import ApiClient
from tui.core.clock import SystemClock
from tui.sending.bulk import BulkSender
from tui.sending.draft import MessageDraft
from tui.sending.preparing import FileSource
from tui.sending.table import look
from tui.store.database import Store
from tui.store.messages import local_id

SENT_WITHIN = 0.4
"""Seconds after which a process is killed at the latest that sends."""
BATCH = 100
"""Messages of one request: of more, a whole send would be in flight at once."""
FINAL = ("accepted", "rejected", "unknown", "not sent")


async def go_on(url: str, path: Path, file: Path, text: str) -> None:
    """What a console does that is started again: look what became of the send, and bring it to its end."""
    store = Store(path)
    with closing(store):
        async with ApiClient("demo", "demo", base_url=url) as client:
            bulk = BulkSender(client, store, SystemClock(), most=BATCH)
            await bulk.recover()
            unfinished = [item for item in store.outbox() if item.state not in FINAL]
            for item in unfinished:
                if item.state == "paused":
                    await bulk.resume(item.id)
                    return
                assert await bulk.discard(item.id), item
            found = await bulk.prepare(FileSource(look(file)), MessageDraft("sms", (), text), country="AU")
            quote = await bulk.price(found.outbox_id)
            await bulk.send(quote.confirm(quote.words))


def kill_one(url: str, path: Path, file: Path, text: str, seconds: float) -> bool:
    """Start a process that goes on with the send, and kill it after so long; False if it had ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            asyncio.run(go_on(url, path, file, text))
            code = 0
        finally:
            os._exit(code)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, "the process failed by itself"
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def moment(path: Path) -> str:
    """In which state the newest send was found after a kill."""
    store = Store(path)
    with closing(store):
        item = max(store.outbox(), key=lambda item: item.created_at, default=None)
        if item is None:
            return "nothing yet"
        in_flight = store.sends.counts(item.id).get("in flight", 0)
        return f"{item.state}, messages in flight" if in_flight else item.state


def finished(path: Path) -> int:
    """How many sends have come to their end."""
    store = Store(path)
    with closing(store):
        return sum(item.state in FINAL for item in store.outbox())


def judge(path: Path, taken: Mapping[str, int], readable: int) -> Counter[str]:
    """Hold what the store says of each message against what the sandbox took; the states of all messages."""
    states: Counter[str] = Counter()
    known: set[str] = set()
    store = Store(path)
    with closing(store):
        for item in store.outbox():
            recipients: Counter[str] = Counter()
            rows = store.sends.messages(item.id).page(0, 10**6)
            for row in rows:
                reference = local_id(item.id, row.number)
                known.add(reference)
                times = taken.get(reference, 0)
                states[row.state] += 1
                recipients[row.recipient] += times
                match row.state:
                    case "accepted":
                        assert times == 1, (item.id, row, times)
                    case "unknown":
                        assert times <= 1, (item.id, row, times)
                    case _:
                        assert times == 0, (item.id, row, times)
            if item.state in FINAL:
                assert max(recipients.values()) <= 1, item.id
                assert sum(row.state in ("accepted", "unknown") for row in rows) == readable, item.id
    strange = taken.keys() - known
    assert not strange, f"the sandbox took messages that the store does not know: {sorted(strange)[:3]}"
    return states


def survive(kills: int, messages: int, seed: int) -> list[str]:
    """Kill so many times; raises AssertionError when a message was sent twice or its state is not true."""
    chance, moments, number = random.Random(seed), Counter[str](), 0
    server = RichSandbox()
    with tempfile.TemporaryDirectory() as folder:
        path, file = Path(folder) / "store.sqlite3", Path(folder) / "people.csv"
        write_file(file, messages)
        began = time.monotonic()
        assert not kill_one(server.url, path, file, "0: the first, to its end", 600.0)
        # Until it is confirmed a process starts anew each time: most are killed while they read or price.
        whole = time.monotonic() - began
        start = 0
        while number < kills:
            start += 1
            confirmed = is_confirmed(path)
            # No two sends alike, which ClickSend would refuse: the one before may turn out to have ended.
            text = f"{start}: hi (First name), your order (Order) is ready in (Town)."
            seconds = chance.uniform(0.02, SENT_WITHIN if confirmed else whole)
            if kill_one(server.url, path, file, text, seconds):
                number += 1
                moments[moment(path)] += 1
        while kill_one(server.url, path, file, "the end", 120.0):
            raise AssertionError("the last send did not end")
        taken = server.end()
        sends = finished(path)
        readable = ready(path)
        states = judge(path, Counter(reference for _, reference in taken), readable)
    told = ", ".join(f"{count:,} {state}" for state, count in states.most_common())
    return [
        f"{number} kills in {sends} sends of {messages:,} rows, {readable:,} of them to be sent to:"
        " none twice, none without a true state",
        f"found after the kills: {', '.join(f'{count} {state}' for state, count in moments.most_common())}",
        f"messages: {told}; the sandbox took {len(taken):,}",
    ]


def is_confirmed(path: Path) -> bool:
    """Whether a send is confirmed and not at its end."""
    return path.exists() and moment(path).startswith(("confirmed", "sending", "paused"))


def ready(path: Path) -> int:
    """How many rows of the file can be sent to."""
    store = Store(path)
    with closing(store):
        item = next(item for item in store.outbox() if item.state in FINAL)
        return int(item.quote["accepted"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for line in survive(chosen.kills, chosen.messages, chosen.seed):
        sys.stdout.write(f"{line}\n")
