"""How late a key is answered while messages stream in: at the first sync, and when 500 arrive every second.

python -m tests.bench.keys --messages 100000
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.bench.console import search_opens
from tests.bench.sync import sandbox
from tests.terminal.pty_terminal import Terminal
from tui.sandbox.server import running
from tui.sandbox.world import World

PEOPLE = 1000
STEP = 0.1
"""Seconds between two lots of messages."""
BACKLOG = 2000
"""Messages of an account in which many arrive."""


def serve(rate: int, seconds: float) -> None:
    """A sandbox in which, from the first line on standard input on, so many messages arrive a second."""
    world = World(messages=BACKLOG, traffic=False)
    with running(world) as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.readline()
        began, sent = time.monotonic(), 0
        while (passed := time.monotonic() - began) < seconds:
            due = int(passed * rate)
            for number in range(sent, due):
                person = f"+614{number % PEOPLE:08}"
                world.replies.receive(person, f"Is my order {number} on its way?", int(time.time()))
            sent = due
            time.sleep(STEP)
        sys.stdout.write(f"{len(world.messages)}\n")
        sys.stdout.flush()
        sys.stdin.readline()


@contextmanager
def console(url: str, folder: Path) -> Iterator[Terminal]:
    """The console in front of a sandbox."""
    env = {"CLICKSEND_BASE_URL": url, "CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}
    with Terminal(home=folder, columns=120, lines=40, env=env) as terminal:
        terminal.wait_for("● live")
        yield terminal
        terminal.send("q")
        terminal.wait_exit()


def stored(folder: Path) -> int:
    """How many messages are in the console's store."""
    path = next(folder.rglob("*.sqlite3"))
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return int(file.execute("SELECT count(*) FROM message").fetchone()[0])


def opened(terminal: Terminal, goes_on: Callable[[], bool], most: int) -> list[float]:
    """How long the search took to open, again and again."""
    taken: list[float] = []
    while goes_on() and len(taken) < most:
        taken.append(search_opens(terminal))
    return taken


def row(name: str, taken: list[float]) -> str:
    """Median, 95th percentile and worst of what was taken, in milliseconds."""
    far = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    return f"| {name} | {len(taken)} | {statistics.median(taken):.0f} | {far:.0f} | {max(taken):.0f} |"


def first_sync(messages: int) -> Iterator[str]:
    """Keys while everything is read for the first time, and afterwards."""
    with (
        sandbox(messages, 0) as url,
        tempfile.TemporaryDirectory() as name,
        console(url, Path(name)) as terminal,
    ):
        folder = Path(name)
        yield row("during the first sync", opened(terminal, lambda: stored(folder) < messages, 200))
        while stored(folder) < messages:
            terminal.read(0.5)
        terminal.wait_silence(3)
        yield row("afterwards", opened(terminal, lambda: True, 30))


def ingest(rate: int, seconds: float) -> Iterator[str]:
    """Keys while so many messages arrive a second, and how long after the last one all were stored."""
    command = [sys.executable, "-m", "tests.bench.keys", "--serve"]
    command += ["--rate", str(rate), "--seconds", str(seconds)]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
        tempfile.TemporaryDirectory() as name,
    ):
        assert server.stdin is not None
        assert server.stdout is not None
        folder, url = Path(name), server.stdout.readline().strip()
        with console(url, folder) as terminal:
            while stored(folder) < BACKLOG:
                terminal.read(0.5)
            server.stdin.write("\n")
            server.stdin.flush()
            end = time.monotonic() + seconds
            yield row(f"{rate} arrive a second", opened(terminal, lambda: time.monotonic() < end, 1000))
            total, began = int(server.stdout.readline()), time.monotonic()
            while stored(folder) < total:
                terminal.read(0.2)
            late = time.monotonic() - began
            yield f"\nAll {total - BACKLOG:,} were stored {late:.1f} s after the last one came."
        server.stdin.write("\n")
        server.stdin.close()


def measure(messages: int, rate: int, seconds: float) -> Iterator[str]:
    """The table."""
    yield "| the search opens, ms | times | median | p95 | worst |\n|---|---|---|---|---|"
    yield from first_sync(messages)
    yield from ingest(rate, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=25.0)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        serve(chosen.rate, chosen.seconds)
    else:
        for line in measure(chosen.messages, chosen.rate, chosen.seconds):
            print(line, flush=True)
