"""Runs the sandbox: in the foreground for a person, or beside a test for as long as it takes."""

from __future__ import annotations

import gc
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

from tui.core.errors import InvalidInput
from tui.sandbox.app import VERSION, create_app
from tui.sandbox.world import World

HOST = "127.0.0.1"


def serve(
    world: World,
    *,
    host: str = HOST,
    port: int = 0,
    latency: int = 0,
    rate_limit: bool = False,
    allow_remote: bool = False,
    stop_with_stdin: bool = False,
    announce: Callable[[str], object] | None = None,
) -> None:
    """Serve until interrupted. Port 0 is any free one; `announce` is told a line with the URL, once.

    With `stop_with_stdin` it ends when standard input does: its parent is gone. Raises InvalidInput for a
    host that others can reach, unless that is allowed, and for a port that cannot be had.
    """
    if not allow_remote and not _is_loopback(host):
        raise InvalidInput(
            f"The sandbox would be open to others on {host}.",
            field="host",
            hint="Use 127.0.0.1, or allow it with --allow-remote: anybody there could use it.",
        )
    with _listening(host, port) as listener:
        server = uvicorn.Server(_config(create_app(world, latency=latency, rate_limit=rate_limit)))
        # What is sent lives for ever: to look through all of it again and again takes longer than to answer.
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        account = world.account
        line = f"ClickSend sandbox: {_url(listener)}  (user {account.username}, key {account.key})"
        (announce or _print)(line)
        if stop_with_stdin:
            threading.Thread(target=_await_end_of_stdin, args=(server,), daemon=True).start()
        server.run(sockets=[listener])


@contextmanager
def running(world: World, *, latency: int = 0, rate_limit: bool = False) -> Iterator[str]:
    """Serve a world from a thread; the value is the base URL, with the version."""
    with hosting(create_app(world, latency=latency, rate_limit=rate_limit)) as url:
        yield url


@contextmanager
def hosting(app: ASGIApp) -> Iterator[str]:
    """The same for an application of `create_app`, or one that passes requests on to several."""
    with _listening(HOST, 0) as listener:
        server = uvicorn.Server(_config(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield _url(listener)
        finally:
            server.should_exit = True
            thread.join()


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        # The app tells the date of its world, whose clock may have been turned.
        date_header=False,
        timeout_graceful_shutdown=1,
    )


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that takes connections at once, also before the server has begun to answer them."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once; without, each takes 40 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as failure:
            unknown = isinstance(failure, socket.gaierror)
            raise InvalidInput(
                f"The sandbox cannot listen on {host}:{port}: {failure.strerror or failure}.",
                field="host" if unknown else "port",
                hint="Use 127.0.0.1." if unknown else "Use another port, or 0 for any free one.",
            ) from failure
        listener.listen(128)
        yield listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{VERSION}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _await_end_of_stdin(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    server.should_exit = True


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
