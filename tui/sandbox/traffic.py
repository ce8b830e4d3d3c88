"""The people at the other end: they answer what they get, and write when nobody asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.phone import country_of
from tui.sandbox import people
from tui.sandbox.automations import opts_out
from tui.sandbox.conversations import UNSEEN
from tui.sandbox.dialogues import UNSOLICITED, replies_to, slots
from tui.sandbox.message import Message
from tui.sandbox.prices import is_number, sender_for

if TYPE_CHECKING:
    from tui.sandbox.world import World

_READS_AND_TYPES = (12, 40)
"""Seconds from delivery to the answer."""
_FIRST_WRITES = (12, 17)
_NEXT_WRITES = (30, 60)
_ANSWERS_TO_MANY = 0.08
_PERSONAL = 5
"""So many at a time are conversations; what goes to more people is a mailing, which few answer."""
_STRANGERS = 0.15


class Traffic:
    """Inbound messages of one account."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._typing = 0
        self._written = 0

    def start(self) -> None:
        """Let people write by themselves from now on."""
        self._plan(int(self._world.now), _FIRST_WRITES)

    def follow(self, message: Message, at: int) -> None:
        """The recipient has got this message and may answer."""
        chance = self._world.chance
        mailing = message.list_id is not None or self._typing >= _PERSONAL
        body = "STOP" if people.opts_out(message.number) else chance.choice(replies_to(message.body))
        if message.automatic or not self._reaches_us(message.sender):
            return
        if mailing and body != "STOP" and chance.random() > _ANSWERS_TO_MANY:
            return
        self._typing += 1
        self._world.agenda.add(
            at + chance.randint(*_READS_AND_TYPES), lambda at: self._answer(message, body, at)
        )

    def receive(self, number: str, body: str, at: int) -> Message:
        """An inbound message arrives: rules fire, and STOP opts its sender out."""
        world = self._world
        message = world.messages.append(
            Message(False, at, number, self._reached(number), body, country_of(number), "Received")
        )
        world.inbound.put(message, at, world.automations.inbound(message, at))
        if opts_out(body):
            world.opt_out(number, at)
        return message

    def _answer(self, message: Message, body: str, at: int) -> None:
        self._typing -= 1
        self.receive(message.number, body, at)

    def _reached(self, number: str) -> str:
        """Which of our numbers this person writes to: the one that we wrote from, or the country's."""
        senders = (message.sender for message in self._world.messages.recent_with(number))
        return next(filter(self._reaches_us, senders), sender_for(country_of(number), self._world.numbers)[0])

    def _reaches_us(self, sender: str) -> bool:
        """Whether ClickSend gets what is answered: of alpha tags nobody does, of own numbers the phone."""
        return is_number(sender) and not self._world.own_numbers.is_usable(sender)

    def _plan(self, at: int, wait: tuple[int, int]) -> None:
        self._world.agenda.add(at + self._world.chance.randint(*wait), self._write)

    def _write(self, at: int) -> None:
        world = self._world
        stranger = world.chance.random() < _STRANGERS
        unseen = people.person(UNSEEN + self._written, world.seed)
        who = unseen if stranger else world.chance.choice(world.regulars)
        text = UNSOLICITED[(self._written * 7 + world.seed) % len(UNSOLICITED)]
        self.receive(who.number, text.format_map(slots(who.first_name, world.seed + self._written)), at)
        self._written += 1
        self._plan(at, _NEXT_WRITES)
