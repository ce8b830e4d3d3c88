"""A ClickSend on a raw loopback socket: it does to each send what the test orders, and counts what it did."""

from __future__ import annotations

import asyncio
import json
import struct
from collections import Counter
from collections.abc import Callable
from enum import Enum
from socket import SO_LINGER, SOL_SOCKET
from typing import Any

from tui.core.parts import measure
from tui.core.phone import country_of

LINGER_NOT = struct.pack("ii", 1, 0)
PRICE = "0.0792"
CURRENCY = {"currency_name_short": "AUD", "currency_prefix_d": "$"}


class Fault(Enum):
    """What happens to one send; `done` tells whether the messages leave all the same."""

    NONE = ("none", True)
    RESET_UNREAD = ("reset before the request is read", False)
    RESET_UNDONE = ("reset after the request is read", False)
    RESET_DONE = ("done, then reset", True)
    CUT_DONE = ("done, then closed without an answer", True)
    HALF_ANSWER = ("done, closed in the middle of the answer", True)
    SILENT_DONE = ("done, no answer until the client gives up", True)
    SILENT_UNDONE = ("not done, no answer until the client gives up", False)
    FAILS_UNDONE = ("500, not done", False)
    FAILS_DONE = ("500, done", True)
    GATEWAY_DONE = ("502 from a proxy, done", True)
    HTML_DONE = ("a page with status 200, done", True)
    EMPTY_DONE = ("an empty 200, done", True)
    WRONG_TYPES_DONE = ("an answer of wrong types, done", True)
    NO_MESSAGES_DONE = ("an answer without messages, done", True)
    UNLISTED_DONE = ("a status nobody knows, done", True)
    UNCERTAIN_DONE = ("SOMETHING_IS_WRONG, done", True)
    UNCERTAIN_UNDONE = ("INTERNAL_ERROR, not done", False)
    ENVELOPE_500 = ("500 inside a 200, done", True)
    REFUSED = ("400, not done", False)
    FORBIDDEN = ("403, not done", False)
    LEGACY_401 = ("401 inside a 200, not done", False)
    BUSY = ("429 with Retry-After, not done", False)
    BUSY_SILENT = ("429 without Retry-After, not done", False)
    REJECTS = ("every message rejected, not done", False)
    REJECTS_FIRST = ("the first message rejected", True)
    FORGETS_LAST = ("done, the answer leaves the last message out", True)

    @property
    def done(self) -> bool:
        return bool(self.value[1])


