"""The command line: what it says, where it ends, and how it starts the rest."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import types
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.canned import ACCOUNT, envelope, healthy, serving
from tests.terminal.pty_terminal import Terminal
from tui import cli, demo, doctor
from tui.core.errors import ConsoleError, StoreError
from tui.core.settings import DEFAULT_BASE_URL, Launch, Settings
from tui.sandbox import world

ROOT = Path(__file__).resolve().parents[1]
KEY = "D3ADBEEF-0000-4000-8000-000000000000"
COMMANDS = ("demo", "doctor", "login", "logout", "sandbox")


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of its own, with a keyring in a file."""
    for name in [name for name in os.environ if name.startswith(("CLICKSEND_", "CREDENTIALS_", "SSH_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("ESCDELAY", raising=False)
    monkeypatch.setenv("CLICKSEND_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'tests' / 'credentials'}{os.pathsep}{ROOT}")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "fake_backends.Working")
    monkeypatch.setenv("FAKE_KEYRING", str(tmp_path / "keyring.json"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def launches(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """How the console was started; a stand-in for it notes that, and ends with 0."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level, logging.getLogger("tui").level
    seen: list[Any] = []

    def run(launch: Launch) -> int:
        seen.append((launch, os.environ.get("ESCDELAY")))
        return 0

    console = types.ModuleType("tui.app")
    console.run = run  # type: ignore[attr-defined]
    console.OPEN_DEMO = 75  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", console)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    drawable = doctor.Terminal({"TERM": "xterm"}, (), "utf-8", 80, 24)
    monkeypatch.setattr(doctor.Terminal, "here", lambda: drawable)
    yield seen
    for handler in root.handlers:
        if handler not in kept[0]:
            handler.close()
    root.handlers[:], level, tui_level = kept
    root.setLevel(level)
    logging.getLogger("tui").setLevel(tui_level)


def behave(launches: list[Any], *outcomes: int | ConsoleError) -> None:
    """Let the stand-in return or raise these, in order."""
    left = iter(outcomes)

    def run(launch: Launch) -> int:
        launches.append((launch, os.environ.get("ESCDELAY")))
        outcome = next(left)
        if isinstance(outcome, ConsoleError):
            raise outcome
        return outcome

    sys.modules["tui.app"].run = run  # type: ignore[attr-defined]


def invoke(*arguments: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(cli.main, arguments, input=typed, prog_name="clicksend-tui")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert KEY not in result.output
    return result


def only_launch(launches: list[Any]) -> Launch:
    (launch, _escape_delay), *others = launches
    assert not others
    assert isinstance(launch, Launch)
    return launch


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
        "import logging, sys, pathlib; from tui.cli import start_log\n"
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
        "import logging, sys, pathlib; from tui.cli import start_log\n"
        "start_log(pathlib.Path(sys.argv[1]), 'info'); logging.getLogger('tui.x').error('lost')\n"
    )
    run = [sys.executable, "-c", script, str(tmp_path / "missing" / "x.log")]
    done = subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


# The demo


def test_the_demo_starts_on_a_sandbox_of_its_own_and_leaves_nothing(launches: list[Any], home: Path) -> None:
    seen: list[Any] = []

    def run(launch: Launch) -> int:
        assert launch.demo is not None
        seen.append((launch, launch.database.parent.is_dir(), ask(launch.demo.wait_for_url())))
        assert launch.demo.wait_for_url() == launch.demo.wait_for_url()
        return 0

    sys.modules["tui.app"].run = run  # type: ignore[attr-defined]
    (home / "config.toml").write_text("bell = true")
    assert invoke("--read-only", "demo", "--messages", "20", "--seed", "7").exit_code == 0
    ((launch, was_there, status),) = seen
    assert (launch.profile, launch.base_url, launch.read_only) == ("demo", "", True)
    assert launch.settings.bell
    assert was_there
    assert status == 200
    assert not launch.database.parent.exists()
    assert not (home / "data").exists()


def test_the_sign_in_screen_can_ask_for_the_demo(launches: list[Any]) -> None:
    behave(launches, 75, 0)
    assert invoke("--read-only").exit_code == 0
    assert [launch.profile for launch, _ in launches] == ["default", "demo"]
    assert all(launch.read_only for launch, _ in launches)


def test_a_demo_that_does_not_start_says_why(tmp_path: Path) -> None:
    server = demo.SandboxProcess(tmp_path, "--messages", "some")
    with pytest.raises(ConsoleError, match=r"did not start\. .*'some'") as caught:
        server.wait_for_url()
    assert "clicksend-tui sandbox" in caught.value.hint
    server.close()
    server.close()


def test_leaving_during_the_start_waits_for_nothing(tmp_path: Path) -> None:
    server = demo.SandboxProcess(tmp_path, "--messages", "1000000")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(server.wait_for_url)
        server.close()
        assert isinstance(waiting.exception(timeout=20), ConsoleError)
    with pytest.raises(ConsoleError, match="has ended"):
        server.wait_for_url()


def test_the_demo_server_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, time; from tui.demo import SandboxProcess\n"
        "print(SandboxProcess(pathlib.Path(sys.argv[1]), '--messages', '0').wait_for_url(), flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        port = int(parent.stdout.readline().rsplit(":", 1)[1].split("/")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            parent.send_signal(signal.SIGKILL)
            # The server closes the connection; if it had not yet taken it, the kernel resets it.
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1) == b""


# The sandbox


def ask(url: str, user: str = "demo:demo") -> int:
    request = urllib.request.Request(f"{url}/account")
    request.add_header("Authorization", "Basic " + b64encode(user.encode()).decode())
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(answer.status)


def test_a_sandbox_tells_its_url_first_and_ends_quietly_on_ctrl_c() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "sandbox", "--port", "0", "--messages", "0", "--latency", "1"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http"))
        assert url.startswith("http://127.0.0.1:")
        assert url.endswith("/v3")
        assert ask(url) == 200
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert (output, errors) == ("", "")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_a_sandbox_is_not_opened_to_others_by_accident(host: str) -> None:
    result = invoke("sandbox", "--port", "0", "--messages", "0", "--host", host)
    assert result.exit_code == 2
    assert "--allow-remote" in result.stderr


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = invoke("sandbox", "--messages", "0", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "Address already in use" in result.stderr


def test_options_of_a_sandbox_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.sandbox import server

    seen: list[Any] = []
    monkeypatch.setattr(server, "serve", lambda world, **options: seen.append((world.seed, options)))
    asked = "--host 0.0.0.0 --allow-remote --port 81 --seed 9 --messages 0 --latency 250 --rate-limit"
    assert invoke("sandbox", *asked.split()).exit_code == 0
    ((seed, options),) = seen
    del options["announce"]
    assert seed == 9
    assert options == {
        "host": "0.0.0.0",
        "port": 81,
        "latency": 250,
        "rate_limit": True,
        "allow_remote": True,
        "stop_with_stdin": False,
    }


# Signing in and out


def sign_in(url: str, *arguments: str, typed: str = f"ana\n{KEY}\n") -> Result:
    return invoke("--base-url", url, "login", *arguments, typed=typed)


def test_login_checks_keeps_and_says_where(tmp_path: Path) -> None:
    with serving(healthy()) as url:
        result = sign_in(url, "--profile", "acme")
    assert result.exit_code == 0, result.output
    assert "ClickSend knows the key: ana@acme.example, Acme." in result.output
    assert "kept in the keyring (fake backends Working) for profile acme, and was read back." in result.output
    assert f'"clicksend-tui/acme": "ana:{KEY}"' in (tmp_path / "keyring.json").read_text()

    assert "of profile acme was removed" in invoke("logout", "--profile", "acme").output
    assert KEY not in (tmp_path / "keyring.json").read_text()
    assert "has no key of profile acme" in invoke("--profile", "acme", "logout").output


@pytest.mark.parametrize(
    ("account", "says"),
    [
        (envelope(None, 401, "UNAUTHORIZED"), "key"),
        (envelope(None, 403, "FORBIDDEN"), "allow"),
        ((200, "<html>Sign in to the hotel</html>"), "not from ClickSend"),
    ],
)
def test_a_key_that_clicksend_refuses_is_not_kept(
    account: tuple[int, str], says: str, tmp_path: Path
) -> None:
    with serving({"/v3/account": account}) as url:
        result = sign_in(url)
    assert result.exit_code == 1
    assert says in result.stderr
    assert "kept" not in result.output
    assert not (tmp_path / "keyring.json").exists()


@pytest.mark.parametrize(
    ("backend", "says"),
    [
        ("keyring.backends.null.Keyring", "does not give it back"),
        ("keyring.backends.fail.Keyring", "no keyring that works"),
        ("fake_backends.Locked", "is locked"),
    ],
)
def test_a_key_that_is_not_kept_is_not_said_to_be(
    monkeypatch: pytest.MonkeyPatch, backend: str, says: str
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    with serving(healthy()) as url:
        result = sign_in(url)
    assert result.exit_code == 1
    assert "The key was not kept" in result.stderr
    assert says in result.stderr
    assert "CLICKSEND_API_KEY" in result.stderr


def test_login_says_when_a_stronger_place_has_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "env")
    monkeypatch.setenv("CLICKSEND_API_KEY", "other")
    with serving(healthy()) as url:
        result = sign_in(url, "--username", "ana", typed=f"{KEY}\n")
    assert result.exit_code == 0
    assert "But profile default takes the key from the environment" in result.output


@pytest.mark.parametrize("typed", [f"ana\nsome words {KEY}\n", f"a:b\n{KEY}\n"])
def test_what_cannot_be_a_key_is_not_sent(typed: str) -> None:
    result = sign_in("http://127.0.0.1:1/v3", typed=typed)
    assert result.exit_code == 1
    assert "from the sign-in" in result.stderr


# The doctor


def doctor_of(account: object, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("CLICKSEND_USERNAME", "ana")
    monkeypatch.setenv("CLICKSEND_API_KEY", KEY)
    with serving(healthy() | {"/v3/account": envelope(account)}) as url:
        return invoke("--base-url", url, "doctor")


def test_the_doctor_judges(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setattr(doctor.Terminal, "here", lambda: doctor.Terminal(os.environ, (), "utf-8", 100, 40))
    well = doctor_of(ACCOUNT, monkeypatch)
    assert well.exit_code == 0
    assert {line[0] for line in well.output.splitlines()} == {"✓", " "}
    ill = doctor_of(ACCOUNT | {"banned": 1}, monkeypatch)
    assert ill.exit_code == 1
    assert "✗ account" in ill.output

    (home / "config.toml").write_text("bel = 1")
    broken = doctor_of(ACCOUNT, monkeypatch)
    assert broken.exit_code == 1
    assert "✗ settings" in broken.output
    assert "✓ account" in broken.output, "the rest is still looked at"

    (home / "config.toml").write_text("ascii = true")
    assert doctor_of(ACCOUNT | {"balance": "1"}, monkeypatch).output.isascii()


def test_the_doctor_speaks_any_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    monkeypatch.setenv("CLICKSEND_BASE_URL", "http://127.0.0.1:1/v3")
    done = subprocess.run([sys.executable, "-m", "tui", "doctor"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"x encoding" in done.stdout
    assert done.stdout.isascii()
    assert done.stderr == b""


def test_the_doctor_on_a_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLICKSEND_USERNAME", "demo")
    monkeypatch.setenv("CLICKSEND_API_KEY", "demo")
    with demo.demo_launch(Settings(), False, messages=10, seed=1) as launch:
        assert launch.demo is not None
        result = invoke("--base-url", launch.demo.wait_for_url(), "doctor")
    assert result.exit_code == 0, result.output
    for line in ("✓ clock", "✓ account", "✓ inbound rules", "✓ receipt rules"):
        assert line in result.output


def test_the_key_is_typed_unseen(tmp_path: Path) -> None:
    with (
        serving(healthy()) as url,
        Terminal(
            "--base-url", url, "login", home=tmp_path, env={"PYTHON_KEYRING_BACKEND": "null"}
        ) as terminal,
    ):
        terminal.wait_for("ClickSend user name")
        terminal.send("ana\n")
        terminal.wait_for("API key (not shown)")
        terminal.send(f"{KEY}\n")
        assert terminal.wait_exit() == 1
        assert "ClickSend knows the key" in terminal.text
        assert KEY.encode() not in terminal.raw
