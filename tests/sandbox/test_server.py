"""The sandbox as a process: it says where it is, ends with its parent, and stays on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys

import httpx
import pytest

from tui.core.errors import InvalidInput
from tui.sandbox.server import serve
from tui.sandbox.world import World

PROGRAM = """
from tui.sandbox.server import serve
from tui.sandbox.world import World

serve(World(messages=10), stop_with_stdin=True)
"""


def test_it_announces_its_url_and_ends_when_stdin_does() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        assert "demo" in line
        answer = httpx.get(f"{url}/account", auth=("demo", "demo"), trust_env=False)
        assert answer.json()["data"]["username"] == "demo"
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=10) == 0
        assert process.stdout.read() == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.com"])
def test_it_is_not_opened_to_others_by_accident(host: str) -> None:
    with pytest.raises(InvalidInput, match="open to others") as failure:
        serve(World(messages=0), host=host)
    assert "--allow-remote" in failure.value.hint


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InvalidInput, match=str(taken.getsockname()[1])):
            serve(World(messages=0), port=taken.getsockname()[1])
