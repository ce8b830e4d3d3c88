"""The demo and the sandbox, as processes."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import ROOT, ask, behave, invoke
from tui import demo
from tui.core.errors import ConsoleError
from tui.core.settings import Launch

# The demo


def test_the_demo_starts_on_a_sandbox_of_its_own_and_leaves_nothing(launches: list[Any], home: Path) -> None:
    seen: list[Any] = []

    def run(launch: Launch) -> int:
        assert launch.demo is not None
        seen.append((launch, launch.database.parent.is_dir(), ask(launch.demo.wait_for_url())))
        assert launch.demo.wait_for_url() == launch.demo.wait_for_url()
        return 0

    sys.modules["tui.running"].run = run  # type: ignore[attr-defined]
    (home / "config.toml").write_text("bell = true")
    assert invoke("--read-only", "demo", "--messages", "20", "--seed", "7").exit_code == 0
    ((launch, was_there, status),) = seen
    assert (launch.profile, launch.base_url, launch.read_only) == ("demo", "", True)
    assert launch.settings.bell
    assert was_there
    assert status == 200
    assert not launch.database.parent.exists()
    assert not (home / "data").exists()


def test_a_demo_that_was_killed_is_tidied_up_after_and_no_other(tmp_path: Path) -> None:
    script = (
        "import sys, tempfile; from tui.demo import demo_launch; from tui.core.settings import Settings\n"
        "tempfile.tempdir = sys.argv[1]\n"
        "with demo_launch(Settings(), False, messages=0, seed=1) as launch:\n"
        "    print(launch.database.parent, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    foreign = tmp_path / "clicksend-tui-demo-of-someone"
    foreign.mkdir()

    def begin() -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", script, tmp_path]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        assert process.stdout is not None
        return process, Path(process.stdout.readline().strip())

    killed, abandoned = begin()
    killed.kill()
    killed.communicate()
    assert abandoned.is_dir()
    first, one = begin()
    second, other = begin()
    assert not abandoned.exists()
    assert one.is_dir()
    assert other.is_dir()
    for process in (first, second):
        process.communicate("", timeout=60)
    assert [path.name for path in tmp_path.iterdir()] == [foreign.name]


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


def test_a_demo_starts_its_server_when_it_is_asked_to(tmp_path: Path) -> None:
    server = demo.SandboxProcess(tmp_path, "--messages", "0")
    assert list(tmp_path.iterdir()) == []
    server.start()
    server.start()
    assert ask(server.wait_for_url()) == 200
    server.close()


def test_a_demo_that_was_left_before_it_started_never_starts(tmp_path: Path) -> None:
    server = demo.SandboxProcess(tmp_path, "--messages", "0")
    server.close()
    server.start()
    with pytest.raises(ConsoleError, match="has ended"):
        server.wait_for_url()
    assert list(tmp_path.iterdir()) == []


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


def test_a_host_that_there_is_not() -> None:
    result = invoke(
        "sandbox", "--port", "0", "--messages", "0", "--host", "nowhere.invalid", "--allow-remote"
    )
    assert result.exit_code == 2
    assert "Use 127.0.0.1." in result.stderr


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


@pytest.mark.parametrize(("option", "somebody_writes"), [([], True), (["--quiet"], False)])
def test_a_quiet_sandbox_lets_nobody_write_unasked(
    monkeypatch: pytest.MonkeyPatch, option: list[str], somebody_writes: bool
) -> None:
    from tui.sandbox import server

    seen: list[Any] = []
    monkeypatch.setattr(server, "serve", lambda world, **_options: seen.append(world))
    assert invoke("sandbox", "--messages", "50", *option).exit_code == 0
    (world,) = seen
    before = len(world.messages)
    world.agenda.run(world.now + 600)
    assert (len(world.messages) > before) is somebody_writes
