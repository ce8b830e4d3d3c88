"""The keyring on its bad days, asked by the real child process."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.credentials.machine import (
    ANA,
    KEY,
    ROOT,
    backend,
    failure,
    lifeline,
    on_bus,
    silent_bus,
)
from tui.core.errors import CredentialError
from tui.core.settings import Launch
from tui.credentials import (
    ask_keyring,
    find_credentials,
    forget,
    save,
    search,
)

# Keyring


def test_what_is_kept_is_found_and_can_be_forgotten(launch: Launch, tmp_path: Path) -> None:
    environment = backend("Working", tmp_path)
    assert save("acme", ANA, environment) == "fake backends Working"
    assert find_credentials(launch, environment) == replace(ANA, source="keyring (fake backends Working)")
    assert search(replace(launch, profile="other"), environment).credentials is None

    assert forget("acme", environment)
    assert search(launch, environment).credentials is None
    assert not forget("acme", environment)


def test_a_backend_that_talks_does_not_disturb(launch: Launch, tmp_path: Path) -> None:
    environment = backend("Noisy", tmp_path)
    save("acme", ANA, environment)
    assert find_credentials(launch, environment).key == ANA.key


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("keyring.backends.fail.Keyring", "This machine has no keyring that works (fail Keyring)."),
        ("Locked", "The keyring (fake backends Locked) is locked, and cannot be unlocked from here."),
        ("Prompting", "The keyring (fake backends Prompting) asks for a password on the terminal"),
        ("Intrusive", "The keyring (fake backends Intrusive) failed: builtins.OSError."),
        ("Dying", "The keyring failed: exit code 3."),
        ("no.such.Backend", "PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded."),
        ("NoSuchClass", "PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded."),
    ],
)
def test_a_keyring_that_fails_is_a_sentence(launch: Launch, tmp_path: Path, name: str, says: str) -> None:
    assert says in failure(launch, backend(name, tmp_path)).message


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("keyring.backends.null.Keyring", "the keyring (null Keyring) took it and does not give it back."),
        ("Altering", "the keyring (fake backends Altering) took it and does not give it back."),
        ("keyring.backends.fail.Keyring", "This machine has no keyring that works"),
        ("Locked", "is locked"),
    ],
)
def test_kept_means_read_back(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(CredentialError) as caught:
        save("acme", ANA, backend(name, tmp_path))
    assert caught.value.message.startswith("The key was not kept")
    assert says in caught.value.message
    assert "CLICKSEND_API_KEY" in caught.value.hint
    assert KEY not in str(caught.value)


def test_the_null_backend_holds_nothing(launch: Launch, tmp_path: Path) -> None:
    environment = backend("keyring.backends.null.Keyring", tmp_path)
    assert "no user name and key" in failure(launch, environment).message
    assert not forget("acme", environment)


def test_removed_means_gone(tmp_path: Path) -> None:
    environment = backend("Clinging", tmp_path)
    save("acme", ANA, environment)
    with pytest.raises(CredentialError, match=r"not removed\. The keyring \(fake backends Clinging\) still"):
        forget("acme", environment)
    with pytest.raises(CredentialError, match="Nothing was removed"):
        forget("acme", backend("Locked", tmp_path))


# A keyring that never answers


def test_a_bus_that_never_answers_holds_nobody_up(launch: Launch, tmp_path: Path) -> None:
    with silent_bus(tmp_path / "bus") as connections:
        started = time.monotonic()
        error = failure(launch, on_bus(f"unix:path={tmp_path / 'bus'}", tmp_path))
        elapsed = time.monotonic() - started
    assert "The keyring gave no answer within 3 s and was stopped." in error.message
    assert connections
    assert 3.0 <= elapsed < 8.0


def test_no_bus_is_said_at_once(launch: Launch, tmp_path: Path) -> None:
    environment = on_bus(f"unix:path={tmp_path / 'nothing'}", tmp_path)
    assert "keyring" in failure(launch, environment).message
    del environment["PYTHON_KEYRING_BACKEND"], environment["DBUS_SESSION_BUS_ADDRESS"]
    answer = ask_keyring("get", "acme", environment)
    assert (answer.backend, answer.value) == ("fail Keyring", None)
    assert answer.problem


@pytest.mark.parametrize("do", ["get", "set"])
def test_a_keyring_that_waits_is_killed_with_what_it_started(tmp_path: Path, do: str) -> None:
    environment = backend("Waiting", tmp_path)
    with lifeline(environment, tmp_path) as gone:
        answer = ask_keyring("get" if do == "get" else "set", "acme", environment, limit=1.0)
        assert "gave no answer within 1 s and was stopped" in answer.problem
        assert gone()


def test_the_child_ends_by_itself_when_its_parent_is_gone(tmp_path: Path) -> None:
    environment = backend("Waiting", tmp_path)
    with lifeline(environment, tmp_path):
        child = subprocess.Popen(
            [sys.executable, "-m", "tui.credentials"],
            stdin=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
        child.communicate(b'{"do": "get", "profile": "acme", "limit": -0.5}', timeout=30)
        os.killpg(child.pid, signal.SIGKILL)  # what the backend started
    assert child.returncode == -signal.SIGALRM


def test_the_secret_travels_only_through_the_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    start = subprocess.Popen.__init__

    def record(self: subprocess.Popen[bytes], argv: Any, **options: Any) -> None:
        seen.append([argv, options])
        start(self, argv, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", record)
    save("acme", ANA, backend("Working", tmp_path) | {"CLICKSEND_API_KEY": KEY})
    assert seen
    assert KEY not in repr(seen)


@pytest.mark.parametrize("name", ["Prompting", "Intrusive", "Noisy"])
def test_no_backend_reaches_the_terminal(tmp_path: Path, name: str) -> None:
    """The parent has a controlling terminal, as the console does; nothing may appear on it."""
    master, terminal = os.openpty()
    ask = "from tui.credentials import ask_keyring as a; open('done', 'w').write(repr(a('get', 'acme')))"
    process = subprocess.Popen(
        [sys.executable, "-c", ask],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=tmp_path,
        env=backend(name, tmp_path) | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'credentials'}"},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says EIO when the other side has closed
        while piece := os.read(master, 4096):
            shown += piece
    os.close(master)
    assert process.wait(30) == 0
    assert "KeyringAnswer" in (tmp_path / "done").read_text()
    assert shown == b""
