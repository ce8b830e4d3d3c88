"""The first reading of an account: something to show at once, everything in the end, also after a stop."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.sync.desk import ANA, Desk, desk
from tui.api.operation import Request
from tui.core.errors import Refused
from tui.sandbox.handlers import sms_history
from tui.sandbox.limits import LIMITS
from tui.store import facts
from tui.sync.engine import INTERVALS
from tui.sync.history import SPARE_CALLS


def pages(found: Desk) -> list[tuple[int, bool]]:
    """Which pages of history were asked for, and whether as part of the old ones."""
    return [(int(call.query["page"]), "date_to" in call.query) for call in found.client.of("sms.history")]


async def test_all_of_an_account_is_read(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=1000) as found:
        await found.start()
        assert found.kept() == found.there()
        store, world = found.store, found.world
        assert store.counts().unread > 0
        assert store.counts().unread == len({world.messages[i].number for i in world.inbound.unread()})
        assert found.sync.status.kind == "live"
        assert [status.kind for status in found.statuses] == ["live"]
        account = store.account()
        assert account is not None
        assert (account.username, account.currency_code) == ("demo", "AUD")
        assert "api_key" not in account.extra
        assert store.contacts(None).count() == len(world.contacts)
        assert {row.name for row in store.lists()} == {row["list_name"] for row in world.lists}
        assert {row.id for row in store.campaigns().page(0)} == {
            row["sms_campaign_id"] for row in world.campaigns
        }
        assert {row.name for row in store.templates()} == {row["template_name"] for row in world.templates}
        assert len(store.statistics()) > 20
        assert store.fact(facts.RULES) == store.fact(facts.RECEIPT_RULES) == "ok"
        assert found.sync.problems == {}


async def test_a_conversation_has_its_name_and_number_as_people_write_it(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=300) as found:
        await found.start()
        rows = found.store.conversations("all").page(0)
        named = next(row for row in rows if row.name and row.counterpart.startswith("+61"))
        assert named.number.startswith("+61 4")
        assert found.store.contact_by_phone(named.counterpart) is not None


async def test_the_newest_page_is_there_before_the_rest(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=1000) as found:
        first: list[set[str]] = []

        def look(request: Request[Any]) -> None:
            if "date_to" in request.query and not first:
                first.append(found.kept())

        found.client.before = look
        await found.start()
        newest = {found.world.messages.id_of(message) for message in found.world.messages[-100:]}
        assert newest <= first[0]
        assert pages(found)[0] == (1, False)
        assert [page for page, is_old in pages(found) if is_old] == list(range(2, 11))


async def test_progress_is_told_until_all_is_there(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=500) as found:
        told: list[str] = []
        found.store.subscribe(
            lambda change: (
                told.append(found.store.fact(facts.PROGRESS))
                if facts.PROGRESS in change.of("progress")
                else None
            )
        )
        await found.start()
        done = [int(each.partition("/")[0]) for each in told[:-1]]
        assert (done[0], told[-1]) == (100, "")
        assert done == sorted(set(done))
        assert {each.partition("/")[2] for each in told[:-1]} == {"500"}


async def test_nothing_rings_at_the_start(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=300) as found:
        await found.start()
        assert found.told("arrived") == set()


async def test_inbound_messages_of_the_past_count_as_read_unless_they_are_listed(quiet: Desk) -> None:
    quiet.arrive(ANA, "long answered")
    quiet.world.inbound.mark(None)
    quiet.time.turn(60)
    quiet.arrive(ANA, "still waiting")
    await quiet.start()
    assert [(row.body, row.read) for row in quiet.thread()] == [
        ("long answered", True),
        ("still waiting", False),
    ]


async def test_an_interrupted_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=1000) as found:
        reached = asyncio.Event()

        def interrupt(request: Request[Any]) -> None:
            if "date_to" in request.query and request.query["page"] == "5":
                reached.set()

        found.client.before = interrupt
        found.sync.start()
        await reached.wait()
        await found.sync.stop()
        assert found.kept() < found.there()
        left = json.loads(found.store.fact(facts.HISTORY_REST))
        assert len(found.kept()) >= (left["page"] - 1) * 100
        found.client.before = lambda request: None
        found.client.calls.clear()
        found.new_sync()
        await found.start()
        assert found.kept() == found.there()
        old = [page for page, is_old in pages(found) if is_old]
        assert old == list(range(left["page"], 11))


async def test_messages_that_arrive_while_old_ones_are_read_shift_nothing_out(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=1000) as found:

        def shift(request: Request[Any]) -> None:
            if request.operation.id == "sms.history":
                for number in range(7):
                    found.leave(f"+6149900000{number}")

        found.client.before = shift
        await found.start()
        found.client.before = lambda request: None
        await found.refresh("history")
        assert found.kept() == found.there()


async def test_an_account_without_messages_is_soon_read(quiet: Desk) -> None:
    await quiet.start()
    assert quiet.sync.status.kind == "live"
    assert quiet.store.fact(facts.PROGRESS) == quiet.store.fact(facts.HISTORY_REST) == ""
    quiet.time.turn(5)
    quiet.arrive()
    await quiet.turn(35)
    assert [row.body for row in quiet.thread()] == ["Hello"]


async def test_a_disk_that_is_busy_does_not_stop_the_loop(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=300) as found:
        other = sqlite3.connect(found.store.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        found.sync.start()
        # All polls but one: nothing is under way on other channels, so that nothing is asked of them.
        while len(found.client.calls) < len(INTERVALS) - 1:
            found.client.answered.clear()
            await found.client.answered.wait()
        for _ in range(100):
            await asyncio.sleep(0)
        assert found.kept() == set()
        other.execute("ROLLBACK")
        other.close()
        await found.rest()
        assert found.kept() == found.there()


async def test_reading_old_messages_leaves_calls_for_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "sms.history", 20)
    async with desk(tmp_path, messages=3000, rate_limit=True) as found:
        await found.start()
        assert found.kept() < found.there()
        assert len(found.client.of("sms.history")) == 20 - SPARE_CALLS
        found.leave()
        await found.turn(34)
        assert found.thread()[0].body == "Hi"
        assert found.kept() < found.there()
        for _ in range(4):
            await found.turn(61)
        assert found.kept() == found.there()
        assert [status.kind for status in found.statuses] == ["live"]


async def test_messages_that_go_while_old_ones_are_read_take_none_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path, messages=3000) as found:
        log, gone, asked = found.world.messages, set[int](), list[int]()
        between = log.between
        monkeypatch.setattr(
            log, "between", lambda start, end: [place for place in between(start, end) if place not in gone]
        )

        def lose(request: Request[Any]) -> None:
            if "date_to" in request.query:
                asked.append(int(request.query["page"]))
                if len(asked) in (5, 9):
                    gone.update(range(2950 - len(asked), 2990))

        found.client.before = lose
        await found.start()
        there = {log.id_of(log[place]) for place in range(3000) if place not in gone}
        assert there <= found.kept()
        assert found.store.fact(facts.HISTORY_REST) == ""


async def test_pages_are_read_together_where_no_limit_is_stated(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=2000) as found:
        await found.start()
        assert found.client.most_at_once["sms.history"] > 1
        assert [page for page, is_old in pages(found) if is_old] == list(range(2, 21))


async def test_pages_before_one_that_fails_are_stored(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=2000) as found:

        def refuse(request: Request[Any]) -> None:
            if "date_to" in request.query and request.query["page"] == "7":
                found.client.before = lambda request: None
                raise Refused("Not now.", operation="sms.history")

        found.client.before = refuse
        await found.start()
        assert found.kept() == found.there()
        assert [page for page, is_old in pages(found) if is_old and page < 7] == [2, 3, 4, 5, 6]


async def test_rows_that_lack_nearly_everything_do_not_keep_the_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sms_history._row
    odd: list[dict[str, Any]] = [
        {},
        {"message_id": None, "body": "whose?"},
        {"message_id": 7, "status": "Teleported", "date": "soon", "message_parts": [], "direction": None},
    ]

    def row(world: Any, message: Any) -> dict[str, Any]:
        return odd[message.position] if message.position < len(odd) else whole(world, message)

    monkeypatch.setattr(sms_history, "_row", row)
    async with desk(tmp_path, messages=300) as found:
        await found.start()
        assert found.sync.problems == {}
        assert found.kept() - found.there() == {"7"}
        strange = found.store.message("7")
        assert strange is not None
        assert (strange.state, strange.at, strange.counterpart) == ("accepted", 0, "unknown")
        assert len(found.there() - found.kept()) <= len(odd)
