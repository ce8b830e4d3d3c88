"""Marking read at ClickSend: only what was done here, one message at a time, when its time has come."""

from __future__ import annotations

import pytest

from tests.sync.desk import ANA, BOB, Desk
from tui.sandbox.faults import Fault
from tui.store.decisions import done, undo


async def finish(quiet: Desk, number: str = ANA) -> None:
    """The user says that a conversation is done, with ten seconds to think again."""
    now = int(quiet.time.now())
    await quiet.store.write(done, [number], now, now + 10)


def marked(quiet: Desk) -> list[str]:
    return [call.path for call in quiet.client.calls if "inbound-read" in call.path]


@pytest.fixture
async def waiting(quiet: Desk) -> Desk:
    """Two messages of Ana and one of Bob, in the store and unread at ClickSend."""
    quiet.arrive(ANA, "One")
    quiet.arrive(ANA, "Two")
    quiet.arrive(BOB, "Three")
    await quiet.start()
    return quiet


async def test_done_is_marked_when_it_can_no_longer_be_taken_back(waiting: Desk) -> None:
    await finish(waiting)
    await waiting.turn(9)
    assert marked(waiting) == []
    await waiting.turn(2)
    ids = [message.id for message in waiting.thread(ANA)]
    assert sorted(marked(waiting)) == sorted(f"/sms/inbound-read/{id}" for id in ids)
    assert [waiting.world.messages[i].body for i in waiting.world.inbound.unread()] == ["Three"]
    await waiting.turn(100)
    assert len(marked(waiting)) == 2


async def test_what_was_taken_back_in_time_is_never_marked(waiting: Desk) -> None:
    await finish(waiting)
    await waiting.turn(9)
    await waiting.store.write(undo)
    await waiting.turn(100)
    assert marked(waiting) == []
    assert waiting.store.conversation(ANA).unread == 2  # type: ignore[union-attr]


async def test_what_arrives_after_done_is_not_marked(waiting: Desk) -> None:
    await finish(waiting)
    await waiting.turn(5)
    waiting.arrive(ANA, "Four")
    await waiting.turn(20)
    bodies = [waiting.world.messages[i].body for i in waiting.world.inbound.unread()]
    assert sorted(bodies) == ["Four", "Three"]
    assert waiting.store.conversation(ANA).unread == 1  # type: ignore[union-attr]


async def test_read_only_marks_nothing(waiting: Desk) -> None:
    await waiting.sync.stop()
    waiting.new_sync(read_only=True)
    await waiting.start()
    await finish(waiting)
    await waiting.turn(100)
    assert marked(waiting) == []
    assert len(waiting.store.pending_marks(waiting.time.now())) == 2


async def test_marks_wait_for_the_next_start(waiting: Desk) -> None:
    await finish(waiting)
    await waiting.sync.stop()
    waiting.time.turn(3600)
    waiting.new_sync()
    await waiting.start()
    assert len(marked(waiting)) == 2


async def test_a_mark_that_somebody_else_made_is_done_with(waiting: Desk) -> None:
    await finish(waiting)
    waiting.world.inbound.mark(None)
    await waiting.turn(12)
    assert waiting.store.pending_marks(waiting.time.now()) == []
    assert waiting.sync.problems == {}


async def test_a_mark_that_fails_is_made_later(waiting: Desk) -> None:
    await finish(waiting)
    waiting.world.faults.add("sms.inbound_mark_read_one", Fault.FAILS)
    await waiting.turn(12)
    assert "marks" in waiting.sync.problems
    assert len(waiting.store.pending_marks(waiting.time.now())) == 2
    await waiting.turn(15)
    assert [waiting.world.messages[i].body for i in waiting.world.inbound.unread()] == ["Three"]
    assert waiting.sync.problems == {}


async def test_a_message_that_was_not_listed_yet_is_marked_once_it_is(quiet: Desk) -> None:
    await quiet.start()
    quiet.time.turn(1)
    quiet.arrive(ANA)
    await quiet.refresh("history")
    assert quiet.store.conversation(ANA).unread == 1  # type: ignore[union-attr]
    await finish(quiet)
    await quiet.turn(8)
    await quiet.turn(12)
    assert quiet.world.inbound.unread() == []
