"""Where the console keeps its settings, its data and its log."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.core.errors import InvalidInput, StoreError

APPLICATION = "clicksend-tui"
HOME_VARIABLE = "CLICKSEND_TUI_HOME"

_PROFILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Paths:
    """The settings file, and the folders of the databases and of the logs."""

    config: Path
    data: Path
    logs: Path

    def database(self, profile: str) -> Path:
        """The database of a profile. Raises InvalidInput for a name that cannot be part of a file name."""
        return self.data / f"{check_profile_name(profile)}.sqlite3"

    def log(self, profile: str) -> Path:
        """The log of a profile: each has its own, so that two consoles never turn over the same file."""
        return self.logs / f"{check_profile_name(profile)}.log"

    def create(self) -> None:
        """Make the data and log folders, for this user alone. Raises StoreError if they cannot be written."""
        for folder in (self.data, self.logs):
            if problem := writing_problem(folder, create=True):
                raise StoreError(
                    problem, hint=f"Make it writable, or set {HOME_VARIABLE} to a folder of your own."
                )


def find_paths(environment: Mapping[str, str]) -> Paths:
    """One folder for everything when CLICKSEND_TUI_HOME is set, else where the platform keeps such things."""
    if home := environment.get(HOME_VARIABLE, ""):
        folder = Path(os.path.abspath(os.path.expanduser(home)))
        return Paths(config=folder / "config.toml", data=folder / "data", logs=folder / "logs")

    from platformdirs import PlatformDirs

    places = PlatformDirs(APPLICATION, appauthor=False)
    return Paths(
        config=places.user_config_path / "config.toml",
        data=places.user_data_path,
        logs=places.user_log_path,
    )


def check_profile_name(name: str) -> str:
    """The name, if files can be named after it; else InvalidInput."""
    if not _PROFILE_NAME.fullmatch(name):
        raise InvalidInput(
            f"{name!r} cannot be the name of a profile.",
            field="profile",
            hint="Use up to 64 letters, digits and . _ -, with a letter or a digit first.",
        )
    return name


def writing_problem(folder: Path, *, create: bool = False) -> str:
    """Why files cannot be made in this folder, as a sentence; empty if they can.

    A missing folder is made if `create` says so, and otherwise judged by the nearest folder that exists.
    """
    try:
        if create:
            make_folder(folder)
        existing = next(place for place in (folder, *folder.parents) if place.exists())
    except OSError as error:
        return f"The folder {folder} cannot be used: {error.strerror}."
    if not existing.is_dir():
        return f"The folder {folder} cannot be used: {existing} is not a folder."
    if not os.access(existing, os.W_OK | os.X_OK):
        return f"The folder {folder} cannot be written."
    return ""


def make_folder(folder: Path) -> None:
    """Make a folder, unless it is there: for its owner alone, or for the group that shares the one around it.

    Raises OSError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        return
    if is_shared(folder.parent):
        folder.chmod(0o2770)


def is_shared(folder: Path) -> bool:
    """Whether a group may write to a folder and all files in it are the group's: that is on purpose."""
    shared = stat.S_ISGID | stat.S_IWGRP
    return folder.stat().st_mode & shared == shared
