"""What the store keeps, as values: times in Unix seconds, money as Decimal, text already cleaned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Direction = Literal["in", "out"]
State = Literal[
    "received",
    "sending",
    "accepted",
    "scheduled",
    "sent",
    "delivered",
    "failed",
    "rejected",
    "cancelled",
    "unknown",
]
Attention = Literal["", "failed", "stop", "unknown"]
Standing = Literal["open", "snoozed", "done", "blocked"]
View = Literal["open", "unread", "mine", "snoozed", "done", "blocked", "all"]
Decision = Literal[
    "done", "reopen", "unread", "snooze", "assign", "label", "mute", "block", "note", "remove note"
]
OutboxState = Literal[
    "draft", "quoted", "confirmed", "sending", "paused", "accepted", "rejected", "unknown", "not sent"
]
"""A send: prepared, priced, confirmed but not gone (it may be held back or waits), going out, stopped half
way by a person or a crash, and what became of it.
"""
MessageState = Literal[
    "draft", "left out", "quoted", "confirmed", "in flight", "accepted", "rejected", "unknown", "not sent"
]
"""One message of a send. Each is in exactly one of these at every instant, whatever is killed."""
RuleKind = Literal["inbound", "receipt"]

FINAL: frozenset[State] = frozenset({"received", "delivered", "failed", "rejected", "cancelled"})
"""States after which nothing more is to come: a pending state never overwrites one of these."""

FAILURES: tuple[State, ...] = ("failed", "rejected")


class Conversation(NamedTuple):
    """Everything said with one counterpart, as one row of the inbox."""

    counterpart: str
    """The number (E.164) or alpha tag on the other side: the key."""
    number: str
    """The counterpart as people write it: "+61 411 111 111"."""
    name: str
    """The name of the contact, or nothing."""
    last_at: int
    preview: str
    """The start of the newest message, on one line."""
    last_direction: Direction
    last_state: State
    unread: int
    done: bool
    attention: Attention
    draft: bool
    """Whether an unsent reply is kept for it."""
    standing: Standing = "open"
    """Exactly one of these, and with it the views that it is in."""
    snoozed_until: int = 0
    assignee: str = ""
    """Who claimed it or was given it, as "ana@desk"; "" for nobody."""
    muted: bool = False
    labels: tuple[str, ...] = ()
    """By name."""
    notes: int = 0
    """How many notes are kept about it."""

    @property
    def title(self) -> str:
        """The name of the contact, else the number."""
        return self.name or self.number


class Message(
    NamedTuple
):  # of which there are very many: it is made five times as fast as a frozen dataclass
    """One message. An outgoing one has its outbox id and index as `id` until ClickSend's own is known."""

    id: str
    counterpart: str
    direction: Direction
    body: str
    at: int
    state: State
    state_text: str = ""
    """ClickSend's own word for the state."""
    code: str = ""
    error_text: str = ""
    price: Decimal | None = None
    parts: int | None = None
    sender: str = ""
    """Our side: the sender it left with, or the number that it came in on."""
    read: bool = True
    custom_string: str = ""
    outbox_id: str | None = None
    campaign_id: int | None = None


class Receipt(NamedTuple):
    """What ClickSend reports about a message that was sent before."""

    message_id: str
    state: State
    state_text: str = ""
    code: str = ""
    error_text: str = ""
    custom_string: str = ""


@dataclass(frozen=True, slots=True)
class ContactList:
    """A list of contacts, with ClickSend's count of them."""

    id: int
    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact in one list. `fields` holds all that ClickSend keeps beside these."""

    id: int
    list_id: int
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""
    organization: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """First and last name, else the organisation, else nothing."""
        return f"{self.first_name} {self.last_name}".strip() or self.organization


class Campaign(NamedTuple):
    """An SMS campaign; `status` is ClickSend's own word, `schedule` is None when it was sent at once."""

    id: int
    name: str
    list_id: int | None = None
    list_name: str = ""
    sender: str = ""
    body: str = ""
    status: str = ""
    schedule: int | None = None
    added_at: int = 0
    recipients: int | None = None


class Template(NamedTuple):
    """An SMS template."""

    id: int
    name: str
    body: str


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """The account as it was at `at`. `extra` holds whatever else ClickSend tells, without any key."""

    username: str
    name: str = ""
    balance: Decimal | None = None
    low_credit: Decimal | None = None
    currency_code: str = ""
    currency_symbol: str = ""
    country: str = ""
    timezone: str = ""
    message_part_limit: int | None = None
    unicode_on: bool = True
    email: str = ""
    at: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_low(self) -> bool:
        """Whether the balance is below the mark that the account's owner has set."""
        return self.balance is not None and self.low_credit is not None and self.balance < self.low_credit


FIRING_RULES = 10
"""ClickSend carries out no more than so many rules for one message, in the order they were made."""


class Rule(NamedTuple):
    """An automation for inbound messages or delivery receipts; `position` counts from 0 in firing order."""

    id: int
    kind: RuleKind
    name: str = ""
    number: str = "*"
    action: str = ""
    address: str = ""
    enabled: bool = True
    position: int = 0


class OutboxItem(NamedTuple):
    """A send that was confirmed: what, at which quote, and what became of the request."""

    id: str
    created_at: int
    kind: str
    draft: Mapping[str, Any]
    quote: Mapping[str, Any]
    state: OutboxState
    detail: str = ""
    held_until: int = 0
    """A confirmed one can be taken back until then; it leaves afterwards."""
    schedule: int = 0
    """When ClickSend is to send it; 0 for at once."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message of a send. Its `custom_string` is `messages.local_id(outbox_id, number)`."""

    outbox_id: str
    number: int
    recipient: str
    """E.164, fax number, e-mail address, or a postal address on one line."""
    state: MessageState
    line: int = 0
    """Of the file that it was read from; 0 for none."""
    name: str = ""
    country: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the placeholders of the text stand for; a postal address in parts."""
    reason: str = ""
    code: str = ""
    batch: int = 0
    message_id: str = ""
    sender: str = ""
    parts: int | None = None
    price: Decimal | None = None
    """As it was quoted."""
    charged: Decimal | None = None
    """As ClickSend told when it was sent."""
    became: State | Literal[""] = ""
    """What receipts or history said of it since."""
    became_text: str = ""


class DailyStatistics(NamedTuple):
    """What was sent and received on one day (ISO date), and its price."""

    day: str
    sent: int = 0
    received: int = 0
    price: Decimal | None = None


class Counts(NamedTuple):
    """The numbers of the header and the tabs."""

    conversations: int
    open: int
    unread: int
    done: int
    failed_receipts: int
    """Failed or rejected messages since receipts were last marked read."""
    campaigns_active: int
    unknown: int
    """Sends whose outcome is not known."""
    mine: int = 0
    """Open ones that are assigned to whoever uses this console."""
    snoozed: int = 0
    blocked: int = 0


class PendingMark(NamedTuple):
    """A message to be marked read at ClickSend once `due_at` has passed."""

    message_id: str
    due_at: int


class Undone(NamedTuple):
    """What one step of undo took back; `marked` messages were already marked read at ClickSend, for good."""

    decision: Decision
    counterparts: tuple[str, ...]
    marked: int
