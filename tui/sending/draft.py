"""What a person wants to send, as a value, and what is wrong with it before ClickSend is asked."""

from __future__ import annotations

import hashlib
import json
import re
from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.core.parts import kept, measure
from tui.core.text import clean, clean_line

MOST_RECIPIENTS = 1000
"""In one call to /sms/send."""
PARTS_IF_UNKNOWN = 6
"""The documented limit, for an account whose own limit has not been read yet."""
_MONTHS_AHEAD = 4
_NUMBER = re.compile(r"\+?\d{2,15}")
_ALPHA_TAG = re.compile(r"(?=.*[A-Za-z+])[A-Za-z0-9+]{3,11}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one field of a draft, and what to do. If it `stops`, the draft cannot be sent."""

    field: str
    message: str
    stops: bool = True


class Draft(ABC):
    """Something to send. Text is cleaned when the draft is made, so that what is shown is what is sent."""

    __slots__ = ()
    kind: ClassVar[str]
    in_threads: ClassVar[bool] = False
    """Whether its messages stand in the conversations of the inbox."""
    changes: ClassVar[tuple[str, ...]] = ("account", "history")
    """Topics of the store that a send of it changes at ClickSend."""

    body: str
    sender: str
    schedule: int | None

    @abstractmethod
    def problems(self) -> list[Problem]:
        """What is wrong with the fields of this kind alone."""

    def check(self, now: float, part_limit: int | None = None) -> list[Problem]:
        """Everything that can be found wrong without asking ClickSend; `part_limit` is the account's."""
        return [
            *self.problems(),
            *_body_problems(self.body, part_limit or PARTS_IF_UNKNOWN),
            *_sender_problems(self.sender),
            *_schedule_problems(self.schedule, now),
        ]

    @abstractmethod
    def record(self) -> dict[str, Any]:
        """The fields as JSON can hold them; `restore` makes the draft again."""

    @property
    def fingerprint(self) -> str:
        """The same for equal drafts only: ties a quote to what it is for."""
        text = json.dumps([self.kind, self.record()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SmsDraft(Draft):
    """One text to some numbers (E.164). A number that is named twice gets it once."""

    kind: ClassVar[str] = "sms"
    in_threads: ClassVar[bool] = True

    to: tuple[str, ...]
    body: str
    sender: str = ""
    """Who it comes from; empty lets ClickSend choose."""
    schedule: int | None = None
    """When to send, in Unix seconds; None is at once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "to", tuple(dict.fromkeys(clean_line(number) for number in self.to)))
        _clean_text(self)

    def record(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return asdict(self)

    def problems(self) -> list[Problem]:
        """No recipient, too many, or a number that cannot be one."""
        found = []
        if not self.to:
            found.append(Problem("to", "No recipient. Type a phone number."))
        if len(self.to) > MOST_RECIPIENTS:
            found.append(
                Problem(
                    "to",
                    f"{len(self.to)} recipients: ClickSend takes {MOST_RECIPIENTS} in one send. "
                    "Put them on a list and send a campaign.",
                )
            )
        for number in self.to:
            try:
                phone.parse(number)
            except InvalidInput as error:
                found.append(Problem("to", str(error)))
        return found


@dataclass(frozen=True, slots=True)
class CampaignDraft(Draft):
    """One text to everybody on a contact list of ClickSend (at most 20,000)."""

    kind: ClassVar[str] = "sms campaign"
    changes: ClassVar[tuple[str, ...]] = ("account", "history", "campaigns")

    name: str
    list_id: int
    sender: str
    body: str
    schedule: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_line(self.name))
        _clean_text(self)

    def record(self) -> dict[str, Any]:
        """The fields as JSON can hold them."""
        return asdict(self)

    def problems(self) -> list[Problem]:
        """No name, or no list."""
        found = []
        if not self.name:
            found.append(Problem("name", "The campaign has no name. Type one to know it by."))
        if self.list_id < 1:
            found.append(Problem("list_id", "No list. Choose the contact list it goes to."))
        return found


def restore(kind: str, record: Mapping[str, Any]) -> Draft:
    """The draft that was recorded, to be looked at again or priced anew."""
    if kind == SmsDraft.kind:
        return SmsDraft(**{**record, "to": tuple(record["to"])})
    if kind == CampaignDraft.kind:
        return CampaignDraft(**record)
    raise InvalidInput(f'A draft of the kind "{kind}" cannot be read.', hint="Update the console.")


def same_sender(one: str, other: str) -> bool:
    """Whether two senders are the same: ClickSend does not always return the plus sign."""
    return one.strip().lstrip("+").lower() == other.strip().lstrip("+").lower()


def _clean_text(draft: Draft) -> None:
    object.__setattr__(draft, "body", clean(draft.body))
    object.__setattr__(draft, "sender", clean_line(draft.sender))


def _body_problems(body: str, limit: int) -> list[Problem]:
    if not body.strip():
        return [Problem("body", "The message is empty. Type what to send.")]
    size = measure(body)
    if size.parts <= limit:
        return []
    end = clean_line(kept(body, limit))[-30:]
    too_long = f"{size.parts} parts, and the account sends at most {limit}"
    return [Problem("body", f'{too_long}: ClickSend would cut the text off after "{end}".', stops=False)]


def _sender_problems(sender: str) -> list[Problem]:
    if not sender or _NUMBER.fullmatch(sender) or _ALPHA_TAG.fullmatch(sender):
        return []
    return [
        Problem(
            "sender",
            f'"{sender}" cannot be a sender. '
            "Type a number of yours, or a name of 3 to 11 letters and digits without spaces.",
        )
    ]


def _schedule_problems(schedule: int | None, now: float) -> list[Problem]:
    if schedule is None:
        return []
    if schedule <= now:
        return [Problem("schedule", "The time to send at is in the past. Type a later time.")]
    if schedule > _last_moment(now):
        return [
            Problem(
                "schedule",
                f"More than {_MONTHS_AHEAD} months ahead: ClickSend would not send it. Type an earlier time.",
            )
        ]
    return []


def _last_moment(now: float) -> float:
    start = datetime.fromtimestamp(now, UTC)
    years, month = divmod(start.month - 1 + _MONTHS_AHEAD, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1])).timestamp()
