"""Messages of every channel but SMS: judged, taken or refused, on their way, and their delivery receipts.

A channel says what is its own by subclassing `Channel`; `messaging` answers the operations for it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.sandbox import offers, people, polling
from tui.sandbox.collection import Record
from tui.sandbox.delivery import ABSENT, ABSENT_CODE, DELIVERED, FAILED, SENT, STATUS_TEXTS
from tui.sandbox.message import FREE, guid
from tui.sandbox.prices import money

if TYPE_CHECKING:
    from tui.sandbox.world import World

THROTTLE = 5
"""Seconds in which the same must not go to the same recipient again."""
_FINAL_AFTER = 60


class Step(NamedTuple):
    """A state on a message's way, and how many seconds after the one before it comes: at least, at most."""

    status: str
    code: int | None = None
    text: str | None = None
    after: tuple[int, int] = (1, 2)


QUEUED = Step("Queued")
ON_ITS_WAY = Step("Sent", SENT, STATUS_TEXTS[SENT])
ARRIVED = Step("Sent", DELIVERED, STATUS_TEXTS[DELIVERED], (2, 6))
LOST = Step("Failed", FAILED, STATUS_TEXTS[FAILED])


@dataclass(slots=True)
class Outgoing:
    """One message to one recipient, from being asked for until its end is known. Times are Unix seconds.

    `verdict` is "SUCCESS" or why ClickSend does not take it. `details` are what only its channel knows,
    under ClickSend's names.
    """

    request: Mapping[str, Any]
    to: str
    contact: Mapping[str, Any] | None = None
    verdict: str = "SUCCESS"
    details: Record = field(default_factory=dict)
    sender: str = ""
    country: str = ""
    parts: int = 0
    """What is paid for: parts of a text, pages of a document."""
    price: Decimal = FREE
    schedule: int = 0
    message_id: str = ""
    at: int = 0
    status: str = ""
    status_code: int | None = None
    status_text: str | None = None
    error_text: str | None = None
    final_at: int | None = None
    subaccount_id: int = 0
    """The sub-account that asked for it."""
    position: int = -1

    outbound = True

    @property
    def failed(self) -> bool:
        """Whether it was given up."""
        return self.status_code == FAILED

    @property
    def custom_string(self) -> str:
        """The caller's own note."""
        return str(self.request.get("custom_string") or "")

    @property
    def list_id(self) -> str | None:
        """The list that it went to, if it went to one."""
        return str(self.request["list_id"]) if self.contact else None


class ChannelLog:
    """What one account sent through one channel, oldest first, and the receipts that nobody has read."""

    def __init__(self) -> None:
        self.messages: list[Outgoing] = []
        self.receipts = polling.PollQueue()
        self._by_id: dict[str, Outgoing] = {}

    def append(self, message: Outgoing) -> None:
        """Add a message; it gets its position."""
        message.position = len(self.messages)
        self.messages.append(message)
        self._by_id[message.message_id] = message

    def find(self, message_id: str) -> Outgoing | None:
        """The message with this id."""
        return self._by_id.get(message_id)

    def since(self, moment: float) -> Iterator[Outgoing]:
        """What was sent after a moment, newest first."""
        for message in reversed(self.messages):
            if message.at <= moment:
                return
            yield message


