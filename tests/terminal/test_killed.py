"""A console that is killed while it sends: what the next one shows is what the sandbox has on record."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.pty_terminal import Terminal
from tests.terminal.record import has_read_all, rows
from tui.sandbox.faults import Fault
from tui.sandbox.server import running
from tui.sandbox.world import World

CTRL_J, CTRL_O, ENTER, TAB, ESCAPE = "\n", "\x0f", "\r", "\t", "\x1b"
PEOPLE = 1500
"""Rows of a large send: more than one request takes."""
FIRST = 1000
TEXT = "Sale until noon"


class Desk:
    """A sandbox, and a home in which one console after the other is started."""

    def __init__(self, home: Path, world: World, url: str) -> None:
        self.home = home
        self.world = world
        self._env = {"CLICKSEND_BASE_URL": url, "CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}

    @contextmanager
    def console(self) -> Iterator[Terminal]:
        """A console that has read everything."""
        with Terminal(home=self.home, env=self._env) as terminal:
            terminal.wait_for("● live")
            terminal.wait_until(lambda: has_read_all(self.world, self.home), "everything read")
            yield terminal

    def sent(self, text: str) -> Counter[str]:
        """How often each number got a text, by the sandbox's record."""
        return Counter(each.number for each in self.world.messages if each.outbound and each.body == text)

    def states(self) -> dict[str, int]:
        """How many messages of sends are in each state, by the store."""
        return dict(rows(self.home, "SELECT state, count(*) FROM outbox_message GROUP BY state"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    world = World(messages=40, traffic=False)
    with running(world) as url:
        yield Desk(tmp_path, world, url)


def kill(terminal: Terminal) -> None:
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.process.wait()


def test_a_large_send_goes_on_where_it_was_killed(desk: Desk, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("\n".join(["Mobile", *(f"+61491{570_000 + number}" for number in range(PEOPLE))]))
    with desk.console() as terminal:
        terminal.send("5")
        terminal.wait_for("User")
        terminal.send("c")
        terminal.wait_for("a text to phones")
        terminal.send(ENTER)
        terminal.wait_for("check price", "numbers, names")
        terminal.send(f"\x1b[200~{people}\x1b[201~{TAB}")
        terminal.wait_for("its columns come next")
        terminal.send(f"{TAB}{TAB}{TEXT}")
        terminal.wait_for(TEXT)
        terminal.send(CTRL_J)
        terminal.wait_for("check every row")
        terminal.send(CTRL_J)
        terminal.wait_for(f"{PEOPLE:,}  good")
        terminal.send(CTRL_J)
        terminal.wait_for(f"Send {PEOPLE:,} SMS", "Ctrl+J send")
        desk.world.faults.add("sms.send", Fault.HANGS)
        terminal.send(CTRL_J)
        terminal.wait_for("people.csv", "◷ sending")
        terminal.wait_until(lambda: desk.sent(TEXT).total() == FIRST, "the first batch at the sandbox")
        kill(terminal)
    assert desk.states() == {"in flight": FIRST, "confirmed": PEOPLE - FIRST}
    with desk.console() as terminal:
        terminal.send(CTRL_O)
        terminal.wait_for("! paused", "people.csv")
        assert desk.sent(TEXT).total() == FIRST, "nothing leaves before a person says so"
        terminal.send(ENTER)
        # History brings them: until it has, they are unknown.
        terminal.wait_for("! paused", f"✓ {FIRST:,}", f"{FIRST:,} of {PEOPLE:,}", "p go on")
        terminal.send("p")
        terminal.wait_for("✓ done", f"✓ {PEOPLE:,}")
        terminal.send(ESCAPE)
        terminal.wait_for("bought from here")
        terminal.send(ESCAPE)
        terminal.wait_gone("bought from here")
        terminal.send("5")
        terminal.wait_for("User")
        terminal.send("c")
        terminal.wait_for("a text to phones")
        terminal.send(ENTER)
        terminal.wait_for("numbers, names")
        assert str(people) not in terminal.text, "the form was over with the yes"
    assert desk.states() == {"accepted": PEOPLE}
    assert (desk.sent(TEXT).total(), max(desk.sent(TEXT).values())) == (PEOPLE, 1)


def reply(terminal: Terminal) -> None:
    """An answer in the first conversation, confirmed."""
    terminal.send("r")
    terminal.wait_for("check price")
    terminal.send(TEXT)
    terminal.wait_for("GSM-7", "→ A$")
    terminal.send(CTRL_J)
    terminal.wait_for("Send 1 SMS", "balance after", "Ctrl+J send")
    terminal.send(CTRL_J)


def test_what_was_still_held_back_was_not_sent_and_is_the_draft_again(desk: Desk) -> None:
    (desk.home / "config.toml").write_text("undo_seconds = 60\n")
    with desk.console() as terminal:
        reply(terminal)
        terminal.wait_for("Leaves in", "takes it back")
        kill(terminal)
    assert (desk.states(), desk.sent(TEXT)) == ({"confirmed": 1}, Counter())
    with desk.console() as terminal:
        terminal.send(CTRL_O)
        terminal.wait_for("✗ not done", "SMS")
        terminal.send(ESCAPE)
        terminal.wait_gone("✗ not done")
        terminal.send("r")
        terminal.wait_for("check price", TEXT)
    assert (desk.states(), desk.sent(TEXT)) == ({"not sent": 1}, Counter())


@pytest.mark.parametrize("fault", [Fault.HANGS, None])
def test_what_had_left_is_unknown_until_history_shows_it(desk: Desk, fault: Fault | None) -> None:
    (desk.home / "config.toml").write_text("undo_seconds = 0\n")
    if fault is not None:
        desk.world.faults.add("sms.send", fault)
    with desk.console() as terminal:
        reply(terminal)
        terminal.wait_until(lambda: desk.sent(TEXT).total() == 1, "it at the sandbox")
        kill(terminal)
    with desk.console() as terminal:
        terminal.send(CTRL_O)
        terminal.wait_for("✓ accepted", "SMS")
        assert "unknown outcome" not in terminal.text
    assert (desk.states(), desk.sent(TEXT).total()) == ({"accepted": 1}, 1)
