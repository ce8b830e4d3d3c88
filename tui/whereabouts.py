"""Where this console is, for the others on the same file; and bringing back what was snoozed until now."""

from __future__ import annotations

from tui.core.clock import Clock
from tui.core.errors import StoreError
from tui.store import decisions, presence
from tui.store.database import Store


class Whereabouts:
    """Says which conversation is open here, again at each beat while others are there to be told."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._here = ("", False)
        self._said: tuple[str, bool] = ("", False)
        self._said_at = 0.0
        self._failed = False

    def be_at(self, counterpart: str, *, writing: bool) -> None:
        """From now on this conversation is open here ("" for none); it is said at the next tick."""
        self._here = (counterpart, writing)

    async def tick(self) -> None:
        """Say where this console is if that is news or was said long ago, and wake what is due.

        A file that cannot be written is told once.
        """
        try:
            await self._say()
            await self._wake()
        except StoreError:
            told, self._failed = self._failed, True
            if not told:
                raise
        else:
            self._failed = False

    async def _say(self) -> None:
        now = self._clock.now()
        is_news = self._here != self._said
        is_due = now - self._said_at >= presence.BEAT_SECONDS
        if is_news or (is_due and (self._here[0] or self._store.others(now))):
            self._said, self._said_at = self._here, now
            counterpart, writing = self._here
            await self._store.write(presence.be_present, counterpart, int(now), writing=writing)

    async def _wake(self) -> None:
        now = int(self._clock.now())
        due = self._store.next_wake()
        if due is not None and due <= now:
            await self._store.write(decisions.wake, now)

    def leave(self) -> None:
        """This console is gone."""
        if self._said[0]:
            self._store.write_now(presence.leave)
