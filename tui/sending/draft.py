"""What a person wants to send, as a value: tied to its quote by a fingerprint, and recorded as JSON."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel

from tui.api.fields import FieldFacts, facts
from tui.core.errors import InvalidInput
from tui.core.placeholders import filled
from tui.core.text import clean, clean_line
from tui.sending import checks
from tui.sending.draft_files import recorded, restored
from tui.sending.problem import Problem
from tui.sending.products import CAMPAIGN, CAMPAIGNS, PRODUCTS, CampaignProduct, Product
from tui.sending.recipient import Recipient

if TYPE_CHECKING:
    from tui.api.operation import Operation

FILLED = ("body", "subject")
"""The texts in which placeholders stand."""


class Draft(ABC):
    """Something to send. Text is cleaned when the draft is made, so that what is shown is what is sent."""

    __slots__ = ()

    body: str
    sender: str
    schedule: int | None
    files: Mapping[str, Any]
    """Those of its arguments that are local files, still as files; what they are uploaded to is among the
    others. Each is as it was when it was priced (`uploading.pinned`).
    """
    retry_of: str
    """The send (its id in the outbox) that did not reach these, if it is one anew."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """What the outbox calls it; `restore` takes it."""

    @property
    @abstractmethod
    def operation(self) -> Operation[..., Any]:
        """What sends it."""

    @abstractmethod
    def with_arguments(self, arguments: Mapping[str, Any]) -> Self:
        """The same with these in place of its own of the same names."""

    @property
    def in_threads(self) -> bool:
        """Whether its messages stand in the conversations of the inbox."""
        return False

    @property
    def changes(self) -> tuple[str, ...]:
        """Topics of the store that a send of it changes at ClickSend."""
        return ("account", "history")

    @abstractmethod
    def check(self, now: float, part_limit: int | None = None) -> list[Problem]:
        """Everything that can be found wrong without asking ClickSend; `part_limit` is the account's."""

    @abstractmethod
    def record(self) -> dict[str, Any]:
        """The fields as JSON can hold them; `restore` makes the draft again."""

    @property
    def fingerprint(self) -> str:
        """The same for equal drafts only: ties a quote to what it is for."""
        text = json.dumps([self.kind, self._everything()], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _everything(self) -> Mapping[str, Any]:
        """Also what is not recorded."""
        return self.record()


@dataclass(frozen=True)
class MessageDraft(Draft):
    """Messages of one channel, one to each recipient. Who is named twice gets it once.

    `content` are the other arguments of the channel's send operation by their declared names (`subject`,
    `media_file`, `voice`, `return_address_id` ...), of rows and of the whole alike.
    """

    channel: str
    recipients: tuple[Recipient, ...]
    body: str = ""
    """With its placeholders; each recipient gets it filled (`body_for`)."""
    sender: str = ""
    """Who it comes from; empty lets ClickSend choose. Of an e-mail, the address as people read it."""
    schedule: int | None = None
    """When to send, in Unix seconds; None is at once."""
    content: Mapping[str, Any] = field(default_factory=dict, hash=False)
    files: Mapping[str, Any] = field(default_factory=dict, hash=False)
    retry_of: str = ""

    def __post_init__(self) -> None:
        once: dict[str, Recipient] = {}
        for recipient in self.recipients:
            once.setdefault(recipient.key, recipient)
        object.__setattr__(self, "recipients", tuple(once.values()))
        object.__setattr__(self, "content", _cleaned(self.content))
        _clean_text(self)

    @classmethod
    def sms(cls, to: Sequence[str], body: str, sender: str = "", schedule: int | None = None) -> MessageDraft:
        """One text to some numbers (E.164) of which nothing more is known."""
        return cls("sms", tuple(map(Recipient, to)), body, sender, schedule)

    @property
    def to(self) -> tuple[str, ...]:
        """Where it goes, recipient by recipient."""
        return tuple(recipient.to for recipient in self.recipients)

    @property
    def product(self) -> Product:
        """The facts of its channel."""
        return PRODUCTS[self.channel]

    @property
    def kind(self) -> str:
        return self.channel

    @property
    def operation(self) -> Operation[..., Any]:
        return self.product.send

    def with_arguments(self, arguments: Mapping[str, Any]) -> Self:
        return replace(self, content={**self.content, **arguments})

    @property
    def in_threads(self) -> bool:
        return self.product.in_threads

    @property
    def changes(self) -> tuple[str, ...]:
        return self.product.changes

    @cached_property
    def columns(self) -> frozenset[str]:
        """What is known of any recipient, and so can stand in the text as "(Column)"."""
        return frozenset(name for recipient in self.recipients for name in recipient.fields)

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The text as each recipient gets it, in their order."""
        return tuple(map(self.body_for, self.recipients))

    def body_for(self, recipient: Recipient) -> str:
        """The text as this recipient gets it."""
        return clean(filled(self.body, recipient.fields, self.columns))

    def subject_for(self, recipient: Recipient) -> str:
        """The subject as this recipient gets it; empty where there is none."""
        return clean_line(filled(str(self.content.get("subject") or ""), recipient.fields, self.columns))

    def check(self, now: float, part_limit: int | None = None) -> list[Problem]:
        """Everything that can be found wrong without asking ClickSend; `part_limit` is the account's."""
        return checks.of_messages(self, now, part_limit)

    def record(self) -> dict[str, Any]:
        """The fields as JSON can hold them; "to" has bare numbers where nothing more is known. The contents
        of files are left out.
        """
        content = _told(self.product.shared_fields, self.content)
        return {**self._everything(), **({"content": content} if content else {})}

    def _everything(self) -> Mapping[str, Any]:
        record: dict[str, Any] = {
            "to": [recipient.record() for recipient in self.recipients],
            "body": self.body,
            "sender": self.sender,
            "schedule": self.schedule,
        }
        return record | _carried(self)


@dataclass(frozen=True)
class CampaignDraft(Draft):
    """One message to everybody on a contact list of ClickSend (at most 20,000), or to every letterbox of
    some areas: direct mail has no list, and its `content` the `areas`.
    """

    name: str
    list_id: int
    sender: str
    body: str
    schedule: int | None = None
    channel: str = "sms"
    content: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """The other arguments of the channel's send operation, by their declared names."""
    files: Mapping[str, Any] = field(default_factory=dict, hash=False)
    retry_of: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_line(self.name))
        object.__setattr__(self, "content", _cleaned(self.content))
        _clean_text(self)

    @property
    def product(self) -> CampaignProduct:
        """The facts of its channel."""
        return CAMPAIGNS[self.channel]

    @property
    def kind(self) -> str:
        return self.channel + CAMPAIGN

    @property
    def operation(self) -> Operation[..., Any]:
        return self.product.send

    def with_arguments(self, arguments: Mapping[str, Any]) -> Self:
        return replace(self, content={**self.content, **arguments})

    @property
    def changes(self) -> tuple[str, ...]:
        return self.product.changes

    def check(self, now: float, part_limit: int | None = None) -> list[Problem]:
        """Everything that can be found wrong without asking ClickSend; `part_limit` is the account's."""
        return checks.of_campaign(self, now, part_limit)

    def record(self) -> dict[str, Any]:
        """The fields as JSON can hold them; the kind says which channel."""
        record: dict[str, Any] = {
            "name": self.name,
            "list_id": self.list_id,
            "sender": self.sender,
            "body": self.body,
            "schedule": self.schedule,
        }
        return record | _carried(self)


