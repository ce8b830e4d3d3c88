"""What the terminal is told when something arrives: that it did, and never what."""

from __future__ import annotations

from typing import Any

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from tests.screens.conftest import Start, all_read
from tests.screens.test_triage import first, row, store_of
from tui.app import ConsoleApp
from tui.core.settings import Settings
from tui.sandbox.world import World
from tui.store.decisions import block, mute

BODY = "a secret, please"


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is written to the terminal beside the screen."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    heard: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "write", lambda _self, data: heard.append(data))
    monkeypatch.setattr(ConsoleApp, "bell", lambda _self: heard.append("\x07"))
    return heard


def settings(**given: Any) -> dict[str, Any]:
    return {"settings": Settings(**given)}


@pytest.mark.parametrize(
    ("notify", "sequence"),
    [
        ("osc9", "\x1b]9;ClickSend test: New message\x07"),
        ("osc777", "\x1b]777;notify;ClickSend test;New message\x07"),
    ],
)
async def test_a_message_is_announced_without_its_text(
    start: Start, world: World, written: list[str], notify: str, sequence: str
) -> None:
    async with start(ready=all_read, **settings(notify=notify, bell=True)) as console:
        written.clear()
        world.replies.receive("+61491570999", BODY, int(world.now))
        console.app.services.refresh("inbound")
        await console.until(lambda: sequence in written, "the notice")
        assert "\x07" in written
        assert not [each for each in written if "secret" in each or "491" in each]


async def test_in_tmux_the_terminal_outside_is_told(
    start: Start, world: World, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux,1,0")
    async with start(ready=all_read, **settings(notify="osc9")) as console:
        world.replies.receive("+61491570999", BODY, int(world.now))
        console.app.services.refresh("inbound")
        wrapped = "\x1bPtmux;\x1b\x1b]9;ClickSend test: New message\x07\x1b\\"
        await console.until(lambda: wrapped in written, "the notice")


@pytest.mark.parametrize("decision", [mute, block])
async def test_what_is_muted_or_spam_is_not_announced(
    start: Start, world: World, written: list[str], decision: Any
) -> None:
    async with start(ready=all_read, **settings(notify="osc9", bell=True)) as console:
        (here,) = first(console, 1)
        await store_of(console).write(decision, [here], 1)
        written.clear()
        world.replies.receive(here, BODY, int(world.now))
        console.app.services.refresh("inbound")
        await console.until(lambda: row(console, here).preview == BODY, "the message")
        await console.pilot.pause()
        assert not [each for each in written if "New message" in each or each == "\x07"]


async def test_the_title_counts_what_is_unread_and_is_given_back(start: Start, written: list[str]) -> None:
    async with start(ready=all_read) as console:
        unread = store_of(console).counts().unread
        await console.until(lambda: f"\x1b]2;({unread}) test\x07" in written, "the title")
        await console.press("n", "e")
        await console.until(lambda: f"\x1b]2;({unread - 1}) test\x07" in written, "one less")
        assert len([each for each in written if "\x1b[22;2t" in each]) == 1
    assert [each for each in written if each][-1] == "\x1b[23;2t"


async def test_a_title_that_is_not_wanted_stays_as_it_is(start: Start, written: list[str]) -> None:
    async with start(ready=all_read, **settings(title=False)) as console:
        await console.press("e")
        await console.pilot.pause()
    assert not [each for each in written if "\x1b]2;" in each or "\x1b[2" in each]
