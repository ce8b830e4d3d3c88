"""Months of past conversations, computed row by row when they are asked for.

A million messages cost no memory and no time to make: each is a function of its position. Dialogues of
four lines run 64 at a time, so that conversations interleave; every customer has two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import overload

from tui.sandbox.dialogues import SHORT, slots
from tui.sandbox.message import Message
from tui.sandbox.people import Person, person
from tui.sandbox.people import index_of as person_index
from tui.sandbox.prices import price_of, sender_for

LINES = 4
LANES = 64
_BLOCK = LINES * LANES
_EACH = 2
_DAY = 86_400
_OPENING = 22 * 3600
"""Seconds from midnight UTC to nine in Sydney, when Acme begins to text."""
_OPEN = 10 * 3600


class Archive(Sequence[Message]):
    """`count` delivered messages, oldest first, in the business hours of the `days` before `end`."""

    def __init__(
        self, count: int = 0, *, end: int = 0, days: int = 1, seed: int = 0, first_person: int = 0
    ) -> None:
        self._count = count
        self._begin = (end // _DAY - days) * _DAY + _OPENING - _DAY
        self._open_seconds = days * _OPEN
        self._seed = seed
        self._first_person = first_person
        self.people = -(-count // (LINES * _EACH))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Message: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Message]: ...
    def __getitem__(self, index: int | slice) -> Message | Sequence[Message]:
        if isinstance(index, slice):
            return [self._message(position) for position in range(*index.indices(self._count))]
        return self._message(range(self._count)[index])

    def customer(self, number: int) -> Person:
        """The customer number 0..people-1."""
        return person(self._first_person + number, self._seed)

    def with_number(self, number: str) -> list[int]:
        """Positions of the messages to and from this phone number, in order."""
        index = person_index(number)
        customer = -1 if index is None else index - self._first_person
        if not 0 <= customer < self.people:
            return []
        spoken = range(customer, -(-self._count // LINES) + LANES, self.people)
        positions = (self._position(dialogue, line) for dialogue in spoken for line in range(LINES))
        return sorted(position for position in positions if position < self._count)

    def _message(self, position: int) -> Message:
        dialogue, line = self._place(position)
        who = self.customer(dialogue % self.people)
        script = SHORT[(dialogue * 7 + self._seed) % len(SHORT)]
        at, spoken = self._at(position), script[line]
        body = spoken.text.format_map(slots(who.first_name, dialogue))
        sender, shared = sender_for(who.country)
        message = Message(spoken.outbound, at, who.number, sender, body, who.country, "Received")
        message.position = position
        if spoken.outbound:
            _deliver(message, shared=shared)
        else:
            asked = next((back for back in range(line - 1, -1, -1) if script[back].outbound), None)
            message.original = None if asked is None else self._position(dialogue, asked)
        return message

    def _place(self, position: int) -> tuple[int, int]:
        """Which dialogue the message belongs to, and which line of it it is."""
        block, rest = divmod(position, _BLOCK)
        line, lane = divmod(rest, LANES)
        return block * LANES + lane, line

    def _position(self, dialogue: int, line: int) -> int:
        block, lane = divmod(dialogue, LANES)
        return block * _BLOCK + line * LANES + lane

    def _at(self, position: int) -> int:
        day, seconds = divmod(position * self._open_seconds // self._count, _OPEN)
        return self._begin + day * _DAY + seconds


def _deliver(message: Message, *, shared: bool) -> None:
    message.status = "Sent"
    message.shared = shared
    message.schedule = message.at
    message.status_code = 201
    message.final_at = message.at + 4
    message.price = Decimal(price_of(message.country))
