"""Somebody who works through the inbox: reads the screen, types, and goes on when the screen has changed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Protocol

UNDERSTOOD = r"\d?\d [A-Z][a-z]{2} \d{4} \d\d:\d\d"
"""How a sheet says which moment it understood."""

OF_SENDS = ("Accepted by ClickSend", "Leaves in")
"""How notices begin that come by themselves."""
OVERDUE = 1.5
"""Seconds after which a notice that has not been seen is taken for one that another took the place of."""


class Screen(Protocol):
    """A terminal that is typed at."""

    @property
    def text(self) -> str: ...
    def send(self, keys: str) -> None: ...
    def wait_until(self, condition: Callable[[], bool], what: str) -> str: ...


@dataclass
class Decided:
    """What was decided about one counterpart, as the typist remembers it."""

    at: float = 0.0
    """When the last of it was decided; 0 for never."""
    done: bool = False
    read: bool = False
    """Whether it was done: what had come until then is marked read, also if it is open again."""
    known: frozenset[str] = frozenset()
    """What the store had from them when it was put out of Open: whatever comes later opens it again."""
    meanwhile: frozenset[str] = frozenset()
    """What came between the key and its notice: before the decision, or after."""
    until: str = ""
    """The moment to which it was snoozed, in the words of the sheet."""
    spam: bool = False
    mine: bool = False
    muted: bool = False
    labels: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)

    def standings(self, arrived: frozenset[str]) -> set[tuple[bool, str]]:
        """How it may stand, done and snoozed until, once these are all that arrived from them."""
        later = arrived - self.known
        decided, opened = (self.done, self.until), (False, "")
        if not later or decided == opened:
            return {decided}
        return {opened} if later - self.meanwhile else {decided, opened}


class Typist:
    """Works at 80 columns, where a conversation that is opened has the screen to itself."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.decided: dict[str, Decided] = {}
        """By counterpart (E.164)."""
        self.waited: dict[str, list[float]] = {}
        """Seconds from a key to what it was waited for, by what was done."""
        self.numbers: Mapping[str, str] = {}
        """Whose conversation it is, by as much of its title as a row shows."""
        self.arrived: Callable[[str], frozenset[str]] = lambda _number: frozenset()
        """What the store has from somebody, by counterpart: ids."""
        self.unpriced = 0
        """How often there was no price at first."""
        self.title = ""
        self.number = ""

    # Reading the screen

    @property
    def lines(self) -> Sequence[str]:
        return self.screen.text.splitlines()

    @property
    def words(self) -> str:
        """What is on the sheet, or else on the screen, wherever its lines are broken."""
        return " ".join(" ".join(line.partition("▌")[2] or line for line in self.lines).split())

    @property
    def canned(self) -> Sequence[str]:
        """The canned replies that a sheet offers, and the text of one; not while it is being painted."""
        sheet = [line.partition("▌")[2].strip() for line in self.lines]
        rows = [line for line in sheet if line.endswith("ClickSend")]
        below = sheet[sheet.index(rows[-1]) + 1 :] if rows else []
        body = "".join(takewhile(lambda line: not line.endswith("Enter insert"), below))
        return [*rows, body] if rows == sorted(set(rows)) else []

    @property
    def notice(self) -> str:
        return self.lines[-1] if self.lines else ""

    @property
    def in_list(self) -> bool:
        return self.lines[2].startswith(" Open ")

    @property
    def rows(self) -> Sequence[tuple[bool, str]]:
        """The conversations on view: whether each is selected, and as much of its title as a row shows."""
        below = [line for line in self.lines[3:-2] if line.strip() and not line.startswith(" /")]
        return [(line.startswith("+"), line[3:23].strip()) for line in below]

    @property
    def understood(self) -> Sequence[str]:
        """The moments that a sheet offers."""
        return re.findall(UNDERSTOOD, self.screen.text)

    def count_of(self, view: str) -> int:
        """The number beside a view's name; 0 if there is none."""
        found = re.search(rf" {view} ([\d,]+)", self.lines[2])
        return int(found[1].replace(",", "")) if found else 0

    # Typing

    def press(self, keys: str, condition: Callable[[], bool], what: str) -> None:
        """Type, and wait until the condition holds."""
        began = time.perf_counter()
        self.screen.send(keys)
        self.screen.wait_until(condition, f"{what} after {keys!r}")
        self.waited.setdefault(what, []).append(time.perf_counter() - began)

    def shown(self, keys: str, *words: str, what: str) -> None:
        """Type, and wait until these words are on the screen."""
        self.press(keys, lambda: all(word in self.screen.text for word in words), what)

    def told(self, keys: str, words: str, *, about: str = "", what: str) -> None:
        """Type, and wait for the notice that says what was decided, and about whom.

        What becomes of a send is said in the same line, and may take its place before anybody has looked.
        """
        about, overdue = about or self.title, time.monotonic() + OVERDUE

        def said() -> bool:
            if _has(self.notice, f"{words}: {about}"):
                return True
            return self.notice.strip().startswith(OF_SENDS) and time.monotonic() > overdue

        self.press(keys, said, what)

    # Going to a conversation

    def open(self, keys: str = "\r") -> Decided:
        """Open the conversation that these keys lead to, and read with whom it is."""
        self.press(keys, lambda: not self.in_list and bool(_number(self.lines[2])), "open")
        self.number = _number(self.lines[2])
        self.title = re.split(r" {3,}", self.lines[2].strip())[0]
        return self.about

    def close(self) -> None:
        """Back to the list."""
        self.press("\x1b", lambda: self.in_list, "back to the list")

    @property
    def about(self) -> Decided:
        """What was decided about the conversation that is open, now or before."""
        return self.decided.setdefault(self.number, Decided())

    @contextmanager
    def deciding(self, *numbers: str, out_of_open: bool = False) -> Iterator[Sequence[Decided]]:
        """The decisions about these; about the conversation that is open, without any."""
        found = {number: self.decided.setdefault(number, Decided()) for number in numbers or (self.number,)}
        known = {number: self.arrived(number) for number in found}
        yield list(found.values())
        for number, each in found.items():
            each.at = time.time()
            each.read = each.read or each.done
            if out_of_open:
                each.known, each.meanwhile = known[number], self.arrived(number) - known[number]

    # Deciding, about the conversation that is open

    def done(self) -> None:
        with self.deciding(out_of_open=True) as (now,):
            self.told("e", "Done", what="done")
            self.press("", lambda: self.in_list, "back to the list")
            now.done, now.until = True, ""

    def undo_done(self) -> None:
        with self.deciding() as (now,):
            self.told("z", "Not done", what="undo")
            now.done, now.read = False, False

    def snooze(self, words: str) -> None:
        with self.deciding(out_of_open=True) as (now,):
            self.shown("s", f"Snooze {self.title}", what="a sheet")
            self.press(
                words,
                lambda: f"▌    {words}" in self.screen.text and len(self.understood) == 1,
                "what was typed",
            )
            (now.until,) = self.understood
            self.press("\r", lambda: "Snoozed until" in self.notice and self.in_list, "snooze")

    def spam(self) -> None:
        with self.deciding() as (now,):
            self.told("!", "Spam", what="spam")
            self.press("", lambda: self.in_list, "back to the list")
            now.spam = True

    def claim(self) -> None:
        with self.deciding() as (now,):
            self.told("a", "Yours", what="claim")
            now.mine = True

    def mute(self) -> None:
        with self.deciding() as (now,):
            self.told("m", "Muted", what="mute")
            now.muted = True

    def label(self, name: str) -> None:
        with self.deciding() as (now,):
            self.choose_label(name, self.title)
            now.labels.add(name)

    def choose_label(self, name: str, about: str) -> None:
        """Put a label on whatever the sheet is about."""
        self.shown("l", f"Label {about}", what="a sheet")
        self.shown(name, f"▌    {name} ", what="what was typed")
        self.told("\r", f"#{name}", about=about, what="label")

    def note(self, text: str) -> None:
        with self.deciding() as (now,):
            self.shown("N", f"Note about {self.title}", what="a sheet")
            self.shown(text, text, what="what was typed")
            self.told("\n", "Noted", what="note")
            now.notes.append(text)

    def answer(self, canned: str, body: str) -> None:
        """Reply with the canned text of this name, and look at the price first."""
        with self.deciding() as (now,):
            self.press("t", lambda: len(self.canned) > 1 and self.canned[-1] != "", "a sheet")
            beginning = body[:40]  # of one line, wherever that is broken
            down = next(number for number, name in enumerate(self.canned) if name.startswith(canned))
            self.press("j" * down, lambda: body in self.words, "the canned text")
            self.press(
                "\r",
                lambda: "Insert a canned" not in self.words and body in self.words,
                "the text in the editor",
            )
            told = ("price unknown", " → A$")
            self.press("", lambda: any(word in self.screen.text for word in told), "a price")
            if told[0] in self.screen.text:
                self.unpriced += 1  # the check asks for it again
            words = ("Send 1 SMS", beginning, "Price", "balance after", "Ctrl+J send")
            self.shown("\n", *words, what="what will be sent")
            self.press("\n", lambda: "Send 1 SMS" not in self.screen.text, "send")
            gone = ("accepted", "delivered")
            self.press(
                "",
                lambda: beginning in self.screen.text and any(word in self.screen.text for word in gone),
                "the reply in the thread",
            )
            now.replies.append(body)

    # Several at once

    def select(self, count: int) -> Sequence[str]:
        """Select the next so many of the list; whose they are."""
        for number in range(1, count + 1):
            self.press("x", lambda: f" {number} selected" in self.notice, "select")  # noqa: B023
        return [self.numbers[title] for chosen, title in self.rows if chosen]

    def select_all(self, count: int) -> None:
        """Select everything that was found."""
        self.press("X", lambda: f" {count:,} selected" in self.notice, "select all")

    def select_nothing(self) -> None:
        self.press("\x1b", lambda: not any(chosen for chosen, _ in self.rows), "select nothing")

    # Searching

    def search(self, words: str, count: int) -> None:
        """Search, wait until so many are found, and go to what was found."""
        self.shown("/", " / search", what="the search")
        self.press(words, lambda: f" {count:,} found" in self.lines[2], f"{count} found by {words}")
        self.press("\r", lambda: "to what was found" not in self.notice, "go to what was found")

    def end_search(self) -> None:
        self.press("\x1b", lambda: not self.lines[3].startswith(" /"), "the list again")


def _number(line: str) -> str:
    """The number in the title of a thread, in E.164."""
    found = re.search(r"\+\d[\d \-]*\d", line)
    return "+" + re.sub(r"\D", "", found[0]) if found else ""


def _has(notice: str, words: str) -> bool:
    """Whether a notice begins so; it may have been cut where the line ends."""
    said = notice.strip()
    return said.startswith(words) or ("…" in said and words.startswith(said.partition("…")[0]))
