"""The console in a real terminal: what is shown, what is sent, and what is left behind."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.terminal.pty_terminal import Terminal
from tests.terminal.record import rows
from tui.sandbox.server import running
from tui.sandbox.world import World

SIZES = [(80, 24), (120, 40)]


def balance(text: str) -> float:
    """The balance in the header."""
    found = re.search(r"A\$([\d,]+\.\d\d)", text)
    assert found
    return float(found[1].replace(",", ""))


def wait_for_inbox(terminal: Terminal) -> str:
    """Wait until the demo is live and conversations are there."""
    terminal.wait_for("● live")
    return terminal.wait_until(lambda: bool(re.search(r"Open [1-9]", terminal.text)), "open conversations")


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_a_reply_is_priced_confirmed_sent_and_delivered(tmp_path: Path, columns: int, lines: int) -> None:
    with Terminal("demo", home=tmp_path, columns=columns, lines=lines) as terminal:
        before = balance(wait_for_inbox(terminal))
        terminal.send("r")
        terminal.wait_for("check price")
        terminal.send("Sure, 3pm works. See you then")
        terminal.wait_for("GSM-7", "→ A$")
        terminal.send("\n")
        terminal.wait_for("Send 1 SMS", "balance after", "Ctrl+J send")
        terminal.send("\n")
        terminal.wait_gone("Send 1 SMS")
        terminal.wait_until(lambda: balance(terminal.text) < before, "the balance to fall")
        terminal.wait_for("✓✓ delivered", "See you then")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.restored == []


def test_a_message_arrives_by_itself(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[poll]\ninbound = 5\n")
    with Terminal("demo", home=tmp_path) as terminal:
        wait_for_inbox(terminal)
        found = re.search(r"Inbox (\d+)", terminal.text)
        unread = int(found[1]) if found else 0
        terminal.wait_until(
            lambda: bool((found := re.search(r"Inbox (\d+)", terminal.text)) and int(found[1]) > unread),
            "one more unread message",
        )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_a_clean_terminal_and_the_draft(tmp_path: Path, number: signal.Signals) -> None:
    with running(World(messages=40, traffic=False)) as url:
        env = {"CLICKSEND_BASE_URL": url, "CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}
        with Terminal(home=tmp_path, env=env) as terminal:
            wait_for_inbox(terminal)
            terminal.send("r")
            terminal.wait_for("check price")
            terminal.send("half a sen")
            terminal.wait_for("half a sen")
            os.kill(terminal.process.pid, number)
            assert terminal.wait_exit() == 128 + number
            assert terminal.restored == []
    assert rows(tmp_path, "SELECT text FROM draft") == [("half a sen",)]


def test_suspend_and_return_repaint_the_screen(tmp_path: Path) -> None:
    shell = "$RUN; echo STOPPED HERE; read line; fg >/dev/null"
    with Terminal("demo", home=tmp_path, shell=shell) as terminal:
        terminal.wait_for("● live")
        terminal.send("\x1a")
        terminal.wait_for("STOPPED HERE")
        assert terminal.restored == []
        terminal.send("\n")
        terminal.wait_for("Inbox", "all keys")
        terminal.send("q")
        terminal.wait_exit()
        assert terminal.restored == []


@pytest.mark.parametrize(("columns", "lines"), [(60, 20), (80, 24), (200, 60)])
def test_every_mode_at_every_size(tmp_path: Path, columns: int, lines: int) -> None:
    with Terminal("demo", home=tmp_path, columns=columns, lines=lines) as terminal:
        terminal.wait_for("● live")
        for key, words in zip("23451", ("Campaign ", "Lists", "Delivered", "User", "Unread"), strict=True):
            terminal.send(key)
            terminal.wait_for(words)
        terminal.resize(80, 24)
        terminal.wait_for("all keys")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_nothing_is_written_while_nothing_changes(tmp_path: Path) -> None:
    with Terminal(home=tmp_path, env={"CLICKSEND_BASE_URL": "http://127.0.0.1:9/v3"}) as terminal:
        terminal.wait_for("user name")
        terminal.send("\x1b")
        terminal.wait_for("all keys")
        terminal.wait_silence(1)
        assert terminal.bytes_in_silence(3) == 0


def test_a_draft_that_cannot_be_saved_is_left_on_the_terminal(tmp_path: Path) -> None:
    """The database refuses every write from the moment when the text is typed."""
    with Terminal("demo", home=tmp_path, module="tests.terminal.full_disk") as terminal:
        wait_for_inbox(terminal)
        terminal.send("r")
        terminal.wait_for("check price")
        terminal.send("half a sen")
        terminal.wait_for("No room on the disk")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
        assert terminal.restored == []
        assert "was not saved:" in terminal.text
        assert "half a sen" in terminal.text


def test_polls_without_news_write_nothing(tmp_path: Path) -> None:
    polls = "\n".join(f"{name} = 5" for name in ("account", "inbound", "history", "receipts", "rules"))
    (tmp_path / "config.toml").write_text(f"[poll]\n{polls}\n")
    with Terminal("demo", "--quiet", home=tmp_path) as terminal:
        wait_for_inbox(terminal)
        terminal.wait_silence(3)
        assert terminal.bytes_in_silence(6) == 0
