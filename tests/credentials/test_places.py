"""Where credentials come from, and in which order."""

from __future__ import annotations

import copy
import json
import os
import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.credentials.machine import (
    ANA,
    KEY,
    Environment,
    backend,
    command,
    failure,
    lifeline,
)
from tui.core.errors import CredentialError
from tui.core.settings import Launch
from tui.credentials import (
    Credentials,
    Limits,
    Secret,
    abandon,
    find_credentials,
    save,
    search,
)


class UnaskedDemo:
    def start(self) -> None:
        raise AssertionError("finding the demo's credentials starts nothing")

    def wait_for_url(self) -> str:
        raise AssertionError("finding the demo's credentials asks nobody")

    def close(self) -> None:
        pass


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
