"""Local files in arguments: uploaded for their use and replaced by their URL, or by their content."""

from __future__ import annotations

import asyncio
import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
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
_PUT_BACK = "Put it back, or compose it anew."
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
        self._kept: dict[tuple[Path, str, Convert], _Uploaded] = {}
        """By the path of a file, the SHA-256 of what it held, and its use."""

    async def fill(self, operation: Operation[..., Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments without local files. Raises InvalidInput for a file that cannot be read, ApiError."""
        return (await self.fill_until(operation, arguments))[0]

    async def fill_until(
        self, operation: Operation[..., Any], arguments: Mapping[str, Any]
    ) -> tuple[dict[str, Any], float]:
        """The same, and until when all of it lives, in Unix seconds: infinity where nothing was uploaded."""
        ends: list[float] = []
        filled = await self._filled(operation.arguments, arguments, ends)
        return filled, min(ends, default=inf)

    async def _filled(
        self, model: type[BaseModel], values: Mapping[str, Any], ends: list[float]
    ) -> dict[str, Any]:
        known = {name: field for field in facts(model) for name in (field.name, field.wire)}
        return {name: await self._value(known.get(name), value, ends) for name, value in values.items()}

    async def _value(self, field: FieldFacts | None, value: Any, ends: list[float]) -> Any:
        if field is None:
            return value
        if isinstance(value, list):
            return [await self._value(field, item, ends) for item in value]
        if isinstance(value, Mapping) and issubclass(field.type, BaseModel):
            return await self._filled(field.type, value, ends)
        if not isinstance(value, LocalFile):
            return value
        content, sha256 = await asyncio.to_thread(_read, value)
        if field.upload is None:
            return content
        uploaded = await self._uploaded((value.path, sha256, field.upload.convert), content)
        ends.append(uploaded.until)
        return uploaded.url

    async def _uploaded(self, key: tuple[Path, str, Convert], content: str) -> _Uploaded:
        known, now = self._kept.get(key), self._clock.now()
        if known is None or known.until - _MARGIN < now:
            answer = await self._upload(content, key[2])
            until = min(answer.date_delete or now + LIFETIME, now + LIFETIME)
            known = self._kept[key] = _Uploaded(answer.url, until)
        return known

    async def _upload(self, content: str, convert: Convert) -> UploadedFile:
        try:
            return await self._client.call(uploads.create(content=content, convert=convert))
        except ApiError as error:
            if error.may_have_happened:
                error.hint = "Nothing was sent: try again."
            raise


def pinned(value: Any) -> Any:
    """The same arguments, each local file as it is: what it holds later is told from that. Blocks. Raises
    InvalidInput for a file that cannot be read.
    """
    if isinstance(value, LocalFile):
        return replace(value, sha256=_read(value)[1])
    if isinstance(value, Mapping):
        return {name: pinned(each) for name, each in value.items()}
    return [pinned(each) for each in value] if isinstance(value, list) else value


def _read(file: LocalFile) -> tuple[str, str]:
    """What a file holds, in base64, and its SHA-256. Blocks."""
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            f"{file.path} cannot be read: {error.strerror or error}.",
            hint=_PUT_BACK if file.sha256 else "Check its name and its permissions.",
        ) from error
    sha256 = hashlib.sha256(content).hexdigest()
    if file.sha256 not in ("", sha256):
        raise InvalidInput(f"{file.path} is not what it was when it was priced.", hint=_PUT_BACK)
    return b64encode(content).decode(), sha256
