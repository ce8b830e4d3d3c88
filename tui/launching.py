"""What the command line, the environment and the settings come to: how to start, and where to log."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from tui.core.paths import Paths, check_profile_name, find_paths
from tui.core.settings import Launch, Settings, check_base_url, load_settings

_LOG_BYTES = 1_000_000
_BASE_URL = "The base URL in CLICKSEND_BASE_URL or --base-url"


@dataclass(frozen=True, slots=True)
class Options:
    """What was given before the command, and for some commands also after it."""

    profile: str | None = None
    base_url: str | None = None
    credential_command: str | None = None
    read_only: bool = False

    def on(self, profile: str | None) -> Options:
        """The same for the profile that was named after the command, if one was."""
        return replace(self, profile=profile or self.profile)


def load_launch(options: Options, profile: str | None) -> Launch:
    """How to start on a profile, from the settings that are there. Raises SettingsError."""
    paths = find_paths(os.environ)
    return make_launch(options.on(profile), paths, load_settings(paths.config))


def make_launch(options: Options, paths: Paths, settings: Settings) -> Launch:
    """Put the command line, the environment and the settings together, the first being the strongest."""
    profile = check_profile_name(options.profile or settings.profile)
    own = settings.of_profile(profile)
    return Launch(
        profile=profile,
        base_url=check_base_url(options.base_url, named=_BASE_URL) if options.base_url else own.base_url,
        database=paths.database(profile),
        log=paths.log(profile),
        settings=settings,
        username=own.username or os.environ.get("CLICKSEND_USERNAME", ""),
        credential_command=options.credential_command or own.credential_command,
        read_only=options.read_only or own.read_only,
    )


def start_log(path: Path, level: str) -> None:
    """Log to a file of limited size: our own messages from this level, others' from warnings.

    What others say in detail may hold requests, and those hold the key.
    """
    import logging
    from io import TextIOWrapper
    from logging.handlers import RotatingFileHandler

    from tui.store.file import make_private_file

    class Log(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            make_private_file(Path(self.baseFilename))
            return super()._open()

    handler = Log(path, maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True)
    logging.basicConfig(
        handlers=[handler],
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    logging.getLogger("tui").setLevel(level.upper())
    # A log that cannot be written must not be told on the terminal that the console draws on.
    logging.raiseExceptions = False
