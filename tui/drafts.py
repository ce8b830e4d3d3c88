"""What is being typed: in memory at once and on disk a moment later, so that a dropped line loses nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Collection, Mapping

from tui.core.errors import StoreError
from tui.store.database import Store
from tui.store.drafts import save_draft
from tui.store.transaction import Transaction

PAUSE = 0.3
"""Seconds from a keystroke to the text on disk."""
FOLLOWED = 8
"""Writes of one draft that may be under way at once."""


class Drafts:
    """Texts that are not sent yet, by key. `keep` holds on to a write that nobody waits for."""

    def __init__(self, store: Store, keep: Callable[[Awaitable[object]], None]) -> None:
        self._store = store
        self._keep = keep
        self._typed: dict[str, str] = {}
        self._followed: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=FOLLOWED))
        """The texts that what is typed here follows: another one is another console's."""
        self._unsaved_is_told = False
        self._saving: asyncio.TimerHandle | None = None

    def save(self, key: str, text: str) -> None:
        """Keep what is being typed: written a moment later, and at the latest on the way out."""
        self._typed[key] = text
        if self._saving is None:
            self._saving = asyncio.get_running_loop().call_later(PAUSE, self._save_typed)

    def text(self, key: str) -> str:
        """What was typed under this key, saved or about to be."""
        return self._typed[key] if key in self._typed else self._store.draft(key)

    def take_up(self, key: str) -> str:
        """The same, to go on with: what is saved from now on stands in its place."""
        text = self.text(key)
        self._followed[key].append(text)
        return text

    @property
    def unsaved(self) -> Mapping[str, str]:
        """What was typed and is not on disk, by key."""
        return self._typed

    def _save_typed(self) -> None:
        self._saving = None
        for key in tuple(self._typed):
            self._keep(self._save(key))

    async def _save(self, key: str) -> None:
        """Write a draft. It stays in memory until it is on disk; that it cannot get there is told once."""
        try:
            text = await self._store.write(self._save_newest, key)
        except StoreError:
            told, self._unsaved_is_told = self._unsaved_is_told, True
            if not told:
                raise
        else:
            self._unsaved_is_told = False
            if self._typed.get(key) == text:
                self._typed.pop(key, None)

    def _save_newest(self, tx: Transaction, key: str) -> str | None:
        """What was typed last, also if that was after the write was asked for; None if it is on disk."""
        text = self._typed.get(key)
        if text is not None:
            save_draft(tx, key, text, self._following(key, text))
        return text

    def _following(self, key: str, text: str) -> Collection[str] | None:
        """The texts that this one follows; None if nobody looked what there was."""
        if key not in self._followed:
            return None
        before = tuple(self._followed[key])
        self._followed[key].append(text)
        return before

    def flush(self) -> None:
        """Write what is still to be written, now: for the way out, and before a send."""
        if self._saving is not None:
            self._saving.cancel()
            self._saving = None
        for key, text in tuple(self._typed.items()):
            self._store.write_now(save_draft, key, text, self._following(key, text))
            del self._typed[key]
