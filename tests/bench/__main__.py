"""All figures of the console and its store at several sizes, beside a bare Textual app and another client.

python -m tests.bench --sizes 1000 100000 1000000 --parts start keys store sync --keep /tmp/stores

Stores are made once and kept in that folder. The console is measured on copies of them, offline. The other
client is ClickSend's own, which reads the same first sync.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench import console, store, sync
from tests.bench.console import ALL, DOWN, PAGE_DOWN, SILENCE, Figures
from tests.bench.large_store import WORDS, copied
from tests.terminal.pty_terminal import Terminal

OFFLINE = {
    "CLICKSEND_BASE_URL": "http://127.0.0.1:9/v3",  # nobody listens there
    "CLICKSEND_USERNAME": "demo",
    "CLICKSEND_API_KEY": "demo",
}
SETTLED = 1.0
"""Seconds without a byte after which nothing more is painted."""
SEARCHES = (
    WORDS[0],
    f"{WORDS[0][:4]}*",
    "ref*",
    f"{WORDS[1]} {WORDS[2]}",
    f"is:unread {WORDS[0]}",
    "6140000001",
)
MODES = "432"
"""The keys of receipts, contacts and campaigns, whose lists are walked as well."""


@contextmanager
def offline(home: Path) -> Iterator[Terminal]:
    """The console on a store, left with q."""
    with Terminal(home=home, columns=120, lines=40, env=OFFLINE) as terminal:
        terminal.wait_for("Inbox")
        yield terminal
        terminal.send("q")
        terminal.wait_exit()


def processor_time(terminal: Terminal) -> float:
    """Milliseconds that the program has computed, in all its threads."""
    tasks = Path(f"/proc/{terminal.process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


# Start


def note_start(terminal: Terminal, name: str, figures: Figures) -> None:
    """What it took to the bytes that came last."""
    figures[f"{name}, processor time"].append(processor_time(terminal))
    figures[f"{name}, wall clock"].append((terminal.arrived - terminal.started) * 1000)


def start(homes: dict[str, Path], runs: int) -> Figures:
    """First frames in turn. The first round fills the page cache, and is not kept."""
    figures: Figures = defaultdict(list)
    for number in range(runs + 1):
        kept = figures if number else defaultdict(list)
        with Terminal(module="tests.bench.hello", home=homes["empty"], columns=120, lines=40) as terminal:
            terminal.wait_for("Hello")
            note_start(terminal, "bare Textual", kept)
        for name, home in homes.items():
            with offline(home) as terminal:
                note_start(terminal, f"console, {name}", kept)
                terminal.wait_silence(SETTLED)
    return figures


# Keys and memory


def walk(terminal: Terminal, times: int, figures: Figures) -> None:
    """Keys in the list of all conversations, searches, and a look at all other lists."""
    terminal.wait_silence(SETTLED)
    _note(figures, "memory after the start", memory(terminal))
    terminal.send(ALL)
    terminal.wait_silence(SETTLED)
    if times:
        console.keys(terminal, DOWN, 3 * times, figures, "cursor down")
        console.keys(terminal, PAGE_DOWN, times, figures, "page down")
        for words in SEARCHES:
            for _ in range(times):
                search(terminal, words, figures)
    for mode in MODES:
        terminal.send(mode)
        terminal.wait_silence(SETTLED)
        for key in (PAGE_DOWN * 5, "G", "g"):
            terminal.send(key)
            terminal.wait_silence(SETTLED)
    _note(figures, "memory after all lists and searches", memory(terminal))


def search(terminal: Terminal, words: str, figures: Figures) -> None:
    """Type a search but for its last letter, and measure that one: until the rows are there that it brings.

    The processor time is of all that follows from it, the thread of the first row included.
    """
    terminal.send("/")
    terminal.wait_silence(SILENCE * 5)
    terminal.send(words[:-1])
    terminal.wait_silence(SETTLED)
    before, sent, used = _note_of(terminal), time.perf_counter(), processor_time(terminal)
    terminal.send(words[-1])
    terminal.wait_until(lambda: _note_of(terminal) != before, f"what “{words}” finds")
    figures[f"search “{words}”, last letter to first rows"].append((terminal.arrived - sent) * 1000)
    terminal.wait_silence(SETTLED)
    figures[f"search “{words}”, processor time of that letter"].append(processor_time(terminal) - used)
    terminal.send("\x1b")
    terminal.wait_silence(SETTLED)


def _note_of(terminal: Terminal) -> str:
    """How many were found, at the right of the line above the list."""
    return terminal.screen.display[2].rpartition("  ")[2]


def memory(terminal: Terminal) -> dict[str, float]:
    """MB that are resident: all, and what of it stands in files and could be read again."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    kinds = {"VmRSS": "all", "RssAnon": "its own", "RssFile": "of files"}
    return {
        kinds[name]: int(size) / 1e3
        for name, size in re.findall(r"(\w+):\s+(\d+) kB", status)
        if name in kinds
    }


