"""The conversations of the last three weeks: who talked about what, and what still waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, cycle, islice
from typing import TYPE_CHECKING, NamedTuple

from tui.core.parts import measure
from tui.sandbox.dialogues import EMOJI, FAILED, LONG, SHORT, STOP, UNICODE, WAITING, Dialogue, slots
from tui.sandbox.message import Message
from tui.sandbox.people import Person, is_dead, is_ordinary, person
from tui.sandbox.prices import price_of, sender_for

if TYPE_CHECKING:
    from tui.sandbox.world import World

MOST = 60
"""So many conversations make the default world."""
_DAY = 86_400

CONTACTS = 0
"""Indexes of people: first the contacts, then those on the opt-out list, those in no list, the archive's."""
OPTED_OUT = 130
STRANGERS = 140
ARCHIVED = 200
_STRANGERS_TALKING = 8
_UNREACHABLE = 130_000
UNSEEN = 140_000
"""People from here on are not in the world when it begins."""


class Conversation(NamedTuple):
    """What one customer and Acme wrote, oldest first; the last `unread` messages wait for an answer."""

    who: Person
    messages: Sequence[Message]
    unread: int


def ordinary_people(world: World, start: int, size: int) -> list[Person]:
    """The next people from an index on whose numbers have no special meaning."""
    everyone = (person(index, world.seed) for index in count(start))
    return list(islice((who for who in everyone if is_ordinary(who.number)), size))


def unreachable_person(world: World) -> Person:
    """A customer whose number is dead."""
    everyone = (person(index, world.seed) for index in count(_UNREACHABLE))
    return next(who for who in everyone if is_dead(who.number))


def conversations(world: World, size: int) -> Iterator[Conversation]:
    """So many conversations, the latest first: one ended minutes ago, the last two weeks ago."""
    for slot, (who, dialogues) in enumerate(islice(_cast(world), size)):
        ended = int(world.now) - 60 * (3 + 9 * slot + 6 * slot * slot)
        messages = _spoken(world, who, dialogues, ended)
        yield Conversation(who, messages, _unanswered(dialogues[-1]) if dialogues[-1] in WAITING else 0)


def _cast(world: World) -> Iterator[tuple[Person, Sequence[Dialogue]]]:
    """Who talks about what. Every kind of conversation is among the first dozen."""
    contacts = ordinary_people(world, CONTACTS, MOST)
    talkers = contacts[:-_STRANGERS_TALKING] + ordinary_people(world, STRANGERS, _STRANGERS_TALKING)
    world.chance.shuffle(talkers)
    special = {
        1: (talkers[1], EMOJI),
        4: (next(who for who in ordinary_people(world, MOST, 20) if who.country == "NZ"), UNICODE),
        7: (ordinary_people(world, OPTED_OUT, 1)[0], STOP),
        9: (unreachable_person(world), FAILED),
    }
    waiting, longer, shorter = iter(WAITING), cycle(LONG), cycle(SHORT)
    for slot, who in enumerate(talkers):
        if slot in special:
            yield special[slot][0], special[slot][1:]
        elif slot % 3 != 1 and (unanswered := next(waiting, None)):
            yield who, (next(shorter), unanswered)
        elif slot % 3 == 1:
            yield who, (next(longer),)
        else:
            yield who, (next(shorter), next(shorter))


def _unanswered(dialogue: Dialogue) -> int:
    answers = [number for number, line in enumerate(dialogue) if line.outbound]
    return len(dialogue) - 1 - max(answers, default=-1)


def _spoken(world: World, who: Person, dialogues: Sequence[Dialogue], ended: int) -> list[Message]:
    """The messages of one conversation, oldest first, the last one at `ended`."""
    backwards: list[Message] = []
    at = ended
    for dialogue in reversed(dialogues):
        words = slots(who.first_name, world.chance.randrange(10_000))
        for line in reversed(dialogue):
            backwards.append(_message(who, line.outbound, line.text.format_map(words), at))
            at -= world.chance.randint(60, 1_500)
        at -= world.chance.randint(1, 3) * _DAY
    return backwards[::-1]


def _message(who: Person, outbound: bool, body: str, at: int) -> Message:
    sender, shared = sender_for(who.country)
    message = Message(outbound, at, who.number, sender, body, who.country, "Received")
    if outbound:
        message.shared = shared
        message.schedule = at
        message.parts = measure(body).parts
        message.price = message.parts * price_of(who.country)
    return message
