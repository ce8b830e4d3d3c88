"""What is wrong with a draft before ClickSend is asked, each with what to do about it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.core import phone
from tui.core.errors import InvalidInput
from tui.core.parts import kept, measure
from tui.core.text import clean_line

if TYPE_CHECKING:
    from tui.sending.draft import CampaignDraft, MessageDraft

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


def of_messages(draft: MessageDraft, now: float, part_limit: int | None) -> list[Problem]:
    """Everything wrong with messages to recipients."""
    limit = part_limit or PARTS_IF_UNKNOWN
    return [
        *_recipients(draft),
        *(_body(draft.body, limit) if draft.product.body else ()),
        *_sender(draft.sender),
        *_schedule(draft.schedule, now),
    ]


def of_campaign(draft: CampaignDraft, now: float, part_limit: int | None) -> list[Problem]:
    """Everything wrong with a campaign."""
    limit = part_limit or PARTS_IF_UNKNOWN
    return [
        *_name_and_list(draft),
        *(_body(draft.body, limit) if draft.product.body else ()),
        *_sender(draft.sender),
        *_schedule(draft.schedule, now),
    ]


def _recipients(draft: MessageDraft) -> Iterator[Problem]:
    count, most = len(draft.recipients), draft.product.most
    if not count:
        yield Problem("to", "No recipient. Type a phone number.")
    if count > most:
        yield Problem(
            "to",
            f"{count} recipients: ClickSend takes {most} in one send. "
            "Put them on a list and send a campaign.",
        )
    for recipient in draft.recipients:
        try:
            phone.parse(recipient.to)
        except InvalidInput as error:
            yield Problem("to", str(error))


def _name_and_list(draft: CampaignDraft) -> Iterator[Problem]:
    if not draft.name:
        yield Problem("name", "The campaign has no name. Type one to know it by.")
    if draft.product.to_list and draft.list_id < 1:
        yield Problem("list_id", "No list. Choose the contact list it goes to.")


def _body(body: str, limit: int) -> Iterator[Problem]:
    if not body.strip():
        yield Problem("body", "The message is empty. Type what to send.")
        return
    size = measure(body)
    if size.parts > limit:
        end = clean_line(kept(body, limit))[-30:]
        too_long = f"{size.parts} parts, and the account sends at most {limit}"
        yield Problem("body", f'{too_long}: ClickSend would cut the text off after "{end}".', stops=False)


def _sender(sender: str) -> Iterator[Problem]:
    if sender and not _NUMBER.fullmatch(sender) and not _ALPHA_TAG.fullmatch(sender):
        yield Problem(
            "sender",
            f'"{sender}" cannot be a sender. '
            "Type a number of yours, or a name of 3 to 11 letters and digits without spaces.",
        )


def _schedule(schedule: int | None, now: float) -> Iterator[Problem]:
    if schedule is None:
        return
    if schedule <= now:
        yield Problem("schedule", "The time to send at is in the past. Type a later time.")
    elif schedule > _last_moment(now):
        yield Problem(
            "schedule",
            f"More than {_MONTHS_AHEAD} months ahead: ClickSend would not send it. Type an earlier time.",
        )


def _last_moment(now: float) -> float:
    start = datetime.fromtimestamp(now, UTC)
    years, month = divmod(start.month - 1 + _MONTHS_AHEAD, 12)
    year, month = start.year + years, month + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1])).timestamp()
