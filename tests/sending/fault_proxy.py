"""A proxy in front of the sandbox: it passes each request on, but for those that it is told to spoil."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from tests.sending.faulty import LINGER_NOT

ROWS = ("messages", "recipients", "data")
"""Where answers have their rows."""
_HTML = {"content-type": "text/html"}

Fate = Literal["as it was", "unknown", "not sent", "any"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on its way: of the sandbox, or made here. Header names are in lower case."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encoded(self, length: int | None = None) -> bytes:
        """As it goes over the line; `length` is what it claims of its body."""
        fields = {"content-type": "application/json", **self.headers, "connection": "close"}
        fields["content-length"] = str(len(self.body) if length is None else length)
        lines = [f"HTTP/1.1 {self.status} Told", *(f"{name}: {value}" for name, value in fields.items())]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body

    def turned(self, turn: Callable[[Any], Any]) -> Answer:
        """The same with another `data`."""
        told = json.loads(self.body)
        told = told | {"data": turn(told["data"])} if "http_code" in told else turn(told)
        return replace(self, body=json.dumps(told).encode())


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Spoil = Callable[[Answer, Line], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request. `done` tells whether it reaches the sandbox all the same, `fate` what
    the console must say of a send that met it.
    """

    words: str
    done: bool
    spoil: Spoil = field(repr=False)
    fate: Fate = "unknown"
    silent: bool = False
    """Whether only the client's patience ends it."""

    def __str__(self) -> str:
        return f"{self.words}, {'done' if self.done else 'not done'}"


class FaultProxy:
    """Passes requests on to `url` and counts them; `spoil` orders faults for the next ones."""

    def __init__(self, url: str) -> None:
        self._to = urlsplit(url)
        self.reached: Counter[str] = Counter()
        """Requests that reached the sandbox, as "POST /v3/sms/send"."""
        self.asked: Counter[str] = Counter()
        """Requests that came here."""
        self.answers: dict[str, Answer] = {}
        """What the sandbox answered last."""
        self._orders: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        self._open: set[asyncio.Task[None]] = set()
        """What serves a connection, also one on which nothing is asked."""
        self._busy: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}{self._to.path}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        await self._server.wait_closed()

    def spoil(self, request: str, *faults: Fault | None) -> None:
        """Let the next requests meet these, one after the other, and those after them none."""
        self._orders[request] = deque(faults)

    async def settled(self) -> None:
        """Nothing is on its way any more."""
        while self._busy:
            await asyncio.wait(self._busy)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                head = await reader.readuntil(b"\r\n\r\n")
                self._busy.add(task)
                await self._handle(head, (reader, writer))
        finally:
            writer.close()
            self._busy.discard(task)
            self._open.discard(task)

    async def _handle(self, head: bytes, line: Line) -> None:
        method, target, _ = head.decode().split(" ", 2)
        name = f"{method} {target.partition('?')[0]}"
        self.asked[name] += 1
        orders = self._orders[name]
        fault = orders.popleft() if orders else None
        if fault is UNREAD:
            await fault.spoil(Answer(), line)
        body = await line[0].readexactly(_length(head))
        answer = Answer()
        if fault is None or fault.done:
            self.reached[name] += 1
            earlier = self.answers.get(name, answer)
            answer = await self._passed_on(head, body)
            self.answers[name] = answer
            answer = earlier if fault is EARLIER else answer
        elif fault is EARLIER_UNDONE:
            answer = self.answers.get(name, answer)
        await (fault.spoil if fault else _tell)(answer, line)

    async def _passed_on(self, head: bytes, body: bytes) -> Answer:
        """What the sandbox answers."""
        reader, writer = await asyncio.open_connection(self._to.hostname, self._to.port)
        try:
            # Whoever keeps a connection for the next request would not end its answer.
            writer.write(head.replace(b"\r\nConnection: keep-alive", b"\r\nConnection: close") + body)
            told, _, content = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        first, *fields = told.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in fields)}
        return Answer(int(first.split()[1]), headers, content)


def _length(head: bytes) -> int:
    found = (line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return int(next(found, b":0").partition(b":")[2])


# What can happen on the line


async def _tell(answer: Answer, line: Line) -> None:
    line[1].write(answer.encoded())
    await line[1].drain()


async def _reset(answer: Answer, line: Line) -> None:
    line[1].get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, LINGER_NOT)
    line[1].transport.abort()
    raise ConnectionResetError


async def _close(answer: Answer, line: Line) -> None:
    pass


async def _head_alone(answer: Answer, line: Line) -> None:
    await _tell_a_part(answer, line, 0)


