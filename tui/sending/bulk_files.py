"""The local files of a large send. ClickSend keeps an upload for minutes, and a send may take hours: a file
is uploaded again before its URL dies, as long as it is the one that was priced.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from math import inf
from typing import Any

from tui.api.uploading import Uploads
from tui.core.clock import Clock
from tui.core.errors import ConsoleError, SendRefused
from tui.sending.draft import MessageDraft

LEFT = 60.0
"""Seconds that an upload has to live still when a request with its URL leaves."""


class BulkFiles:
    """Puts what local files stand for into the drafts of large sends."""

    def __init__(self, uploads: Uploads, clock: Clock) -> None:
        self._uploads = uploads
        self._clock = clock
        self._filled: dict[str, tuple[dict[str, Any], float]] = {}
        """The arguments of each send, and until when they live."""
        self._one_at_a_time = asyncio.Lock()

    async def put_in(self, outbox_id: str, draft: MessageDraft) -> MessageDraft:
        """The draft with its files as ClickSend takes them now. Raises SendRefused where one was changed
        since it was priced, is gone or cannot be uploaded.
        """
        if not draft.files:
            return draft
        async with self._one_at_a_time:  # Batches leave side by side, and one upload is enough.
            filled, until = self._filled.get(outbox_id, ({}, -inf))
            if until - LEFT <= self._clock.now():
                try:
                    filled, until = await self._uploads.fill_until(draft.product.send, draft.files)
                except ConsoleError as error:
                    raise SendRefused(error.message, hint=error.hint) from error
                self._filled[outbox_id] = filled, until
        return replace(draft, content={**draft.content, **filled})

    def forget(self, outbox_id: str) -> None:
        """Look at the files of a send anew when it needs them again."""
        self._filled.pop(outbox_id, None)
