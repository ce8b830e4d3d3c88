"""A day at the inbox: conversations decided about from the keyboard, in tmux, and the records checked.

python -m tests.bench.triage --conversations 200
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from tests.terminal.record import ZONE, arrived, differences, has_read_all, is_over, look, titles
from tests.terminal.tmux_pane import Pane
from tests.terminal.typist import Decided, Typist
from tui.sandbox.server import running
from tui.sandbox.world import World

WHO = "ana@desk"
CANNED = "Opening hours"
TEXTS = (
    "Hi, is order {} ready?",
    "Can I move my appointment to 3pm on Friday? It is about {}.",
    "Where is delivery {}? It was due yesterday, and I have been waiting at home all day for it.",
    "Thanks, see you at {}",
    "Invoice {} is wrong, please call me back",
    "You have won {} dollars",
)
CANNED_WORDS = "open monday to saturday"
"""Of the canned text."""
STAYS = (1, 7)
"""Ways after which the cursor is still on the conversation; an answer takes it to the top, without it."""
STRANGERS = "+614915"
"""How the numbers begin of those who wait, beside some customers who wrote in the same hours."""
MORE = 40
"""How many wait beyond those that are decided about one by one."""
SELECTED = 5
"""How many are selected at a time."""


def waiting(conversations: int) -> World:
    """An account with some history, in which so many strangers wait for an answer."""
    world = World(messages=2000, traffic=False)
    began = int(time.time()) - conversations * 30
    for number in range(conversations):
        text = TEXTS[number % len(TEXTS)].format(2000 + number)
        world.replies.receive(f"+6149157{number:04}", text, began + number * 30)
    return world


def decide(typist: Typist, kind: int, canned: str) -> None:
    """One way to deal with the conversation that is open; back in the list afterwards."""
    match kind:
        case 0:
            typist.done()
        case 1:
            typist.label("orders")
            typist.claim()
            typist.close()
        case 2:
            typist.snooze("tomorrow 9")
        case 3:
            typist.answer(CANNED, canned)
            typist.done()
        case 4:
            typist.note(f"Rang back about {typist.title}")
            typist.label("call back")
            typist.done()
        case 5:
            typist.spam()
        case 6:
            typist.snooze("in 2h")
        case 7:
            typist.done()
            typist.undo_done()
            typist.open()
            typist.label("second look")
            typist.mute()
            typist.close()
        case _:
            typist.answer(CANNED, canned)
            typist.label("answered")
            typist.close()


def work(typist: Typist, conversations: int, canned: str) -> None:
    """Decide about so many, newest first; `n`, the next unread, leaves behind what stays where it is."""
    kinds = cycle(range(9))
    keys = "\r"
    while len(typist.decided) < conversations:
        assert not typist.open(keys).at, f"{typist.title} was decided about before"
        kind = next(kinds)
        decide(typist, kind, canned)
        keys = "n\r" if kind in STAYS else "\r"


def several(typist: Typist) -> None:
    """The last few on view labelled, claimed by mistake, and done together."""
    top = typist.rows[0]
    typist.press("G", lambda: typist.rows[0] != top, "the last")
    typist.press("k" * (SELECTED - 1), lambda: True, "some rows up")
    numbers = typist.select(SELECTED)
    words = f"{SELECTED} conversations"
    with typist.deciding(*numbers, out_of_open=True) as decisions:
        typist.choose_label("batch", words)
        typist.told("a", "Yours", about=words, what="claim")
        typist.told("z", "Whose it was before", about=words, what="undo")
        typist.told("e", "Done", about=words, what="done")
        for each in decisions:
            each.labels.add("batch")
            each.done = True
    last = typist.rows[0]
    typist.press("g", lambda: typist.rows[0] != last, "the first")


def all_found(typist: Typist, world: World) -> None:
    """Everything that a search finds in Open is spam."""
    left = [number for number in said(world, "You have won") if is_open(typist, number)]
    words = f"{len(left):,} conversations"
    with typist.deciding(*left) as decisions:
        typist.search('"you have won"', len(left))
        typist.select_all(len(left))
        typist.choose_label("lottery", words)
        typist.told("!", "Spam", about=words, what="spam")
        for each in decisions:
            each.labels.add("lottery")
            each.spam = True
            each.done, each.until = False, ""  # that they are in Open says so: they had written again
    typist.end_search()


def is_open(typist: Typist, number: str) -> bool:
    """Whether a conversation stands in Open, as far as the typist knows; nobody may write any more."""
    decided = typist.decided.get(number, Decided())
    return not decided.spam and decided.standings(typist.arrived(number)) == {(False, "")}


def opened_again(typist: Typist) -> int:
    """How many were put out of Open, and are back because something arrived."""
    decided = ((each, typist.arrived(number)) for number, each in typist.decided.items())
    return sum(
        (each.done or each.until != "") and each.standings(arrived) == {(False, "")}
        for each, arrived in decided
    )


def said(world: World, words: str, *, since: float = 0) -> set[str]:
    """In which conversations something with these words was said since then."""
    return {each.number for each in world.messages if each.at >= since and words in each.body}


def searches(typist: Typist, world: World) -> Iterator[tuple[str, int]]:
    """Searches for what was done, and how many conversations each has to find."""
    decided = typist.decided
    midnight = datetime.now(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    day, today = f"{midnight:%Y-%m-%d}", said(world, "call me back", since=midnight.timestamp())
    for label in sorted({label for each in decided.values() for label in each.labels}):
        yield f'label:"{label}"', sum(label in each.labels for each in decided.values())
    yield "assignee:me", sum(each.mine for each in decided.values())
    yield "is:muted", sum(each.muted for each in decided.values())
    yield "is:blocked", sum(each.spam for each in decided.values())
    yield "has:note", sum(bool(each.notes) for each in decided.values())
    yield '"rang back about"', sum(bool(each.notes) for each in decided.values())
    strangers = sum(bool(each.replies) for number, each in decided.items() if number.startswith(STRANGERS))
    yield f'to:{STRANGERS} "{CANNED_WORDS}"', strangers
    yield "from:+61491570003", 1
    yield '"waiting at home all day"', len(said(world, "waiting at home all day"))
    yield f'after:{day} "call me back"', len(today)
    yield f'before:{day} "call me back"', len(said(world, "call me back") - today)


def find_again(typist: Typist, world: World) -> None:
    """In all conversations, search for what was done."""
    for view in ("spam", "all"):
        before = typist.screen.text
        typist.press("[", lambda: typist.screen.text != before, f"the view {view}")  # noqa: B023
    for words, count in searches(typist, world):
        typist.search(words, count)
        typist.end_search()


def measure(conversations: int) -> Iterator[str]:
    """What was done, how long each kind of key was waited for, and every difference."""
    world = waiting(conversations + MORE)
    with running(world) as url, tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "config.toml").write_text(f'name = "{WHO}"\n')
        env = {"CLICKSEND_BASE_URL": url, "CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}
        with Pane(home=home, env=env) as pane:
            typist = Typist(pane)
            pane.wait_until(lambda: "● live" in pane.text, "the console")
            pane.wait_until(lambda: has_read_all(world, home), "everything read")
            pane.wait_until(lambda: typist.count_of("Open") >= conversations, "the inbox")
            canned = next(each["body"] for each in world.templates if each["template_name"] == CANNED)
            typist.numbers, typist.arrived = titles(home), partial(arrived, home)
            before, began = look(world, home), time.monotonic()
            work(typist, conversations, canned)
            several(typist)
            pane.wait_until(lambda: is_over(world, home), "the last answer")
            all_found(typist, world)
            find_again(typist, world)
            yield f"{len(typist.decided)} conversations in {time.monotonic() - began:.0f} s\n"
            yield from table(typist)
            yield f"\nNo price at first: {typist.unpriced} times."
            yield f"Opened again by what they wrote: {opened_again(typist)} conversations."
            yield ""
            found = list(differences(world, home, before, typist.decided, WHO))
            yield "\n".join(found) or "Everything is on record as it was typed, and nothing else is."


def table(typist: Typist) -> Iterator[str]:
    """From a key to what it was pressed for, as seen through tmux."""
    yield "| waited for, ms | times | median | worst |\n|---|---|---|---|"
    for what, taken in typist.waited.items():
        yield (f"| {what} | {len(taken)} | {1000 * statistics.median(taken):.0f} | {1000 * max(taken):.0f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=200)
    for line in measure(parser.parse_args().conversations):
        print(line, flush=True)
