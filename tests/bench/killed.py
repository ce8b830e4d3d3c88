"""Kills a sync at random moments, and holds what it leaves against one that was not interrupted.

python -m tests.bench.killed --kills 200 --messages 20000
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.bench.sync import read_all, sandbox
from tui.store import facts
from tui.store.database import Store

LONGEST = 1.5
"""Seconds after which a sync is killed at the latest."""
_KEPT = {
    "message": "id, counterpart, direction, body, at, state, price, parts, sender, read, listed",
    "conversation": "counterpart, number, name, last_at, preview, last_direction, last_state, unread, done",
    "early_receipt": "message_id, state",
    "contact": "list_id, id, phone, name",
    "contact_list": "id, name, count",
    "campaign": "id, name, status",
    "template": "id, name, body",
    "rule": "kind, id, action, position",
}
"""What must be the same in the end, however it came there."""


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a store holds, in an order of its own."""
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {
            table: sorted(file.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in _KEPT.items()
        }


def is_complete(path: Path) -> bool:
    """Whether all of history was read."""
    store = Store(path)
    with closing(store):
        return bool(store.fact(facts.HISTORY_THROUGH)) and not store.fact(facts.HISTORY_REST)


async def sync(url: str, path: Path, tell: int | None) -> None:
    """Sync until every poll has been answered and nothing is left; `tell` is told what was shown as saved."""
    store = Store(path)
    with closing(store), closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as shown:

        def show(_change: object) -> None:
            if tell is not None:
                count = shown.execute("SELECT count(*) FROM message").fetchone()[0]
                os.write(tell, f"{count}\n".encode())

        store.subscribe(show)
        await read_all(url, store)


def kill_one(url: str, path: Path, chance: random.Random) -> int:
    """Start a sync, kill it, and say how many messages it had shown as saved."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(sync(url, path, write))
        finally:
            os._exit(0)
    os.close(write)
    end, told = time.monotonic() + chance.uniform(0.01, LONGEST), b""
    while (left := end - time.monotonic()) > 0 and select.select([read], [], [], left)[0]:
        if not (more := os.read(read, 65536)):
            break
        told += more
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read, 65536):
        told += more
    os.close(read)
    lines = [line for line in told.split(b"\n")[:-1] if line]
    return int(lines[-1]) if lines else 0


def survive(kills: int, messages: int, seed: int) -> str:
    """Kill so many syncs; raises AssertionError when one leaves something else than it should."""
    chance, syncs, times = random.Random(seed), 1, 0
    with sandbox(messages, 0) as url, tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.sqlite3"
        asyncio.run(sync(url, whole, None))
        expected = content(whole)
        path = Path(folder) / "killed.sqlite3"
        for times in range(1, kills + 1):
            shown = kill_one(url, path, chance)
            kept = len(content(path)["message"]) if shown else 0
            assert kept >= shown, f"kill {times}: {shown} messages were shown, {kept} are there"
            if times == kills or (shown and is_complete(path)):
                asyncio.run(sync(url, path, None))
                found = content(path)
                wrong = [table for table in expected if found[table] != expected[table]]
                assert not wrong, f"kill {times}: {', '.join(wrong)} differ"
                path, syncs = Path(folder) / f"killed{times}.sqlite3", syncs + 1
    return f"{times} kills in {syncs - 1} syncs of {messages:,} messages: nothing lost, all ended alike"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.stdout.write(survive(chosen.kills, chosen.messages, chosen.seed) + "\n")
