"""A program in a pane of a tmux of its own: what people at the other end of an SSH session mostly sit at."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from tests.terminal.pty_terminal import LIMIT, environment

_LOOK = 0.01
"""Seconds between two looks at the pane."""


class Pane:
    """A program in tmux, typed at and looked at as a `Terminal` is."""

    def __init__(
        self,
        *arguments: str,
        home: Path,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        module: str = "tui",
    ) -> None:
        self._socket = f"clicksend-tui-{os.getpid()}-{id(self)}"
        settings = [f"{name}={value}" for name, value in {**environment(home), **(env or {})}.items()]
        del settings[[each.partition("=")[0] for each in settings].index("TERM")]  # tmux sets its own
        run = shlex.join(["env", *settings, sys.executable, "-m", module, *arguments])
        size = ("-x", str(columns), "-y", str(lines))
        # What a program that ended has left on the screen stays there.
        remain = (";", "set-option", "-g", "remain-on-exit", "on")
        self._tmux("-f", os.devnull, "new-session", "-d", "-s", "pane", *size, run, *remain)
        self.text = ""
        """What is on the screen, as it was looked at last."""

    def __enter__(self) -> Pane:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *arguments: str) -> str:
        run = ["tmux", "-L", self._socket, *arguments]
        return subprocess.run(run, capture_output=True, check=True, text=True).stdout

    def send(self, keys: str) -> None:
        """Type."""
        if keys:
            self._tmux("send-keys", "-t", "pane", "-H", *(f"{byte:02x}" for byte in keys.encode()))

    def look(self) -> str:
        """What is on the screen now."""
        self.text = "\n".join(line.rstrip() for line in self._tmux("capture-pane", "-p").splitlines())
        return self.text

    def wait_until(self, condition: Callable[[], bool], what: str) -> str:
        """Look until the condition holds."""
        deadline = time.monotonic() + LIMIT
        self.look()
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {what}; the pane shows:\n{self.text}")
            time.sleep(_LOOK)
            self.look()
        return self.text
