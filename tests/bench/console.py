"""First frame, key latency and idle bytes of the console on its demo, beside a bare Textual app.

python -m tests.bench.console --messages 20000 --runs 7
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from tests.terminal.pty_terminal import Terminal

QUIET = 0.03
"""Seconds without a byte after which a frame is over."""


def first_frame(terminal: Terminal, text: str) -> float:
    """Milliseconds from the start to the first visible text, and to this text."""
    terminal.wait_for(text)
    return (time.perf_counter() - terminal.started) * 1000


def key_latency(terminal: Terminal, key: str) -> float:
    """Milliseconds from a key to the last byte of the frame that answers it."""
    before, sent = len(terminal.raw), time.perf_counter()
    terminal.send(key)
    last = sent
    while terminal.read(QUIET if len(terminal.raw) > before else 1.5):
        last = time.perf_counter()
    return (last - sent) * 1000


def measure(messages: int, runs: int) -> None:
    """Print the figures, medians over the runs."""
    hello, console, filled, down, page = [], [], [], [], []
    idle = 0
    for number in range(runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            with Terminal(module="tests.bench.hello", home=home, columns=120, lines=40) as terminal:
                floor = first_frame(terminal, "Hello")
            demo = ("demo", "--messages", str(messages))
            with Terminal(*demo, home=home, columns=120, lines=40) as terminal:
                frame = first_frame(terminal, "Inbox")
                terminal.wait_for("live")
                ready = (time.perf_counter() - terminal.started) * 1000
                terminal.wait_silence(3)
                keys = [key_latency(terminal, "j") for _ in range(60)]
                pages = [key_latency(terminal, "\x1b[6~") for _ in range(20)]
                idle = terminal.bytes_in_silence(10)
                terminal.send("q")
                terminal.wait_exit()
        if number:  # the first round only fills the page cache
            hello.append(floor)
            console.append(frame)
            filled.append(ready)
            down += keys
            page += pages
    print(f"| bare Textual, first frame | {statistics.median(hello):.0f} ms |")
    ratio = statistics.median(console) / statistics.median(hello)
    print(f"| console, first frame | {statistics.median(console):.0f} ms ({ratio:.2f}x) |")
    print(f"| console, live | {statistics.median(filled):.0f} ms |")
    for name, times in (("cursor down", down), ("page down", page)):
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"| {name}, key to last byte | {statistics.median(times):.1f} ms median, {p95:.1f} ms p95 |")
    print(f"| idle, 10 s | {idle} bytes |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    measure(chosen.messages, chosen.runs)
