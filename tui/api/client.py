"""The only file that speaks to the API: signs in, calls, waits, repeats what may be repeated, turns pages."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from tui.api.answer import LOOK_FIRST, Answer, Reply, read
from tui.api.models.base import Page
from tui.api.operation import Effect, Operation, Request
from tui.core import money
from tui.core.clock import Clock, SystemClock
from tui.core.errors import AnswerLost, ApiError, BadAnswer, RateLimited, Unreachable
from tui.core.settings import DEFAULT_BASE_URL, check_base_url, is_loopback

R = TypeVar("R")
T = TypeVar("T")

ATTEMPTS = 4
KEPT_OPEN = 8
"""Connections that are kept for the next requests that read."""
LONGEST_WAIT = 65.0
"""Seconds; a 429 that asks for more is told to the caller at once."""

_LARGE = 100_000
"""Bytes of an answer that take so long to understand that a key pressed meanwhile would be felt as late."""
_BACK_OFF = wait_random_exponential(multiplier=1, max=8)
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How many calls of one operation the server still takes, and when (Unix seconds) it counts anew."""

    limit: int
    remaining: int
    resets_at: float | None


class ApiClient:
    """Calls operations of one account. Use as an async context manager, or `aclose` it.

    `base_url` ends in the version ("/v3"); InvalidInput unless it is https or on this machine.
    `timeout` bounds each wait for the network, twice that the whole exchange; both in seconds.
    """

    def __init__(
        self,
        username: str,
        key: str,
        *,
        base_url: str = DEFAULT_BASE_URL,
        timeout: float = 30.0,
        clock: Clock | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._base_url = check_base_url(base_url)
        url = httpx.URL(self._base_url)
        self._host = url.host
        self._deadline = 2 * timeout
        self._clock = clock or SystemClock()
        self._sleep = sleep
        self._reading = asyncio.Lock()
        self.server_time_offset: float | None = None
        """Seconds that ClickSend's clock is ahead of ours; None before the first answer."""
        self.limits: dict[str, RateLimit] = {}
        """What the last answer said of its rate limit, by operation id."""
        self._options: dict[str, Any] = {
            "auth": httpx.BasicAuth(username, key),
            "headers": {
                "Accept": "application/json",
                "User-Agent": "clicksend-tui",
            },
            "timeout": httpx.Timeout(timeout, connect=min(10.0, timeout)),
            "trust_env": not is_loopback(url.host),
            "verify": trust() if url.scheme == "https" else False,
        }
        self._kept: list[httpx.AsyncClient] = []
        self._idle: list[httpx.AsyncClient] = []
        # A kept connection may be closed by the server in the moment it is used again, and then nobody can
        # tell whether the request was seen. What changes something therefore goes over a new one, and so does
        # the question for a price, which is not repeated either.
        self._fresh = self._http(kept=0)

    def _http(self, *, kept: int) -> httpx.AsyncClient:
        return httpx.AsyncClient(**self._options, limits=httpx.Limits(max_keepalive_connections=kept))

    @contextmanager
    def _kept_open(self) -> Iterator[httpx.AsyncClient]:
        """One connection that stays open. Of several in one client, each request looks at all, twice."""
        if self._idle:
            http = self._idle.pop()
        elif len(self._kept) < KEPT_OPEN:
            http = self._http(kept=1)
            self._kept.append(http)
        else:
            yield self._fresh
            return
        try:
            yield http
        finally:
            self._idle.append(http)

    async def call(self, request: Request[T], *, retry: bool = True) -> T:
        """The result of an operation that neither sends nor spends. Raises ApiError.

        A READ is repeated after most failures, anything else only when it surely was not done.
        """
        return (await self.ask(request, retry=retry)).result

    async def ask(self, request: Request[T], *, retry: bool = True) -> Reply[T]:
        """The same, with the answer as it came beside the result."""
        if request.operation.effect.is_irreversible:
            raise TypeError(f"{request.operation.id} sends or spends: only tui.sending may do that")
        return await self._perform(request, retry)

    async def transmit(self, request: Request[T], *, retry: bool = True) -> Reply[T]:
        """What an operation brought that sends or spends: only for tui.sending, after a confirmation.

        Repeated only after Unreachable and 429. An error with `may_have_happened` must never be repeated.
        """
        if not request.operation.effect.is_irreversible:
            raise TypeError(f"{request.operation.id} neither sends nor spends: use call")
        return await self._perform(request, retry)

    async def pages(
        self, request: Request[Page[R]], *, limit: int = 100, retry: bool = True
    ) -> AsyncIterator[Page[R]]:
        """Every page of a paged operation, first to last. Page numbers are counted, never URLs followed."""
        if not request.operation.paged:
            raise TypeError(f"{request.operation.id} has no pages")
        number = 1
        while True:
            page = await self.call(request.at(number, limit), retry=retry)
            yield page
            is_last = number >= page.last_page if page.last_page is not None else len(page.items) < limit
            if is_last or not page.items:
                return
            number += 1

    async def aclose(self) -> None:
        """Close the connections."""
        for http in (*self._kept, self._fresh):
            await http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<ApiClient {self._base_url}>"

    async def _perform(self, request: Request[T], retry: bool) -> Reply[T]:
        if not retry:
            return await self._exchange(request)
        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception(lambda error: _may_be_repeated(error, request.operation.effect)),
            reraise=True,
        )
        return await retrying(self._exchange, request)

    async def _exchange(self, request: Request[T]) -> Reply[T]:
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._send(request)
        except (httpx.RequestError, TimeoutError) as error:
            problem = self._lost(request.operation, error)
        else:
            answer = self._noted(request.operation, response)
            if len(answer.content) < _LARGE:
                return read(request.operation, answer)
            async with self._reading:
                return await asyncio.to_thread(read, request.operation, answer)
        # Raised outside the handler: the frames of the HTTP library hold the Authorization header, and a
        # traceback that shows local values would print them.
        raise problem

    async def _send(self, request: Request[Any]) -> httpx.Response:
        operation = request.operation
        content = request.content
        with self._kept_open() if operation.method == "GET" else nullcontext(self._fresh) as http:
            return await http.request(
                operation.method,
                self._base_url + request.path,
                params=request.query or None,
                content=content,
                headers={"Content-Type": "application/json"} if content is not None else None,
                auth=None if operation.public else httpx.USE_CLIENT_DEFAULT,
            )

    def _noted(self, operation: Operation[..., Any], response: httpx.Response) -> Answer:
        """The answer, after its headers were read for the server's clock and rate limit."""
        now = self._clock.now()
        answer = Answer(response.status_code, dict(response.headers.items()), response.content, now)
        if (server_time := answer.server_time) is not None:
            self.server_time_offset = server_time - now
        if limit := _rate_limit(answer):
            self.limits[operation.id] = limit
        log.debug("%s: HTTP %s", operation.id, answer.status)
        return answer

    def _lost(self, operation: Operation[..., Any], error: Exception) -> ApiError:
        """The error for a call without an answer: by whether the request can have left."""
        title = f"“{operation.title}”"
        if isinstance(error, _NEVER_LEFT):
            reason, hint = _why_unreachable(error)
            message = f"{self._host} cannot be reached for {title}: {reason}. Nothing was sent."
            return Unreachable(message, operation=operation.id, hint=hint)
        is_read = operation.effect is Effect.READ
        doubt = "" if is_read else " Whether it was done is not known."
        hint = "Try again." if is_read else LOOK_FIRST
        if isinstance(error, httpx.DecodingError):
            message = f"The answer to {title} arrived damaged: a proxy may have changed it.{doubt}"
            return BadAnswer(message, operation=operation.id, hint=hint)
        late = isinstance(error, TimeoutError | httpx.TimeoutException)
        reason = "no answer came in time" if late else "the connection broke before the answer"
        return AnswerLost(f"{title}: {reason}.{doubt}", operation=operation.id, hint=hint)


