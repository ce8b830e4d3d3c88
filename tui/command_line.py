"""What all commands share: how they print, how they end, and the options that several of them take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import IO, Any, NoReturn

import click

from tui.core.errors import ConsoleError, InvalidInput, SettingsError, StoreError

CANNOT_START = 2
"""Exit code for a terminal, a setting or an argument that cannot be used."""
ASCII = str.maketrans("✓✗“”\u2018\u2019·\u2013…→", "vx\"\"''--.>")


class Commands(click.Group):
    """The commands. What they raise for people to read becomes a line and an exit code, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConsoleError as error:
            unusable = isinstance(error, SettingsError | InvalidInput | StoreError)
            fail(str(error), CANNOT_START if unusable else 1)


def fail(message: str, code: int) -> NoReturn:
    """End with one line on stderr."""
    say(f"clicksend-tui: {' '.join(message.split())}", to=sys.stderr)
    raise click.exceptions.Exit(code)


def say(text: str, *, to: IO[str] | None = None) -> None:
    """Print, with the nearest ASCII for what the output's encoding does not have."""
    stream = to or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if encoding.lower().replace("-", "") != "utf8":
        text = text.translate(ASCII).encode(encoding, "replace").decode(encoding)
    click.echo(text, file=stream)


def profile_option(command: Callable[..., None]) -> Callable[..., None]:
    """`--profile` after a command, where it is natural to write it, as well as before."""
    return click.option("--profile", metavar="NAME", help="Profile, instead of the one in the settings.")(
        command
    )