class FaultyClickSend:
    """Prices everything at once; meets each send with the next ordered fault, then with none."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.sent: Counter[str] = Counter()
        """How often each reference (custom_string) left."""
        self.sends = 0
        """Requests to send that were read."""
        self.bodies: list[dict[str, Any]] = []
        self.uploads: list[dict[str, Any]] = []
        """What was uploaded; the first is at https://files.example/1."""
        self.prices: dict[str, Any] = {}
        """What overrides the answer to the next price questions, as data."""
        self.price_status = 200
        self.answers: dict[str, Any] = {}
        """What overrides every message of an answer to a send."""
        self.on_send: Callable[[dict[str, Any]], None] = lambda _body: None
        """Called when a request to send was read, before anything is done."""
        self.hold = asyncio.Event()
        """While clear, a request to send waits after it was read."""
        self.hold.set()
        self.arrived = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v3"

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
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        is_send = "/send " in head.splitlines()[0]
        fault = self.faults.pop(0) if is_send and self.faults else Fault.NONE
        if fault is Fault.RESET_UNREAD:
            _reset(writer)
        length = next(
            int(line[15:]) for line in head.lower().splitlines() if line.startswith("content-length:")
        )
        body = json.loads(await reader.readexactly(length))
        if not is_send and "convert=" in head.splitlines()[0] and self.price_status == 200:
            self.uploads.append(body)
            await _write(writer, 200, _envelope({"_url": f"https://files.example/{len(self.uploads)}"}))
            return
        if not is_send:
            await _write(
                writer, self.price_status, _envelope(self.prices or _priced(body), self.price_status)
            )
            return
        self.sends += 1
        self.bodies.append(body)
        self.on_send(body)
        self.arrived.set()
        await self.hold.wait()
        await self._meet(fault, body, writer)

    async def _meet(self, fault: Fault, body: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        references = [message["custom_string"] for message in body.get("messages", ())]
        left = references[1:] if fault is Fault.REJECTS_FIRST else references
        if fault.done:
            self.sent.update(left)
        if fault in (Fault.RESET_UNDONE, Fault.RESET_DONE):
            _reset(writer)
        if fault is Fault.CUT_DONE:
            return
        if fault in (Fault.SILENT_DONE, Fault.SILENT_UNDONE):
            await asyncio.Event().wait()
        status, content, headers = self._content(fault, body)
        if fault is Fault.HALF_ANSWER:
            writer.write(_head(status, len(content), headers) + content[: len(content) // 2])
            await writer.drain()
            return
        await _write(writer, status, content, headers)

    def _content(self, fault: Fault, body: dict[str, Any]) -> tuple[int, bytes, dict[str, str]]:
        if fault in _FIXED:
            return _FIXED[fault]
        if "messages" not in body:
            return 200, _envelope(_campaign(body) | self.answers), {}
        status = _STATUSES.get(fault)
        answered = _sent(body, self.answers | ({"status": status} if status else {}))
        if fault is Fault.REJECTS_FIRST:
            answered["messages"][0] |= {"status": "COUNTRY_NOT_ENABLED", "message_price": "0.0000"}
        if fault is Fault.FORGETS_LAST:
            answered["messages"].pop()
        return 200, _envelope(answered), {}


def _priced(body: dict[str, Any]) -> dict[str, Any]:
    if "messages" not in body:
        return {
            "total_price": "1.5840",
            "total_count": 20,
            "data": {"body": body["body"], "from": body.get("from", "")},
            "_currency": CURRENCY,
        }
    return _sent(body, {}) | {"_summary": {}}


def _sent(body: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    messages = [_message(number, message) | overrides for number, message in enumerate(body["messages"])]
    prices = [float(message["message_price"]) for message in messages if message["status"] == "SUCCESS"]
    return {
        "messages": messages,
        "total_price": round(sum(prices), 3),
        "total_count": len(messages),
        "queued_count": len(prices),
        "_currency": CURRENCY,
    }


def _message(number: int, message: dict[str, Any]) -> dict[str, Any]:
    parts = measure(message["body"]).parts
    return {
        "to": message["to"],
        "body": message["body"],
        "from": message.get("from", "+61447100250"),
        "schedule": message.get("schedule", ""),
        "message_id": f"ID-{message.get('custom_string', 'price')}-{number}",
        "message_parts": parts,
        "message_price": f"{float(PRICE) * parts:.4f}",
        "custom_string": message.get("custom_string", ""),
        "country": country_of(message["to"]) if "to" in message else "AU",
        "status": "SUCCESS",
    }


def _campaign(body: dict[str, Any]) -> dict[str, Any]:
    return {
        "sms_campaign_id": 7,
        "name": body["name"],
        "body": body["body"],
        "from": body.get("from", ""),
        "list_id": body["list_id"],
        "status": "Scheduled" if body.get("schedule") else "Queued",
    }


def _envelope(data: object, http_code: int = 200, code: str = "SUCCESS") -> bytes:
    return json.dumps(
        {"http_code": http_code, "response_code": code, "response_msg": "Here.", "data": data}
    ).encode()


def _head(status: int, length: int, headers: dict[str, str]) -> bytes:
    fields = {
        "content-type": "application/json",
        "content-length": str(length),
        "connection": "close",
    } | headers
    lines = [f"HTTP/1.1 {status} Faulty", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


async def _write(
    writer: asyncio.StreamWriter, status: int, content: bytes, headers: dict[str, str] | None = None
) -> None:
    writer.write(_head(status, len(content), headers or {}) + content)
    await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, LINGER_NOT)
    writer.transport.abort()
    raise ConnectionResetError


_HTML = {"content-type": "text/html"}
_FIXED: dict[Fault, tuple[int, bytes, dict[str, str]]] = {
    Fault.FAILS_UNDONE: (500, _envelope(None, 500, "INTERNAL_SERVER_ERROR"), {}),
    Fault.FAILS_DONE: (500, _envelope(None, 500, "INTERNAL_SERVER_ERROR"), {}),
    Fault.GATEWAY_DONE: (502, b"<html>Bad Gateway</html>", _HTML),
    Fault.HTML_DONE: (200, b"<html>Sign in to the network</html>", _HTML),
    Fault.EMPTY_DONE: (200, b"", {}),
    Fault.WRONG_TYPES_DONE: (200, _envelope({"messages": "none", "total_price": []}), {}),
    Fault.NO_MESSAGES_DONE: (200, _envelope({"messages": []}), {}),
    Fault.ENVELOPE_500: (200, _envelope(None, 500, "SOMETHING_IS_WRONG"), {}),
    Fault.REFUSED: (400, _envelope(None, 400, "INVALID_SENDER_ID"), {}),
    Fault.FORBIDDEN: (403, _envelope(None, 403, "FORBIDDEN"), {}),
    Fault.LEGACY_401: (200, _envelope(None, 401, "UNAUTHORIZED"), {}),
    Fault.BUSY: (429, _envelope(None, 429, "HTTP_TOO_MANY_REQUESTS"), {"retry-after": "20"}),
    Fault.BUSY_SILENT: (429, _envelope(None, 429, "HTTP_TOO_MANY_REQUESTS"), {}),
}
_STATUSES = {
    Fault.UNLISTED_DONE: "PENDING_REVIEW",
    Fault.UNCERTAIN_DONE: "SOMETHING_IS_WRONG",
    Fault.UNCERTAIN_UNDONE: "INTERNAL_ERROR",
    Fault.REJECTS: "INVALID_RECIPIENT",
}