def _note(figures: Figures, name: str, found: dict[str, float]) -> None:
    for kind, size in found.items():
        figures[f"{name}, MB, {kind}"].append(size)


def keys(homes: dict[str, Path], times: int) -> dict[str, Figures]:
    """The same walk through each store."""
    found: dict[str, Figures] = {}
    for name, home in homes.items():
        found[name] = defaultdict(list)
        with offline(home) as terminal:
            walk(terminal, times if name != "empty" else 0, found[name])
    return found


# Tables


def row(name: str, columns: Sequence[Sequence[float]], add: Callable[[int, float], str]) -> str:
    """Median and least of each column."""
    cells = []
    for number, values in enumerate(columns):
        if not values:
            cells.append("")
            continue
        middle = statistics.median(values)
        least = f" ({min(values):.1f})" if len(values) > 1 else ""
        cells.append(f"{middle:.1f}{least}{add(number, middle)}")
    return f"| {name} | {' | '.join(cells)} |"


def side_by_side(found: dict[str, Figures]) -> Iterator[str]:
    """What was measured, a column for each store."""
    yield f"| median (least) | {' | '.join(found)} |\n|---|{'---|' * len(found)}"
    names = dict.fromkeys(name for figures in found.values() for name in figures)
    for name in names:
        yield row(name, [figures[name] for figures in found.values()], lambda _, __: "")


def starts(figures: Figures) -> Iterator[str]:
    """First frames, and how much later they are than with an empty store."""
    yield "| first frame, ms | processor time: median (least) | wall clock: median (least) |\n|---|---|---|"
    kinds = ("processor time", "wall clock")
    for name in dict.fromkeys(each.rpartition(", ")[0] for each in figures):
        columns = [figures[f"{name}, {kind}"] for kind in kinds]
        if name == "bare Textual":
            yield row(name, columns, lambda _, __: "")
            continue
        floors = [statistics.median(figures[f"console, empty, {kind}"]) for kind in kinds]
        yield row(name, columns, lambda number, middle, floors=floors: f", {middle - floors[number]:+.0f}")  # type: ignore[misc]


def measure(sizes: Sequence[int], parts: Sequence[str], keep: Path, runs: int, most: int) -> Iterator[str]:
    """All that was chosen, part by part."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {"empty": Path(folder) / "empty"}
        homes["empty"].mkdir()
        for size in sizes:
            homes[f"{size:,}"] = Path(folder) / str(size)
            copied(keep, size, homes[f"{size:,}"] / "data" / "default.sqlite3")
        if "start" in parts:
            yield _title("First frame")
            yield from starts(start(homes, runs))
        if "keys" in parts:
            yield _title("Keys and memory, ms and MB")
            yield from side_by_side(keys(homes, 2 * runs))
        if "store" in parts:
            yield _title("Store")
            for size in sizes:
                yield f"\n{size:,} messages\n\n{store.HEADING}"
                yield from store.table(homes[f"{size:,}"] / "data" / "default.sqlite3")
        if "sync" in parts:
            yield _title("First sync")
            for size in (each for each in sizes if each <= most):
                yield ""
                yield from sync.table(size, [50, 0])


def _title(words: str) -> str:
    return f"\n## {words} (load {os.getloadavg()[0]:.1f})\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=("start", "keys", "store", "sync"),
        default=["start", "keys", "store", "sync"],
    )
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "clicksend-tui-bench")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--sync-most", type=int, default=100_000, help="the largest first sync that is measured"
    )
    chosen = parser.parse_args()
    for line in measure(chosen.sizes, chosen.parts, chosen.keep, chosen.runs, chosen.sync_most):
        print(line, flush=True)