@cache
def trust() -> ssl.SSLContext:
    """The certificates that are trusted: the system's, or SSL_CERT_FILE. Slow to build, so built once."""
    return ssl.create_default_context()


def _may_be_repeated(error: BaseException, effect: Effect) -> bool:
    if isinstance(error, RateLimited):
        return error.retry_after <= LONGEST_WAIT
    if isinstance(error, Unreachable):
        return True
    return effect is Effect.READ and isinstance(error, AnswerLost) and not isinstance(error, BadAnswer)


def _pause(state: RetryCallState) -> float:
    """Seconds before the next attempt: what a 429 asks for and a little more, else growing and random."""
    error = state.outcome.exception() if state.outcome else None
    return (error.retry_after if isinstance(error, RateLimited) else 0.0) + _BACK_OFF(state)


def _rate_limit(answer: Answer) -> RateLimit | None:
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "ratelimit-reset")
    limit, remaining, reset = (money.decimal(answer.headers.get(name)) for name in names)
    if limit is None or remaining is None:
        return None
    return RateLimit(int(limit), int(remaining), answer.now + float(reset) if reset is not None else None)


def _why_unreachable(error: BaseException) -> tuple[str, str]:
    """The reason in words, and what to do next."""
    for link in _chain(error):
        if isinstance(link, socket.gaierror):
            return "its name cannot be looked up", "Check the address, the network and its name server."
        if isinstance(link, ssl.SSLCertVerificationError):
            return (
                "its certificate cannot be verified",
                "Install the system's certificates (ca-certificates), or name them in SSL_CERT_FILE.",
            )
        if isinstance(link, ssl.SSLError):
            return "no protected connection could be made", "Check for a proxy that does not let TLS through."
        if isinstance(link, ConnectionRefusedError):
            return "the connection was refused", "Check the address, the network and its proxy."
    if isinstance(error, httpx.ProxyError):
        return "the proxy refused", "Check the proxy settings (HTTPS_PROXY)."
    return "no connection could be made", "Check the network."


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what caused it, and the members of groups among them."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from (link for member in error.exceptions for link in _chain(member))
        error = error.__cause__ or error.__context__
