"""The account's text messages in order of time: a computed archive followed by what happened lately."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import overload

from tui.sandbox.archive import Archive
from tui.sandbox.message import Identity, Message


class MessageLog(Sequence[Message]):
    """All messages, oldest first. What is appended is never older than what is there."""

    def __init__(self, archive: Archive, identity: Identity) -> None:
        self.archive = archive
        self._recent: list[Message] = []
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._identity = identity
        # The server answers in a thread of its own, beside whoever else lets messages come.
        self._adding = threading.Lock()

    def __len__(self) -> int:
        return len(self.archive) + len(self._recent)

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | Sequence[Message]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position, old = range(len(self))[index], len(self.archive)
        return self.archive[position] if position < old else self._recent[position - old]

    def append(self, message: Message) -> Message:
        """Add a message; it gets its position, and an inbound one the message that it answers."""
        with self._adding:
            message.position = len(self)
            if not message.outbound:
                message.original = self._last_sent_to(message.number)
            self._recent.append(message)
            self._by_number[message.number].append(message.position)
        return message

    def id_of(self, message: Message) -> str:
        """The message's id."""
        return self._identity.of(message.position)

    def find(self, message_id: str) -> Message | None:
        """The message with this id."""
        position = self._identity.position(message_id)
        return self[position] if position is not None and position < len(self) else None

    def between(self, start: int | None, end: int | None) -> range:
        """Positions of the messages from `start` to `end`, both included."""
        everything = range(len(self))
        first = 0 if start is None else bisect_left(everything, start, key=lambda i: self[i].at)
        last = len(self) if end is None else bisect_left(everything, end + 1, key=lambda i: self[i].at)
        return range(first, last)

    def with_number(self, number: str) -> list[int]:
        """Positions of the messages to and from this number, in order."""
        return [*self.archive.with_number(number), *self._by_number.get(number, ())]

    def recent(self) -> Iterable[Message]:
        """What is not in the archive, oldest first."""
        return iter(self._recent)

    def recent_with(self, number: str) -> Iterable[Message]:
        """Recent messages to and from this number, newest first."""
        return (self[position] for position in reversed(self._by_number.get(number, ())))

    def answer_to(self, message: Message) -> Message | None:
        """The first message that answers this outbound one."""
        later = (self[i] for i in self.with_number(message.number) if i > message.position)
        return next((found for found in later if found.original == message.position), None)

    def _last_sent_to(self, number: str) -> int | None:
        sent = (position for position in reversed(self.with_number(number)) if self[position].outbound)
        return next(sent, None)
