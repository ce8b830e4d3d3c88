"""Counts messages and money over a time: what statistics and usage are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from tui.sandbox.archive import Archive
from tui.sandbox.log import MessageLog
from tui.sandbox.message import FREE, Message
from tui.sandbox.outgoing import ChannelLog, Outgoing


@dataclass(slots=True)
class Tally:
    """Messages sent, received and failed, and what the sent ones cost. Cancelled ones do not count."""

    outbound: int = 0
    inbound: int = 0
    bounced: int = 0
    price: Decimal = FREE

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.outbound + other.outbound,
            self.inbound + other.inbound,
            self.bounced + other.bounced,
            self.price + other.price,
        )


def tally(log: MessageLog, start: int, end: int) -> Tally:
    """What was sent and received from `start` until before `end`."""
    return sum(by_subaccount(log, start, end).values(), Tally())


def by_subaccount(log: MessageLog, start: int, end: int) -> dict[int, Tally]:
    """The same by sub-account; 0 is the main one, who also gets what came in."""
    found, old = log.between(start, end - 1), len(log.archive)
    groups: dict[int, list[Message]] = defaultdict(list)
    for position in range(max(found.start, old), found.stop):
        message = log[position]
        groups[message.subaccount_id].append(message)
    archived = _archived(log.archive, min(found.start, old), min(found.stop, old))
    counted = {number: _count(messages) for number, messages in groups.items()}
    return counted | {0: counted.get(0, Tally()) + archived}


def channel_tally(log: ChannelLog, start: int, end: int) -> Tally:
    """What was sent through another channel from `start` until before `end`."""
    return _count(message for message in log.messages if start <= message.at < end)


@lru_cache(maxsize=256)
def _archived(archive: Archive, first: int, last: int) -> Tally:
    """The archive does not change: a day of it need not be counted twice."""
    return _count(archive[position] for position in range(first, last))


def _count(messages: Iterable[Message | Outgoing]) -> Tally:
    total = Tally()
    for message in messages:
        if not message.outbound:
            total.inbound += 1
        elif message.status != "Cancelled":
            total.outbound += 1
            total.bounced += message.failed
            total.price += message.price
    return total
