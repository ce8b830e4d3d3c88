"""The first sync of a large account beside ClickSend's own client, which turns the same pages one by one.

python -m tests.bench.sync --messages 100000 --latency 50
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tui.api.client import ApiClient
from tui.core.clock import SystemClock
from tui.store import facts
from tui.store.database import Store
from tui.sync.engine import Sync

PAGE = 100
_URL = re.compile(r"http://\S+")


@contextmanager
def sandbox(messages: int, latency: int) -> Iterator[str]:
    """The URL of a quiet sandbox in a process of its own."""
    command = [sys.executable, "-m", "tui", "sandbox", "--port", "0", "--quiet", "--until-stdin-closes"]
    size = ["--messages", str(messages), "--latency", str(latency)]
    with subprocess.Popen([*command, *size], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        found = _URL.search(run.stdout.readline())
        assert found, "the sandbox did not start"
        yield found[0]
        assert run.stdin is not None
        run.stdin.close()


def read_with_sdk(url: str) -> int:
    """Every page of history through ClickSend's client; how many messages there were."""
    import clicksend

    configuration = clicksend.Configuration(host=url.removesuffix("/v3"), username="demo", password="demo")
    api = clicksend.SmsApi(clicksend.ApiClient(configuration))
    count, number = 0, 1
    while True:
        page = api.view_sms_history(page=number, limit=PAGE).data
        count += len(page.data)
        if number >= page.last_page:
            return count
        number += 1


async def read_all(url: str, store: Store) -> None:
    """Sync until every poll was answered once and all of history is in the store."""
    async with ApiClient("demo", "demo", base_url=url) as client:
        sync = Sync(client, store, SystemClock())
        sync.start()
        while store.fact(facts.HISTORY_REST) or not all(poll.answered for poll in sync._polls.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await sync.stop()


def read_with_sync(url: str, path: Path) -> int:
    """Everything, into a new store; how many messages there were."""
    store = Store(path)
    with closing(store):
        asyncio.run(read_all(url, store))
    with closing(sqlite3.connect(path)) as file:
        return int(file.execute("SELECT count(*) FROM message").fetchone()[0])


def run(reader: str, url: str) -> dict[str, float]:
    """What one reader took, imports apart, in this process."""
    if reader == "sdk":
        import clicksend  # noqa: F401  beside the console its classes would be looked through as garbage
    with tempfile.TemporaryDirectory() as folder:
        began, busy = time.perf_counter(), time.process_time()
        path = Path(folder) / "store.sqlite3"
        count = read_with_sdk(url) if reader == "sdk" else read_with_sync(url, path)
        return {"messages": count, "wall": time.perf_counter() - began, "cpu": time.process_time() - busy}


def measured(reader: str, url: str) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.sync", "--reader", reader, "--url", url]
    found: dict[str, float] = json.loads(subprocess.check_output(command, text=True))
    return found


def table(messages: int, latencies: list[int]) -> Iterator[str]:
    """A row for each latency."""
    yield f"{messages:,} messages, pages of {PAGE}\n"
    yield "| latency | console: wall, CPU | official client: wall, CPU | wall | CPU |\n|---|---|---|---|---|"
    for latency in latencies:
        with sandbox(messages, latency) as url:
            figures: dict[str, Any] = {reader: measured(reader, url) for reader in ("sync", "sdk")}
        yield f"| {latency} ms | {' | '.join(_row(figures['sync'], figures['sdk']))} |"


def _row(ours: dict[str, float], sdk: dict[str, float]) -> Iterator[str]:
    yield from (f"{each['wall']:.1f} s, {each['cpu']:.1f} s" for each in (ours, sdk))
    yield f"{sdk['wall'] / ours['wall']:.1f}x faster"
    yield f"{ours['cpu'] / sdk['cpu']:.1f}x"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--latency", type=int, nargs="*", default=[50, 0])
    parser.add_argument("--reader", choices=("sync", "sdk"), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.reader:
        print(json.dumps(run(chosen.reader, chosen.url)))
    else:
        for line in table(chosen.messages, chosen.latency):
            print(line, flush=True)
