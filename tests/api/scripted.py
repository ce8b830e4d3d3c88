"""A server on a real loopback socket that answers from a script and keeps what it was asked."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LINGER_NOT = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Received:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes
    connection: int

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass
class Answered:
    """An HTTP answer."""

    status: int = 200
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


RESET = "reset"
"""Instead of an answer: the connection is torn down."""
SILENCE = "silence"
"""Instead of an answer: nothing, for ever."""


class ScriptedServer:
    """Gives the scripted answers in order; asked more often than that, it fails the call with HTTP 418."""

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.asked = asyncio.Event()
        """Set once the first request is there."""
        self.closes_after_answer = False
        self._script: list[Answered | str] = []
        self._connections = 0
        self._tasks: set[asyncio.Task[None]] = set()

    def answers(self, *script: Answered | str) -> None:
        """What comes next."""
        self._script += script

    def says(self, data: object, **outer: Any) -> None:
        """Next comes this data in ClickSend's envelope."""
        self.answers(envelope(data, **outer))

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    @property
    def url(self) -> str:
        """What a client takes as its base URL."""
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v3"

    async def stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self._connections += 1
        connection = self._connections
        try:
            while request := await self._receive(reader, connection):
                self.requests.append(request)
                self.asked.set()
                await self._reply(self._script.pop(0) if self._script else Answered(418), writer)
                if self.closes_after_answer:
                    return
        except ConnectionError:
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _receive(self, reader: asyncio.StreamReader, connection: int) -> Received | None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
        except asyncio.IncompleteReadError:
            return None
        first, *lines = head.splitlines()
        method, target, _ = first.split()
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        return Received(method, target, headers, content, connection)

    async def _reply(self, answer: Answered | str, writer: asyncio.StreamWriter) -> None:
        if answer == RESET:
            writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, LINGER_NOT)
            writer.transport.abort()
            raise ConnectionResetError
        if not isinstance(answer, Answered):
            await asyncio.Event().wait()
            return
        headers = {
            "content-type": "application/json",
            "content-length": str(len(answer.content)),
        } | answer.headers
        lines = [
            f"HTTP/1.1 {answer.status} Scripted",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + answer.content)
        await writer.drain()


def envelope(
    data: object,
    *,
    status: int = 200,
    http_code: object = None,
    code: str = "SUCCESS",
    msg: str = "Here are your data.",
    headers: dict[str, str] | None = None,
) -> Answered:
    """An answer in ClickSend's envelope; `data` may hold raw JSON text to keep its spelling."""
    text = data if isinstance(data, str) else json.dumps(data)
    outer = {
        "http_code": status if http_code is None else http_code,
        "response_code": code,
        "response_msg": msg,
    }
    content = json.dumps(outer)[:-1] + f', "data": {text}}}'
    return Answered(status, content.encode(), headers or {})
