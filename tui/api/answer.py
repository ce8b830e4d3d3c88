"""Turns what came back over HTTP into a result, or into an error that a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import partial
from types import NoneType
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from tui.api import codes
from tui.api.models.base import MASK
from tui.api.operation import Effect, Operation
from tui.core import money
from tui.core.errors import (
    ApiError,
    BadAnswer,
    Forbidden,
    NotFound,
    RateLimited,
    Refused,
    ServerFault,
    Unauthorized,
)
from tui.core.text import clean_line

T = TypeVar("T")

USUAL_WAIT = 60.0
"""Seconds to wait after a 429 that does not say how long: its window was seen to be a minute."""

LOOK_FIRST = "Look whether it was done before doing it again."

_SECRETS = frozenset({"api_key", "password", "secret", "activation_token"})
_SECRET_SIGNS = (*(name.encode() for name in _SECRETS), b"\\u00", b"\0")
"""One of these is in every answer with a secret, also if its name is written in escapes or not in UTF-8."""
_BETWEEN = "Something between here and ClickSend answered (a proxy or a login page)."


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` has lower-case names; `now` is Unix seconds at arrival."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    now: float

    @property
    def server_time(self) -> float | None:
        """ClickSend's clock, Unix seconds, when the answer tells it."""
        moment = _http_date(self.headers.get("date", ""))
        return moment.timestamp() if moment else None


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """What a call brought: the result, and its `data` as JSON that came (numbers exact, keys masked)."""

    result: T
    data: object


def read(operation: Operation[..., T], answer: Answer) -> Reply[T]:
    """What an answer brought. Raises the ApiError that its status, envelope or shape calls for."""
    found = _object(answer.content, operation.tells)
    envelope = found if found is not None and ("data" in found or "response_code" in found) else None
    status = answer.status
    succeeded = 200 <= status < 300
    if succeeded and envelope is not None:
        status = _status_inside(envelope) or status
    if status >= 400:
        raise _refusal(operation, status, envelope, answer)
    if operation.result is NoneType and succeeded and _says_enough(operation, answer):
        return Reply(operation.parse(None), found)
    if not operation.envelope and found is not None and succeeded:
        return _parse(operation, found)
    if envelope is None or not succeeded:
        raise _not_clicksend(operation, answer)
    if operation.result is NoneType:
        return Reply(operation.parse(None), envelope.get("data"))
    return _parse(operation, envelope.get("data"))


def _says_enough(operation: Operation[..., Any], answer: Answer) -> bool:
    """Whether a success without envelope says that it was done: by its status, or as a bare answer."""
    if operation.envelope or answer.status == 204:
        return answer.status == 204
    return not answer.content.strip() or _object(answer.content, operation.tells) is not None


