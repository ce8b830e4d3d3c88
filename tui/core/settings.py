"""What the user has settled: config.toml, and with the command line and the environment, how to start."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tui.core.errors import InvalidInput, SettingsError
from tui.core.limits import NO_LIMITS, Limits
from tui.core.money import decimal
from tui.core.paths import HOME_VARIABLE, check_profile_name

DEFAULT_BASE_URL = "https://rest.clicksend.com/v3"
NOTIFY = ("", "osc9", "osc777")
LOG_LEVELS = ("error", "warning", "info", "debug")
FASTEST_POLL = 5.0
"""Seconds. ClickSend was seen to allow 20 calls a minute of one kind, and others use the account too."""
SLOWEST_POLL = 86_400.0
LONGEST_UNDO = 60.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """`[profiles.<name>]`: one ClickSend account, or one user of it."""

    username: str = ""
    """ClickSend user name: fills in the sign-in screen, and completes a source that holds the key alone."""
    base_url: str = DEFAULT_BASE_URL
    """Where the API is. CLICKSEND_BASE_URL is stronger."""
    credential_command: str = ""
    """A command that prints the key, or `username:key`. It is run without a shell and without a terminal."""
    read_only: bool = False
    """Hide and refuse everything that changes something at ClickSend."""


@dataclass(frozen=True, slots=True)
class PollSeconds:
    """`[poll]`: seconds between two looks at each thing."""

    account: float = 60.0
    """Balance and account facts."""
    inbound: float = 10.0
    """Messages that arrived."""
    history: float = 30.0
    """Messages that were sent, here or elsewhere."""
    receipts: float = 15.0
    """Delivery receipts."""
    campaigns: float = 60.0
    """SMS campaigns and their counts."""
    contacts: float = 300.0
    """Contact lists and their contacts."""
    templates: float = 300.0
    """SMS templates."""
    rules: float = 300.0
    """Inbound and receipt rules."""
    statistics: float = 600.0
    """The last 30 days in figures."""
    channels: float = 60.0
    """What became of MMS, calls, faxes, e-mail and post that were sent from here, while any is under way."""


def _default_poll() -> Mapping[str, float]:
    return dataclasses.asdict(PollSeconds())


@dataclass(frozen=True, slots=True)
class Settings:
    """config.toml. Every key is optional."""

    profile: str = "default"
    """The profile that is opened when `--profile` names none."""
    theme: str = "clicksend-dark"
    """`clicksend-dark`, `clicksend-light`, or any theme of Textual, such as `ansi-dark`."""
    name: str = ""
    """Who you are to others who share the files: on claims and notes. Empty: the login and the machine."""
    ascii: bool = False
    """Draw with ASCII alone, for fonts without the glyphs."""
    bell: bool = False
    """Ring the terminal bell when a message arrives."""
    title: bool = True
    """Let the terminal's title say how many conversations are unread."""
    notify: str = ""
    """How the terminal is asked for a notice when a message arrives: `osc9`, `osc777`, or not at all."""
    mouse: bool = True
    """Take mouse clicks. When off, the terminal's own selection works without Shift."""
    country: str = ""
    """Two letters: the country of numbers typed without one. Empty: the account's country."""
    log_level: str = "warning"
    """How much the log holds: `error`, `warning`, `info` or `debug`."""
    undo_seconds: float = 5.0
    """How long a send that was confirmed can be taken back before it leaves; 0 to 60."""
    limits: Limits = NO_LIMITS
    """`[limits]`: amounts beyond which words have to be typed, by the names of Limits."""
    poll: Mapping[str, float] = field(default_factory=_default_poll)
    """`[poll]`: seconds between two looks, by the names of PollSeconds."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """`[keys]`: action id to keys, comma-separated, as in `"inbox.reply" = "r,f2"`."""
    profiles: Mapping[str, ProfileSettings] = field(default_factory=dict)
    """`[profiles.<name>]`: what differs between accounts."""

    def of_profile(self, name: str) -> ProfileSettings:
        """The settings of a profile; one that the file does not name has the defaults."""
        return self.profiles.get(name, ProfileSettings())


class DemoServer(Protocol):
    """The demo's ClickSend, in another process."""

    def start(self) -> None:
        """Start it, without waiting, unless that was done or it is closed already."""
        ...

    def wait_for_url(self) -> str:
        """Its base URL, as soon as it answers. Blocks; raises ConsoleError if it did not start."""
        ...

    def close(self) -> None:
        """End it. Who waits for the URL is told at once. Closing it again does nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Launch:
    """How to start on one profile: settings, environment and command line put together."""

    profile: str
    base_url: str
    """Where the API is. In a demo it is empty: ask `demo`."""
    database: Path
    log: Path
    settings: Settings = field(default_factory=Settings)
    username: str = ""
    credential_command: str = ""
    read_only: bool = False
    demo: DemoServer | None = None


def load_settings(path: Path) -> Settings:
    """Read config.toml; the defaults if there is none. Raises SettingsError that names file and line."""
    mend = "Mend it, or move the file away to start with the defaults."
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        hint = f"Make it a readable file, or set {HOME_VARIABLE} to a folder of your own."
        raise SettingsError(
            f"The settings file {path} cannot be read: {error.strerror}.", hint=hint
        ) from error
    try:
        text = raw.decode("utf-8-sig")  # Editors of other systems put a mark before the text.
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}, line {line}: this is not UTF-8 text.", hint=mend) from error
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.", hint=mend) from error
    return _Reader(path, text).settings(document)


def check_base_url(url: str, *, named: str = "The base URL") -> str:
    """The URL of an API without a slash at its end. Raises InvalidInput for what may not be one."""
    from urllib.parse import urlsplit

    address = url.strip()
    problem = ""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host or parts.port == 0 or re.search(r"\s", address):
            problem = "is not an http or https address"
        elif parts.username is not None or parts.query or parts.fragment:
            problem = "may hold neither user name, key, query nor fragment"
        elif parts.scheme == "http" and not is_loopback(host):
            problem = "must start with https: the key would travel unprotected"
    except ValueError:
        problem = "is not an http or https address"
    if problem:
        raise InvalidInput(f"{named} {problem}.", field="base_url", hint=f"Write it like {DEFAULT_BASE_URL}")
    return address.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Reader:
    """Turns a parsed document into Settings, and says where in the text it is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def settings(self, document: Mapping[str, Any]) -> Settings:
        tables = {"limits", "poll", "keys", "profiles"}
        for name in tables & document.keys():
            self._expect_table(document[name], "", name)
        plain = {name: value for name, value in document.items() if name not in tables}
        settings = self._fields(Settings, plain, "")
        self._check_choices(settings)
        return dataclasses.replace(
            settings,
            limits=self._limits(document.get("limits", {})),
            poll=self._poll(document.get("poll", {})),
            keys=dict(self._keys(document.get("keys", {}), "keys")),
            profiles={
                name: self._profile(name, table) for name, table in document.get("profiles", {}).items()
            },
        )

    def _check_choices(self, settings: Settings) -> None:
        if settings.log_level not in LOG_LEVELS:
            raise self._error("", "log_level", f"log_level must be one of {', '.join(LOG_LEVELS)}.")
        if not re.fullmatch(r"([A-Z]{2})?", settings.country):
            raise self._error("", "country", "country must be two capital letters.", hint='As in "AU".')
        if settings.notify not in NOTIFY:
            hint = "An empty one means none. Which of them a terminal knows is in its manual."
            raise self._error("", "notify", 'notify must be "osc9" or "osc777".', hint=hint)
        if not 0 <= settings.undo_seconds <= LONGEST_UNDO:
            words = f"undo_seconds must be from 0 to {LONGEST_UNDO:.0f}."
            raise self._error("", "undo_seconds", words, hint="0 lets everything leave at once.")
        self._checked(check_profile_name, settings.profile, "", "profile")

    def _limits(self, table: Mapping[str, Any]) -> Limits:
        """Amounts, in quotes so that they are exact."""
        known = {known.name: "" for known in dataclasses.fields(Limits)}
        amounts = {}
        for name, value in table.items():
            if name not in known:
                raise self._unknown(name, known, "limits")
            amounts[name] = decimal(self._typed(value, str, "limits", name) or None)
            if value and (amounts[name] is None or amounts[name] < 0):  # type: ignore[operator]
                raise self._error("limits", name, f"{name} must be an amount.", hint='As in "25.00".')
        return Limits(**amounts)

    def _poll(self, table: Mapping[str, Any]) -> Mapping[str, float]:
        poll = dataclasses.asdict(self._fields(PollSeconds, table, "poll"))
        for name, seconds in poll.items():
            if not FASTEST_POLL <= seconds <= SLOWEST_POLL:
                raise self._error(
                    "poll",
                    name,
                    f"{name} must be from {FASTEST_POLL:.0f} to {SLOWEST_POLL:.0f} seconds.",
                    hint="ClickSend limits how often it may be asked.",
                )
        return poll

    def _keys(self, table: Mapping[str, Any], header: str) -> Iterable[tuple[str, str]]:
        """Action ids and keys. `inbox.reply` without quotes is a table in a table, and means the same."""
        for name, value in table.items():
            here = f"{header}.{name}"
            if isinstance(value, dict):
                yield from self._keys(value, here)
                continue
            parts = value.split(",") if isinstance(value, str) else value
            if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
                raise self._error(header, name, f"{name} must be keys in quotes.", hint='As in "r,f2".')
            yield here.removeprefix("keys."), ",".join(filter(None, (part.strip() for part in parts)))

    def _profile(self, name: str, table: object) -> ProfileSettings:
        header = f"profiles.{name}"
        self._checked(check_profile_name, name, "profiles", name)
        profile = self._fields(ProfileSettings, self._expect_table(table, "profiles", name), header)
        return dataclasses.replace(
            profile, base_url=self._checked(check_base_url, profile.base_url, header, "base_url")
        )

    def _fields(self, kind: type[T], table: Mapping[str, Any], header: str) -> T:
        """A dataclass from a table: names and types are those of its fields."""
        defaults = {known.name: known.default for known in dataclasses.fields(kind)}  # type: ignore[arg-type]
        values = {}
        for name, value in table.items():
            if name not in defaults:
                raise self._unknown(name, defaults, header)
            values[name] = self._typed(value, type(defaults[name]), header, name)
        return kind(**values)

    def _typed(self, value: object, wanted: type[object], header: str, name: str) -> object:
        if wanted is float and type(value) is int:
            return float(value)
        if type(value) is wanted:
            return value
        words = {bool: "true or false", float: "a number", str: "text in quotes"}
        hint = (
            "The tables are [limits], [poll], [keys] and [profiles.<name>]."
            if isinstance(value, dict)
            else ""
        )
        raise self._error(header, name, f"{name} must be {words[wanted]}.", hint=hint)

    def _expect_table(self, value: object, header: str, name: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        table = f"{header}.{name}" if header else name
        raise self._error(header, name, f"{name} must be a table.", hint=f"Start it with [{table}].")

    def _checked(self, check: Any, value: str, header: str, name: str) -> str:
        try:
            return str(check(value))
        except InvalidInput as error:
            raise self._error(header, name, error.message, hint=error.hint) from error

    def _unknown(self, name: str, known: Iterable[str], header: str) -> SettingsError:
        from difflib import get_close_matches

        known = [*known]
        if name.lower() in ("key", "api_key", "apikey", "token", "password", "secret"):
            hint = "Keys are not kept in this file: use credential_command, or clicksend-tui login."
        elif near := get_close_matches(name, known, 1):
            hint = f"Did you mean {near[0]}?"
        else:
            hint = f"There are {', '.join(known)}."
        place = f" of [{header}]" if header else ""
        return self._error(header, name, f"{name} is not a setting{place}.", hint=hint)

    def _error(self, header: str, name: str, message: str, *, hint: str = "") -> SettingsError:
        line = self._line_of(header, name)
        where = f"{self._path}, line {line}" if line else f"{self._path}"
        return SettingsError(f"{where}: {message}", hint=hint or "Mend that line.")

    def _line_of(self, header: str, name: str) -> int:
        """The line that sets a name, or opens it as a table; 0 if it is written in some rarer way.

        TOML readers keep no positions, and the usual ways to write a setting are few.
        """
        table = f"{header}.{name}" if header else name
        setting = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]")
        here = ""
        for number, line in enumerate(self._lines, 1):
            if opened := re.match(r"\s*\[\[?([^\[\]]+)\]", line):
                here = ".".join(part.strip(" \"'") for part in opened[1].split("."))
                if here == table or here.startswith(f"{table}."):
                    return number
            elif here == header and setting.match(line):
                return number
        return 0
