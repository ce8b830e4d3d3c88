"""Where credentials come from, with the real child process and with keyrings on their bad days."""

from __future__ import annotations

import contextlib
import copy
import fcntl
import json
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tui.core.errors import CredentialError
from tui.core.settings import Launch
from tui.credentials import (
    Credentials,
    Limits,
    Secret,
    abandon,
    ask_keyring,
    find_credentials,
    forget,
    save,
    search,
)

ROOT = Path(__file__).resolve().parents[1]
KEY = "D3ADBEEF-0000-4000-8000-000000000000"
ANA = Credentials("ana@acme.example", Secret(KEY), "typed")

Environment = dict[str, str]


class UnaskedDemo:
    def wait_for_url(self) -> str:
        raise AssertionError("finding the demo's credentials asks nobody")

    def close(self) -> None:
        pass


@pytest.fixture
def launch(tmp_path: Path) -> Launch:
    return Launch("acme", "http://127.0.0.1:1/v3", tmp_path / "acme.sqlite3", tmp_path / "acme.log")


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """A machine without a keyring."""
    return backend("keyring.backends.fail.Keyring", tmp_path)


def backend(name: str, folder: Path) -> Environment:
    """An environment in which keyring uses this backend; a bare name is one of fake_backends."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(ROOT / "tests" / "credentials"), os.environ.get("PYTHONPATH", "")])
        ),
        "PYTHON_KEYRING_BACKEND": name if "." in name else f"fake_backends.{name}",
        "FAKE_KEYRING": str(folder / "keyring.json"),
    }


def command(launch: Launch, script: str, folder: Path) -> Launch:
    """The launch with a credential command that is this Python script, in a file with a blank in its name."""
    path = folder / "give key.py"
    path.write_text(script)
    return replace(launch, credential_command=f"{sys.executable} '{path}'")


def failure(launch: Launch, environment: Mapping[str, str], limits: Limits | None = None) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        find_credentials(launch, environment, limits or Limits())
    assert KEY not in f"{caught.value!r} {caught.value} {caught.value.hint}"
    return caught.value


# The secret itself


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret(KEY)
    for shown in (repr(secret), str(secret), f"{secret}", repr(ANA), f"{[ANA]}"):
        assert KEY not in shown
        assert "••••" in shown
    assert secret.reveal() == KEY
    assert secret == Secret(KEY)
    assert secret != Secret("other")
    assert secret != KEY
    for write in (pickle.dumps, copy.copy, json.dumps):
        with pytest.raises(TypeError):
            write(secret)


# Order


def test_the_strongest_place_wins(launch: Launch, tmp_path: Path) -> None:
    environment = backend("Working", tmp_path)
    save("acme", Credentials("kept", Secret("kept-key"), "typed"), environment)
    assert find_credentials(launch, environment).source == "keyring (fake backends Working)"

    environment |= {"CLICKSEND_USERNAME": "env", "CLICKSEND_API_KEY": "env-key"}
    assert find_credentials(launch, environment) == Credentials("env", Secret("env-key"), "environment")

    (tmp_path / "clicksend-api-key").write_text("unit-key\n")
    (tmp_path / "clicksend-username").write_text("unit\n")
    environment["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    assert find_credentials(launch, environment) == Credentials(
        "unit", Secret("unit-key"), f"credentials directory {tmp_path}"
    )

    launch = command(launch, "print('cmd:cmd-key')", tmp_path)
    found = search(launch, environment)
    assert found.credentials is not None
    assert (found.credentials.username, found.credentials.key) == ("cmd", Secret("cmd-key"))
    assert [attempt.outcome for attempt in found.attempts] == ["found"]


def test_a_place_that_fails_is_not_passed_over_for_a_weaker_one(
    launch: Launch, environment: Environment, tmp_path: Path
) -> None:
    environment |= {"CLICKSEND_USERNAME": "other", "CLICKSEND_API_KEY": "other-key"}
    launch = command(launch, "import sys; sys.exit('vault is sealed')", tmp_path)
    assert "vault is sealed" in failure(launch, environment).message
    assert [attempt.outcome for attempt in search(launch, environment).attempts] == ["failed"]


def test_nothing_anywhere_says_so_and_what_to_do(launch: Launch, tmp_path: Path) -> None:
    error = failure(launch, backend("Working", tmp_path))
    assert error.message == "There is no user name and key for profile acme."
    assert "CLICKSEND_API_KEY" in error.hint


def test_the_demo_brings_its_own(launch: Launch) -> None:
    found = find_credentials(replace(launch, demo=UnaskedDemo()), {"CLICKSEND_API_KEY": "real"})
    assert (found.username, found.key, found.source) == ("demo", Secret("demo"), "the demo")


# Credential command


@pytest.mark.parametrize(
    ("output", "username"), [(f"{KEY}\nnotes\n", "ana"), (f"bob:{KEY}\n", "bob"), (f"\n  {KEY}  \r\n", "ana")]
)
def test_a_command_prints_the_key_or_both(
    launch: Launch, environment: Environment, tmp_path: Path, output: str, username: str
) -> None:
    launch = command(replace(launch, username="ana"), f"print({output!r}, end='')", tmp_path)
    found = find_credentials(launch, environment)
    assert (found.username, found.key) == (username, Secret(KEY))
    assert found.source == f"credential command {Path(sys.executable).name}"


def test_a_command_needs_no_shell_and_gets_no_terminal(
    launch: Launch, environment: Environment, tmp_path: Path
) -> None:
    script = (
        "import os, sys\n"
        "assert sys.stdin.read() == ''\n"
        "assert 'GPG_TTY' not in os.environ\n"
        "try:\n    os.open('/dev/tty', os.O_RDWR)\n"
        f"except OSError:\n    print('{KEY}')\n"
    )
    launch = command(replace(launch, username="$(whoami)"), script, tmp_path)
    assert find_credentials(launch, environment | {"GPG_TTY": "/dev/pts/0"}).username == "$(whoami)"


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("print('')", "is empty."),
        ("print('ana:')", "is empty."),
        (f"print('{KEY}')", "There is no user name for the key from the credential command"),
        (f"print(':{KEY}')", "There is no user name for the key from the credential command"),
        ("print('ana:your key here')", "is not a key"),
        ("print('ana:k\\x1b[2J')", "is not a key"),
        (f"print('a\\x07na:{KEY}')", "has impossible characters"),
        ("import os; os.write(1, b'\\xff\\xfe')", "is not text"),
        (f"import sys; print('ana:{KEY}'); sys.exit(4)", "ended with code 4, without a word"),
        ("import sys; sys.exit('first\\n\\x1b[31mlocked\\x1b[0m')", "ended with code 1: locked."),
    ],
)
def test_a_command_that_fails_is_told_without_what_it_printed(
    launch: Launch, environment: Environment, tmp_path: Path, script: str, says: str
) -> None:
    assert says in failure(command(launch, script, tmp_path), environment).message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("/no/such/program --token T0KEN", "/no/such/program cannot be run: No such file"),
        ("/ --token T0KEN", "/ cannot be run: Permission denied"),
        ("pass 'show T0KEN", "cannot be read: No closing quotation"),
    ],
)
def test_a_command_that_cannot_run_is_named_without_its_arguments(
    launch: Launch, environment: Environment, text: str, says: str
) -> None:
    error = failure(replace(launch, credential_command=text), environment)
    assert says in error.message
    assert "T0KEN" not in str(error)


def test_a_command_that_waits_is_stopped_with_what_it_started(
    launch: Launch, environment: Environment, tmp_path: Path
) -> None:
    script = (
        "import os, subprocess, sys, threading\n"
        "alive = os.open(os.environ['FAKE_KEYRING_ALIVE'], os.O_WRONLY)\n"
        "subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE, pass_fds=[alive])\n"
        "threading.Event().wait()\n"
    )
    launch = command(launch, script, tmp_path)
    with lifeline(environment, tmp_path) as gone:
        error = failure(launch, environment, Limits(command=0.5))
        assert "gave no answer within 0.5 s and was stopped" in error.message
        assert "--" not in str(error.__cause__)
        assert gone()


def test_leaving_ends_what_is_being_waited_for(
    launch: Launch, environment: Environment, tmp_path: Path
) -> None:
    path = tmp_path / "started"
    os.mkfifo(path)
    launch = command(
        launch, f"import threading\nopen({str(path)!r}, 'w')\nthreading.Event().wait()", tmp_path
    )
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(find_credentials, launch, environment)
        os.close(os.open(path, os.O_RDONLY))  # opens when the command has opened the other side
        abandon()
        assert isinstance(waiting.exception(timeout=20), CredentialError)


# Credentials directory and environment


def test_a_directory_without_our_files_is_passed_over(
    launch: Launch, environment: Environment, tmp_path: Path
) -> None:
    environment |= {"CLICKSEND_USERNAME": "env", "CLICKSEND_API_KEY": KEY}
    for folder in (tmp_path, tmp_path / "missing"):
        environment["CREDENTIALS_DIRECTORY"] = str(folder)
        assert find_credentials(launch, environment).source == "environment"


def test_a_directory_may_hold_the_key_alone(launch: Launch, environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "clicksend-api-key").write_text(KEY)
    environment["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    assert find_credentials(replace(launch, username="ana"), environment).username == "ana"
    assert "no user name for the key" in failure(launch, environment).message


def test_a_credential_that_cannot_be_read_is_named(
    launch: Launch, environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / "clicksend-api-key").mkdir()
    environment["CREDENTIALS_DIRECTORY"] = str(tmp_path)
    assert "clicksend-api-key cannot be read: Is a directory" in failure(launch, environment).message


def test_the_environment_may_hold_the_key_alone(launch: Launch, environment: Environment) -> None:
    environment["CLICKSEND_API_KEY"] = f" {KEY}\n"
    found = find_credentials(replace(launch, username="ana"), environment)
    assert (found.username, found.key) == ("ana", Secret(KEY))
    error = failure(launch, environment)
    assert error.message.endswith("no user name for the key from the environment: set CLICKSEND_USERNAME.")


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


@contextlib.contextmanager
def lifeline(environment: Environment, folder: Path) -> Iterator[Callable[[], bool]]:
    """A FIFO that what runs holds open for writing. Gives a function: has everything ended (within 20 s)?"""
    path = folder / "alive"
    os.mkfifo(path)
    environment["FAKE_KEYRING_ALIVE"] = str(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def gone() -> bool:
        # A FIFO tells that its last writer went only if there ever was one.
        os.close(os.open(path, os.O_WRONLY))
        while select.select([reader], [], [], 20)[0]:
            if not os.read(reader, 100):
                return True
        return False

    yield gone
    os.close(reader)


@contextlib.contextmanager
def silent_bus(path: Path) -> Iterator[list[socket.socket]]:
    """A D-Bus that lets everybody in and then never answers. Gives the connections that were made."""
    connections: list[socket.socket] = []

    def welcome(connection: socket.socket) -> None:
        with connection:
            pending = b""
            while received := connection.recv(4096):
                pending += received
                while b"\r\n" in pending:
                    line, _, pending = pending.partition(b"\r\n")
                    if b"AUTH" in line:
                        connection.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
                    elif line == b"NEGOTIATE_UNIX_FD":
                        connection.sendall(b"AGREE_UNIX_FD\r\n")

    def serve(server: socket.socket, guests: list[threading.Thread]) -> None:
        with contextlib.suppress(OSError):
            while True:
                connections.append(server.accept()[0])
                guests.append(threading.Thread(target=welcome, args=(connections[-1],)))
                guests[-1].start()

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        guests: list[threading.Thread] = []
        host = threading.Thread(target=serve, args=(server, guests))
        host.start()
        yield connections
        server.shutdown(socket.SHUT_RDWR)
        for thread in (host, *guests):
            thread.join()


def on_bus(address: str, folder: Path) -> Environment:
    """An environment with a D-Bus address, and the backend that a desktop uses."""
    desktop = backend("keyring.backends.SecretService.Keyring", folder)
    return desktop | {"DBUS_SESSION_BUS_ADDRESS": address}


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
