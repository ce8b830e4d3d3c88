"""A real terminal for tests: a program in a pty, its screen kept by pyte, waits that end on what is shown."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyte

LIMIT = 60.0
"""Seconds after which a wait gives up: generous, because the machine may be busy with other tests."""

LEFT_BEHIND = (b"\x1b[?1049h", b"\x1b[?25l", b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?2004h", b"\x1b[?1004h")
"""What switches on the alternate screen, mouse, paste and focus reports, and hides the cursor."""


def environment(home: Path) -> dict[str, str]:
    """What a program in a terminal finds set: nothing of this process's, so that no key gets in."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "Australia/Sydney",
        "CLICKSEND_TUI_HOME": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


class User(NamedTuple):
    """A user of this machine, with the groups that are given to them besides their own."""

    uid: int
    gid: int
    groups: tuple[int, ...] = ()


class Terminal:
    """A program in a terminal of `columns` x `lines`. `raw` holds every byte that it wrote.

    `started` and `arrived` are when it was started and when its last bytes came, by `time.perf_counter`.
    """

    def __init__(
        self,
        *arguments: str,
        home: Path,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        module: str = "tui",
        shell: str = "",
        user: User | None = None,
    ) -> None:
        """`shell`: a line for a job-controlling shell in which `$RUN` is the program. `user`: who runs it."""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self._master, slave = pty.openpty()
        self.resize(columns, lines)
        self.modes = termios.tcgetattr(slave)
        run = [sys.executable, "-m", module, *arguments]
        self.started = self.arrived = time.perf_counter()
        self.process = subprocess.Popen(
            ["bash", "-mc", shell] if shell else run,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment(home), "RUN": " ".join(run), **(env or {})},
            cwd=Path(__file__).parents[2],
            start_new_session=True,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=user.groups if user else None,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self._slave = slave

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)
        os.close(self._slave)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, as a window manager would."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    @property
    def text(self) -> str:
        """What is on the screen."""
        rows, width = self.screen.buffer, range(self.screen.columns)
        # Not `screen.display`, which measures every character: the cell after a wide one is empty anyway.
        return "\n".join("".join(rows[y][x].data for x in width).rstrip() for y in range(self.screen.lines))

    def wait_for(self, *words: str) -> str:
        """Read until all the words are on the screen; the screen."""

        def shown() -> bool:
            text = self.text
            return all(word in text for word in words)

        return self.wait_until(shown, f"{words} to be shown")

    def wait_gone(self, word: str) -> str:
        """Read until the word is no longer on the screen."""
        return self.wait_until(lambda: word not in self.text, f"{word!r} to be gone")

    def wait_until(self, condition: Callable[[], bool], what: str) -> str:
        """Read until the condition holds."""
        deadline = time.monotonic() + LIMIT
        while not condition():
            if not self.read(deadline - time.monotonic()):
                raise AssertionError(f"waited for {what}; the screen shows:\n{self.text}")
        return self.text

    def wait_exit(self) -> int:
        """Read until the program has ended; its exit code (negative: the signal that ended it)."""
        deadline = time.monotonic() + LIMIT
        while self.process.poll() is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"still running; the screen shows:\n{self.text}")
            self.read(0.05)
        while self.read(0.05):
            pass
        return self.process.returncode

    def bytes_in_silence(self, seconds: float) -> int:
        """How many bytes the program writes in this time while nothing is typed."""
        before = len(self.raw)
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.read(left)
        return len(self.raw) - before

    def wait_silence(self, seconds: float) -> None:
        """Read until nothing has come for so long."""
        while self.read(seconds):
            pass

    @property
    def restored(self) -> list[str]:
        """What was left behind on the terminal: empty when it is as it was found."""
        left = [
            repr(on)
            for on in LEFT_BEHIND
            if self.raw.rfind(on) > self.raw.rfind(on[:-1] + (b"h" if on.endswith(b"l") else b"l"))
        ]
        if termios.tcgetattr(self._slave)[:4] != self.modes[:4]:
            left.append("tty modes")
        return left

    def answer(self, keys: str, silence: float) -> tuple[float, float, int]:
        """Type; seconds to the first byte and to the last before this much silence (nan: none came), and how
        many came. They are put on the screen afterwards, so that this takes no part of the time.
        """
        sent, chunks = time.perf_counter(), []
        first = last = float("nan")
        self.send(keys)
        while chunk := self._take(silence if chunks else 1.5):
            last = self.arrived - sent
            first = first if chunks else last
            chunks.append(chunk)
        for chunk in chunks:
            self._stream.feed(chunk)
        return first, last, sum(map(len, chunks))

    def read(self, limit: float) -> bool:
        """Read once, waiting at most so many seconds; False if nothing came."""
        chunk = self._take(limit)
        self._stream.feed(chunk)
        return bool(chunk)

    def _take(self, limit: float) -> bytes:
        if limit <= 0 or not select.select([self._master], [], [], limit)[0]:
            return b""
        try:
            chunk = os.read(self._master, 65536)
        except OSError:
            return b""
        self.arrived = time.perf_counter()
        self.raw += chunk
        return chunk
