"""A handful of conversations decided about from the keyboard, and both sides' records held against it."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from tests.terminal.pty_terminal import Terminal
from tests.terminal.record import arrived, differences, has_read_all, look, titles
from tests.terminal.typist import Typist
from tui.sandbox.server import running
from tui.sandbox.world import World

WHO = "ana@desk"
CANNED = "Opening hours"
STRANGERS = 10


def test_every_decision_is_on_record_and_nothing_else(tmp_path: Path) -> None:
    world = World(messages=40, traffic=False)
    now = int(time.time())
    for number in range(STRANGERS):
        world.replies.receive(f"+6149157{number:04}", f"Is order {number} ready?", now - 60 + number)
    (tmp_path / "config.toml").write_text(f'name = "{WHO}"\n')
    canned = next(each["body"] for each in world.templates if each["template_name"] == CANNED)
    with running(world) as url:
        env = {"CLICKSEND_BASE_URL": url, "CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}
        with Terminal(home=tmp_path, env=env) as terminal:
            typist = Typist(terminal)
            terminal.wait_for("● live")
            terminal.wait_until(lambda: has_read_all(world, tmp_path), "everything read")
            terminal.wait_until(lambda: typist.count_of("Open") >= STRANGERS, "the inbox")
            typist.numbers, typist.arrived = titles(tmp_path), partial(arrived, tmp_path)
            before = look(world, tmp_path)
            decide(typist, canned)
            find_again(typist)
            assert list(differences(world, tmp_path, before, typist.decided, WHO)) == []
            terminal.send("q")
            assert terminal.wait_exit() == 0
            assert terminal.restored == []


def decide(typist: Typist, canned: str) -> None:
    """Each key of the inbox that decides, on its own conversation; then several at once."""
    typist.open()
    typist.done()
    typist.undo_done()
    typist.open()
    typist.snooze("tomorrow 9")
    typist.open()
    typist.answer(CANNED, canned)
    typist.done()  # and on where the answer was begun, not at the top
    assert not typist.open().at
    typist.note("Rang back")
    typist.claim()
    typist.mute()
    typist.close()
    typist.open("n\r")
    typist.spam()
    numbers = typist.select(3)
    words = "3 conversations"
    with typist.deciding(*numbers, out_of_open=True) as decisions:
        typist.choose_label("batch", words)
        typist.told("e", "Done", about=words, what="done")
        for each in decisions:
            each.labels.add("batch")
            each.done = True


def find_again(typist: Typist) -> None:
    """By what was done, in all conversations."""
    typist.press("[", lambda: typist.count_of("Spam") == 1, "the spam")
    before = typist.screen.text
    typist.press("[", lambda: typist.screen.text != before, "all")
    for words, count in (
        ("label:batch", 3),
        ("is:blocked", 1),
        ("assignee:me is:muted", 1),
        ('"rang back" has:note', 1),
        ('to:+614915 "open monday to saturday"', 1),
        ("from:+61491570000 after:yesterday", 1),
    ):
        typist.search(words, count)
        typist.end_search()
