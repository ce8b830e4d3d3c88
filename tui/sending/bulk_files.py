"""The local files of a large send. ClickSend keeps an upload for minutes, and a send may take hours: a file
is uploaded again before its URL dies, as long as it is the one that was priced.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

from tui.api.entry import LocalFile
from tui.api.uploading import Uploads, pinned
from tui.core.clock import Clock
from tui.core.errors import ConsoleError, SendRefused
from tui.sending.draft import MessageDraft
from tui.sending.journal import SOURCE
from tui.store.rows import OutboxItem

FILES = "files"
"""Where the source of a large send has those of its arguments that are local files."""
LEFT = 60.0
"""Seconds that an upload has to live still when a request with its URL leaves."""
NO_FILES: Mapping[str, Any] = {}
_PATH, _SHA256 = "local_file", "sha256"


class BulkFiles:
    """Puts what local files stand for into the drafts of large sends."""

    def __init__(self, uploads: Uploads, clock: Clock) -> None:
        self._uploads = uploads
        self._clock = clock
        self._filled: dict[str, tuple[dict[str, Any], float]] = {}
        """The arguments of each send, and until when they live."""
        self._one_at_a_time = asyncio.Lock()

    async def put_in(self, item: OutboxItem, draft: MessageDraft) -> MessageDraft:
        """The draft with its files as ClickSend takes them now. Raises SendRefused where one was changed
        since it was priced, is gone or cannot be uploaded.
        """
        given = item.draft[SOURCE].get(FILES)
        if not given:
            return draft
        async with self._one_at_a_time:  # Batches leave side by side, and one upload is enough.
            filled, until = self._filled.get(item.id, ({}, -inf))
            if until - LEFT <= self._clock.now():
                try:
                    filled, until = await self._uploads.fill_until(draft.product.send, _restored(given))
                except ConsoleError as error:
                    raise SendRefused(error.message, hint=error.hint) from error
                self._filled[item.id] = filled, until
        return replace(draft, content={**draft.content, **filled})

    def forget(self, outbox_id: str) -> None:
        """Look at the files of a send anew when it needs them again."""
        self._filled.pop(outbox_id, None)


async def noted(content: Mapping[str, Any]) -> dict[str, Any]:
    """Those arguments that are local files, as the outbox keeps them: where they are, and the SHA-256 of what
    they hold now. Raises InvalidInput for one that cannot be read.
    """
    kept = await asyncio.to_thread(pinned, content)
    return {name: _recorded(value) for name, value in kept.items() if _recorded(value) != value}


def _recorded(value: Any) -> Any:
    if isinstance(value, LocalFile):
        return {_PATH: str(value.path.absolute()), _SHA256: value.sha256}
    if isinstance(value, Mapping):
        return {name: _recorded(each) for name, each in value.items()}
    return [_recorded(each) for each in value] if isinstance(value, list) else value


def _restored(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {_PATH, _SHA256}:
            return LocalFile(Path(value[_PATH]), value[_SHA256])
        return {name: _restored(each) for name, each in value.items()}
    return [_restored(each) for each in value] if isinstance(value, list) else value
