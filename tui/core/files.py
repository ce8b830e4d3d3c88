"""Files whose paths a person typed: there, or it is said why not."""

from __future__ import annotations

from pathlib import Path

from tui.core.errors import InvalidInput


def existing(typed: str) -> Path:
    """The file of this path, `~` being somebody's home. Raises InvalidInput, also for a folder."""
    try:
        path = Path(typed).expanduser()
        if path.is_file():
            return path
        is_folder = path.is_dir()
    except (OSError, RuntimeError) as error:  # a name that is too long, a closed folder, an unknown user
        reason = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise InvalidInput(
            f"The file {typed} cannot be read: {reason}.", hint="Choose another file."
        ) from error
    if is_folder:
        raise InvalidInput(f"The path {typed} is a folder.", hint="Choose a file in it: Tab or ↓ shows them.")
    raise InvalidInput(f"There is no file {typed}.", hint="Check its name and its folder.")