async def _half(answer: Answer, line: Line) -> None:
    await _tell_a_part(answer, line, len(answer.body) // 2)


async def _tell_a_part(answer: Answer, line: Line, most: int) -> None:
    line[1].write(replace(answer, body=answer.body[:most]).encoded(len(answer.body)))
    await line[1].drain()


async def _say_nothing(answer: Answer, line: Line) -> None:
    await line[0].read()


async def _dawdle(answer: Answer, line: Line) -> None:
    """Byte by byte, so that something comes before each wait of the client is over."""
    for place in range(len(encoded := answer.encoded())):
        line[1].write(encoded[place : place + 1])
        await line[1].drain()
        await asyncio.sleep(0.03)


def _says(status: int, body: bytes = b"", **headers: str) -> Spoil:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def spoil(answer: Answer, line: Line) -> None:
        await _tell(Answer(status, named, body), line)

    return spoil


def _says_inside(status: int, code: str, http: int = 200, **headers: str) -> Spoil:
    told = {"http_code": status, "response_code": code, "response_msg": "Here.", "data": None}
    return _says(http, json.dumps(told).encode(), **headers)


def _turns(turn: Callable[[Any], Any]) -> Spoil:
    async def spoil(answer: Answer, line: Line) -> None:
        await _tell(answer.turned(turn), line)

    return spoil


def _claims(**headers: str) -> Spoil:
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def spoil(answer: Answer, line: Line) -> None:
        await _tell(replace(answer, headers={**answer.headers, **named}), line)

    return spoil


# What can be wrong with what an answer says


def rows_turned(turn: Callable[[list[Any]], Any]) -> Callable[[Any], Any]:
    """An answer whose rows are turned, and which is otherwise as it was."""

    def turned(data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return data | {name: turn(data[name]) for name in ROWS if isinstance(data.get(name), list)}

    return turned


def each_turned(turn: Callable[[Mapping[str, Any]], Any]) -> Callable[[Any], Any]:
    """An answer of which each row is turned; of one without rows, the whole."""

    def turned(data: Any) -> Any:
        if isinstance(data, dict) and not any(isinstance(data.get(name), list) for name in ROWS):
            inner = {"data": turn(data["data"])} if isinstance(data.get("data"), dict) else {}
            return turn(data) | inner
        return rows_turned(lambda rows: [turn(row) if isinstance(row, dict) else row for row in rows])(data)

    return turned


def _wrong_types(value: Any) -> Any:
    """Numbers for objects, objects for texts and texts for numbers."""
    if isinstance(value, dict | list):
        return 7
    return {"is": "wrong"} if isinstance(value, str) else "wrong"


def _all_wrong(data: Any) -> Any:
    return {name: _wrong_types(value) for name, value in data.items()} if isinstance(data, dict) else 7


def _for_others(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same about somebody else."""
    others = {
        **dict.fromkeys(("to", "phone_number", "dedicated_number"), "+15005550006"),
        **dict.fromkeys(("custom_string", "message_id"), "5C0FFEE5-0000-4000-8000-000000000000"),
        **{"address_name": "Somebody Else", "address_line_1": "9 Far Away", "address_postal_code": "9999"},
        **{"list_id": 999_999, "name": "Somebody else's", "subject": "Another"},
        **{"country": "US", "size": "DL"},
    }
    return {name: others.get(name, value) for name, value in row.items()}


def _others(data: Any) -> Any:
    if isinstance(data, dict) and isinstance(data.get("to"), list):
        data = data | {"to": [{"email": "other@example.com", "name": "Other"}]}
        return _for_others({name: value for name, value in data.items() if name != "to"}) | {"to": data["to"]}
    return each_turned(_for_others)(data)


def _without_rows(data: Any) -> Any:
    return {name: value for name, value in data.items() if name not in ROWS}


def _without_status(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "status"}


UNREAD = Fault("the connection is reset before the request is read", False, _reset)
EARLIER = Fault("the answer to an earlier request comes", True, _tell, "any")
EARLIER_UNDONE = Fault("the answer to an earlier request comes", False, _tell, "any")
BUSY = Fault(
    "429 with Retry-After", False, _says_inside(429, "HTTP_TOO_MANY_REQUESTS", 429, retry_after="7"),
    "as it was",
)  # fmt: skip


def _faults() -> list[Fault]:
    too_many = "HTTP_TOO_MANY_REQUESTS"
    refusing = [
        BUSY,
        Fault("429 without Retry-After", False, _says_inside(429, too_many, 429), "as it was"),
        Fault("429 as a page", False, _says(429, b"<h1>Slow down</h1>", **_HTML), "as it was"),
        Fault(
            "429 that asks to wait for an hour", False,
            _says_inside(429, too_many, 429, retry_after="3600"), "not sent",
        ),
        Fault("429 inside a 200", False, _says_inside(429, too_many), "as it was"),
        Fault(
            "429 with a Retry-After that is none", False,
            _says_inside(429, too_many, 429, retry_after="soon"), "as it was",
        ),
        Fault("400 from ClickSend", False, _says_inside(400, "BAD_REQUEST", 400), "not sent"),
        Fault("401 inside a 200", False, _says_inside(401, "UNAUTHORIZED"), "not sent"),
        Fault("403 from ClickSend", False, _says_inside(403, "FORBIDDEN", 403), "not sent"),
        Fault("403 as a page", False, _says(403, b"<h1>Blocked</h1>", **_HTML), "not sent"),
        Fault("407 from a proxy", False, _says(407, b"<h1>Sign in</h1>", **_HTML), "not sent"),
    ]  # fmt: skip
    lost: list[tuple[str, Spoil]] = [
        *((f"{status} from ClickSend", _says_inside(status, "ERROR", status)) for status in (500, 503)),
        *((f"{status} as a page", _says(status, b"<h1>Bad</h1>", **_HTML)) for status in (502, 503, 504)),
        ("408 as a page", _says(408, b"<h1>Late</h1>", **_HTML)),
        ("the connection is reset", _reset),
        ("the connection is closed", _close),
        ("a page with status 200", _says(200, b"<html>Sign in to the network</html>", **_HTML)),
        ("a redirect", _says(302, location="http://127.0.0.1:9/login")),
        ("an empty 200", _says(200)),
        ("a 204", _says(204)),
        ("500 inside a 200", _says_inside(500, "SOMETHING_IS_WRONG")),
        ("INTERNAL_ERROR inside a 400", _says_inside(400, "INTERNAL_ERROR", 400)),
        ("null as data", _says_inside(200, "SUCCESS")),
        ("a list of nothing", _says(200, b"[]")),
        ("a number", _says(200, b"42")),
        ("bytes that are no text", _says(200, b"\xff\xfe\x00{")),
        ("compressed bytes that are none", _says(200, b"\x1f\x8b no", content_encoding="gzip")),
        ("a line that is no HTTP", _no_http),
    ]
    silent = [("no answer while the client waits", _say_nothing)]
    half: list[tuple[str, Spoil]] = [
        ("headers alone", _head_alone),
        ("half of the answer", _half),
    ]
    wrong: list[tuple[str, Spoil, Fate]] = [
        ("a text for the data", _turns(lambda data: "none"), "unknown"),
        ("a number for the data", _turns(lambda data: 7), "unknown"),
        ("every value of the wrong type", _turns(_all_wrong), "any"),
        ("no rows", _turns(_without_rows), "any"),
        ("null for the rows", _turns(rows_turned(lambda rows: None)), "any"),
        ("a text for the rows", _turns(rows_turned(lambda rows: "none")), "any"),
        ("an object for the rows", _turns(rows_turned(lambda rows: {"0": rows})), "any"),
        ("numbers for rows", _turns(rows_turned(lambda rows: [7] * len(rows))), "any"),
        ("an empty list of rows", _turns(rows_turned(lambda rows: [])), "any"),
        ("the last row left out", _turns(rows_turned(lambda rows: rows[:-1])), "any"),
        ("each row twice", _turns(rows_turned(lambda rows: [*rows, *rows])), "any"),
        ("the rows the other way round", _turns(rows_turned(lambda rows: rows[::-1])), "as it was"),
        ("wrong types in each row", _turns(each_turned(_all_wrong)), "any"),
        ("null for each value", _turns(each_turned(dict.fromkeys)), "any"),
        ("no status", _turns(each_turned(_without_status)), "any"),
        ("a status nobody knows", _turns(each_turned(lambda row: {**row, "status": "HELD"})), "any"),
        ("an answer about others", _turns(_others), "any"),
        ("prices of the wrong kind", _turns(_priced_wrongly), "any"),
        ("headers that say nothing", _claims(date="soon", x_ratelimit_limit="1e999",
         x_ratelimit_remaining="NaN", ratelimit_reset="-", retry_after="x"), "as it was"),
    ]  # fmt: skip
    return [
        *refusing,
        UNREAD,
        *(Fault(words, done, spoil) for words, spoil in lost for done in (False, True)),
        *(Fault(words, done, spoil, silent=True) for words, spoil in silent for done in (False, True)),
        Fault("the answer comes byte by byte", True, _dawdle, silent=True),
        *(Fault(words, True, spoil) for words, spoil in half),
        *(Fault(words, True, spoil, fate) for words, spoil, fate in wrong),
        EARLIER_UNDONE,
        EARLIER,
    ]


async def _no_http(answer: Answer, line: Line) -> None:
    line[1].write(b"SSH-2.0-OpenSSH_9.6\r\n")
    await line[1].drain()


def _priced_wrongly(data: Any) -> Any:
    """Texts, lists and huge numbers where money is told."""
    odd = {"message_price": "free", "total_price": [1], "post_price": {}, "price": "1e999999", "amount": []}
    told = {name: odd.get(name, value) for name, value in data.items()} if isinstance(data, dict) else data
    return rows_turned(lambda rows: [row | odd if isinstance(row, dict) else row for row in rows])(told)


FAULTS: Sequence[Fault] = _faults()
