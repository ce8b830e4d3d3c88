"""The inbox: what is on view, what the keys do to the store, and what leaves for ClickSend."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.canned import serving
from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.core.settings import Launch
from tui.sandbox.faults import Fault
from tui.sandbox.message import Message as Sent
from tui.sandbox.world import World
from tui.screens import confirm
from tui.screens.confirm import ConfirmSendScreen
from tui.screens.inbox import InboxScreen
from tui.screens.reply_editor import ReplyEditor
from tui.store.database import Store
from tui.store.drafts import save_draft

SIZES = [(80, 24), (120, 40)]


def ready(app: ConsoleApp) -> bool:
    """The unread messages are in the store, and named."""
    return app.services.store.counts().unread > 1 and app.services.store.contacts().count() > 0


def inbox(console: Console) -> InboxScreen:
    screen = console.app.screen
    assert isinstance(screen, InboxScreen)
    return screen


def sent(world: World, body: str) -> list[Sent]:
    """What the sandbox was really given to send."""
    return [message for message in world.messages[:] if message.outbound and message.body == body]


async def write(console: Console, text: str) -> None:
    """Open the editor on the conversation under the cursor and type."""
    await console.press("r", f"={text}")
    await console.until(lambda: text in console.text, "the text in the editor")


@pytest.mark.parametrize("size", SIZES)
async def test_an_answer_is_priced_confirmed_and_sent_once(
    start: Start, world: World, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        before = world.account.balance
        await write(console, "Yes, at 3pm")
        await console.shows("A$0.", "→")
        assert sent(world, "Yes, at 3pm") == []
        await console.press("ctrl+j")
        await console.shows("Send 1 SMS", "balance after", "11 characters", "GSM-7")
        assert sent(world, "Yes, at 3pm") == []
        await console.press("ctrl+j", "ctrl+j", "ctrl+j")
        await console.until(lambda: sent(world, "Yes, at 3pm"))
        # On a busy machine it is delivered before anybody has looked.
        await console.until(
            lambda: {"accepted", "sent", "delivered"} & set(console.text.split()), "its state"
        )
        assert len(sent(world, "Yes, at 3pm")) == 1
        assert world.account.balance < before
        store = console.app.services.store
        assert store.outbox()[0].state == "accepted"
        assert store.draft(inbox(console).counterpart) == ""


async def test_a_key_held_down_does_not_confirm_what_nobody_read(
    start: Start, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(ready=ready) as console:
        await write(console, "Hold it")
        await console.shows("A$0.", "→")
        monkeypatch.setattr(confirm, "UNREAD_SECONDS", 60)
        await console.press("ctrl+j")
        await console.shows("Send 1 SMS", "Esc back")
        await console.press("ctrl+j", "ctrl+j", "f9")
        assert isinstance(console.app.screen, ConfirmSendScreen)
        assert "Ctrl+J" not in console.text
        assert not console.app.services.store.outbox()
        await console.press("escape")
        await console.shows("Hold it", "check price")
        monkeypatch.setattr(confirm, "UNREAD_SECONDS", 0.01)
        await console.press("ctrl+j")
        await console.shows("Send 1 SMS", "Ctrl+J send")
        await console.press("ctrl+j")
        await console.until(lambda: sent(world, "Hold it"))


async def test_escape_keeps_the_draft_and_the_next_start_has_it(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        await write(console, "half a thought")
        counterpart = inbox(console).counterpart
        await console.press("escape", "escape")
        await console.shows("draft")
    async with start(ready=ready) as console:
        assert console.app.services.store.draft(counterpart) == "half a thought"
        assert inbox(console).table.select(counterpart)
        await console.press("r")
        await console.shows("half a thought")
        assert sent(world, "half a thought") == []


async def test_what_two_consoles_write_at_once_is_kept_apart(start: Start) -> None:
    async with start(ready=ready) as console:
        store = console.app.services.store
        other = Store(store.path, who="bob@desk")
        await write(console, "Yes, at 3pm")
        here = inbox(console).counterpart
        await console.until(lambda: other.draft(here) == "Yes, at 3pm")
        await other.write(save_draft, here, "Yes, at nine", ["Yes, at 3pm"])
        await console.press("=, or later")
        await console.until(lambda: store.draft(here) == "Yes, at 3pm, or later")
        assert other.draft(here) == "Yes, at nine"
        await console.press("escape", "r")
        await console.shows("Yes, at 3pm, or later")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.press("ctrl+j")
        await console.until(lambda: [item.state for item in store.outbox()] == ["accepted"])
        assert store.draft(here) == other.draft(here) == "Yes, at nine"
        other.close()


async def test_what_is_typed_is_saved_when_the_console_ends(start: Start) -> None:
    async with start(ready=ready) as console:
        await write(console, "cut off here")
        counterpart = inbox(console).counterpart
    async with start(ready=ready) as console:
        assert console.app.services.store.draft(counterpart) == "cut off here"


async def test_escape_on_the_confirm_screen_goes_back_to_the_text(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        await write(console, "not yet")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.press("escape", "=, wait")
        await console.shows("not yet, wait")
        assert sent(world, "not yet") == []
        assert sent(world, "not yet, wait") == []


async def test_a_send_that_never_left_gives_the_text_back(start: Start, world: World) -> None:
    world.faults.add("sms.send", Fault.LEGACY)
    async with start(ready=ready) as console:
        await write(console, "try this")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.press("ctrl+j")
        store = console.app.services.store
        await console.until(lambda: [item.state for item in store.outbox()] == ["not sent"])
        assert sent(world, "try this") == []
        await console.until(lambda: store.draft(inbox(console).counterpart) == "try this")


async def test_a_lost_answer_is_unknown_is_not_repeated_and_can_be_settled(
    start: Start, world: World
) -> None:
    async with start(ready=ready) as console:
        world.faults.add("sms.send", Fault.ANSWER_LOST)
        world.faults.add("sms.history", Fault.FAILS, times=50)
        await write(console, "only once")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        await console.press("ctrl+j")
        await console.shows("outcome unknown")
        await console.press("U")
        await console.shows("Was this done?", "proves nothing")
        await console.press("enter")
        store = console.app.services.store
        await console.until(lambda: [item.state for item in store.outbox()] == ["accepted"])
        assert len(sent(world, "only once")) == 1


async def test_keys_typed_ahead_meet_the_next_conversation(start: Start) -> None:
    async with start(ready=ready) as console:
        store = console.app.services.store
        first = store.conversations("open").page(0, 3)
        await console.press("e", "e")
        await console.until(lambda: store.counts().done >= 2)
        done = [store.conversation(row.counterpart) for row in first[:2]]
        assert all(row is not None and row.done for row in done)


async def test_done_can_be_undone_and_nothing_was_marked_at_clicksend(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        store = console.app.services.store
        before, unread = store.counts(), len(world.inbound.unread())
        await console.press("e")
        await console.until(lambda: store.counts().open == before.open - 1)
        await console.press("z")
        await console.until(lambda: store.counts() == before)
        assert len(world.inbound.unread()) == unread
        await console.press("z")
        await console.shows("nothing to take back")


async def test_showing_a_message_marks_nothing(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        unread, local = len(world.inbound.unread()), console.app.services.store.counts().unread
        await console.press("n", "enter", "G", "g", "escape", "j", "j")
        assert len(world.inbound.unread()) == unread
        assert console.app.services.store.counts().unread == local


async def test_a_new_message_appears_and_leaves_the_cursor_where_it_is(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        await console.press("j", "j")
        here = inbox(console).counterpart
        world.replies.receive("+61491570999", "Are you open on Sunday?", int(world.now))
        await console.press("R")
        await console.shows("Are you open on Sunday?")
        assert inbox(console).counterpart == here


@pytest.mark.parametrize("size", [(60, 20), *SIZES])
async def test_hostile_text_is_only_text(start: Start, world: World, size: tuple[int, int]) -> None:
    body = "[/b] [@click=app.quit]boom[/] \x1b]0;owned\x07\x1b[2J\u202eevil"
    world.replies.receive("+61491570998", body, int(world.now))
    async with start(size, ready=ready) as console:
        await console.until(lambda: console.app.services.store.conversation("+61491570998"))
        console.app.open_conversation("+61491570998")
        await console.press("enter")
        await console.shows("[@click=app.quit]boom[/]")
        assert "\x1b" not in console.text
        assert "\u202e" not in console.text
        assert console.app.is_running


async def test_search_narrows_and_escape_brings_everything_back(start: Start) -> None:
    async with start(ready=ready) as console:
        store = console.app.services.store
        name = store.conversations("open").page(0, 1)[0].title
        total = inbox(console).table.total
        await console.press("/", f"={name}", "enter")
        await console.until(lambda: inbox(console).table.total < total)
        assert inbox(console).table.row is not None
        await console.press("escape")
        await console.until(lambda: inbox(console).table.total == total)


@pytest.mark.parametrize("world", [0], indirect=True)
async def test_an_empty_inbox_says_that_no_rule_fills_it_and_makes_one(start: Start, world: World) -> None:
    async with start() as console:
        await console.shows("POLL", "P creates it")
        await console.press("P")
        await console.shows("Create a POLL rule")
        await console.press("ctrl+j")
        await console.until(lambda: [rule["action"] for rule in world.inbound_rules] == ["POLL"])


async def test_read_only_refuses_with_the_reason_and_hides_the_keys(start: Start, world: World) -> None:
    async with start(ready=ready, read_only=True) as console:
        await console.shows("read-only")
        assert "reply" not in console.text.splitlines()[-1]
        await console.press("r")
        await console.shows("Read-only mode")
        assert inbox(console).pane.editor is None


async def test_bad_input_has_its_message_and_keeps_the_text(start: Start) -> None:
    async with start(ready=ready) as console:
        await console.press("r", "ctrl+j")
        await console.shows("The message is empty")
        editor = inbox(console).pane.editor
        assert editor is not None
        editor.insert("x" * 1400)
        await console.shows("10 parts", "cut off after")
        await console.press("ctrl+j")
        await console.shows("Send 1 SMS", "sends at most 6")


@pytest.mark.parametrize("answer", ["refused", "a hotel's page"])
async def test_an_empty_console_says_why_it_cannot_read(
    answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "demo")
    monkeypatch.setenv("CLICKSEND_API_KEY", "demo")
    pages = defaultdict(lambda: (200, "<html>Sign in to the hotel</html>"))
    with serving(pages) as url:
        base_url = url if answer != "refused" else "http://127.0.0.1:9/v3"
        launch = Launch(profile="test", base_url=base_url, database=tmp_path / "db", log=tmp_path / "log")
        app = ConsoleApp(launch)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            console = Console(app, pilot, World(messages=0))
            for key in "1245":
                await console.press(key)
                await console.shows("connection was refused" if answer == "refused" else "not from ClickSend")


async def test_what_cannot_be_saved_is_not_lost(start: Start, world: World) -> None:
    async with start(ready=ready) as console:
        services = console.app.services
        (pages,) = services.store._writer.execute("PRAGMA page_count").fetchone()
        services.store._writer.execute(f"PRAGMA max_page_count = {pages}")
        long = "on a full disk " * 2000
        await console.press("r")
        console.app.screen.query_one(ReplyEditor).insert(long)
        await console.shows("No room on the disk")
        await console.press("escape")
        counterpart = inbox(console).counterpart
        assert services.drafts.text(counterpart) == long
        assert services.store.draft(counterpart) == ""
        services.store._writer.execute("PRAGMA max_page_count = 1000000")
    async with start(ready=ready) as console:
        assert console.app.services.store.draft(counterpart) == long


async def test_a_send_that_cannot_be_written_down_is_not_made_and_keeps_the_text(
    start: Start, world: World
) -> None:
    async with start(ready=ready) as console:
        await write(console, "not on record")
        await console.press("ctrl+j")
        await console.until(lambda: isinstance(console.app.screen, ConfirmSendScreen))
        services = console.app.services
        await console.until(lambda: not services.drafts.unsaved, "the draft on disk")
        services.store._writer.execute("PRAGMA query_only = on")
        await console.press("ctrl+j")
        await console.shows("Nothing was sent.")
        assert sent(world, "not on record") == []
        services.store._writer.execute("PRAGMA query_only = off")
        assert services.drafts.text(inbox(console).counterpart) == "not on record"


async def test_another_console_on_the_profile_is_followed_without_a_poll(start: Start) -> None:
    async with start(ready=ready) as console:
        other = Store(console.app.services.store.path)
        number = console.app.services.store.conversations().page(0)[0].counterpart
        await other.write(save_draft, number, "from next door")
        other.close()
        await console.shows("draft")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_price_and_warnings_are_on_view_however_long_the_message(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(size, ready=ready) as console:
        await console.press("r")
        console.app.screen.query_one(ReplyEditor).insert("nine parts of text\n" * 70)
        await console.press("ctrl+j")
        await console.shows("Send 1 SMS", "balance after", "Ctrl+J send", "cut")