def _object(content: bytes, tells: str) -> dict[str, Any] | None:
    """The JSON object that came, its numbers exact and its keys masked; None when it is something else."""
    hook = partial(_masked, _SECRETS - {tells}) if any(map(content.__contains__, _SECRET_SIGNS)) else None
    try:
        found = json.loads(content, parse_float=Decimal, parse_constant=str, object_pairs_hook=hook)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _masked(secrets: frozenset[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """One JSON object without the keys and passwords in it: no later layer can show or store them."""
    return {
        name: MASK if name in secrets and isinstance(value, str) and value else value for name, value in pairs
    }


def _status_inside(envelope: Mapping[str, Any]) -> int | None:
    """An error status that came inside an HTTP 200."""
    number = money.decimal(envelope.get("http_code"))
    return int(number) if number is not None and number >= 400 else None


def _parse(operation: Operation[..., T], data: object) -> Reply[T]:
    try:
        return Reply(operation.parse(data), data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"]) or "data"
    raise BadAnswer(
        f"ClickSend's answer to “{operation.title}” cannot be understood ({where}).{_doubt(operation)}",
        operation=operation.id,
        status=200,
        detail=f"{where}: {first['msg']}",
        hint=_next(operation, "If it stays so, this version may be too old for ClickSend's answers."),
    )


def _not_clicksend(operation: Operation[..., Any], answer: Answer) -> BadAnswer:
    where = answer.headers.get("location", "") if 300 <= answer.status < 400 else ""
    return BadAnswer(
        f"“{operation.title}”: the answer is not from ClickSend. {_BETWEEN}{_doubt(operation)}",
        operation=operation.id,
        status=answer.status,
        detail=clean_line(f"redirect to {where.partition('?')[0]}") if where else "",
        hint=_next(operation, "Sign in to the network or check the proxy settings, then try again."),
    )


def _refusal(
    operation: Operation[..., Any], status: int, envelope: Mapping[str, Any] | None, answer: Answer
) -> ApiError:
    code = clean_line(str((envelope or {}).get("response_code") or ""))
    detail = clean_line(" ".join(_said(envelope or {})))
    if status == 429:
        wait = _seconds_to_wait(answer)
        message = f"Too many calls of “{operation.title}”: ClickSend asks to wait {wait:.0f} seconds."
        return RateLimited(message, retry_after=wait, operation=operation.id, detail=detail)
    kind, message, hint = _words(operation, status, code, detail)
    if envelope is None:
        hint = f"{hint} The answer was not in ClickSend's form: a proxy may have given it.".strip()
    return kind(message, operation=operation.id, status=status, code=code, detail=detail, hint=hint)


def _said(envelope: Mapping[str, Any]) -> Iterator[str]:
    """What a refusal says, and of each field that it names."""
    yield str(envelope.get("response_msg") or "")
    details = envelope.get("details")
    for item in details if isinstance(details, list) else ():
        if isinstance(item, Mapping) and item.get("reason"):
            yield f"{item.get('field') or ''}: {item['reason']}".removeprefix(": ")


def _words(
    operation: Operation[..., Any], status: int, code: str, detail: str
) -> tuple[type[ApiError], str, str]:
    """The class of error, what happened, and what to do next."""
    title = f"“{operation.title}”"
    quoted = f" It says: {detail}" if detail else ""
    if status >= 500 or status == 408 or code in codes.UNCERTAIN:
        return (
            ServerFault,
            f"ClickSend failed at {title} (HTTP {status}).{_doubt(operation)}",
            _next(operation, "Try again later."),
        )
    if status == 401:
        return (
            Unauthorized,
            f"ClickSend did not accept the user name and key for {title}.",
            "Check the user name and API key: clicksend-tui login.",
        )
    kind = {403: Forbidden, 404: NotFound, 405: NotFound}.get(status, Refused)
    if "banned" in f"{code} {detail}".lower():
        return kind, f"This ClickSend account is banned; {title} was refused.", "Ask ClickSend's support."
    if codes.outcome(code) is codes.Outcome.REJECTED:
        known = codes.meaning(code)
        return kind, f"ClickSend refused {title}: {known.words}{quoted}", known.hint
    if kind is Forbidden:
        hint = (
            "The account may be inactive or banned, or the key lacks the permission: ask the account's owner."
        )
        return kind, f"ClickSend does not allow {title} with this key.{quoted}", hint
    if status == 407:
        return (
            kind,
            f"A proxy wants to be signed in to for {title} (HTTP 407). Nothing was done.",
            "Check its settings.",
        )
    if status == 405:
        return (
            kind,
            f"ClickSend does not offer {title} to this account.{quoted}",
            "It may have been withdrawn.",
        )
    if kind is NotFound:
        return kind, f"ClickSend finds nothing for {title}.{quoted}", "It may be gone, or finished already."
    return kind, f"ClickSend refused {title} (HTTP {status}).{quoted}", ""


def _doubt(operation: Operation[..., Any]) -> str:
    return "" if operation.effect is Effect.READ else " Whether it was done is not known."


def _next(operation: Operation[..., Any], for_reads: str) -> str:
    """What to do when nobody knows what came of it: whatever changes something is not simply done again."""
    return for_reads if operation.effect is Effect.READ else LOOK_FIRST


def _seconds_to_wait(answer: Answer) -> float:
    """From Retry-After (seconds or a date) or ratelimit-reset."""
    said = answer.headers.get("retry-after", "")
    seconds = money.decimal(said)
    if seconds is None and (moment := _http_date(said)):
        return max(0.0, moment.timestamp() - (answer.server_time or answer.now))
    if seconds is None:
        seconds = money.decimal(answer.headers.get("ratelimit-reset", ""))
    return USUAL_WAIT if seconds is None else max(0.0, float(seconds))


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