class Channel(ABC):
    """How one kind of message is asked for, priced, sent and told. The state lies in `World.channels`."""

    name = ""
    """As receipts and the account's usage call it."""
    rows_under = "messages"
    """Where requests and answers have the messages."""
    counted = "message_parts"
    priced = "message_price"
    contact_field = "phone_number"
    """What a contact must have to be sent to."""
    tests: frozenset[str] = frozenset()
    """ClickSend's test recipients."""
    steps: Sequence[Step] = (QUEUED, ON_ITS_WAY, ARRIVED)
    lost = LOST
    """What comes instead of the last step when the message cannot arrive."""

    @abstractmethod
    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        """Why the message cannot go, or "SUCCESS"; sets its sender, price, parts, time and details.

        `batch` is the whole request that the message stands in.
        """

    def row(self, world: World, message: Outgoing) -> Record:
        """A message as ClickSend tells it after a send."""
        charged = {self.counted: message.parts, self.priced: money(message.price)}
        return _told(world, message) | message.details | charged

    def history_row(self, world: World, message: Outgoing) -> Record:
        """The same in history, where ClickSend writes counts as amounts."""
        return self.row(world, message) | {self.counted: f"{message.parts}.00"}

    def requests(self, world: World, body: Mapping[str, Any]) -> Iterator[Outgoing]:
        """What is asked for, recipient by recipient, not judged yet."""
        for request in offers.requested(body, self.rows_under):
            for to, contact in offers.recipients(world, request, self.contact_field):
                yield Outgoing(request, to, contact)

    def is_test(self, message: Outgoing) -> bool:
        """Whether it is for one of ClickSend's test recipients: it is taken, and neither sent nor charged."""
        return message.to in self.tests

    def fails(self, message: Outgoing) -> bool:
        """Whether it cannot arrive."""
        return people.is_dead(message.to)

    def is_silent(self, message: Outgoing) -> bool:
        """Whether nobody ever reports what became of it."""
        return people.is_silent(message.to)

    def said(self, message: Outgoing) -> object:
        """What cannot be repeated to the same recipient within seconds; empty if everything can."""
        return message.details.get("body")

    def learned(self, message: Outgoing, chance: Random) -> Record:
        """The details that are known only at the end."""
        return {}

    def receipt_rules(self, world: World) -> Iterable[Record]:
        """The rules for delivery receipts of this channel."""
        return ()

    def report(self, world: World, message: Outgoing, at: int) -> None:
        """Carry out the rules for the receipt of a message."""
        told = partial(self.receipt, world, message)
        copies = world.automations.receipt(self.receipt_rules(world), told, at, failed=message.failed)
        self.log(world).receipts.put(message, at, copies)

    def receipt(self, world: World, message: Outgoing) -> Record:
        """What ClickSend reports of a message."""
        return {
            "timestamp_send": str(message.schedule),
            "timestamp": str(message.final_at or message.at),
            "message_id": message.message_id,
            "status_code": str(message.status_code or DELIVERED),
            "status_text": message.status_text or STATUS_TEXTS[DELIVERED],
            "error_code": str(ABSENT_CODE) if message.error_text else None,
            "error_text": message.error_text,
            "custom_string": message.custom_string or None,
            "subaccount_id": message.subaccount_id,
            "message_type": self.name,
            "digits": message.details.get("digits"),
        }

    def log(self, world: World) -> ChannelLog:
        """What the account sent through this channel."""
        return world.channels[self.name]

    def offers(self, world: World, body: Mapping[str, Any]) -> list[Outgoing]:
        """Every message asked for, judged but for credit and repetition."""
        found = list(self.requests(world, body))
        offers.refuse_too_many(found)
        for message in found:
            message.subaccount_id = world.account.subaccount_id
            message.verdict = self.judge(world, message, body)
            if self.is_test(message):
                message.price = FREE
        return found

    def take(self, world: World, message: Outgoing) -> None:
        """Accept a judged message and let it go now or at its time, or set why not."""
        if message.verdict == "SUCCESS":
            message.verdict = self._refusal(world, message)
        if message.verdict != "SUCCESS":
            return
        world.account.balance -= message.price
        self.dispatch(world, message, int(world.now))

    def dispatch(self, world: World, message: Outgoing, at: int) -> None:
        """Let a message that was paid for at a moment go then, or at its time."""
        self._enter(world, message, at, world.chance)
        if message.schedule > at:
            message.status = "Scheduled"
            world.agenda.add(message.schedule, lambda at: self._advance(world, message, 0, at))
        else:
            self._advance(world, message, 0, message.at)

    def restore(self, world: World, body: Mapping[str, Any], at: int) -> list[Outgoing]:
        """Messages that were sent at a moment in the past and came to their end."""
        found = [message for message in self.offers(world, body) if message.verdict == "SUCCESS"]
        for message in found:
            message.schedule = at
            # A chance of its own: what else happens in the world must not depend on this.
            self._enter(world, message, at, Random(f"{world.seed} {self.name} {at} {message.to}"))  # noqa: S311
            if self.is_test(message):
                message.status = "Completed"
            elif not self.is_silent(message):
                self._conclude(world, message, at + _FINAL_AFTER, Random(message.message_id))  # noqa: S311
        return found

    def _refusal(self, world: World, message: Outgoing) -> str:
        said = self.said(message)
        lately = self.log(world).since(world.now - THROTTLE)
        if said and any((sent.to, self.said(sent)) == (message.to, said) for sent in lately):
            return "THROTTLED"
        return "INSUFFICIENT_CREDIT" if message.price > max(world.account.balance, FREE) else "SUCCESS"

    def _enter(self, world: World, message: Outgoing, at: int, chance: Random) -> None:
        message.at = at
        message.message_id = guid(chance.getrandbits(128))
        self.log(world).append(message)

    def _advance(self, world: World, message: Outgoing, number: int, at: int) -> None:
        """The message reaches a step, and will reach the next one later."""
        if message.status == "Cancelled":
            return
        if self.is_test(message):
            message.status = "Completed"
            return
        if number == len(self.steps) - 1:
            self._conclude(world, message, at, world.chance)
            return
        _reach(message, self.steps[number])
        if number + 2 < len(self.steps) or not self.is_silent(message):
            later = at + world.chance.randint(*self.steps[number + 1].after)
            world.agenda.add(later, lambda at: self._advance(world, message, number + 1, at))

    def _conclude(self, world: World, message: Outgoing, at: int, chance: Random) -> None:
        fails = self.fails(message)
        _reach(message, self.lost if fails else self.steps[-1])
        message.error_text = ABSENT if fails else None
        message.final_at = at
        message.details |= self.learned(message, chance)
        self.report(world, message, at)


def _told(world: World, message: Outgoing) -> Record:
    """What ClickSend tells of messages of every channel."""
    code = message.status_code
    contact_id = None if message.contact is None else message.contact["contact_id"]
    return {
        "direction": "out",
        "date": str(message.at),
        "date_added": message.at,
        "to": message.to,
        "from": message.sender,
        "schedule": str(message.schedule),
        "message_id": message.message_id,
        "status": message.status,
        "status_code": None if code is None else str(code),
        "status_text": message.status_text,
        "error_code": str(ABSENT_CODE) if message.error_text else None,
        "error_text": message.error_text,
        "custom_string": message.custom_string,
        "from_email": message.request.get("from_email"),
        "list_id": message.list_id,
        "contact_id": contact_id,
        "user_id": world.account.user_id,
        "subaccount_id": message.subaccount_id,
        "country": message.country,
        "carrier": "",
        "first_name": (message.contact or {}).get("first_name"),
        "last_name": (message.contact or {}).get("last_name"),
        "_api_username": world.account.subaccounts.username_of(message.subaccount_id),
    }


def _reach(message: Outgoing, step: Step) -> None:
    message.status, message.status_code, message.status_text = step.status, step.code, step.text
