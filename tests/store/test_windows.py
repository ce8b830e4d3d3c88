"""Windows: pages, counts and places are those of the whole list, whatever happens between."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.build import PATIENT, inbound, outbound
from tui.store.database import Store
from tui.store.decisions import done
from tui.store.messages import merge_messages
from tui.store.windows import SearchWindow, Window

R = TypeVar("R")
PEOPLE = [f"+614000{number:05}" for number in range(300)]


@pytest.fixture
def crowded(store: Store) -> Store:
    """300 conversations, many of them last touched in the same second."""
    chance = random.Random(7)
    rows = [
        inbound(f"I{person}", chance.randrange(1, 60), person, read=chance.random() < 0.6)
        for person in PEOPLE
    ]
    rows += [
        outbound(
            f"O{number}", number // 3 + 1, chance.choice(PEOPLE), state=chance.choice(["sent", "failed"])
        )
        for number in range(900)
    ]
    store.write_now(merge_messages, rows)
    store.write_now(done, PEOPLE[::7], 1, 2)
    return store


def whole(window: Window[R]) -> list[R]:
    return list(window.page(0, window.count() + 1))


def agrees(window: Window[R], rows: Sequence[R], size: int) -> None:
    """The window gives these rows, page by page in any order, and finds each of them."""
    assert window.count() == len(rows)
    numbers = list(range(-(-len(rows) // size) + 1))
    random.Random(size).shuffle(numbers)
    for number in numbers:
        assert list(window.page(number, size)) == list(rows[number * size : (number + 1) * size])
    for index in range(0, len(rows), 41):
        assert window.index_of(window.key(rows[index])) == index


@pytest.mark.parametrize("unread_first", [False, True])
@pytest.mark.parametrize("view", ["open", "unread", "done", "all"])
def test_conversations(crowded: Store, view: str, unread_first: bool) -> None:
    everything = whole(crowded.conversations("all"))
    keep = {
        "open": lambda row: not row.done,
        "unread": lambda row: row.unread > 0,
        "done": lambda row: row.done,
        "all": lambda row: True,
    }[view]
    rows = [row for row in everything if keep(row)]
    if unread_first:
        rows.sort(key=lambda row: row.unread == 0)
    assert len(rows) > 20
    assert [row.last_at for row in everything] == sorted((row.last_at for row in everything), reverse=True)
    for size in (1, 50, 1000):
        agrees(crowded.conversations(view, "", unread_first), rows, size)  # type: ignore[arg-type]


def test_threads_run_from_the_oldest(store: Store) -> None:
    rows = [outbound(f"M{number}", 1 + number // 2) for number in range(120)]
    store.write_now(merge_messages, rows)
    agrees(store.thread(rows[0].counterpart), rows, 25)
    assert store.thread("nobody").count() == 0


@pytest.mark.parametrize("failures_first", [False, True])
@pytest.mark.parametrize("state", ["", "sent", "failed"])
@pytest.mark.parametrize("since", [None, 100])
def test_receipts(crowded: Store, state: str, failures_first: bool, since: int | None) -> None:
    everything = whole(crowded.receipts())
    assert len(everything) == 900
    rows = [row for row in everything if state in ("", row.state) and row.at >= (since or 0)]
    if failures_first:
        rows.sort(key=lambda row: row.state != "failed")
    agrees(crowded.receipts(state, "", failures_first, since), rows, 64)  # type: ignore[arg-type]


def test_a_window_follows_the_store(crowded: Store) -> None:
    window = crowded.conversations("all")
    last = window.page(5, 50)[-1]
    crowded.write_now(merge_messages, [inbound("NEW", 1000, last.counterpart)])
    assert window.index_of(last.counterpart) == 0
    assert window.page(0, 50)[0].counterpart == last.counterpart
    agrees(window, whole(crowded.conversations("all")), 50)


def test_a_search_follows_the_store(crowded: Store) -> None:
    window = crowded.conversations("all", "needle")
    assert isinstance(window, SearchWindow)
    assert window.count() == 0
    crowded.write_now(merge_messages, [inbound("NEW", 1000, PEOPLE[0], body="a needle in the hay")])
    window.look_now()
    assert [row.counterpart for row in window.page(0)] == PEOPLE[:1]
    assert window.index_of(PEOPLE[0]) == 0
    assert window.index_of(PEOPLE[1]) is None
    assert window.index_of("nobody") is None


def test_what_is_not_in_a_window_has_no_place(crowded: Store) -> None:
    assert crowded.conversations("done").index_of(PEOPLE[1]) is None
    assert crowded.conversations("done").index_of(PEOPLE[0]) is not None
    assert crowded.conversations("all").index_of("nobody") is None
    assert crowded.conversations("all").page(99) == ()
    assert crowded.conversations("all").page(-1) == ()


@PATIENT
@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), max_size=40), st.data())
def test_any_page_after_any_pages(times: list[tuple[int, bool]], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        rows = [inbound(str(n), at, f"+{n}", read=read) for n, (at, read) in enumerate(times)]
        store.write_now(merge_messages, rows)
        everything = whole(store.conversations("all", "", True))
        window = store.conversations("all", "", True)
        for size, number in data.draw(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), max_size=12)):
            expected = everything[number * size : (number + 1) * size]
            assert list(window.page(number, size)) == expected
        store.close()
