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
REST = 0.2
"""Seconds without a byte after which the thread has followed the cursor as well."""
SETTLED = 3.0
"""Seconds without a byte after which the first sync is over: while it goes on, its progress is shown."""
IDLE = 10
REPEAT = 0.033
"""Seconds after which a held key comes again."""
DOWN, PAGE_DOWN, FIRST = "j", "\x1b[6~", "g"
ALL = "["
"""From the open conversations, of which there are few, to all: a cursor at the end answers no key."""

Figures = defaultdict[str, list[float]]


def processor_time(terminal: Terminal) -> float:
    """Milliseconds that the program itself has computed: all its threads, and no other process."""
    tasks = Path(f"/proc/{terminal.process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def measure_start(name: str, words: str, leave: str, figures: Figures, *arguments: str, module: str) -> None:
    """How long a program takes until it shows these words; then it is left with a key."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(*arguments, module=module, home=Path(home), columns=120, lines=40) as terminal,
    ):
        terminal.wait_for(words)
        figures[f"{name}, first frame, processor time"].append(processor_time(terminal))
        figures[f"{name}, first frame"].append((terminal.arrived - terminal.started) * 1000)
        terminal.send(leave)
        terminal.wait_exit()


def measure_starts(runs: int, figures: Figures) -> None:
    """The bare app and the console in turn. The first round fills the page cache, and is not kept."""
    for number in range(runs + 1):
        kept = figures if number else defaultdict(list)
        measure_start("bare Textual", "Hello", "\x11", kept, module="tests.bench.hello")
        measure_start("console", "Inbox", "q", kept, "demo", "--quiet", module="tui")


def keys(terminal: Terminal, key: str, times: int, figures: Figures, name: str) -> None:
    """Press a key so many times, each when the thread has followed: no frame is taken for another."""
    for _ in range(times):
        sent = time.perf_counter()
        first, last, count = terminal.answer(key, SILENCE)
        assert count, f"{name}: a key was not answered"
        figures[f"{name}, to the first byte"].append(first * 1000)
        figures[f"{name}, to the last byte of the list"].append(last * 1000)
        figures[f"{name}, bytes of the list"].append(count)
        terminal.wait_silence(REST)
        figures[f"{name}, to the last byte of the thread"].append((terminal.arrived - sent) * 1000)


def held(terminal: Terminal, times: int, figures: Figures) -> None:
    """Send a key as a keyboard repeats it."""
    before, written = processor_time(terminal), len(terminal.raw)
    for _ in range(times):
        terminal.send(DOWN)
        terminal.bytes_in_silence(REPEAT)
    terminal.wait_silence(REST)
    figures["held key, bytes a key"].append((len(terminal.raw) - written) / times)
    figures["held key, processor time a key"].append((processor_time(terminal) - before) / times)


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


def measure_keys(home: Path, messages: int, runs: int, figures: Figures) -> None:
    """A quiet demo: keys while it reads everything and afterwards, then silence."""
    demo = ("demo", "--quiet", "--messages", str(messages))
    with Terminal(*demo, home=home, columns=120, lines=40) as terminal:
        terminal.wait_for("● live")
        for _ in range(5):
            figures["search opens, during the first sync"].append(search_opens(terminal))
        terminal.wait_silence(SETTLED)
        figures["written until all messages are read, kB"].append(len(terminal.raw) / 1000)
        for _ in range(5):
            figures["search opens, afterwards"].append(search_opens(terminal))
        terminal.send(ALL)
        terminal.wait_silence(SETTLED)
        for _ in range(runs):
            keys(terminal, DOWN, 30, figures, "cursor down")
            keys(terminal, PAGE_DOWN, 10, figures, "page down")
            held(terminal, 60, figures)
            terminal.answer(FIRST, REST)
        terminal.wait_silence(SETTLED)
        figures[f"idle for {IDLE} s, bytes"].append(terminal.bytes_in_silence(IDLE))
        memory = psutil.Process(terminal.process.pid).memory_info().rss
        figures["memory (RSS) of the console, MB"].append(memory / 1e6)
        terminal.send("q")
        terminal.wait_exit()
        figures["left behind on the terminal"].append(len(terminal.restored))


def table(figures: Figures) -> str:
    """Least and median, and the 95th percentile of what was taken often; the console beside the bare app."""
    lines = ["| what | least | median | p95 |", "|---|---|---|---|"]
    for name, values in figures.items():
        least, middle = min(values), statistics.median(values)
        floor = figures.get(name.replace("console", "bare Textual"), values)
        if floor is not values:
            lines.append(
                f"| {name} | {least:.1f} ({least / min(floor):.2f}x)"
                f" | {middle:.1f} ({middle / statistics.median(floor):.2f}x) | |"
            )
        else:
            far = f"{_p95(values):.1f}" if len(values) >= 20 else ""
            lines.append(f"| {name} | {least:.1f} | {middle:.1f} | {far} |")
    return "\n".join(lines)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    taken: Figures = defaultdict(list)
    measure_starts(chosen.runs, taken)
    with tempfile.TemporaryDirectory() as folder:
        measure_keys(Path(folder), chosen.messages, chosen.runs, taken)
    print(table(taken))
