"""Faults to order, for tests of clients: what a network or a server does wrong, once, on the next call."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from enum import Enum
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tui.sandbox.answers import envelope


class Fault(Enum):
    """What goes wrong with one call."""

    FAILS = "answers 500, nothing is done"
    FAILS_LATE = "is done, answers 500"
    ANSWER_LOST = "is done, the connection closes in the middle of the answer"
    HANGS = "is done, no answer comes while the client waits"
    GARBLED = "is done, a proxy's page comes with status 200"
    LEGACY = "answers 401 inside an HTTP 200, nothing is done"

    @property
    def is_done(self) -> bool:
        """Whether the call takes effect all the same."""
        return self not in (Fault.FAILS, Fault.LEGACY)


class Faults:
    """Faults waiting for the next calls of each operation."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, operation_id: str, fault: Fault, times: int = 1) -> None:
        """Let the next calls of an operation go wrong; "*" is every operation."""
        self._waiting[operation_id].extend([fault] * times)

    def take(self, operation_id: str) -> Fault | None:
        """The fault that this call meets."""
        waiting = self._waiting[operation_id] or self._waiting["*"]
        return waiting.popleft() if waiting else None


class FaultyResponse(Response):
    """What comes back of a call that met a fault; `content` is what would have."""

    def __init__(self, fault: Fault, content: Any = None) -> None:
        super().__init__(json.dumps(content), media_type="application/json")
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match self._fault:
            case Fault.HANGS:
                while (await receive())["type"] != "http.disconnect":
                    pass
            case Fault.ANSWER_LOST:
                await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                await send({"type": "http.response.body", "body": bytes(self.body)[:10], "more_body": True})
            case _:
                await _told(self._fault)(scope, receive, send)


def _told(fault: Fault) -> Response:
    if fault is Fault.GARBLED:
        return HTMLResponse("<html><body><h1>Sign in to the network</h1></body></html>")
    if fault is Fault.LEGACY:
        return JSONResponse(envelope(401, "UNAUTHORIZED", "Authorization failed.", None))
    return JSONResponse(envelope(500, "INTERNAL_SERVER_ERROR", "Something went wrong.", None), 500)
