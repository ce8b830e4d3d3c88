"""Operations in a real terminal, by keys alone, from the list of actions to what became of them."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.terminal.pty_terminal import Terminal

DOWN, ESCAPE, ERASE_LINE = "\x1b[B", "\x1b", "\x15"
GO_ON = "\n"
"""Ctrl+J; Enter is a carriage return."""


def open_form(terminal: Terminal, title: str, *shows: str) -> None:
    """Find an action by its title and open its form."""
    terminal.wait_for("copy the id")
    terminal.send("/")
    terminal.wait_for("clear the search")
    terminal.send(ERASE_LINE + title)
    terminal.wait_for("Found", title)
    terminal.send("\r")
    terminal.wait_for("copy the id")
    terminal.send("\r")
    terminal.wait_for("start over", *shows)


def pick(terminal: Terminal, words: str, row: str) -> None:
    """Choose a row in the field that has the cursor."""
    terminal.send(DOWN)
    terminal.wait_for("Enter choose", row)
    terminal.send(words)
    terminal.wait_for(words, row)
    terminal.send("\r")
    terminal.wait_for("start over")


def close_answer(terminal: Terminal) -> None:
    """Leave the answer once it is whole: its notice stands in place of its keys for a while."""
    terminal.wait_for("JSON", "Esc back")
    terminal.send(ESCAPE)
    terminal.wait_gone("Esc back")


def test_a_rule_is_created_changed_and_deleted(tmp_path: Path) -> None:
    with Terminal("demo", "--quiet", home=tmp_path) as terminal:
        terminal.wait_for("● live")
        terminal.send("0")
        open_form(terminal, "Create inbound SMS rule", "Name")
        terminal.send("To our shop\t")
        terminal.wait_for("What happens with what matches.")
        pick(terminal, "e-mail u", "e-mail user")
        terminal.send(GO_ON)
        terminal.wait_for("Done: Create inbound SMS rule.", "EMAIL_USER")
        close_answer(terminal)

        open_form(terminal, "Update inbound SMS rule", "One automation rule.")
        pick(terminal, "shop", "To our shop")
        terminal.wait_for("What the rule is called.")
        terminal.send(f"{ERASE_LINE}To the depot")
        terminal.wait_for("To the depot", "e-mail user")
        terminal.send(GO_ON)
        terminal.wait_for("Done: Update inbound SMS rule.", "To the depot")
        close_answer(terminal)

        open_form(terminal, "Delete inbound SMS rule", "Loses")
        pick(terminal, "depot", "To the depot")
        terminal.send(GO_ON)
        terminal.wait_gone("start over")
        terminal.wait_for("Ctrl+J delete", "not collected")
        terminal.send(GO_ON)
        terminal.wait_for("Done: Delete inbound SMS rule.")
        close_answer(terminal)

        open_form(terminal, "Delete inbound SMS rule", "Loses")
        terminal.send(DOWN)
        terminal.wait_for("Poll inbound")
        assert "To the depot" not in terminal.text
        terminal.send(ESCAPE)
        terminal.wait_for("start over")
        terminal.send(ESCAPE)
        terminal.wait_gone("start over")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.restored == []


def test_history_is_exported_to_a_file_and_never_over_one(tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")
    with Terminal("demo", "--quiet", home=tmp_path) as terminal:
        terminal.wait_for("● live")
        terminal.send("0")
        open_form(terminal, "Export SMS history", "Ends in .csv.")
        terminal.send("history.csv")
        terminal.wait_for("history.csv")
        terminal.send(GO_ON)
        terminal.wait_for("fetch the file")
        terminal.send("d")
        terminal.wait_for("Save as")
        terminal.send(f"{ERASE_LINE}{kept}\r")
        terminal.wait_for("There is a file of that name.")
        terminal.send(f"{ERASE_LINE}{tmp_path}/new.csv\r")
        terminal.wait_for("Saved")
        terminal.send(ESCAPE + ESCAPE)
        terminal.wait_for("copy the id")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert kept.read_text() == "mine"
    with (tmp_path / "new.csv").open(newline="") as file:
        assert len(list(csv.reader(file))) > 100
