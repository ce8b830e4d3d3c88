"""Operations from the command line: listing them, and running one whose answer is printed as JSON."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.core.errors import (
    AnswerLost,
    ApiError,
    ConsoleError,
    CredentialError,
    InvalidInput,
    SendRefused,
    Unauthorized,
    Unreachable,
)

if TYPE_CHECKING:
    from tui.api.client import ApiClient
    from tui.api.operation import Operation, Request
    from tui.core.settings import Launch
    from tui.sending.operation import OperationDraft
    from tui.sending.quote import Quote
    from tui.sending.result import SendResult
    from tui.sending.sender import Sender
    from tui.store.database import Store


DRAIN_LIMIT = 10.0
"""Seconds that an interrupted send is still waited for."""


class ExitCode(IntEnum):
    """What a script can tell an error by."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    AUTH = 3
    REFUSED = 4
    NETWORK = 5
    UNKNOWN = 6
    """Whether it was done is not known: it must not be repeated unseen."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    operation: Operation[..., Any]
    typed: Mapping[str, str]
    given: Mapping[str, Any]
    """Arguments that came as JSON."""
    all_pages: bool
    yes: bool
    words: str
    """What was said to confirm a price that is not known, or one beyond a limit of the settings."""


def exit_code_of(error: ConsoleError, operation: Operation[..., Any] | None = None) -> ExitCode:
    """How a call of this operation ends that failed with this error."""
    is_reading = operation is not None and operation.effect == "read"
    match error:
        case Unauthorized() | CredentialError():
            return ExitCode.AUTH
        case Unreachable():
            return ExitCode.NETWORK
        case AnswerLost():
            return ExitCode.NETWORK if is_reading else ExitCode.UNKNOWN
        case ApiError():
            return ExitCode.REFUSED
        case InvalidInput() | SendRefused():
            return ExitCode.USAGE
    return ExitCode.FAILED


# What there is


def listing(*, as_json: bool) -> str:
    """Every operation: id, method, path, effect, what prices it and title, as lines or as JSON."""
    from tui.api.operation import catalogue
    from tui.api.raw import as_json as written

    rows = [
        {
            "id": operation.id,
            "method": operation.method,
            "path": operation.path,
            "effect": str(operation.effect),
            "priced_by": priced_by.id if (priced_by := operation.priced_by or operation.listed_by) else "",
            "title": operation.title,
        }
        for operation in catalogue().values()
    ]
    if as_json:
        return written(rows)
    widths = [max(len(row[name]) for row in rows) for name in rows[0]]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row.values(), widths, strict=True)).rstrip()
        for row in rows
    )


def find(operation_id: str) -> Operation[..., Any]:
    """The operation with this id. Raises InvalidInput, which names those that look alike."""
    from difflib import get_close_matches

    from tui.api.operation import catalogue

    if operation_id in catalogue():
        return catalogue()[operation_id]
    near = get_close_matches(operation_id, catalogue(), n=3, cutoff=0.5)
    raise InvalidInput(
        f"There is no operation {operation_id}.",
        hint=f"Did you mean {' or '.join(near)}?" if near else "clicksend-tui operations lists all.",
    )


# What was typed


def parse_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """The `name=value` arguments. Raises InvalidInput."""
    typed: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise InvalidInput(f'"{pair}" is not name=value.', hint="Write it like list_id=428.")
        typed[name] = value
    return typed


def parse_json(body: str | None) -> dict[str, Any]:
    """The arguments that came as JSON: the text itself, `@file`, or `-` for standard input."""
    import json

    if body is None:
        return {}
    try:
        text = sys.stdin.read() if body == "-" else Path(body[1:]).read_text() if body[:1] == "@" else body
        found = json.loads(text)
    except OSError as error:
        raise InvalidInput(f"{body[1:]} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise InvalidInput(f"What --json was given is not JSON: {error}.") from error
    if not isinstance(found, dict):
        raise InvalidInput("--json takes an object with the arguments by their names.")
    return found


# One call


def run(launch: Launch, wanted: Wanted) -> ExitCode:
    """Call the operation and print its answer; what is not the answer goes to stderr. Raises ConsoleError."""
    from tui.api.operation import Effect

    effect = wanted.operation.effect
    if launch.read_only and effect is not Effect.READ:
        raise SendRefused(
            f"Read-only: “{wanted.operation.title}” changes something at ClickSend.",
            hint="Call it without --read-only.",
        )
    if effect in (Effect.MARK, Effect.DELETE) and not wanted.yes:
        raise SendRefused(wanted.operation.loses, hint="Say --yes to do it.")
    return asyncio.run(_run(launch, wanted, *_key(launch, wanted.operation)))


def _key(launch: Launch, operation: Operation[..., Any]) -> tuple[str, str]:
    from tui.credentials import find_credentials

    try:
        found = find_credentials(launch)
    except CredentialError:
        if operation.public:
            return "", ""
        raise
    return found.username, found.key.reveal()


async def _run(launch: Launch, wanted: Wanted, username: str, key: str) -> ExitCode:
    from tui.api.client import ApiClient
    from tui.api.uploading import Uploads
    from tui.core.clock import SystemClock
    from tui.sending.draft_files import files_of
    from tui.sending.operation import OperationDraft
    from tui.sending.sender import Sender
    from tui.store.database import Store

    store = Store(launch.database, who=launch.settings.name)
    try:
        async with ApiClient(username, key, base_url=launch.base_url) as client:
            if not wanted.operation.public and (
                wanted.operation.effect.is_irreversible or not store.account()
            ):
                await _read_account(client, store)
            given = _given(store, wanted)
            arguments = await Uploads(client, SystemClock()).fill(wanted.operation, given)
            if wanted.operation.effect.is_irreversible:
                draft = OperationDraft(wanted.operation.id, arguments, files_of(given))
                sender = Sender(client, store, SystemClock(), limits=launch.settings.limits)
                return await _send(sender, wanted, draft)
            async with _audited(store, wanted.operation):
                await _print_answer(client, wanted.operation.bind(arguments), all_pages=wanted.all_pages)
    finally:
        store.close()
    return ExitCode.DONE


def _audited(store: Store, operation: Operation[..., Any]) -> AbstractAsyncContextManager[None]:
    from tui.core.clock import SystemClock

    if not operation.effect.changes:
        return nullcontext()
    return store.audited(operation.id, SystemClock().now())


def _given(store: Store, wanted: Wanted) -> dict[str, Any]:
    """The arguments, local files still as files, which must not change any more."""
    from tui.api import entry
    from tui.api.uploading import pinned
    from tui.core.clock import SystemClock
    from tui.core.local_zone import LocalZone

    account = store.account()
    place = entry.Place(SystemClock().now(), LocalZone(), account.country if account else "")
    given: dict[str, Any] = pinned({**wanted.given, **entry.arguments(wanted.operation, wanted.typed, place)})
    return given


async def _print_answer(client: ApiClient, request: Request[Any], *, all_pages: bool) -> None:
    from tui.api.raw import as_json, rows_of

    if not all_pages:
        click.echo(as_json((await client.ask(request)).data))
        return
    if not (request.operation.paged or request.operation.cursor):
        raise InvalidInput(f"“{request.operation.title}” has no pages.", hint="Call it without --all-pages.")
    # Page by page, so that a long listing neither waits for its end nor fills the memory.
    separator = "["
    async for page in _pages(client, request):
        for row in rows_of(page):
            click.echo(f"{separator}\n{as_json(row)}", nl=False)
            separator = ","
    click.echo("\n]" if separator == "," else "[]")


async def _pages(client: ApiClient, request: Request[Any]) -> AsyncIterator[object]:
    operation = request.operation
    following: Request[Any] | None = request
    if operation.paged and "limit" not in request.query:
        following = request.at(int(request.query.get("page", 1)), 100)
    while following is not None:
        reply = await client.ask(following)
        yield reply.data
        following = following.after(reply.result)


async def _send(sender: Sender, wanted: Wanted, draft: OperationDraft) -> ExitCode:
    """Quote it, and with --yes send it: through the outbox of the profile, like everything that is sent."""
    quote = await sender.quote(draft)
    _print_quote(wanted.operation, quote)
    if not wanted.yes:
        raise SendRefused(
            quote.refusal or "Nothing was sent.",
            hint="" if quote.refusal else "Say --yes to do it at this price.",
        )
    try:
        result = await sender.send(quote.confirm(wanted.words))
    finally:
        # Interrupted, it may still be answered: that is recorded before the store is closed.
        await sender.drain(DRAIN_LIMIT)
    return _print_result(result)


async def _read_account(client: ApiClient, store: Store) -> None:
    """Bring the account up to date: its country says how numbers are meant, its balance what will be left."""
    from tui.api import account
    from tui.core.clock import SystemClock
    from tui.store.account import save_account
    from tui.sync.records import account_facts

    try:
        found = await client.call(account.get())
    except Unauthorized:
        raise
    except ApiError:
        return  # The quote says that the balance is not known.
    await store.write(save_account, account_facts(found, int(SystemClock().now())))


def _print_quote(operation: Operation[..., Any], quote: Quote) -> None:
    money = quote.currency
    lines = [f"{operation.title}: {money.price(quote.total)}"]
    if quote.balance_after is not None:
        lines[0] += f", balance after {money.balance(quote.balance_after)}"
    if quote.lines:
        lines.append(f"Recipients: {quote.accepted_count} accepted, {quote.rejected_count} rejected")
    lines += [f"! {warning}" for warning in (*quote.warnings, *quote.beyond)]
    click.echo("\n".join(lines), err=True)


def _print_result(result: SendResult) -> ExitCode:
    from tui.api.raw import as_json

    if result.reply is not None:
        click.echo(as_json(result.reply.data))
    if not result.as_quoted:
        click.echo(result.detail, err=True)
    fates = {outcome.fate for outcome in result.outcomes}
    if "unknown" in fates:
        return ExitCode.UNKNOWN
    if result.error is not None:
        return exit_code_of(result.error)
    return ExitCode.REFUSED if "rejected" in fates else ExitCode.DONE
