"""How sync says that it goes: live, backing off, offline, and back, and how long it waits."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.sync.desk import ANA, Desk, SpiedClient, desk
from tui.api import account
from tui.api.operation import Request
from tui.core.errors import Forbidden, RateLimited, Unauthorized, Unreachable
from tui.sandbox.faults import Fault
from tui.store.database import Store
from tui.sync.engine import Sync


def kinds(found: Desk) -> list[str]:
    return [status.kind for status in found.statuses]


async def test_it_starts_and_is_live(quiet: Desk) -> None:
    assert quiet.sync.status.kind == "starting"
    began = quiet.sync.status.since
    await quiet.start()
    assert quiet.sync.status.kind == "live"
    assert quiet.sync.status.since >= began
    await quiet.turn(60)
    assert kinds(quiet) == ["live"]


def without_network(request: Request[Any]) -> None:
    raise Unreachable("No network.", operation=request.operation.id, hint="Check the network.")


async def test_offline_is_told_and_ends_by_itself(quiet: Desk) -> None:
    await quiet.start()
    quiet.client.before = without_network
    await quiet.turn(12)
    status = quiet.sync.status
    assert status.kind == "offline"
    assert status.since == quiet.time.now()
    assert status.until is not None
    assert 0 < status.until - quiet.time.now() < 4
    assert status.message == "No network. Check the network."
    await quiet.turn(500)
    since = quiet.sync.status.since
    assert since == status.since
    quiet.arrive()
    quiet.client.before = lambda request: None
    quiet.client.calls.clear()
    await quiet.turn(70)
    assert quiet.sync.status.kind == "live"
    assert len(quiet.thread()) == 1
    assert quiet.sync.problems == {}


async def test_what_is_to_be_read_now_is_not_waited_for_without_a_network(quiet: Desk) -> None:
    await quiet.start()
    quiet.client.before = without_network
    await quiet.turn(12)
    with pytest.raises(Unreachable):
        await asyncio.wait_for(quiet.sync.renewed("contacts"), 10)


async def test_a_poll_that_a_fault_ended_is_told(quiet: Desk) -> None:
    def broken(request: Request[Any]) -> None:
        if request.operation.id == "sms.inbound_list":
            raise ValueError("not foreseen")

    reported: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: reported.append(context["exception"]))
    await quiet.start()
    quiet.client.before = broken
    quiet.time.turn(12)
    async with asyncio.timeout(10):
        while quiet.sync.status.kind == "live":
            await quiet.store.write(lambda _tx: None)
    assert quiet.sync.status.message.startswith("A fault of this program ended the reading of inbound.")
    assert [str(error) for error in reported] == ["not foreseen"]


async def test_offline_one_poll_alone_looks_whether_the_network_is_back(quiet: Desk) -> None:
    await quiet.start()
    quiet.client.before = without_network
    await quiet.turn(70)
    quiet.client.calls.clear()
    for _ in range(20):
        await quiet.turn(61)
    assert len({call.operation.id for call in quiet.client.calls}) == 1
    assert 10 < len(quiet.client.calls) <= 40
    quiet.client.before = lambda request: None
    await quiet.refresh("templates")
    async with asyncio.timeout(30):
        while quiet.sync.problems or not quiet.client.of("templates.sms_list"):
            quiet.client.answered.clear()
            await quiet.client.answered.wait()
            await quiet.rest()
    assert quiet.sync.status.kind == "live"


async def test_polls_come_less_often_while_nobody_looks(quiet: Desk) -> None:
    await quiet.start()
    quiet.sync.watched = False
    await quiet.turn(12)
    quiet.client.calls.clear()
    for _ in range(10):
        await quiet.turn(12)
    assert 2 <= len(quiet.client.of("sms.inbound_list")) <= 3
    await quiet.refresh("inbound")
    quiet.client.calls.clear()
    await quiet.turn(14)
    assert quiet.client.of("sms.inbound_list") == []
    quiet.sync.watched = True
    await quiet.rest()
    assert len(quiet.client.of("sms.inbound_list")) == 1


async def test_the_first_that_gets_through_wakes_the_others(quiet: Desk) -> None:
    await quiet.start()
    quiet.client.before = without_network
    for _ in range(10):
        await quiet.turn(100)
    assert quiet.sync.problems
    quiet.client.before = lambda request: None
    await quiet.refresh("inbound")
    async with asyncio.timeout(30):
        while quiet.sync.problems:
            quiet.client.answered.clear()
            await quiet.client.answered.wait()
            await quiet.rest()
    assert quiet.sync.status.kind == "live"


async def test_a_limit_is_waited_out(tmp_path: Path) -> None:
    async with desk(tmp_path, rate_limit=True) as found:
        await found.start()
        url = found.client._base_url
        async with SpiedClient(url, found.time) as other:  # another program on this machine
            for _ in range(19):
                await other.call(account.get(), retry=False)
            with pytest.raises(RateLimited):
                await other.call(account.get(), retry=False)
        await found.refresh("account")
        status = found.sync.status
        assert status.kind == "backing off"
        assert status.until is not None
        assert 59 <= status.until - found.time.now() <= 62
        assert "wait 60 seconds" in status.message
        found.client.calls.clear()
        found.sync.refresh("account")
        await found.turn(40)
        assert found.client.of("account.get") == []
        assert found.sync.status.kind == "backing off"
        await found.turn(22)
        assert len(found.client.of("account.get")) == 1
        assert found.sync.status.kind == "live"


async def test_a_limit_that_was_told_is_not_run_into(tmp_path: Path) -> None:
    async with desk(tmp_path, rate_limit=True) as found:
        await found.start()
        for _ in range(19):
            await found.client.call(account.get(), retry=False)
        found.client.calls.clear()
        found.sync.refresh("account")
        await found.turn(12)
        assert found.client.of("account.get") == []
        await found.turn(50)
        assert len(found.client.of("account.get")) == 1
        assert kinds(found) == ["live"]


async def test_failures_of_clicksend_are_waited_for_longer_and_longer(quiet: Desk) -> None:
    await quiet.start()
    quiet.world.faults.add("sms.inbound_list", Fault.FAILS, times=3)
    waits = []
    for seconds in (12, 12, 25):
        await quiet.turn(seconds)
        assert quiet.sync.status.kind == "backing off"
        assert quiet.sync.status.until is not None
        waits.append(quiet.sync.status.until - quiet.time.now())
    assert waits == sorted(waits)
    assert waits[2] > 2 * waits[0]
    await quiet.turn(50)
    assert quiet.sync.status.kind == "live"


@pytest.mark.parametrize("fault", [Fault.GARBLED, Fault.ANSWER_LOST, Fault.FAILS_LATE])
async def test_an_answer_that_makes_no_sense_costs_nothing(quiet: Desk, fault: Fault) -> None:
    quiet.arrive()
    quiet.world.faults.add("sms.inbound_list", fault)
    quiet.world.faults.add("sms.history", fault)
    await quiet.start()
    assert quiet.sync.status.kind == "backing off"
    await quiet.turn(30)
    assert quiet.sync.status.kind == "live"
    assert len(quiet.thread()) == 1


async def test_a_key_that_is_not_accepted_is_told(quiet: Desk) -> None:
    def refuse(request: Request[Any]) -> None:
        raise Unauthorized("The key is wrong.", operation=request.operation.id, hint="Sign in again.")

    quiet.client.before = refuse
    await quiet.start()
    assert quiet.sync.status.kind == "backing off"
    assert quiet.sync.status.message == "The key is wrong. Sign in again."
    assert quiet.sync.status.until is not None
    assert quiet.sync.status.until - quiet.time.now() > 50


async def test_what_a_key_may_not_see_does_not_spoil_the_rest(quiet: Desk) -> None:
    def forbid(request: Request[Any]) -> None:
        if request.operation.id in ("statistics.sms", "sms.receipts_list"):
            raise Forbidden("This key may not see it.", operation=request.operation.id)

    quiet.client.before = forbid
    await quiet.start()
    assert quiet.sync.status.kind == "live"
    assert set(quiet.sync.problems) == {"statistics", "receipts"}


async def test_a_store_that_cannot_be_written_is_told(quiet: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await quiet.start()
    pages = quiet.store.write_now(lambda tx: tx.row("PRAGMA page_count"))
    assert pages is not None
    quiet.store.write_now(lambda tx: tx.row(f"PRAGMA max_page_count = {pages[0]}"))
    for number in range(60):
        quiet.arrive(ANA, f"{number} " + "x" * 600)
    await quiet.turn(12)
    assert quiet.sync.status.kind == "backing off"
    assert "No room on the disk" in quiet.sync.status.message
    quiet.store.write_now(lambda tx: tx.row("PRAGMA max_page_count = 100000"))
    await quiet.turn(60)
    assert quiet.sync.status.kind == "live"
    assert len(quiet.thread()) == 60


async def test_stopping_ends_everything_and_starting_again_goes_on(quiet: Desk) -> None:
    before = asyncio.all_tasks()
    await quiet.start()
    await quiet.sync.stop()
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    assert quiet.time.sleepers == 0
    quiet.arrive()
    await quiet.start()
    assert len(quiet.thread()) == 1


async def test_stopping_in_the_middle_of_everything(tmp_path: Path) -> None:
    async with desk(tmp_path, messages=600) as found:
        before = asyncio.all_tasks()
        for calls in (1, 3, 9, 12):
            sync = found.new_sync()
            found.client.calls.clear()
            sync.start()
            while len(found.client.calls) < calls:
                found.client.answered.clear()
                await found.client.answered.wait()
            await sync.stop()
            await asyncio.sleep(0)
            assert asyncio.all_tasks() == before
        found.new_sync()
        await found.start()
        assert found.kept() == found.there()


async def test_stopping_before_starting_is_nothing(quiet: Desk) -> None:
    await quiet.sync.stop()
    quiet.sync.refresh()


@pytest.mark.parametrize(
    ("topics", "operations"),
    [
        (("messages",), {"sms.inbound_list", "sms.history"}),
        (("inbound",), {"sms.inbound_list"}),
        (("receipts",), {"sms.receipts_list", "sms.history"}),
        (("lists", "campaigns"), {"contacts.lists_list", "sms_campaigns.list"}),
        (("templates", "account"), {"templates.sms_list", "account.get"}),
        (("drafts", "account"), {"account.get"}),
        (
            (),
            {
                "account.get",
                "sms.inbound_list",
                "sms.history",
                "sms.receipts_list",
                "sms_campaigns.list",
                "contacts.lists_list",
                "templates.sms_list",
                "automations.sms_inbound_list",
                "automations.sms_receipts_list",
                "statistics.sms",
            },
        ),
    ],
)
async def test_refreshing_asks_for_what_a_screen_shows(
    quiet: Desk, topics: tuple[str, ...], operations: set[str]
) -> None:
    await quiet.start()
    quiet.client.calls.clear()
    quiet.sync.refresh(*topics)
    async with asyncio.timeout(30):
        while {call.operation.id for call in quiet.client.calls} < operations:
            quiet.client.answered.clear()
            await quiet.client.answered.wait()
    await quiet.rest()
    assert {call.operation.id for call in quiet.client.calls} == operations


async def test_intervals_can_be_set(quiet: Desk, tmp_path: Path) -> None:
    store = Store(tmp_path / "other.db")
    sync = Sync(quiet.client, store, quiet.time, {"inbound": 1000.0}, sleep=quiet.time.sleep)
    quiet.sync, quiet.store = sync, store
    await quiet.start()
    quiet.client.calls.clear()
    await quiet.turn(200)
    assert quiet.client.of("sms.inbound_list") == []
    assert len(quiet.client.of("sms.history")) == 1


async def test_a_poll_can_be_waited_for(quiet: Desk) -> None:
    await quiet.start()
    before = len(quiet.client.of("contacts.lists_list"))
    await asyncio.wait_for(quiet.sync.renewed("contacts"), 30)
    assert len(quiet.client.of("contacts.lists_list")) == before + 1
    quiet.client.before = without_network
    with pytest.raises(Unreachable):
        await asyncio.wait_for(quiet.sync.renewed("contacts"), 30)
