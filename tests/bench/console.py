"""First frame, key latency, idle bytes and memory of the console on a quiet demo, beside a bare Textual app.

python -m tests.bench.console --messages 20000 --runs 5
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import psutil

from tests.terminal.pty_terminal import Terminal

SILENCE = 0.03
"""Seconds without a byte after which a frame is over."""
SETTLED = 3.0
"""Seconds without a byte after which the first sync is over: while it goes on, its progress is shown."""
DOWN, PAGE_DOWN = "j", "\x1b[6~"
ALL = "["
"""From the open conversations, of which there are few, to all: a cursor at the end answers no key."""

Figures = defaultdict[str, list[float]]


def since_start(terminal: Terminal) -> float:
    """Milliseconds from the start of the program to the bytes that came last."""
    return (terminal.arrived - terminal.started) * 1000


def keys(terminal: Terminal, key: str, times: int, figures: Figures, name: str) -> None:
    """Press a key so many times, each after the answer to the last."""
    for _ in range(times):
        seconds, count = terminal.answer(key, SILENCE)
        assert count, f"{name}: a key was not answered"
        figures[f"{name}, key to last byte"].append(seconds * 1000)
        figures[f"{name}, bytes"].append(count)


def search_opens(terminal: Terminal) -> float:
    """Milliseconds from `/` to the search field on the screen; it is closed again.

    Unlike a moved cursor, this answer can be told from what is painted meanwhile for other reasons.
    """
    sent = time.perf_counter()
    terminal.send("/")
    terminal.wait_until(lambda: _searching(terminal), "the search field")
    opened = terminal.arrived
    terminal.send("\x1b")
    terminal.wait_until(lambda: not _searching(terminal), "no search field")
    return (opened - sent) * 1000


def _searching(terminal: Terminal) -> bool:
    return terminal.screen.display[3].startswith(" / search")


def measure_floor(home: Path, figures: Figures) -> None:
    """The bare Textual app."""
    with Terminal(module="tests.bench.hello", home=home, columns=120, lines=40) as terminal:
        terminal.wait_for("Hello")
        figures["bare Textual, first frame"].append(since_start(terminal))


def measure_start(home: Path, messages: int, figures: Figures) -> None:
    """The console on a quiet demo: its start, a key while it reads everything, then keys and silence."""
    demo = ("demo", "--quiet", "--messages", str(messages))
    with Terminal(*demo, home=home, columns=120, lines=40) as terminal:
        terminal.wait_for("Inbox")
        figures["console, first frame"].append(since_start(terminal))
        terminal.wait_for("● live")
        figures["console, live"].append(since_start(terminal))
        for _ in range(5):
            figures["search opens, during the first sync"].append(search_opens(terminal))
        terminal.wait_silence(SETTLED)
        figures["console, all messages read"].append(since_start(terminal))
        for _ in range(5):
            figures["search opens, afterwards"].append(search_opens(terminal))
        terminal.send(ALL)
        terminal.wait_silence(SETTLED)
        keys(terminal, DOWN, 60, figures, "cursor down")
        keys(terminal, PAGE_DOWN, 30, figures, "page down")
        terminal.wait_silence(SETTLED)
        figures["idle for 30 s, bytes"].append(terminal.bytes_in_silence(30))
        memory = psutil.Process(terminal.process.pid).memory_info().rss
        figures["memory (RSS) of the console, MB"].append(memory / 1e6)
        terminal.send("q")
        terminal.wait_exit()
        figures["left behind on the terminal"].append(len(terminal.restored))


def table(figures: Figures) -> str:
    """Medians, and the 95th percentile of what was taken often."""
    floor = statistics.median(figures["bare Textual, first frame"])
    lines = ["| what | median | p95 |", "|---|---|---|"]
    for name, values in figures.items():
        middle = statistics.median(values)
        far = f"{_p95(values):.1f}" if len(values) >= 20 else ""
        ratio = f" ({middle / floor:.2f}x)" if name == "console, first frame" else ""
        lines.append(f"| {name} | {middle:.1f}{ratio} | {far} |")
    return "\n".join(lines)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def measure_all(messages: int, runs: int) -> Figures:
    """All figures, bare app and console in turn. The first round fills the page cache, and is not kept."""
    figures: Figures = defaultdict(list)
    for number in range(runs + 1):
        kept = figures if number else defaultdict(list)
        with tempfile.TemporaryDirectory() as home:
            measure_floor(Path(home), kept)
            measure_start(Path(home), messages, kept)
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    print(table(measure_all(chosen.messages, chosen.runs)))
