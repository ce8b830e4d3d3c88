"""What the store takes at 100,000 messages: pages, places, counts, opening, search.

python -m tests.bench.store --messages 100000
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.large_store import REFERENCES, WORDS, invented
from tests.store.build import NOON
from tui.store import decisions
from tui.store.database import Store
from tui.store.messages import merge_messages

PAGE = 100
"""Rows of one page, as the tables read them."""
BATCH = 1000
"""Messages of one write, as the first sync makes them."""


def fill(path: Path, messages: int) -> float:
    """Write them all in batches; seconds that it took."""
    rows = list(invented(messages))
    store = Store(path)
    begun = time.perf_counter()
    for first in range(0, messages, BATCH):
        store.write_now(merge_messages, rows[first : first + BATCH])
    taken = time.perf_counter() - begun
    store.close()
    return taken


def milliseconds(run: Callable[[], object], times: int = 40) -> str:
    """Median of the processor time; median and 95th percentile of the wall clock."""
    taken, used = [], []
    for _ in range(times):
        begun, busy = time.perf_counter(), time.process_time()
        run()
        used.append((time.process_time() - busy) * 1000)
        taken.append((time.perf_counter() - begun) * 1000)
    wall = f"{statistics.median(taken):.2f} | {statistics.quantiles(taken, n=20)[-1]:.2f}"
    return f"{statistics.median(used):.2f} | {wall}"


HEADING = "| with the store in the page cache, ms | processor | wall clock, median | p95 |\n|---|---|---|---|"


def first_page(path: Path) -> None:
    """What a start does with the file before the first frame."""
    store = Store(path)
    window = store.conversations("all")
    window.count()
    window.page(0, PAGE)
    store.close()


SEARCHES = (
    ("a word of one message", "12345"),
    ("a word of nearly all messages", WORDS[0]),
    ("two such words", f"{WORDS[0]} {WORDS[1]}"),
    ("the beginning of such a word", f"{WORDS[0][:5]}*"),
    (f"{REFERENCES:,} words that begin alike", "ref*"),
    ("a tenth of them", "ref0*"),
    ("a phrase", f'"{WORDS[2]} {WORDS[3]}"'),
    ("such a word among what few have", f"is:unread {WORDS[0]}"),
    ("a part of many numbers", "0400"),
    ("a part of some numbers", "555"),
    ("a name and a word", "grace invoice"),
    ("who failed to get something", "has:failed"),
)


def decided(store: Store, people: list[str]) -> Iterator[str]:
    """A decision on one and on all of these conversations, and taking it back."""
    for some in (people[:1], people):
        cost = milliseconds(lambda some=some: store.write_now(decisions.done, some, NOON, NOON), 10)  # type: ignore[misc]
        yield f"| {len(some)} conversations done | {cost} |"
        cost = milliseconds(lambda: store.write_now(decisions.undo), 10)
        yield f"| and back | {cost} |"


def found(store: Store, words: str) -> None:
    """The first page of a search and the number of rows it finds."""
    window = store.conversations("all", words)
    window.count()
    window.page(0, PAGE)


def table(path: Path) -> Iterator[str]:
    """A row for each thing measured. Windows are new each time, as after a change of the store."""
    opening = milliseconds(lambda: first_page(path))
    store = Store(path)
    everyone = store.conversations("all")
    count = everyone.count()
    last = (count - 1) // PAGE
    farthest = everyone.key(everyone.page(count - 1, 1)[0])
    yield f"| open the file, count and read the first page | {opening} |"
    for name, number in (("first", 0), ("middle", last // 2), ("last", last)):
        cost = milliseconds(lambda number=number: store.conversations("all").page(number, PAGE))  # type: ignore[misc]
        yield f"| a page of conversations, {name} | {cost} |"
    place = milliseconds(lambda: store.conversations("all").index_of(farthest))
    yield f"| where the last row stands | {place} |"
    yield f"| all counts of the header | {milliseconds(store.counts)} |"
    for name, words in SEARCHES:
        cost = milliseconds(lambda words=words: found(store, words), 20)  # type: ignore[misc]
        yield f"| a search for {name} | {cost} |"
    yield from decided(store, [row.counterpart for row in everyone.page(0, 1000)])
    thread = store.thread(everyone.page(0, 1)[0].counterpart)
    yield f"| the newest messages of a conversation | {milliseconds(lambda: thread.page(0, 30))} |"
    size = sum(file.stat().st_size for file in path.parent.iterdir()) / 1e6
    yield f"\n{count:,} conversations, {size:.0f} MB"
    store.close()


def measure(messages: int) -> None:
    """Fill a store and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        taken = fill(path, messages)
        print(HEADING)
        for line in table(path):
            print(line)
        print(f"{messages:,} messages written in {taken:.1f} s, {BATCH:,} at a time")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    measure(parser.parse_args().messages)
