"""Fetching the files behind the addresses in answers: never with the key, and whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import BinaryIO

import httpx

from tui.api.client import trust
from tui.core.errors import BadAnswer, InvalidInput, NotFound, Unreachable
from tui.core.settings import is_loopback

Progress = Callable[[int, int | None], None]
"""Told how many bytes have come, and of how many if that is known."""

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_OPERATION = "download"


async def download(url: str, path: Path, *, on_bytes: Progress = lambda _done, _of: None) -> int:
    """Fetch a file to a path where there is none yet; its size in bytes.

    Raises InvalidInput for an address that is not https and a path that cannot be written, ApiError.
    """
    address = _checked(url)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        file = await asyncio.to_thread(_create, path, beside)
        try:
            with file:
                size = await _fetch(address, file, on_bytes)
            await asyncio.to_thread(_publish, beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    return size


def _checked(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        address = httpx.URL("")
    if address.scheme == "https" or (address.scheme == "http" and is_loopback(address.host)):
        return address
    raise InvalidInput("ClickSend gave no address that a file can be fetched from safely.", field="url")


def _create(path: Path, beside: Path) -> BinaryIO:
    if path.exists():
        raise FileExistsError(17, "there is a file of that name")
    return open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _publish(beside: Path, path: Path) -> None:
    """Give the file its name, unless there is one of that name meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        beside.rename(path)


async def _fetch(address: httpx.URL, file: BinaryIO, on_bytes: Progress) -> int:
    done = 0
    async with _answer(address) as response:
        if response.status_code != 200:
            raise NotFound(
                f"The file is not there any more (HTTP {response.status_code}).",
                operation=_OPERATION,
                status=response.status_code,
                hint="Export it again: such addresses live for a while only.",
            )
        told = response.headers.get("content-length", "")
        expected = int(told) if told.isdecimal() and "content-encoding" not in response.headers else None
        async for chunk in response.aiter_bytes():
            await asyncio.to_thread(file.write, chunk)
            done += len(chunk)
            on_bytes(done, expected)
    if expected is not None and done != expected:
        raise BadAnswer("The file did not arrive whole.", operation=_OPERATION, hint="Fetch it again.")
    return done


@contextlib.asynccontextmanager
async def _answer(address: httpx.URL) -> AsyncIterator[httpx.Response]:
    loopback = is_loopback(address.host)
    verify = trust() if address.scheme == "https" else False
    try:
        async with (
            httpx.AsyncClient(timeout=_TIMEOUT, verify=verify, trust_env=not loopback) as http,
            http.stream("GET", address) as response,
        ):
            yield response
    except httpx.RequestError as error:
        raise Unreachable(
            f"The file cannot be fetched from {address.host} ({type(error).__name__}).",
            operation=_OPERATION,
            hint="Try again in a moment.",
        ) from error


def _unwritable(path: Path, error: OSError) -> InvalidInput:
    return InvalidInput(
        f"{path} cannot be written: {error.strerror or error}.", field="path", hint="Choose another name."
    )
