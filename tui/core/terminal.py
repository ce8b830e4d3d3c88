"""What the console would be drawn on, and whether it can be."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SMALLEST = (60, 20)
"""Columns and lines below which the screens do not fit."""
TO_UTF8 = "Set LANG=C.UTF-8, and unset PYTHONIOENCODING."


class Terminal(NamedTuple):
    """What the console would be drawn on. `redirected` names the streams that are no terminal."""

    environment: Mapping[str, str]
    redirected: tuple[str, ...]
    encoding: str
    columns: int
    lines: int

    @classmethod
    def here(cls, environment: Mapping[str, str] = os.environ) -> Terminal:
        """The terminal of this process: Textual reads stdin and draws on stderr, so three streams count."""
        streams = {"input": sys.__stdin__, "output": sys.__stdout__, "error output": sys.__stderr__}
        redirected = tuple(name for name, stream in streams.items() if stream is None or not stream.isatty())
        encodings = [stream.encoding for stream in (sys.__stdout__, sys.__stderr__) if stream is not None]
        columns, lines = shutil.get_terminal_size((0, 0))
        return cls(environment, redirected, _least_capable(encodings), columns, lines)

    @property
    def refusal(self) -> str:
        """Why the console cannot be drawn here and what to do, in one line of ASCII; empty if it can."""
        if self.redirected:
            return (
                f"The {self.redirected[0]} is not a terminal. "
                "Start it without pipes and redirections; over SSH, use ssh -t."
            )
        if self.environment.get("TERM") == "dumb":
            return (
                "TERM is dumb: nothing can be placed on this terminal. Use a terminal emulator and its TERM."
            )
        if self.encoding != "utf-8":
            return f"The output is in {self.encoding}, not in UTF-8. {TO_UTF8}"
        return self.too_small

    @property
    def too_small(self) -> str:
        """Why the screens do not fit; empty if they do, or if the size is not known."""
        if 0 < self.columns < SMALLEST[0] or 0 < self.lines < SMALLEST[1]:
            return (
                f"The terminal is {self.columns}x{self.lines}, and the console needs "
                f"{SMALLEST[0]}x{SMALLEST[1]}. Make the window larger or its font smaller."
            )
        return ""

    @property
    def colours(self) -> str:
        """How many colours the console will use."""
        if self.environment.get("NO_COLOR"):
            return "no colours (NO_COLOR)"
        if self.environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
            return "16 million colours"
        return "256 colours" if "256color" in self.environment.get("TERM", "") else "16 colours"


def _least_capable(encodings: Sequence[str]) -> str:
    """The first encoding that is not UTF-8, by its usual name; UTF-8 if none is."""
    names = [codecs.lookup(name).name for name in encodings]
    return next((name for name in names if name != "utf-8"), "utf-8")
