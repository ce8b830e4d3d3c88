"""Keys one after the other: each is met by what the one before it has opened or focused.

Textual 8.2.8 hands a key to whatever has the focus when it arrives, and carries out its binding later. Of
keys that arrive together, as they do on a slow link, those after a Tab would land in the field before it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

Code = TypeVar("Code")
PATIENCE = 0.3
"""Seconds between looks at a key that is under way: one whose widget is gone is taken for done."""
MOST_LOOKS = 30
"""Looks after which a widget that is there is taken for stuck, so that one can still leave."""


@dataclass
class KeyDone(Message):
    """Follows a key from widget to widget: where it arrives, the key was dealt with."""

    number: int


class OrderedKeysApp(App[Code], Generic[Code]):
    """An app that holds back what is typed until the key before it was carried out."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._held: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._overdue: asyncio.TimerHandle | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hold back what is typed while a key is under way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self._overdue is not None:
                self._held.append(event)
            else:
                await self._deal_with(event)
        else:
            await super().on_event(event)

    async def _deal_with(self, event: events.Key | events.Paste) -> None:
        target = self.focused or self.screen
        await super().on_event(event)
        self._number += 1
        done = KeyDone(self._number)
        self._look_later(target, done, 1)
        target.post_message(done)

    def _look_later(self, target: MessagePump, done: KeyDone, look: int) -> None:
        again = partial(self._look, target, done, look)
        self._overdue = asyncio.get_running_loop().call_later(PATIENCE, again)

    def _look(self, target: MessagePump, done: KeyDone, look: int) -> None:
        """Wait on for a widget that is there, however busy: keys that come too early mean other things."""
        if target.is_attached and target.is_running and look < MOST_LOOKS:
            self._look_later(target, done, look + 1)
            return
        if look == MOST_LOOKS:
            # What was typed this long ago was meant for what never came.
            self._held.clear()
        self.post_message(done)

    def on_key_done(self, event: KeyDone) -> None:
        """Go on, once the focus that the key may have moved is where it belongs: Textual moves it later."""
        self.call_later(self._go_on, event.number)

    async def _go_on(self, number: int) -> None:
        """Deal with what was typed next."""
        if number != self._number or self._overdue is None:
            return
        self._overdue.cancel()
        self._overdue = None
        if self._held:
            await self._deal_with(self._held.popleft())
