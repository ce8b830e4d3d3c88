"""What the command line says, and how it starts the console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import ROOT, behave, invoke, only_launch
from tests.terminal.pty_terminal import Terminal
from tui import cli
from tui.core.errors import ConsoleError, StoreError
from tui.core.settings import DEFAULT_BASE_URL, Launch
from tui.sandbox import world

COMMANDS = ("demo", "doctor", "login", "logout", "sandbox")


# Help and version


def test_help_names_every_command_option_and_variable() -> None:
    text = invoke("--help").output
    for name in (
        *COMMANDS,
        "--profile",
        "--read-only",
        "--credential-command",
        "--base-url",
        "--version",
        "CLICKSEND_USERNAME",
        "CLICKSEND_API_KEY",
        "CLICKSEND_BASE_URL",
        "CLICKSEND_TUI_HOME",
        "CREDENTIALS_DIRECTORY",
        DEFAULT_BASE_URL,
    ):
        assert name in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_says_what_it_does(command: str) -> None:
    declared = cli.main.commands[command]
    assert declared.help
    assert len(declared.get_short_help_str(limit=70)) > 10
    assert not declared.get_short_help_str(limit=70).endswith("...")
    for option in declared.params:
        record = option.to_info_dict()
        assert record["hidden"] or record["help"], option.name
    assert invoke(command, "--help").exit_code == 0


def test_version() -> None:
    result = invoke("--version")
    assert result.exit_code == 0
    assert result.output.startswith("clicksend-tui ")


def test_a_sandbox_holds_what_its_help_says() -> None:
    assert world.MESSAGES == cli.MESSAGES


# Where nothing can be drawn


@pytest.mark.parametrize("arguments", [[], ["demo"]])
@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"TERM": "dumb"}, "TERM is dumb"),
        ({"PYTHONIOENCODING": "latin-1"}, "in iso8859-1, not in UTF-8"),
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "in ascii, not in UTF-8"),
    ],
)
def test_a_terminal_that_will_not_do_gets_one_line(
    arguments: list[str], environment: dict[str, str], says: str, tmp_path: Path
) -> None:
    with Terminal(*arguments, home=tmp_path, env=environment) as terminal:
        assert terminal.wait_exit() == 2
        assert says in terminal.raw.decode("ascii")
        assert terminal.raw.count(b"\n") == 1
        assert b"\x1b" not in terminal.raw
        assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_a_terminal_that_is_too_small_says_how_large_it_must_be(arguments: list[str], tmp_path: Path) -> None:
    with Terminal(*arguments, home=tmp_path, columns=40, lines=10) as terminal:
        assert terminal.wait_exit() == 2
        assert b"The terminal is 40x10, and the console needs 60x20." in terminal.raw
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("arguments", [[], ["demo"]])
@pytest.mark.parametrize("redirected", ["stdin", "stdout", "stderr"])
def test_output_or_input_that_is_no_terminal_gets_one_line(arguments: list[str], redirected: str) -> None:
    master, slave = os.openpty()
    streams: dict[str, Any] = {"stdin": slave, "stdout": slave, "stderr": subprocess.PIPE}
    streams[redirected] = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-m", "tui", *arguments], cwd=ROOT, **streams)
    output, errors = process.communicate(timeout=60)
    os.close(slave)
    os.close(master)
    name = {"stdin": "input", "stdout": "output", "stderr": "error output"}[redirected]
    assert process.returncode == 2
    assert errors.startswith(f"clicksend-tui: The {name} is not a terminal.".encode())
    assert errors.count(b"\n") == 1
    assert not output


# Starting the console


def test_the_console_opens_on_the_default_profile(launches: list[Any], home: Path) -> None:
    assert invoke().exit_code == 0
    assert only_launch(launches) == Launch(
        profile="default",
        base_url=DEFAULT_BASE_URL,
        database=home / "data" / "default.sqlite3",
        log=home / "logs" / "default.log",
    )
    assert (home / "data").is_dir()
    assert not (home / "logs" / "default.log").exists(), "the log is quiet"


def test_settings_hold_unless_something_stronger_is_said(
    launches: list[Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "config.toml").write_text(
        "profile = 'acme'\n[profiles.acme]\nusername = 'ana'\nbase_url = 'https://acme.example/v3'\n"
        "credential_command = 'pass acme'\nread_only = true\n[profiles.other]\n"
    )
    invoke()
    monkeypatch.setenv("CLICKSEND_BASE_URL", "https://environment.example/v3")
    monkeypatch.setenv("CLICKSEND_USERNAME", "bob")
    invoke()
    invoke(
        "--profile",
        "other",
        "--base-url",
        "http://localhost:1/v3",
        "--credential-command",
        "x",
        "--read-only",
    )
    facts = [
        (one.profile, one.username, one.base_url, one.credential_command, one.read_only)
        for one, _ in launches
    ]
    assert facts == [
        ("acme", "ana", "https://acme.example/v3", "pass acme", True),
        ("acme", "ana", "https://environment.example/v3", "pass acme", True),
        ("other", "bob", "http://localhost:1/v3", "x", True),
    ]


@pytest.mark.parametrize(
    ("environment", "delay"),
    [
        ({}, None),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, "500"),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "ESCDELAY": "50"}, "50"),
    ],
)
def test_escape_waits_longer_over_ssh(
    launches: list[Any], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], delay: str | None
) -> None:
    # Set and deleted, so that what the command line sets is taken back after the test.
    monkeypatch.setenv("ESCDELAY", "")
    monkeypatch.delenv("ESCDELAY")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    invoke()
    assert launches[0][1] == delay


@pytest.mark.parametrize(
    ("arguments", "config", "says"),
    [
        ([], "bel = true", "config.toml, line 1: bel is not a setting. Did you mean bell?"),
        ([], "= 3", "is not valid TOML"),
        (["demo"], "bel = true", "bel is not a setting"),
        (["--profile", "../x"], "", "'../x' cannot be the name of a profile."),
        (["--base-url", "http://rest.clicksend.com/v3"], "", "the key would travel unprotected"),
        (["login", "--profile", ""], "profile = 3", "profile must be text in quotes."),
    ],
)
def test_what_cannot_be_used_is_one_line_and_no_console(
    launches: list[Any], home: Path, arguments: list[str], config: str, says: str
) -> None:
    (home / "config.toml").write_text(config)
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.startswith("clicksend-tui: ")
    assert result.stderr.count("\n") == 1
    assert not launches


def test_a_data_folder_that_cannot_be_made(launches: list[Any], home: Path) -> None:
    (home / "data").write_text("in the way")
    result = invoke()
    assert result.exit_code == 2
    assert f"The folder {home / 'data'} cannot be used: " in result.stderr
    assert "CLICKSEND_TUI_HOME" in result.stderr
    assert not launches


@pytest.mark.parametrize(
    ("outcome", "code", "says"),
    [
        (143, 143, ""),
        (
            StoreError("The local database x is damaged.", hint="Move it aside."),
            2,
            "is damaged. Move it aside.",
        ),
        (ConsoleError("Something\nelse."), 1, "clicksend-tui: Something else.\n"),
    ],
)
def test_how_the_console_ends(launches: list[Any], outcome: int | ConsoleError, code: int, says: str) -> None:
    behave(launches, outcome)
    result = invoke()
    assert result.exit_code == code
    assert says in result.stderr
    assert bool(says) == bool(result.stderr)


def test_the_log_is_private_limited_and_without_what_others_say_in_detail(tmp_path: Path) -> None:
    script = (
        "import logging, sys, pathlib; from tui.launching import start_log\n"
        "start_log(pathlib.Path(sys.argv[1]), 'info')\n"
        "logging.getLogger('tui.x').info('ours'); logging.getLogger('tui.x').debug('ours in detail')\n"
        "logging.getLogger('httpcore').debug('Authorization'); logging.getLogger('httpx').info('GET')\n"
        "logging.getLogger('httpx').warning('theirs')\n"
        "handler, = logging.getLogger().handlers; assert 0 < handler.maxBytes <= 10_000_000\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path / "x.log"], cwd=ROOT, check=True)
    lines = (tmp_path / "x.log").read_text().splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == ["ours", "theirs"]


def test_a_log_that_cannot_be_written_is_not_told_on_the_terminal(tmp_path: Path) -> None:
    script = (
        "import logging, sys, pathlib; from tui.launching import start_log\n"
        "start_log(pathlib.Path(sys.argv[1]), 'info'); logging.getLogger('tui.x').error('lost')\n"
    )
    run = [sys.executable, "-c", script, str(tmp_path / "missing" / "x.log")]
    done = subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")
