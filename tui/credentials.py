"""Where the user name and the key come from: the only file that knows keyring.

keyring can wait for ever on a headless host, and some of its backends ask questions on the terminal. So each
question to it is put by a child process without a terminal: `python -m tui.credentials`, JSON in, JSON out.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui.core.errors import CredentialError
from tui.core.settings import Launch
from tui.core.text import clean_line

SERVICE = "clicksend-tui"
"""The keyring's name for what is kept here: one entry per profile, `username:key`."""

OTHER_WAYS = (
    "Set CLICKSEND_USERNAME and CLICKSEND_API_KEY, use a credential command, or sign in at each start."
)
_running: set[subprocess.Popen[bytes]] = set()


class Secret:
    """A key that shows itself only when asked by name: not in a repr, a traceback, a log or a pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "••••"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere.")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a place may take to answer. A command may have to reach a vault over the network."""

    command: float = 30.0
    keyring: float = 3.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name, its key, and where they were found."""

    username: str
    key: Secret
    source: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One place that was looked at, and what came of it, in a sentence."""

    source: str
    outcome: Literal["found", "absent", "failed"]
    sentence: str


@dataclass(frozen=True, slots=True)
class Search:
    """The places looked at, in order, and the credentials if one of them had some."""

    credentials: Credentials | None
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class KeyringAnswer:
    """What the keyring said within its limit; `problem` is a sentence, empty if all went well."""

    backend: str
    value: Secret | None
    problem: str
    seconds: float


LIMITS = Limits()
DEMO = Credentials("demo", Secret("demo"), "the demo")


def find_credentials(
    launch: Launch, environment: Mapping[str, str] = os.environ, limits: Limits = LIMITS
) -> Credentials:
    """The credentials of a profile. Blocks, at most for the sum of the limits. Raises CredentialError."""
    found = search(launch, environment, limits)
    if found.credentials is not None:
        return found.credentials
    failures = [attempt.sentence for attempt in found.attempts if attempt.outcome == "failed"]
    message = " ".join([f"There is no user name and key for profile {launch.profile}.", *failures])
    raise CredentialError(
        message,
        hint="Sign in, or set CLICKSEND_USERNAME and CLICKSEND_API_KEY.",
        tried=[(attempt.source, attempt.sentence) for attempt in found.attempts],
    )


def search(
    launch: Launch,
    environment: Mapping[str, str] = os.environ,
    limits: Limits = LIMITS,
    asked: KeyringAnswer | None = None,
) -> Search:
    """Look for credentials, strongest place first; `asked` is the keyring's answer, if it was asked before.

    A place that is set up and fails ends the search: a key from a weaker place may be another account's.
    """
    if launch.demo is not None:
        return Search(DEMO, ())

    def ask() -> KeyringAnswer:
        return ask_keyring("get", launch.profile, environment, limit=limits.keyring)

    places: tuple[tuple[str, Callable[[], Credentials | None], str], ...] = (
        ("credential command", lambda: _from_command(launch, environment, limits), "None is set up."),
        ("credentials directory", lambda: _from_directory(launch, environment), "It has no key of ours."),
        ("environment", lambda: _from_environment(launch, environment), "CLICKSEND_API_KEY is not set."),
        ("keyring", lambda: _from_keyring(asked or ask(), launch), "It has no key of this profile."),
    )
    attempts: list[Attempt] = []
    for name, look, nothing in places:
        try:
            credentials = look()
        except CredentialError as error:
            attempts.append(Attempt(name, "failed", str(error)))
            break
        if credentials is not None:
            attempts.append(Attempt(name, "found", f"It has the key of {credentials.username}."))
            return Search(credentials, tuple(attempts))
        attempts.append(Attempt(name, "absent", nothing))
    return Search(None, tuple(attempts))


def abandon() -> None:
    """End what is being waited for, in whichever thread: nobody wants the answer any more."""
    for process in tuple(_running):
        _kill(process)


def save(
    profile: str,
    credentials: Credentials,
    environment: Mapping[str, str] = os.environ,
    limits: Limits = LIMITS,
) -> str:
    """Keep credentials in the keyring and read them back; the name of the backend. Raises CredentialError."""
    entry = Secret(f"{credentials.username}:{credentials.key.reveal()}")
    answer = ask_keyring("set", profile, environment, secret=entry, limit=limits.keyring)
    if not answer.problem:
        answer = ask_keyring("get", profile, environment, limit=limits.keyring)
    if answer.problem:
        raise CredentialError(f"The key was not kept. {answer.problem}", hint=OTHER_WAYS)
    if answer.value != entry:
        raise CredentialError(
            f"The key was not kept: the keyring ({answer.backend}) took it and does not give it back.",
            hint=OTHER_WAYS,
        )
    return answer.backend


