"""A server that plays one world after the other: to start and to stop one takes longer than most tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from tui.sandbox.app import create_app
from tui.sandbox.server import hosting
from tui.sandbox.world import World


class Stage:
    """Answers for the world that it plays, and for none until it plays one."""

    def __init__(self) -> None:
        self._app: ASGIApp = Response("Nothing is on.", 503)

    def play(self, world: World, **options: Any) -> None:
        """Answer for this world from now on; the options are those of `create_app`."""
        self._app = create_app(world, **options)

    def clear(self) -> None:
        """Answer for none: what somebody asks late must not meet the next world."""
        self._app = Response("Nothing is on.", 503)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


_free: list[tuple[Stage, str]] = []
_open = ExitStack()


@contextmanager
def playing(world: World, **options: Any) -> Iterator[str]:
    """Serve a world, as `tui.sandbox.server.running` does, from a server that is kept for the next one."""
    stage, url = _free.pop() if _free else _start()
    stage.play(world, **options)
    try:
        yield url
    finally:
        stage.clear()
        _free.append((stage, url))


def close_stages() -> None:
    """Stop every server that was kept."""
    _free.clear()
    _open.close()


def _start() -> tuple[Stage, str]:
    stage = Stage()
    return stage, _open.enter_context(hosting(stage))