def restore(kind: str, record: Mapping[str, Any]) -> Draft:
    """The draft that was recorded, to be looked at again or priced anew."""
    channel, files = kind.removesuffix(CAMPAIGN), restored(record.get("files", {}))
    if channel != kind and channel in CAMPAIGNS:
        return CampaignDraft(**{**record, "files": files}, channel=channel)
    if kind in PRODUCTS:
        known = {name: value for name, value in record.items() if name != "to"}
        return MessageDraft(kind, tuple(map(Recipient.restored, record["to"])), **{**known, "files": files})
    raise InvalidInput(f'A draft of the kind "{kind}" cannot be read.', hint="Update the console.")


def _carried(draft: MessageDraft | CampaignDraft) -> dict[str, Any]:
    """What is recorded of a draft beside its text, as far as there is any."""
    carried = {"content": dict(draft.content), "files": recorded(draft.files), "retry_of": draft.retry_of}
    return {name: value for name, value in carried.items() if value}


def same_sender(one: str, other: str) -> bool:
    """Whether two senders are the same: ClickSend does not always return the plus sign."""
    return one.strip().lstrip("+").lower() == other.strip().lstrip("+").lower()


def _clean_text(draft: Draft) -> None:
    object.__setattr__(draft, "body", clean(draft.body))
    object.__setattr__(draft, "sender", clean_line(draft.sender))


def _told(fields: Mapping[str, FieldFacts], values: Mapping[str, Any]) -> dict[str, Any]:
    """What may be written down: a file that travels as base64 is not, only what it is called."""
    told: dict[str, Any] = {}
    for name, value in values.items():
        known = fields.get(name)
        if known and known.is_content:
            told[name] = ""
        elif known and issubclass(known.type, BaseModel) and isinstance(value, list):
            inner = {each.name: each for each in facts(known.type)}
            told[name] = [_told(inner, row) for row in value]
        else:
            told[name] = value
    return told


def _cleaned(content: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not said, and with texts on one line; of a row inside nothing is changed."""
    told = {name: value for name, value in content.items() if value is not None}
    return {name: clean_line(value) if isinstance(value, str) else value for name, value in told.items()}
