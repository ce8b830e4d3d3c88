"""The demo: how to start the console on a sandbox that runs in a process of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from tui.core.errors import ConsoleError
from tui.core.settings import Launch, Settings

PREFIX = "clicksend-tui-demo-"
LOCK = "lock"
START_LIMIT = 60.0
"""Seconds for the sandbox to answer. Many messages take it a while."""


@contextlib.contextmanager
def demo_launch(
    settings: Settings, read_only: bool, *, messages: int, seed: int, quiet: bool = False
) -> Iterator[Launch]:
    """How to start the demo. Its server and its files are gone afterwards, and those of demos that died."""
    import tempfile

    options = ["--messages", str(messages), "--seed", str(seed), *(["--quiet"] if quiet else [])]
    remove_abandoned(Path(tempfile.gettempdir()))
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name,
        _claimed(Path(name)),
        contextlib.closing(SandboxProcess(Path(name), *options)) as server,
    ):
        yield Launch(
            profile="demo",
            base_url="",
            database=Path(name) / "demo.sqlite3",
            log=Path(name) / "demo.log",
            settings=settings,
            username="demo",
            read_only=read_only,
            demo=server,
        )


def remove_abandoned(place: Path) -> None:
    """Remove the folders of demos of this user that were killed: those whose lock nobody holds any more."""
    for lock in place.glob(f"{PREFIX}*/{LOCK}"):
        folder = lock.parent
        with contextlib.suppress(OSError), lock.open("rb") as file:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when this process ends, however that happens."""
    with (folder / f"{LOCK}.new").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        # Seen by others only now that it is held.
        (folder / f"{LOCK}.new").rename(folder / LOCK)
        yield


class SandboxProcess:
    """A sandbox in a process of its own, which ends when this one does, however that happens.

    It starts when it is asked for: before the first frame it would compete with the console for the machine.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self._errors = folder / "sandbox.log"
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._starting = threading.Lock()
        self._reading = threading.Lock()
        self._url = ""

    def start(self) -> None:
        """Start it, unless that was done or it is closed already."""
        with self._starting:
            if self._process is None and not self._closed:
                self._process = self._new_process()

    def _new_process(self) -> subprocess.Popen[bytes]:
        with self._errors.open("wb") as errors:
            # A session of its own: Ctrl+C and Ctrl+Z typed at the console are not meant for it.
            return subprocess.Popen(  # noqa: S603 - this program itself
                [
                    sys.executable,
                    "-m",
                    "tui",
                    "sandbox",
                    "--port",
                    "0",
                    "--until-stdin-closes",
                    *self._options,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=Path(__file__).resolve().parents[1],
                start_new_session=True,
            )

    def wait_for_url(self) -> str:
        """Its base URL, as soon as it answers. Blocks; raises ConsoleError if it did not start."""
        self.start()
        with self._reading:
            if not self._url:
                self._url = self._read_url()
            return self._url

    def _read_url(self) -> str:
        import select

        output = self._process.stdout if self._process else None
        if output is None or output.closed:
            raise ConsoleError("The demo has ended.")
        ready, _, _ = select.select([output], [], [], START_LIMIT)
        line = output.readline().decode() if ready else ""
        if url := re.search(r"http://\S+", line):
            return url[0]
        last_words = self._errors.read_text(errors="replace").strip().rpartition("\n")[2]
        raise ConsoleError(
            f"The demo's server did not start. {last_words}".strip(),
            hint="See what it says with: clicksend-tui sandbox",
        )

    def close(self) -> None:
        """End it. Who waits for the URL is told at once. Closing it again does nothing."""
        with self._starting:
            self._closed = True
        if self._process is None:
            return
        # All that it has is in memory and meant to be forgotten: there is nothing to wind up.
        self._process.kill()
        self._process.wait()
        with self._reading:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
