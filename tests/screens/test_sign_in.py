"""Signing in: what is said of the places looked at and of refusals, and where the key goes."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message
from textual.widgets import Input

from tests.credentials.machine import backend
from tests.screens.conftest import Console
from tui.app import ConsoleApp
from tui.core.settings import Launch
from tui.credentials import Credentials, check_credentials
from tui.sandbox.account import TEST_KEY
from tui.sandbox.world import World
from tui.screens.inbox import InboxScreen
from tui.screens.sign_in import KeyField, SignInScreen
from tui.services import Services
from tui.store.account import save_account
from tui.store.messages import merge_messages
from tui.store.rows import AccountFacts
from tui.store.rows import Message as Sms

SIZES = [(80, 24), (120, 40)]
NARROW = (80, 24)
KEY = "5EC2E7-0F-THE-DEM0"

Open = Callable[..., AbstractAsyncContextManager[Console]]


@pytest.fixture
def world() -> World:
    return World(messages=10, traffic=False, key=KEY)


@pytest.fixture
def heard() -> list[Message]:
    """Every message that passed through the console."""
    return []


@pytest.fixture
def keyless(
    clicksend: str, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: list[Message]
) -> Open:
    """Open the console on a machine where nothing has a key: `async with keyless(NARROW) as console`."""
    for name in ("CLICKSEND_USERNAME", "CLICKSEND_API_KEY", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = NARROW, *, keyring: str = "Working", **launch: Any
    ) -> AsyncIterator[Console]:
        for name, value in backend(keyring, tmp_path).items():
            monkeypatch.setenv(name, value)
        given = {
            "profile": "test",
            "base_url": clicksend,
            "database": tmp_path / "db",
            "log": tmp_path / "log",
        }
        app = ConsoleApp(Launch(**{**given, **launch}))
        async with app.run_test(size=size, notifications=True, message_hook=heard.append) as pilot:
            console = Console(app, pilot, world)
            await console.until(lambda: isinstance(app.screen, SignInScreen), "the sign-in sheet")
            await pilot.pause()
            yield console

    return opened


def sheet(console: Console) -> SignInScreen:
    assert isinstance(console.app.screen, SignInScreen)
    return console.app.screen


async def sign_in(console: Console, username: str, key: str, *, keep: str = "keyring") -> None:
    """Fill in the sheet and try it."""
    form = sheet(console).form
    for name, value in (("username", username), ("key", key)):
        field = form.field(name)
        assert field is not None
        field.query_one(Input).value = value
    keeping = form.field("keep")
    assert keeping is not None
    keeping.put(keep)
    await console.pilot.pause()
    await console.press("ctrl+j")


async def signed_in(console: Console) -> None:
    await console.until(lambda: isinstance(console.app.screen, InboxScreen), "the sheet to go")
    assert console.app.services.connected


def kept(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "keyring.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


@pytest.mark.parametrize("size", SIZES)
async def test_says_which_places_were_tried_and_why_each_gave_nothing(
    keyless: Open, size: tuple[int, int]
) -> None:
    async with keyless(size, keyring="keyring.backends.fail.Keyring") as console:
        await console.shows("Sign in to ClickSend", "No user name and key were found.")
        await console.shows("Credential command", "None is set up.", "CLICKSEND_API_KEY is not set.")
        await console.shows("no keyring that works", "only until the console is left", "Esc stay offline")


async def test_a_key_that_works_is_kept_and_the_place_is_told(keyless: Open, tmp_path: Path) -> None:
    async with keyless() as console:
        await console.shows("in the keyring of this machine")
        await sign_in(console, "demo", KEY)
        await signed_in(console)
        await console.shows("Signed in as demo. The key is kept in the keyring (fake backends")
        assert kept(tmp_path) == {"clicksend-tui/test": f"demo:{KEY}"}
        await console.until(lambda: console.app.services.store.account(), "the account")


async def test_enter_leads_through_the_fields_and_tries(keyless: Open) -> None:
    async with keyless() as console:
        await console.press("=demo", "enter", f"={KEY}", "enter")
        await signed_in(console)


async def test_kept_nowhere_when_that_is_wanted(keyless: Open, tmp_path: Path) -> None:
    async with keyless() as console:
        await sign_in(console, "demo", KEY, keep="memory")
        await signed_in(console)
        await console.shows("The key is kept until the console is left.")
        assert kept(tmp_path) == {}


async def test_a_keyring_that_forgets_is_not_believed(keyless: Open) -> None:
    async with keyless(keyring="keyring.backends.null.Keyring") as console:
        await sign_in(console, "demo", KEY)
        await signed_in(console)
        await console.shows("Signed in as demo. The key was not kept")


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_a_wrong_key_is_told_and_what_was_typed_stays(
    keyless: Open, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with keyless(size) as console:
        await sign_in(console, "demo", "mistyped")
        await console.shows("ClickSend does not know this user name and key.", "Ctrl+J sign in")
        form = sheet(console).form
        assert form.values["username"] == "demo"
        assert sheet(console).query_one(KeyField).typed == "mistyped"
        assert kept(tmp_path) == {}
        await sign_in(console, "demo", KEY)
        await signed_in(console)


async def test_missing_values_are_asked_for_at_their_fields(keyless: Open) -> None:
    async with keyless() as console:
        await console.press("ctrl+j")
        await console.shows("Type the user name.", "Paste the API key.")
        assert console.app.focused is sheet(console).form.field("username").query_one(Input)


async def test_a_key_with_blanks_is_refused_without_repeating_it(keyless: Open) -> None:
    async with keyless() as console:
        await sign_in(console, "demo", "two words")
        await console.shows("not a key")
        assert "two words" not in console.text


@pytest.mark.parametrize("size", SIZES)
async def test_a_banned_account_is_refused_in_its_own_words(keyless: Open, size: tuple[int, int]) -> None:
    async with keyless(size) as console:
        await sign_in(console, "banned", TEST_KEY)
        await console.shows("This ClickSend account is banned. Ask ClickSend's support.")


@pytest.mark.parametrize(
    ("username", "words"),
    [("notactive", "The account is not active"), ("nocredit", "There is no credit")],
)
async def test_an_account_that_cannot_send_is_told_and_can_be_looked_at(
    keyless: Open, username: str, words: str
) -> None:
    async with keyless((120, 40)) as console:
        await sign_in(console, username, TEST_KEY, keep="memory")
        await signed_in(console)
        await console.shows(f"Signed in as {username}.", words)


async def test_an_unreachable_server_is_told(keyless: Open) -> None:
    async with keyless(base_url="http://127.0.0.1:9/v3") as console:
        await sign_in(console, "demo", KEY)
        await console.shows("cannot be reached")
        assert sheet(console).query_one(KeyField).typed == KEY


async def test_escape_leaves_what_is_stored_to_look_at(keyless: Open) -> None:
    async with keyless() as console:
        at = console.app.services.now() - 60
        row = Sms("m1", "+61491570156", "in", "An older message", at, "received", read=False)
        await console.app.services.store.write(merge_messages, [row])
        await console.press("escape")
        await console.shows("An older message", "not signed in")
        assert not console.app.services.connected
        await console.pilot.pause()
        assert isinstance(console.app.screen, InboxScreen)


async def test_f2_opens_the_demo_instead(keyless: Open) -> None:
    async with keyless() as console:
        await console.press("f2")
        await console.until(lambda: console.app.return_value == 75, "the way out to the demo")


async def test_the_palette_asks_for_another_key(keyless: Open) -> None:
    async with keyless() as console:
        await sign_in(console, "demo", KEY, keep="memory")
        await signed_in(console)
        console.app.act_sign_in()
        await console.shows("Signed in as demo, from the sign-in screen.")
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, InboxScreen))
        assert console.app.services.connected


async def test_another_account_is_kept_out_of_this_profile(keyless: Open) -> None:
    async with keyless() as console:
        mine = AccountFacts("acme", at=1, extra={"user_id": 1})
        await console.app.services.store.write(save_account, mine)
        await sign_in(console, "demo", KEY)
        await console.shows("Profile test holds the messages of another account, acme.", "--profile")
        assert not console.app.services.connected


async def test_a_key_that_clicksend_refuses_is_asked_for_anew_once(
    keyless: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "demo")
    monkeypatch.setenv("CLICKSEND_API_KEY", "of-last-year")
    async with keyless(username="demo") as console:
        await console.shows("ClickSend does not know this user name and key.")
        await console.press("escape")
        await console.until(lambda: isinstance(console.app.screen, InboxScreen))
        console.app.services.refresh("account", "conversations")
        await console.until(lambda: console.app.services.sync.problems.get("account"))
        await console.pilot.pause()
        assert isinstance(console.app.screen, InboxScreen)


async def test_the_key_is_in_no_message_log_or_worker(
    keyless: Open, heard: list[Message], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with keyless() as console:
        await sign_in(console, "demo", KEY)
        workers = [repr(worker) for worker in console.app.workers]
        workers += [worker.description for worker in console.app.workers]
        assert any("_try" in words for words in workers)
        await signed_in(console)
        texts = [*workers, *map(repr, heard), caplog.text, repr(console.app.services.credentials)]
        assert not [text for text in texts if KEY in text]
        database = console.app.launch.database
    assert KEY.encode() not in b"".join(
        path.read_bytes() for path in database.parent.glob(f"{database.name}*")
    )


async def test_hostile_words_of_a_server_are_shown_as_words(keyless: Open) -> None:
    async with keyless() as console:
        sheet(console)._say("[/b] [@click=app.quit]boom[/]", "bad")
        await console.shows("! [/b] [@click=app.quit]boom[/]")


async def test_what_is_empty_says_that_nobody_is_signed_in(keyless: Open) -> None:
    async with keyless() as console:
        await console.press("escape")
        await console.shows("There is no user name and key for profile test.", "Sign in, or set")
        assert "…" not in console.text.splitlines()[-1]
        for key in "245":
            await console.press(key)
            await console.shows("There is no user name and key for profile test.")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_empty_says_that_the_account_is_not_active(
    keyless: Open, size: tuple[int, int]
) -> None:
    async with keyless(size) as console:
        await sign_in(console, "notactive", TEST_KEY, keep="memory")
        await signed_in(console)
        await console.until(lambda: console.app.services.store.account(), "the account")
        for key in "12":
            await console.press(key)
            await console.until(lambda: "until it is activated" in " ".join(console.text.split()))
        assert "No campaigns yet" not in console.text


async def test_signing_in_ends_the_search_for_a_key_that_is_still_going_on(
    clicksend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two that connect at once, one would poll on with its key, and be stopped by nobody."""
    asked = tmp_path / "asked"
    command = f"sh -c 'touch {asked}; sleep 5; echo demo:{KEY}'"
    paths = {"database": tmp_path / "db", "log": tmp_path / "log"}
    services = Services(Launch("test", clicksend, credential_command=command, **paths))
    built: list[str] = []
    build = services._build
    monkeypatch.setattr(
        services, "_build", lambda found, url: (built.append(found.source), build(found, url))
    )
    first = asyncio.create_task(services.connect())
    while not asked.exists():
        await services.store.write(lambda _tx: None)
    try:
        assert await services.connect(check_credentials("demo", KEY, "a person"))
        assert not await first
        assert (built, services.problem) == (["a person"], None)
    finally:
        await services.close()


async def test_escape_does_not_leave_the_console_connected_by_half(
    keyless: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with keyless(NARROW) as console:
        services, go = console.app.services, threading.Event()
        prepare = services._prepare

        def late(given: Credentials | None) -> tuple[Credentials, str]:
            go.wait()
            return prepare(given)

        monkeypatch.setattr(services, "_prepare", late)
        screen = sheet(console)
        await sign_in(console, "demo", KEY, keep="memory")
        await console.until(lambda: screen.connecting, "the key to be taken")
        await console.press("escape")
        go.set()
        await signed_in(console)
        await console.until(lambda: services.status and services.status.kind == "live", "live")
