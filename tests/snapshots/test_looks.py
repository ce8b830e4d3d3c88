"""How the console looks: a change here is meant, or it is a mistake."""

from __future__ import annotations

import pytest

from tests.snapshots.conftest import Matches, Start

NARROW, WIDE = (80, 24), (120, 40)
REPLY = "Of course. Sam can pick it up until 5:30 pm, just tell him to say your name."


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("inbox", "Open "),
        ("campaigns", "All campaigns "),
        ("contacts", "All contacts "),
        ("receipts", "Waiting "),
        ("account", "sent ↑"),
    ],
)
async def test_five_screens(start: Start, matches: Matches, mode: str, words: str) -> None:
    async with start(WIDE) as console:
        await console.app.switch_mode(mode)
        await console.shows(words)
        await matches(console, mode)


@pytest.mark.parametrize("mode", ["inbox", "receipts"])
async def test_narrow_screens(start: Start, matches: Matches, mode: str) -> None:
    async with start(NARROW) as console:
        await console.app.switch_mode(mode)
        await console.pilot.pause()
        await matches(console, f"{mode}-80x24")


async def test_sixteen_colours_and_ascii(start: Start, matches: Matches) -> None:
    async with start(NARROW, theme="ansi-dark", ascii=True) as console:
        await matches(console, "inbox-ascii-80x24")


async def test_the_light_theme(start: Start, matches: Matches) -> None:
    async with start(WIDE, theme="clicksend-light") as console:
        await matches(console, "inbox-light")


async def test_an_empty_inbox(start: Start, matches: Matches) -> None:
    async with start(NARROW, messages=0) as console:
        await console.shows("P creates it.")
        await matches(console, "inbox-empty-80x24")


async def test_a_reply_and_the_question_before_it_is_sent(start: Start, matches: Matches) -> None:
    async with start(NARROW) as console:
        await console.press("r", f"={REPLY}")
        await console.shows("A$0.", " → ")
        await matches(console, "reply-80x24")
        await console.press("ctrl+j")
        await console.shows("Ctrl+J send")
        await matches(console, "confirm-80x24")


async def test_writing_a_campaign(start: Start, matches: Matches) -> None:
    async with start(WIDE) as console:
        await console.press("2", "n")
        await console.shows("SMS campaign")
        await console.press("=November specials", "tab", "enter", "=VIP", "enter")
        await console.shows("22 contacts  ↓")
        await console.press("tab", "=tomorrow 9am", "tab", "tab", "=Lemon trees are half price this week.")
        await console.shows("A$1.", " → ")
        await matches(console, "campaign-compose")


async def test_the_keys(start: Start, matches: Matches) -> None:
    async with start(WIDE) as console:
        await console.press("question_mark")
        await console.shows("Write an answer to this conversation.")
        await matches(console, "keys")


async def test_signing_in(start: Start, matches: Matches, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    async with start(NARROW, key=False) as console:
        await console.shows("Sign in to ClickSend", "Ctrl+J sign in")
        # Textual 8.2.8 may have painted the sheet before what lies below it, and keeps that picture.
        console.app.screen.refresh()
        await matches(console, "sign-in-80x24")
