"""Two consoles of two users on one file, both triaging, beside two programs that write as consoles do.

python -m tests.bench.shared --minutes 10 --users nobody daemon     (as root)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pwd
import random
import re
import stat
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from tests.bench.sync import sandbox
from tests.terminal.pty_terminal import Terminal, User
from tui.core.clock import SystemClock
from tui.core.errors import StoreError
from tui.store import decisions
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.whereabouts import Whereabouts

MESSAGES = 3000
ROWS = 12
"""Conversations at the top of the list that the consoles work on; the programs work on those below."""
FIRST_LINE, LIST_CELLS = 3, 46
PAUSE = 0.3
"""Seconds between two decisions of a program, and of a console."""
SEEN_WITHIN = 2.0
LIMIT = 60.0
"""Seconds after which a console is taken for stuck."""


class Desk:
    """A console and what happened at it."""

    def __init__(self, terminal: Terminal, name: str) -> None:
        self.terminal = terminal
        self.name = name
        self.other: Desk = self
        self.done: Counter[str] = Counter()
        self.answers: list[tuple[float, str]] = []
        """Seconds from a key to the notice that what it decided is saved."""

    def wait(self, condition: Callable[[], bool], what: str) -> float:
        """Seconds until the condition holds here; what the other console writes is read meanwhile."""
        began = time.monotonic()
        while not condition():
            assert time.monotonic() - began < LIMIT, (
                f"waited for {what} at {self.name}:\n{self.terminal.text}"
            )
            for desk in (self, self.other):
                desk.terminal.read(0.01)
        return time.monotonic() - began

    def press(self, what: str, keys: str, *words: str) -> str:
        """Press keys; the notice that answers them, which begins with one of these words."""
        before = len(self.terminal.raw)
        self.terminal.send(keys)
        taken = self.wait(
            lambda: len(self.terminal.raw) > before and self.notice.startswith(words), f"{words}"
        )
        self.answers.append((taken, what))
        self.done[what] += 1
        return self.notice

    def sheet(self, what: str, key: str, title: str, typed: str, *words: str) -> None:
        """The same for a decision that asks something first."""
        self.terminal.send(key)
        self.wait(lambda: title in self.terminal.text, title)
        self.press(what, typed, *words)

    @property
    def notice(self) -> str:
        return self.terminal.screen.display[-1].strip()

    def row(self, number: int) -> str:
        """What the list says of a conversation."""
        return self.terminal.screen.display[FIRST_LINE + 2 * number][:LIST_CELLS]

    @property
    def title(self) -> str:
        """What stands above the thread."""
        return self.terminal.screen.display[FIRST_LINE][LIST_CELLS:]

    def go_to(self, number: int) -> None:
        """Put the cursor on a row."""
        name = self.row(number)[3:20].strip()
        self.terminal.send("g" + "j" * number)
        self.wait(lambda: name[:10] in self.title, f"the thread with {name}")


Late = dict[str, list[float]]


def claim(here: Desk, there: Desk, number: int, late: Late) -> None:
    """Claim a conversation, let the other see it, and give it back."""
    here.press("claim", "a", "Yours:")
    late["a claim"].append(there.wait(lambda: f"@{here.name}" in there.row(number), "the claim"))
    here.press("give back", "a", "Given back:")
    late["giving back"].append(there.wait(lambda: "@" not in there.row(number), "no claim"))


def be_there(here: Desk, there: Desk, number: int, late: Late) -> None:
    """Open a conversation, answer a little and leave: the other sees each."""
    there.go_to(number)
    here.terminal.send("\r")
    late["who reads"].append(there.wait(lambda: f"{here.name} is here" in there.title, "who is here"))
    here.terminal.send("r")
    here.wait(lambda: "check price" in here.terminal.text, "the editor")
    here.terminal.send("On its way")
    late["who writes"].append(there.wait(lambda: f"{here.name} is writing" in there.title, "who writes"))
    late["a draft"].append(there.wait(lambda: "draft" in there.row(number), "the draft"))
    here.terminal.send("\x01\x0b")  # the text away again: to the line's beginning, and all after it
    here.terminal.send("\x1b")
    here.wait(lambda: "check price" not in here.terminal.text, "no editor")
    here.terminal.send("\x1b")
    late["who left"].append(there.wait(lambda: f"{here.name} is" not in there.title, "nobody"))
    here.done["answer begun"] += 1


def decide(here: Desk, what: str) -> None:
    """One decision, and most of the time taking it back."""
    match what:
        case "done":
            if not here.press(what, "e", "Done:", "This conversation is done").startswith("Done:"):
                return
        case "snooze":
            here.sheet(what, "s", "Snooze ", "in 3h\r", "Snoozed until")
        case "label":
            here.sheet(what, "l", "Label ", "urgent\r", "#urgent:", "No longer #urgent:")
        case "note":
            here.sheet(what, "N", "Note about", "Called back\n", "Noted:")
        case "mute":
            here.press(what, "m", "Muted:", "Announced again:")
        case "unread":
            here.press(what, "u", "Unread:")
    here.press("undo", "z", *UNDONE)


UNDONE = ("Not ", "As ", "The ", "Where ", "Whose ", "Announced ", "Note ", "There is nothing")
DECISIONS = ("done", "snooze", "label", "note", "mute", "unread")


def triage(desks: Sequence[Desk], end: float, chance: random.Random) -> Late:
    """Both consoles in turn, until then; how late each was seen by the other."""
    late: Late = {
        name: [] for name in ("a claim", "giving back", "who reads", "who writes", "a draft", "who left")
    }
    while time.monotonic() < end:
        here, there = chance.sample(desks, 2)
        number = chance.randrange(ROWS)
        here.go_to(number)
        if chance.random() < 0.5:
            decide(here, chance.choice(DECISIONS))
        else:
            chance.choice((claim, be_there))(here, there, number, late)
        pause_until = time.monotonic() + PAUSE
        while (left := pause_until - time.monotonic()) > 0:
            for desk in desks:
                desk.terminal.read(left / 4)
    return late


# A program that writes as a console does, as often as it is told


async def write_along(path: Path, seconds: float, seed: int) -> dict[str, Any]:
    """Decide, type drafts, say where it is, hear the others; what that took."""
    chance, clock = random.Random(seed), SystemClock()
    store, heard = Store(path), 0

    def hear(change: object) -> None:
        nonlocal heard
        heard += 1

    store.subscribe(hear)
    whereabouts, taken, errors = Whereabouts(store, clock), list[float](), list[str]()
    end, second = time.monotonic() + seconds, 0.0
    with closing(store):
        rows = store.conversations("all").page(0, 100)[ROWS + 5 :]
        while time.monotonic() < end:
            began = time.monotonic()
            try:
                await _write_once(store, chance, chance.choice(rows).counterpart, int(clock.now()))
                taken.append(time.monotonic() - began)
                if began - second >= 1:
                    second = began
                    store.notice_others()
                    whereabouts.be_at(chance.choice(rows).counterpart, writing=False)
                    await whereabouts.tick()
            except StoreError as error:
                errors.append(str(error))
            await asyncio.sleep(PAUSE)
    return {"taken": taken, "errors": errors, "heard": heard}


async def _write_once(store: Store, chance: random.Random, person: str, now: int) -> None:
    match chance.randrange(7):
        case 0:
            await store.write(decisions.done, [person], now, now + 3600)
        case 1:
            await store.write(decisions.snooze, [person], now + 3600, now)  # later: what wakes moves the rows
        case 2:
            await store.write(decisions.label, [person], now, add=["program"])
        case 3:
            await store.write(decisions.assign, [person], store.who, now)
        case 4:
            await store.write(decisions.add_note, [person], "Seen", now)
        case 5:
            await store.write(save_draft, person, f"Almost {now}")
        case _:
            await store.write(decisions.undo)


def start_program(path: Path, seconds: float, number: int, user: User) -> subprocess.Popen[str]:
    """The same as another user."""
    command = [sys.executable, "-m", "tests.bench.shared", "--write-along", str(path)]
    return subprocess.Popen(
        [*command, "--minutes", str(seconds / 60), "--seed", str(number)],
        stdout=subprocess.PIPE,
        text=True,
        user=user.uid,
        group=user.gid,
        extra_groups=user.groups,
        umask=0o077,
    )


# Everything together


def make_folder(folder: Path, group: int) -> Path:
    """A folder for the data of all, as an administrator makes it."""
    folder.chmod(0o755)
    home = folder / "shared"
    home.mkdir()
    os.chown(home, 0, group)
    home.chmod(0o2770)
    return home


def measure(minutes: float, names: Sequence[str], seed: int) -> Iterator[str]:
    """Run for so long; a table of what was seen when. AssertionError if a console does not answer."""
    chance, seconds = random.Random(seed), minutes * 60
    group = pwd.getpwnam(names[0]).pw_gid
    users = [User(pwd.getpwnam(name).pw_uid, pwd.getpwnam(name).pw_gid, (group,)) for name in names]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home, url = make_folder(folder, group), stack.enter_context(sandbox(MESSAGES, 0))
        desks = []
        for name, user in zip(names, users, strict=True):
            terminal = stack.enter_context(
                Terminal(home=home, columns=120, lines=40, env=_signed_in(url), user=user)
            )
            terminal.wait_for("● live")
            desks.append(Desk(terminal, name))
        desks[0].other, desks[1].other = desks[1], desks[0]
        for desk in desks:
            desk.terminal.wait_silence(3)
            desk.terminal.send("[")  # all: what is done stays where it is
            desk.terminal.wait_silence(1)
        path = next(home.rglob("*.sqlite3"))
        programs = [start_program(path, seconds, number, user) for number, user in enumerate(users)]
        for program in programs:
            stack.callback(program.kill)
        late = triage(desks, time.monotonic() + seconds, chance)
        told = [json.loads(program.communicate(timeout=120)[0]) for program in programs]
        modes = {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in path.parent.iterdir()}
        for desk in desks:
            desk.terminal.send("q")
            desk.terminal.wait_exit()
        logs = "".join(file.read_text() for file in home.rglob("*.log"))
        yield from report(minutes, desks, late, told, logs)
        yield f"\nmodes: {', '.join(f'{name} {mode}' for name, mode in sorted(modes.items()))}"


def _signed_in(url: str) -> dict[str, str]:
    return {"CLICKSEND_BASE_URL": url, "CLICKSEND_USERNAME": "demo", "CLICKSEND_API_KEY": "demo"}


def report(
    minutes: float, desks: Sequence[Desk], late: Late, told: Sequence[dict[str, Any]], logs: str
) -> Iterator[str]:
    """What was done, how long it took and what went wrong."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    yield f"{minutes:g} minutes, {' and '.join(desk.name for desk in desks)}; load at the end {load}\n"
    yield "| what | times | median ms | p95 ms | worst ms |\n|---|---|---|---|---|"
    answers = [answer for desk in desks for answer in desk.answers]
    yield row("a decision at a console, from the key to its notice", [taken for taken, _ in answers])
    yield row("a write of a program", [s for each in told for s in each["taken"]])
    for what, seconds in late.items():
        yield row(f"{what}, until the other console shows it", seconds)
    counted = sum((desk.done for desk in desks), Counter[str]())
    yield f"\nat the consoles: {', '.join(f'{count} {what}' for what, count in counted.most_common())}"
    yield f"the slowest: {', '.join(f'{what} {taken:.1f} s' for taken, what in sorted(answers)[-3:])}"
    errors = [error for each in told for error in each["errors"]]
    screens = b"".join(desk.terminal.raw for desk in desks)
    locked = len(re.findall(rb"locked", screens)) + logs.count("locked")
    yield f"errors of programs: {len(errors)} {errors[:3]}; of locks at the consoles: {locked}"
    tardy = {what: max(each) for what, each in late.items() if each and max(each) > SEEN_WITHIN}
    yield f"later than {SEEN_WITHIN:g} s: {tardy or 'nothing'}"


def row(name: str, seconds: Sequence[float]) -> str:
    """Median, 95th percentile and worst."""
    if len(seconds) < 2:
        return f"| {name} | {len(seconds)} | | | |"
    taken = sorted(1000 * each for each in seconds)
    far = statistics.quantiles(taken, n=20, method="inclusive")[-1]
    return f"| {name} | {len(taken)} | {statistics.median(taken):.0f} | {far:.0f} | {taken[-1]:.0f} |"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--users", nargs=2, default=("nobody", "daemon"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write-along", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.write_along:
        print(json.dumps(asyncio.run(write_along(chosen.write_along, chosen.minutes * 60, chosen.seed))))
    else:
        for line in measure(chosen.minutes, chosen.users, chosen.seed):
            print(line, flush=True)
