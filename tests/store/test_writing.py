"""Writing: one transaction each, told to subscribers, next to other consoles."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.store.build import ANA, BOB, inbound
from tui.core.errors import StoreError
from tui.store.account import set_fact
from tui.store.database import Change, Store
from tui.store.messages import merge_messages
from tui.store.presence import be_present
from tui.store.transaction import Transaction


class Broken(Exception):
    """Something that a write stumbles over."""


def break_after_writing(tx: Transaction) -> None:
    set_fact(tx, "half", "done")
    raise Broken


async def test_a_write_returns_what_its_function_returns(store: Store) -> None:
    merged = await store.write(merge_messages, [inbound("M1"), inbound("M2", counterpart=BOB)])
    assert merged.new == 2
    assert store.conversations().count() == 2


async def test_a_write_that_fails_leaves_nothing_and_tells_nobody(store: Store) -> None:
    told: list[Change] = []
    store.subscribe(told.append)
    with pytest.raises(Broken):
        await store.write(break_after_writing)
    await store.write(set_fact, "whole", "yes")
    assert store.fact("half") == ""
    assert [change.keys for change in told] == [{"whole"}]


async def test_subscribers_hear_of_a_change_before_the_write_returns(store: Store) -> None:
    told: list[Change] = []
    end = store.subscribe(told.append)
    await store.write(merge_messages, [inbound("M1")])
    assert told[0].topics == {"conversations", "messages"}
    assert told[0].of("conversations") == {ANA}
    assert told[0].of("messages") == {"M1"}
    assert told[0].of("contacts") == frozenset()
    end()
    await store.write(merge_messages, [inbound("M2")])
    assert len(told) == 1


async def test_nobody_is_told_once_the_store_is_closed(path: Path) -> None:
    store, told = Store(path), []
    store.subscribe(told.append)
    store.write_now(set_fact, "last", "words")
    store.close()
    await asyncio.sleep(0)
    assert told == []


async def test_a_write_without_change_tells_nobody(store: Store) -> None:
    await store.write(merge_messages, [inbound("M1")])
    told: list[Change] = []
    store.subscribe(told.append)
    await store.write(merge_messages, [inbound("M1")])
    assert told == []


async def test_what_was_asked_for_is_written_when_the_asker_is_cancelled(store: Store) -> None:
    entered, go_on, changed = threading.Event(), threading.Event(), asyncio.Event()

    def slow(tx: Transaction) -> None:
        entered.set()
        go_on.wait()
        set_fact(tx, "kept", "yes")

    store.subscribe(lambda change: changed.set())
    task = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(entered.wait)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go_on.set()
    await changed.wait()
    assert store.fact("kept") == "yes"


async def test_writing_on_the_way_out_is_told_too(store: Store) -> None:
    changed: asyncio.Future[Change] = asyncio.get_running_loop().create_future()
    store.subscribe(changed.set_result)
    store.write_now(set_fact, "last", "words")
    assert store.fact("last") == "words"
    assert (await changed).of("progress") == {"last"}


def test_writing_works_without_an_event_loop(store: Store) -> None:
    store.write_now(merge_messages, [inbound("M1")])
    assert store.counts().unread == 1


def test_closing_waits_for_what_was_asked_for(path: Path) -> None:
    async def ask() -> None:
        asked = [asyncio.create_task(store.write(set_fact, str(number), "yes")) for number in range(20)]
        await asyncio.sleep(0)
        assert not any(task.done() for task in asked)

    store = Store(path)
    asyncio.run(ask())
    store.close()
    again = Store(path)
    assert [again.fact(str(number)) for number in range(20)] == ["yes"] * 20
    again.close()


def test_sql_that_fails_is_a_store_error(store: Store) -> None:
    with pytest.raises(StoreError, match="failed"):
        store.write_now(lambda tx: tx.execute("INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(StoreError, match="failed"):
        store.write_now(set_fact, "too large", 1 << 70)  # type: ignore[arg-type]
    store.write_now(set_fact, "after", "well")


def test_a_full_disk_is_told(store: Store) -> None:
    pages = store.write_now(lambda tx: tx.row("PRAGMA page_count"))
    assert pages is not None
    store.write_now(lambda tx: tx.row(f"PRAGMA max_page_count = {pages[0] + 1}"))
    with pytest.raises(StoreError, match="No room"):
        store.write_now(merge_messages, [inbound(f"M{number}", body="x" * 500) for number in range(500)])
    assert store.conversations().count() == 0


async def test_two_consoles_share_a_file(path: Path) -> None:
    mine, yours = Store(path), Store(path)
    window = yours.conversations()
    assert window.count() == 0
    await asyncio.gather(
        *(
            store.write(
                merge_messages, [inbound(f"{name}{number}", number + 1, counterpart=f"+{name}{number}")]
            )
            for number in range(25)
            for name, store in (("1", mine), ("2", yours))
        )
    )
    assert window.count() == mine.conversations().count() == 50
    mine.close()
    yours.close()


async def test_a_lock_that_is_never_let_go_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.file.BUSY_SECONDS", 0.01)
    store = Store(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        await store.write(set_fact, "name", "value")
    other.execute("ROLLBACK")
    other.close()
    await store.write(set_fact, "name", "value")
    assert store.fact("name") == "value"
    store.close()


async def test_reading_does_not_wait_for_a_write(store: Store) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        set_fact(tx, "name", "value")
        entered.set()
        go_on.wait()

    writing = asyncio.create_task(store.write(slow))
    await asyncio.to_thread(entered.wait)
    assert store.fact("name") == ""
    go_on.set()
    await writing
    assert store.fact("name") == "value"


async def test_what_another_console_wrote_is_noticed_and_what_this_one_wrote_is_not(
    path: Path, store: Store
) -> None:
    told: asyncio.Queue[Change] = asyncio.Queue()
    other = Store(path)
    await store.write(merge_messages, [inbound("M1")])
    store.subscribe(told.put_nowait)
    store.notice_others()
    await other.write(merge_messages, [inbound("M2")])
    other.close()
    store.notice_others()
    change = await asyncio.wait_for(told.get(), 30)
    assert change.topics == {"messages", "conversations"}
    assert change.keys == frozenset()
    await store.write(merge_messages, [inbound("M3")])
    store.notice_others()
    await store.write(set_fact, "last", "yes")
    assert [told.get_nowait().keys for _ in range(told.qsize())] == [{ANA, "M3"}, {"last"}]


async def test_a_beat_of_another_console_wakes_nobody(path: Path, store: Store) -> None:
    told: asyncio.Queue[Change] = asyncio.Queue()
    other = Store(path)
    store.subscribe(told.put_nowait)
    await other.write(be_present, ANA, 1000)
    store.notice_others()
    assert (await asyncio.wait_for(told.get(), 30)).topics == {"presence"}
    await other.write(be_present, ANA, 1010)
    store.notice_others()
    await store.write(set_fact, "last", "yes")
    assert [told.get_nowait().keys for _ in range(told.qsize())] == [{"last"}]
    other.close()


async def test_what_others_wrote_between_ones_own_writes_is_noticed(path: Path, store: Store) -> None:
    told: asyncio.Queue[Change] = asyncio.Queue()
    other = Store(path)
    store.subscribe(told.put_nowait)
    await store.write(merge_messages, [inbound("M1")])
    await other.write(merge_messages, [inbound("M2")])
    await store.write(merge_messages, [inbound("M3")])
    other.close()
    store.notice_others()
    await store.write(set_fact, "last", "yes")
    heard = [told.get_nowait() for _ in range(told.qsize())]
    assert [change.keys for change in heard] == [{ANA, "M1"}, {ANA, "M3"}, set(), {"last"}]
    assert heard[2].topics == {"messages", "conversations"}
