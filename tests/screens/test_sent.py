"""One send, message by message: followed, sent again, settled, cancelled and moved by keys."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.screens.conftest import Console, Start
from tui.sandbox import offers
from tui.sandbox.world import World
from tui.screens.confirm import ConfirmScreen, ConfirmSendScreen
from tui.screens.operation_form import OperationFormScreen
from tui.screens.outbox import OutboxScreen
from tui.screens.row import RowScreen
from tui.screens.sent import SentScreen
from tui.screens.settle import SettleScreen
from tui.screens.snooze import SnoozeSheet
from tui.sending.draft import MessageDraft
from tui.sending.scheduled import ScheduledSends
from tui.store.outbox import outbox_add
from tui.store.outbox_messages import add
from tui.store.rows import OutboxItem, OutboxMessage

SIZES = [(80, 24), (120, 40)]
ANA, BOB = "+61421000111", "+61421000222"
NOBODY = "+61400000000000"


async def on_view(console: Console, screen: type[Any]) -> Any:
    await console.until(lambda: isinstance(console.app.screen, screen), screen.__name__)
    await console.pilot.pause()
    return console.app.screen


async def sent(console: Console, *to: str, ahead: int = 0) -> str:
    """Send a text to some numbers, now or some seconds ahead; the id of the send."""
    services = console.app.services
    await console.until(lambda: services.connected and services.store.account(), "the connection")
    schedule = services.now() + ahead if ahead else None
    quote = await services.sender.quote(MessageDraft.sms(to, "Doors open at nine", schedule=schedule))
    return (await services.send(quote.confirm())).outbox_id


def a_minute_later(console: Console) -> None:
    """Let what was sent have left a minute ago: before, ClickSend would take it for a duplicate."""
    older = "UPDATE outbox SET created_at = created_at - 60"
    console.app.services.store.write_now(lambda tx: tx.execute(older))


async def opened(console: Console) -> SentScreen:
    """The newest send, opened by keys."""
    await console.press("ctrl+o")
    await on_view(console, OutboxScreen)
    await console.press("enter")
    screen: SentScreen = await on_view(console, SentScreen)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_each_message_is_followed(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="actions") as console:
        await sent(console, ANA, BOB)
        await opened(console)
        await console.shows("SMS · ", "✓ accepted", "+61 421 000 111", "+61 421 000 222", "A$0.")
        await console.press("enter")
        await on_view(console, RowScreen)
        await console.shows("Message id", "Reference")
        await console.press("escape", "i")
        form: OperationFormScreen = await on_view(console, OperationFormScreen)
        assert form.arguments.field("message_id").value
        assert form.arguments.field("type").value == "SMS"


async def test_what_was_rejected_is_sent_again_at_a_new_price(start: Start, world: World) -> None:
    async with start((80, 24), mode="actions") as console:
        id = await sent(console, ANA)
        store = console.app.services.store
        store.write_now(
            lambda tx: tx.execute("UPDATE outbox_message SET state = 'rejected' WHERE outbox_id = ?", (id,))
        )
        before = len(list(world.messages))
        await opened(console)
        await console.press("f")
        await on_view(console, ConfirmSendScreen)
        await console.shows("1 recipient", "Doors open at nine")
        assert len(list(world.messages)) == before
        await console.press("ctrl+j")
        await console.until(lambda: len(list(world.messages)) == before + 1, "the message to be sent again")


@pytest.mark.parametrize("size", SIZES)
async def test_those_that_failed_are_a_view_of_their_own(start: Start, size: tuple[int, int]) -> None:
    async with start(size, mode="actions") as console:
        store = console.app.services.store
        draft = MessageDraft.sms((ANA, BOB), "Doors open at nine")
        item = OutboxItem("mixed", console.app.services.now(), "sms", draft.record(), {}, "accepted")
        store.write_now(outbox_add, item)
        good = OutboxMessage("mixed", 0, ANA, "accepted", became="delivered")
        bad = OutboxMessage("mixed", 1, BOB, "accepted", became="failed", became_text="Absent")
        store.write_now(add, [good, bad])
        screen = await opened(console)
        await console.press("]", "]")
        await console.shows("All 2   Accepted 2   Failed 1", "✗ failed", "Absent")
        assert list(screen.table.window.page(0)) == [bad]
        await console.press("[")
        assert list(screen.table.window.page(0)) == [good, bad]


async def test_an_unknown_message_is_settled(start: Start) -> None:
    async with start((80, 24), mode="actions") as console:
        store = console.app.services.store
        draft = MessageDraft.sms((ANA, BOB), "Doors open at nine")
        item = OutboxItem("lost", console.app.services.now(), "sms", draft.record(), {}, "unknown")
        store.write_now(outbox_add, item)
        store.write_now(add, [OutboxMessage("lost", n, to, "unknown") for n, to in enumerate((ANA, BOB))])
        await opened(console)
        await console.press("u")
        await on_view(console, SettleScreen)
        await console.shows("shows nothing like it")
        await console.press("enter")
        await console.until(lambda: store.sends.counts("lost").get("accepted") == 1, "one to be settled")
        assert store.sends.counts("lost") == {"accepted": 1, "unknown": 1}


async def test_a_scheduled_send_is_cancelled_and_seen_to_be(start: Start, world: World) -> None:
    async with start((80, 24), mode="actions") as console:
        id = await sent(console, ANA, BOB, ahead=86_400)
        screen = await opened(console)
        await console.shows("goes out", "X cancel")
        await console.press("X")
        await on_view(console, ConfirmScreen)
        await console.press("ctrl+j")
        rows = screen.app.services.store.sends.messages(id)
        await console.until(lambda: {row.became for row in rows.page(0)} == {"cancelled"}, "cancelled")
        await console.shows("Cancelled: SMS")
        await console.until(lambda: "X cancel" not in console.text, "no more to cancel")
        await console.press("escape")
        await console.shows("✗ cancelled", "+61 421 000 111 and others")


async def test_it_moves_to_another_time_once_the_old_one_is_cancelled(
    start: Start, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start((80, 24), mode="actions") as console:
        old = await sent(console, ANA, ahead=86_400)
        a_minute_later(console)
        monkeypatch.setattr(offers, "_THROTTLE", 0)
        before = len(list(world.messages))
        await opened(console)
        await console.press("t")
        await on_view(console, SnoozeSheet)
        await console.press("=in 3h", "enter")
        await on_view(console, ConfirmSendScreen)
        await console.shows("The old one is cancelled first")
        assert len(list(world.messages)) == before
        await console.press("ctrl+j")
        await console.until(lambda: len(list(world.messages)) == before + 1, "the new one")
        store = console.app.services.store
        assert [row.became for row in store.sends.messages(old).page(0)] == ["cancelled"]
        (new,) = [item for item in store.outbox() if item.id != old]
        assert 3 * 3600 - 120 < new.schedule - console.app.services.now() <= 3 * 3600


async def test_it_moves_also_when_its_screen_is_left_meanwhile(
    start: Start, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, look_on = asyncio.Event(), asyncio.Event()
    look = ScheduledSends._messages

    async def late(self: ScheduledSends, *given: Any) -> Any:
        asked.set()
        await look_on.wait()
        return await look(self, *given)

    monkeypatch.setattr(ScheduledSends, "_messages", late)
    monkeypatch.setattr(offers, "_THROTTLE", 0)
    async with start((80, 24), mode="actions") as console:
        await sent(console, ANA, ahead=86_400)
        a_minute_later(console)
        before = len(list(world.messages))
        await opened(console)
        await console.press("t")
        await on_view(console, SnoozeSheet)
        await console.press("=in 3h", "enter")
        await on_view(console, ConfirmSendScreen)
        await console.press("ctrl+j")
        await asked.wait()
        await console.press("escape")
        await on_view(console, OutboxScreen)
        look_on.set()
        await console.until(lambda: len(list(world.messages)) == before + 1, "the new one")


async def test_it_does_not_move_while_clicksend_would_take_it_for_a_duplicate(start: Start) -> None:
    async with start((80, 24), mode="actions") as console:
        await sent(console, ANA, ahead=86_400)
        await opened(console)
        await console.press("t")
        await on_view(console, SnoozeSheet)
        await console.press("=in 3h", "enter")
        await console.shows("Try again in a moment.")
        (item,) = console.app.services.store.outbox()
        assert item.state == "accepted"


async def test_what_is_not_scheduled_cannot_be_cancelled(start: Start) -> None:
    async with start((80, 24), mode="actions") as console:
        await sent(console, ANA)
        await opened(console)
        await console.press("X")
        await console.shows("It does not wait for a time any more.")


async def test_it_does_not_move_while_one_of_it_may_still_leave(start: Start, world: World) -> None:
    async with start((80, 24), mode="actions") as console:
        old = await sent(console, ANA, BOB, ahead=86_400)
        # As a person settles it whose answer was lost: ClickSend's id of it is not known.
        lost = "UPDATE outbox_message SET message_id = '', reason = 'Settled by hand.' WHERE number = 1"
        console.app.services.store.write_now(lambda tx: tx.execute(f"{lost} AND outbox_id = ?", (old,)))
        before = len(list(world.messages))
        a_minute_later(console)
        await opened(console)
        await console.press("t")
        await on_view(console, SnoozeSheet)
        await console.press("=in 3h", "enter")
        await on_view(console, ConfirmSendScreen)
        await console.press("ctrl+j")
        await console.shows("1 of 2 as cancelled")
        assert len(list(world.messages)) == before
        assert len(console.app.services.store.outbox()) == 1
