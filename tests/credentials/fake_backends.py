"""Keyring backends that behave as real ones do on bad days. Only the keyring's child process loads them."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class Working(KeyringBackend):
    """Keeps entries in the file that FAKE_KEYRING names."""

    priority = 1

    def _entries(self) -> dict[str, str]:
        path = Path(os.environ["FAKE_KEYRING"])
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def _write(self, entries: dict[str, str]) -> None:
        Path(os.environ["FAKE_KEYRING"]).write_text(json.dumps(entries))

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self._entries(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("No such password")
        self._write(entries)


class Noisy(Working):
    """Talks on both outputs."""

    def get_password(self, service: str, username: str) -> str | None:
        print("unlocking...", flush=True)
        print("almost there", file=sys.stderr, flush=True)
        os.write(1, b"from the C library\n")
        return super().get_password(service, username)


class Altering(Working):
    """Gives back something other than it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:-1])


class Clinging(Working):
    """Cannot be made to forget."""

    def delete_password(self, service: str, username: str) -> None:
        pass


class Locked(Working):
    """A locked collection whose prompt was dismissed."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("Failed to unlock the collection!")


class Waiting(Working):
    """A locked collection that waits for a prompt nobody sees, with a helper that it started.

    Both hold FAKE_KEYRING_ALIVE, a FIFO, open for writing: its reader learns when the last of them is gone.
    """

    def get_password(self, service: str, username: str) -> str | None:
        alive = os.open(os.environ["FAKE_KEYRING_ALIVE"], os.O_WRONLY)
        wait = "import threading; threading.Event().wait()"
        subprocess.Popen([sys.executable, "-c", wait], pass_fds=[alive])
        os.write(alive, b"waiting")
        threading.Event().wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)


class Prompting(Working):
    """Asks for its master password on the terminal, as the encrypted files of keyrings.alt do."""

    def get_password(self, service: str, username: str) -> str | None:
        return getpass.getpass("Please enter password for encrypted keyring: ")


class Intrusive(Working):
    """Writes to the controlling terminal, whatever its outputs are."""

    def get_password(self, service: str, username: str) -> str | None:
        with open("/dev/tty", "w") as terminal:
            terminal.write("Password: ")
        return None


class Dying(Working):
    """Takes the whole process with it."""

    def get_password(self, service: str, username: str) -> str | None:
        os._exit(3)
