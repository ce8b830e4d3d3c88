"""Local files in arguments: uploaded for their use and replaced by their URL, or by their content."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tui.api import uploads
from tui.api.client import ApiClient
from tui.api.entry import LocalFile
from tui.api.fields import FieldFacts, facts
from tui.api.models.uploads import UploadedFile
from tui.api.operation import Operation
from tui.api.types import Convert
from tui.core.clock import Clock
from tui.core.errors import ApiError, InvalidInput

LIFETIME = 600
"""Seconds for which ClickSend keeps an upload, whatever its answer says."""
_MARGIN = 120
"""Seconds that are left for pricing, confirming and sending."""


@dataclass(frozen=True, slots=True)
class _Uploaded:
    url: str
    until: float


class Uploads:
    """Uploads each file once for as long as its URL lives, and again when it has expired or was changed."""

    def __init__(self, client: ApiClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._kept: dict[tuple[Path, int, Convert], _Uploaded] = {}

    async def fill(self, operation: Operation[..., Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments without local files. Raises InvalidInput for a file that cannot be read, ApiError."""
        return await self._filled(operation.arguments, arguments)

    def as_typed(self, text: str) -> str:
        """What was typed for these URLs: the paths of files that were uploaded to them from here."""
        for (path, _, _), uploaded in self._kept.items():
            text = text.replace(uploaded.url, f"@{path}")
        return text

    async def _filled(self, model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
        known = {name: field for field in facts(model) for name in (field.name, field.wire)}
        return {name: await self._value(known.get(name), value) for name, value in values.items()}

    async def _value(self, field: FieldFacts | None, value: Any) -> Any:
        if field is None:
            return value
        if isinstance(value, list):
            return [await self._value(field, item) for item in value]
        if isinstance(value, Mapping) and issubclass(field.type, BaseModel):
            return await self._filled(field.type, value)
        if not isinstance(value, LocalFile):
            return value
        if field.upload is None:
            return b64encode(await _content(value.path)).decode()
        return await self._url(value.path, field.upload.convert)

    async def _url(self, path: Path, convert: Convert) -> str:
        key = (path, await asyncio.to_thread(_changed_at, path), convert)
        known, now = self._kept.get(key), self._clock.now()
        if known is None or known.until - _MARGIN < now:
            content = b64encode(await _content(path)).decode()
            answer = await self._upload(content, convert)
            until = min(answer.date_delete or now + LIFETIME, now + LIFETIME)
            known = self._kept[key] = _Uploaded(answer.url, until)
        return known.url

    async def _upload(self, content: str, convert: Convert) -> UploadedFile:
        try:
            return await self._client.call(uploads.create(content=content, convert=convert))
        except ApiError as error:
            if error.may_have_happened:
                error.hint = "Nothing was sent: try again."
            raise


def _changed_at(path: Path) -> int:
    """Nanoseconds: with the path, what tells one content of a file from another."""
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise _unreadable(path, error) from error


async def _content(path: Path) -> bytes:
    try:
        return await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InvalidInput:
    return InvalidInput(
        f"{path} cannot be read: {error.strerror or error}.", hint="Check its name and its permissions."
    )
