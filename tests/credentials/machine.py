"""Machines to look for credentials on, among them those whose keyring never answers."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tui.core.errors import CredentialError
from tui.core.settings import Launch
from tui.credentials import (
    Credentials,
    Limits,
    Secret,
    find_credentials,
)

ROOT = Path(__file__).resolve().parents[2]
KEY = "D3ADBEEF-0000-4000-8000-000000000000"
ANA = Credentials("ana@acme.example", Secret(KEY), "typed")

Environment = dict[str, str]


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
