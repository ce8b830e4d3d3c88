"""The sandbox as a web application: routes and argument checks come from the declared operations."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from email.utils import formatdate
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tui.api.operation import Operation, catalogue
from tui.sandbox import permissions
from tui.sandbox.accounts import Accounts
from tui.sandbox.answers import Answer, Refusal, bad_request, envelope, not_found
from tui.sandbox.faults import FaultyResponse
from tui.sandbox.files import Files
from tui.sandbox.limits import RateLimit
from tui.sandbox.registry import Call, Handler, all_handlers
from tui.sandbox.world import World

VERSION = "/v3"

_REFUSED = frozenset({"missing", "string_too_short", "too_short"})
"""What is wrong with an argument that ClickSend refuses at once; it judges everything else by itself."""
_NOT_REQUIRED = frozenset({"date_before"})
"""Arguments that this console insists on for safety and ClickSend does not."""
_OPEN_TO_INACTIVE = frozenset({"account.get", "account.verify_send", "account.verify"})


def create_app(world: World, *, latency: int = 0, rate_limit: bool = False) -> Starlette:
    """ClickSend with one account on show. Every answer takes `latency` milliseconds longer than it needs."""
    handlers = all_handlers()
    service = _Service(world, latency=latency, limit=RateLimit() if rate_limit else None)
    # In the order of their paths a word comes before a variable, which would take the word for its value.
    operations = sorted(catalogue().values(), key=lambda operation: operation.path)
    routes = [
        Route(
            VERSION + operation.path,
            service.endpoint(operation, handlers[operation.id]),
            methods=[operation.method],
        )
        for operation in operations
        if operation.id in handlers
    ]
    return Starlette(
        routes=[*routes, Route(Files.PATH + "{file_id}", service.download)],
        middleware=[Middleware(_WithoutTrailingSlash)],
        exception_handlers={HTTPException: _no_route, Exception: _failed},
    )


class _Service:
    """Takes requests to the handlers of operations and their answers back."""

    def __init__(self, world: World, *, latency: int, limit: RateLimit | None) -> None:
        self._world = world
        self._accounts = Accounts(world)
        self._latency = latency
        self._limit = limit

    def endpoint(self, operation: Operation[..., Any], handler: Handler) -> Any:
        """What Starlette calls for one operation."""

        async def respond(request: Request) -> Response:
            body = await request.body()
            if self._latency:
                await asyncio.sleep(self._latency / 1000)
            headers = {"date": formatdate(self._world.now, usegmt=True)}
            try:
                headers |= self._counted(operation, request)
                fault = self._world.faults.take(operation.id)
                if fault and not fault.is_done:
                    return FaultyResponse(fault)
                answer = self._answer(operation, handler, request, body)
            except Refusal as refusal:
                return _json(refusal.content, refusal.status, headers | refusal.headers)
            if fault:
                return FaultyResponse(fault, answer.content)
            return _json(answer.content, answer.status, headers)

        return respond

    async def download(self, request: Request) -> Response:
        """A file by its address; nobody needs to sign in for it."""
        files = (world.files.get(request.path_params["file_id"]) for world in self._accounts)
        file = next((file for file in files if file is not None), None)
        if file is None:
            return _json(not_found("File not found.").content, 404)
        return Response(file.content, media_type=file.media_type)

    def _counted(self, operation: Operation[..., Any], request: Request) -> dict[str, str]:
        """The headers of the rate limit. Refuses what is too much, with or without a good key."""
        if self._limit is None:
            return {}
        source = request.client.host if request.client else ""
        allowed, headers = self._limit.count(operation.id, source, self._world.now)
        if not allowed:
            raise Refusal(429, "HTTP_TOO_MANY_REQUESTS", "Too many attempts.", headers=headers)
        return headers

    def _answer(
        self, operation: Operation[..., Any], handler: Handler, request: Request, raw: bytes
    ) -> Answer:
        world, subaccount = self._world, self._world.account.main
        if not operation.public:
            world, subaccount = self._accounts.sign_in(request.headers.get("authorization", ""))
            if not world.account.active and operation.id not in _OPEN_TO_INACTIVE:
                raise Refusal(403, "ACCOUNT_NOT_ACTIVATED", "Your account is not activated.")
            permissions.check(operation, subaccount)
        if operation.closed and world.account.is_new:
            raise Refusal(403, "FORBIDDEN", operation.closed)
        world.catch_up()
        call = Call(
            world=world,
            accounts=self._accounts,
            path=request.path_params,
            query=dict(request.query_params),
            body=_body(raw, request.headers.get("content-type", "")),
            url=str(request.url.replace(query="")),
        )
        _check(operation, call)
        with world.account.acting(subaccount):
            return handler(call)


class _WithoutTrailingSlash:
    """ClickSend does not care for a slash at the end of a path, and neither do the paths declared."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "path": scope["path"].rstrip("/") or "/"}
        await self._app(scope, receive, send)


def _check(operation: Operation[..., Any], call: Call) -> None:
    """Refuse what lacks something that the operation requires."""
    # What rows hold is judged one by one: of them it only matters whether there are any.
    body = {name: value[:1] if isinstance(value, list) else value for name, value in call.body.items()}
    try:
        operation.arguments.model_validate({**body, **call.query, **call.path})
    except ValidationError as error:
        wrong = [
            (str(item["loc"][0]), item) for item in error.errors(include_url=False) if len(item["loc"]) == 1
        ]
        problems = {
            name: f"The {name} field is required."
            for name, item in wrong
            if item["type"] in _REFUSED and name not in _NOT_REQUIRED
        }
        if problems:
            raise bad_request(problems) from None


def _body(raw: bytes, media_type: str) -> dict[str, Any]:
    if media_type.startswith("multipart/form-data"):
        return _form(raw, media_type)
    try:
        body = json.loads(raw or b"{}", parse_float=_number)
    except ValueError:
        raise bad_request({"body": "The body is not JSON."}) from None
    if not isinstance(body, dict):
        raise bad_request({"body": "The body must be a JSON object."})
    return body


def _number(text: str) -> float:
    """A number with a point or an exponent: JSON knows no kinds of numbers, so that 5.0 is 5."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _form(raw: bytes, media_type: str) -> dict[str, Any]:
    """A form as the JSON that says the same: its file stands in base64 under `content`."""
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + raw)
    body: dict[str, Any] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name, content = part.get_param("name", "", "content-disposition"), part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        is_file = part.get_filename() is not None
        body["content" if is_file else str(name)] = (
            b64encode(content).decode() if is_file else content.decode(errors="replace")
        )
    return body


def _json(content: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    if status == 204:
        return Response(status_code=status, headers=dict(headers or {}))
    return Response(to_json(content), status, dict(headers or {}), media_type="application/json")


async def _no_route(request: Request, error: Exception) -> Response:
    """ClickSend has one code for a path and for a method that it does not know."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    message = "Method not allowed." if status == 405 else "Not found."
    return _json(envelope(status, "NOT_FOUND", message, None), status)


async def _failed(request: Request, error: Exception) -> Response:
    return _json(envelope(500, "INTERNAL_SERVER_ERROR", "Something went wrong.", None), 500)