def forget(profile: str, environment: Mapping[str, str] = os.environ, limits: Limits = LIMITS) -> bool:
    """Remove a profile's credentials from the keyring; False if it held none. Raises CredentialError."""
    held = ask_keyring("get", profile, environment, limit=limits.keyring)
    if held.problem:
        raise CredentialError(f"Nothing was removed. {held.problem}")
    if held.value is None:
        return False
    removed = ask_keyring("delete", profile, environment, limit=limits.keyring)
    left = ask_keyring("get", profile, environment, limit=limits.keyring)
    if removed.problem or left.problem or left.value is not None:
        reason = removed.problem or left.problem or f"The keyring ({left.backend}) still holds it."
        raise CredentialError(f"The key was not removed. {reason}")
    return True


def check_credentials(username: str, key: str, source: str) -> Credentials:
    """Credentials that HTTP can carry. Raises CredentialError, which repeats neither of them."""
    if not key:
        raise CredentialError(f"The key from the {source} is empty.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise CredentialError(f"What came from the {source} is not a key: it has blanks or odd characters.")
    if not username:
        raise CredentialError(f"There is no user name for the key from the {source}: set CLICKSEND_USERNAME.")
    if ":" in username or not username.isprintable():
        raise CredentialError(f"The user name for the key from the {source} has impossible characters.")
    return Credentials(username, Secret(key), source)


def _from_command(launch: Launch, environment: Mapping[str, str], limits: Limits) -> Credentials | None:
    """What the credential command prints on its first line: the key, or `username:key`."""
    if not launch.credential_command.strip():
        return None
    try:
        argv = shlex.split(launch.credential_command)
        argv[0] = os.path.expanduser(argv[0])
        # GPG_TTY would lead a password question of gpg to the terminal that the console draws on.
        without_tty = {name: value for name, value in environment.items() if name != "GPG_TTY"}
        code, output, errors = _run(argv, given=b"", limit=limits.command, env=without_tty)
    except ValueError as error:
        raise CredentialError(f"The credential command cannot be read: {error}.") from error
    except OSError as error:
        raise CredentialError(f"The credential command {argv[0]} cannot be run: {error.strerror}.") from error
    except subprocess.TimeoutExpired:
        # Its text holds the whole command line, which is nobody's business but the user's.
        raise CredentialError(
            f"The credential command {argv[0]} gave no answer within {limits.command:g} s and was stopped.",
            hint="It gets no terminal: it cannot ask questions there.",
        ) from None
    name = f"credential command {Path(argv[0]).name}"
    if code:
        words = clean_line(errors.decode(errors="replace").strip().rpartition("\n")[2])[:160]
        raise CredentialError(
            f"The {name} ended with code {code}{': ' + words if words else ', without a word'}."
        )
    return _understood(output, launch.username, name)


def _from_directory(launch: Launch, environment: Mapping[str, str]) -> Credentials | None:
    """systemd's LoadCredential and the like: a file for the key, and one for the user name."""
    folder = environment.get("CREDENTIALS_DIRECTORY", "")
    if not folder:
        return None
    key = _read_credential(Path(folder) / "clicksend-api-key")
    if not key:
        return None
    username = _read_credential(Path(folder) / "clicksend-username").decode(errors="replace").strip()
    return _understood(key, username or launch.username, f"credentials directory {folder}")


def _read_credential(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise CredentialError(f"The credential {path} cannot be read: {error.strerror}.") from error


def _from_environment(launch: Launch, environment: Mapping[str, str]) -> Credentials | None:
    key = environment.get("CLICKSEND_API_KEY", "")
    if not key.strip():
        return None
    username = environment.get("CLICKSEND_USERNAME", "").strip() or launch.username
    return check_credentials(username, key.strip(), "environment")


def _from_keyring(answer: KeyringAnswer, launch: Launch) -> Credentials | None:
    if answer.problem:
        raise CredentialError(answer.problem)
    if answer.value is None:
        return None
    return _understood(answer.value.reveal().encode(), launch.username, f"keyring ({answer.backend})")


def _understood(output: bytes, username: str, source: str) -> Credentials:
    """Credentials from the first line of text: `username:key`, or the key alone if the user name is known."""
    try:
        line = output.decode().strip().partition("\n")[0].strip()
    except UnicodeDecodeError:
        raise CredentialError(f"What came from the {source} is not text.") from None
    named, _, key = line.rpartition(":")
    return check_credentials(named.strip() or username, key.strip(), source)


def ask_keyring(
    do: Literal["get", "set", "delete"],
    profile: str,
    environment: Mapping[str, str] = os.environ,
    *,
    secret: Secret | None = None,
    limit: float = LIMITS.keyring,
) -> KeyringAnswer:
    """Put one question to the keyring, in a process that is killed when it takes too long."""
    request = {"do": do, "profile": profile, "limit": limit, "secret": secret.reveal() if secret else ""}
    started = time.monotonic()
    try:
        code, output, _ = _run(
            [sys.executable, "-m", "tui.credentials"],
            given=json.dumps(request).encode(),
            limit=limit,
            env={name: value for name, value in environment.items() if name != "CLICKSEND_API_KEY"},
            cwd=Path(__file__).resolve().parents[1],
        )
        answer = json.loads(output)
    except subprocess.TimeoutExpired:
        return KeyringAnswer(
            "", None, f"The keyring gave no answer within {limit:g} s and was stopped.", limit
        )
    except OSError as error:
        return KeyringAnswer("", None, f"The keyring cannot be asked: {error.strerror}.", 0.0)
    except ValueError:
        answer = {"backend": "", "value": None, "failed": f"exit code {code}"}
    return KeyringAnswer(
        backend=answer["backend"],
        value=None if answer["value"] is None else Secret(answer["value"]),
        problem=_problem_of(answer["failed"], answer["backend"]) if answer["failed"] else "",
        seconds=time.monotonic() - started,
    )


def _problem_of(failed: str, backend: str) -> str:
    """A sentence for the exception that the keyring raised."""
    named = f" ({backend})" if backend else ""
    match failed:
        case "keyring.errors.NoKeyringError":
            return f"This machine has no keyring that works{named}."
        case "keyring.errors.KeyringLocked" | "keyring.errors.InitError":
            return f"The keyring{named} is locked, and cannot be unlocked from here."
        case "builtins.EOFError" | "termios.error" | "getpass.GetPassWarning":
            return f"The keyring{named} asks for a password on the terminal, which is not allowed here."
        case "builtins.ModuleNotFoundError" | "builtins.ImportError" | "builtins.AttributeError":
            return "The keyring backend that PYTHON_KEYRING_BACKEND or keyringrc.cfg names cannot be loaded."
    return f"The keyring{named} failed: {failed}."


def _run(
    argv: Sequence[str], *, given: bytes, limit: float, env: Mapping[str, str], cwd: Path | None = None
) -> tuple[int, bytes, bytes]:
    """Exit code, output, errors of a command without a terminal. Raises OSError, TimeoutExpired (killed)."""
    with subprocess.Popen(  # noqa: S603 - the user's own command, or this program
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        cwd=cwd,
        start_new_session=True,
    ) as process:
        _running.add(process)
        try:
            output, errors = process.communicate(given, timeout=limit)
        finally:
            _running.discard(process)
            _kill(process)
        return process.returncode, output, errors


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, with all that it started."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _answer_one_request() -> None:
    """The child's side. Ends by itself after the limit, should the parent be gone.

    What a backend prints or asks goes nowhere, and what it starts cannot hold the pipe to the parent open.
    """
    request = json.load(sys.stdin.buffer)
    signal.setitimer(signal.ITIMER_REAL, request["limit"] + 1)
    channel = os.dup(sys.stdout.fileno())
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    answer = {"backend": "", "value": None, "failed": ""}

    def report(kind: type[BaseException] | None, *_: object) -> None:
        answer["failed"] = f"{kind.__module__}.{kind.__qualname__}" if kind else ""
        os.write(channel, json.dumps(answer).encode())

    sys.excepthook = report
    import keyring

    ring = keyring.get_keyring()
    answer["backend"] = ring.name
    if request["do"] == "set":
        ring.set_password(SERVICE, request["profile"], request["secret"])
    elif request["do"] == "delete":
        ring.delete_password(SERVICE, request["profile"])
    else:
        answer["value"] = ring.get_password(SERVICE, request["profile"])
    report(None)


if __name__ == "__main__":
    _answer_one_request()
