"""Every error that a person may read, as one tree.

ConsoleError
├── InvalidInput          what was typed cannot be used
├── SettingsError         the configuration cannot be used
├── CredentialError       no usable user name and key
├── StoreError            the local database cannot be used
│   └── DamagedStore      what is in its file is damaged
├── SendRefused           the console would not send, nothing left it
└── ApiError              ClickSend, or the way to it
    ├── Refused           ClickSend said no, nothing was done
    │   ├── Unauthorized  401: the key
    │   ├── Forbidden     403: the account or its permissions
    │   ├── NotFound      404, 405
    │   └── RateLimited   429, with the seconds to wait
    ├── Unreachable       the request never left: no network, no DNS, no connection
    └── AnswerLost        the request left and its outcome is not known
        ├── ServerFault   5xx
        └── BadAnswer     an answer that cannot be understood
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class ConsoleError(Exception):
    """What happened, and in `hint` what to do next. Both are sentences for people; neither holds a secret."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


def for_people(error: BaseException, log: Path) -> ConsoleError:
    """The error itself, or one for people where it is none that was foreseen: the log has that."""
    if isinstance(error, ConsoleError):
        return error
    return ConsoleError(f"Something went wrong: {error!r}.", hint=f"The log has it: {log}")


class InvalidInput(ConsoleError):
    """What was typed cannot be used; `field` names where it was typed."""

    def __init__(self, message: str, *, field: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class SettingsError(ConsoleError):
    """The configuration cannot be read, or says something impossible."""


class CredentialError(ConsoleError):
    """No user name and key could be had, or the place that holds them failed.

    `tried` tells what was looked at: the names of the places, and what came of each in a sentence.
    """

    def __init__(self, message: str, *, hint: str = "", tried: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message, hint=hint)
        self.tried = tuple(tried)


class StoreError(ConsoleError):
    """The local database cannot be opened, read or written."""


class DamagedStore(StoreError):
    """The file of the local database is damaged, or no database at all."""


class SendRefused(ConsoleError):
    """The console itself would not send: not priced, not confirmed, confirmed before, or read-only."""


class ApiError(ConsoleError):
    """A call that did not succeed. `operation` is its id, `code` and `detail` are ClickSend's own words."""

    may_have_happened = False
    """Whether ClickSend may have done what was asked: then it must not be asked again unseen."""

    def __init__(
        self,
        message: str,
        *,
        operation: str,
        status: int | None = None,
        code: str = "",
        detail: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.operation = operation
        self.status = status
        self.code = code
        self.detail = detail


class Refused(ApiError):
    """ClickSend answered that it did not do it."""


class Unauthorized(Refused):
    """401: the user name or the key is wrong."""


class Forbidden(Refused):
    """403: the account is not active or banned, or the key lacks a permission."""


class NotFound(Refused):
    """404 or 405: no such thing, or no longer."""


class RateLimited(Refused):
    """429: too many calls; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: float, operation: str, detail: str = "") -> None:
        super().__init__(
            message, operation=operation, status=429, code="HTTP_TOO_MANY_REQUESTS", detail=detail
        )
        self.retry_after = retry_after


class Unreachable(ApiError):
    """The request surely never reached ClickSend."""


class AnswerLost(ApiError):
    """The request left, and no answer tells what became of it."""

    may_have_happened = True


class ServerFault(AnswerLost):
    """5xx: ClickSend failed on its side."""


class BadAnswer(AnswerLost):
    """Something answered, but not in a way that can be understood (HTML, a proxy's page, wrong types)."""
