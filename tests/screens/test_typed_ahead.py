"""Keys that arrive together, as on a slow link, land where they would have landed one by one."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tests.screens.conftest import Console, Start
from tui.app import ConsoleApp
from tui.screens.reply_editor import ReplyEditor
from tui.screens.sign_in import SignInScreen


def type_at_once(console: Console, *keys: str) -> None:
    """Give the app keys as one chunk of input; those of several letters are names of keys."""
    for key in keys:
        console.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_key_typed_after_tab_is_never_shown_in_the_field_before(start: Start) -> None:
    async with start((80, 24)) as console:
        console.app.ask_for_key()
        await console.until(lambda: isinstance(console.app.screen, SignInScreen))
        await console.pilot.pause()
        username, key = console.app.screen.query(Input).results(Input)
        username.value = ""
        username.focus()
        await console.pilot.pause()
        type_at_once(console, *"ada", "tab", *"SECRET")
        await console.until(lambda: key.value == "SECRET", "the key in its field")
        assert username.value == "ada"
        assert "SECRET" not in console.text


async def test_a_reply_typed_straight_after_its_key_is_whole(start: Start) -> None:
    async with start((80, 24), ready=lambda app: app.screen.counterpart) as console:
        type_at_once(console, "r", *"hello")
        await console.until(lambda: bool(console.app.screen.query(ReplyEditor)), "the editor")
        editor = console.app.screen.query_one(ReplyEditor)
        await console.until(lambda: editor.text == "hello", "all that was typed")


async def test_a_held_key_goes_on_when_the_widget_before_it_is_gone(start: Start) -> None:
    async with start((80, 24), ready=lambda app: app.screen.counterpart) as console:
        type_at_once(console, "question_mark", "escape", "2", "1", "3")
        await console.until(lambda: console.app.current_mode == "contacts", "the last screen asked for")


async def test_a_key_typed_after_a_search_is_about_what_was_found(start: Start) -> None:
    def named(app: ConsoleApp) -> bool:
        return any(row.name for row in app.services.store.conversations("all").page(0)[5:])

    async with start(ready=named) as console:
        store, screen = console.app.services.store, console.app.screen
        console.app.screen.act_previous_view()
        rows = store.conversations("all").page(0)
        wanted = next(row for row in rows[5:] if row.name and not row.assignee)
        type_at_once(console, "slash", *wanted.name.lower(), "enter", "a")
        await console.until(
            lambda: any(row.assignee for row in store.conversations("all").page(0)), "a claim"
        )
        claimed = [row.counterpart for row in store.conversations("all").page(0) if row.assignee]
        assert claimed == [wanted.counterpart]
        assert screen.search == wanted.name.lower()
