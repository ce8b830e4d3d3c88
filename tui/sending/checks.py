"""What is wrong with a draft before ClickSend is asked, all of it, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tui.api.operation import Operation
from tui.core.errors import InvalidInput
from tui.sending import arguments, contents, senders, texts, timing, whom
from tui.sending.problem import Problem
from tui.sending.products import Reach

if TYPE_CHECKING:
    from tui.sending.draft import CampaignDraft, MessageDraft

PARTS_IF_UNKNOWN = 6
"""The documented limit, for an account whose own limit has not been read yet."""


def of_messages(draft: MessageDraft, now: float, part_limit: int | None) -> list[Problem]:
    """Everything wrong with messages to recipients."""
    product = draft.product
    found = [
        *_not_taken(draft),
        *whom.recipient_problems(draft),
        *(texts.subject_problems(draft) if product.has_subject else ()),
        *(texts.text_problems(draft, part_limit or PARTS_IF_UNKNOWN) if product.body else ()),
        *contents.content_problems(draft),
        *_sender_problems(draft),
        *timing.schedule_problems(draft.schedule, now),
        *(timing.night_problems(draft.to, draft.schedule or now) if product.rings else ()),
    ]
    asked = arguments.of_messages(draft, [""] * len(draft.recipients))
    return found + _undeclared(found, product.send, asked)


def of_campaign(draft: CampaignDraft, now: float, part_limit: int | None) -> list[Problem]:
    """Everything wrong with a campaign."""
    product = draft.product
    found = [
        *_not_taken_by_campaign(draft),
        *_name_and_list(draft),
        *(texts.campaign_subject_problems(draft) if "subject" in product.fields else ()),
        *(texts.campaign_text_problems(draft, part_limit or PARTS_IF_UNKNOWN) if product.body else ()),
        *contents.campaign_content_problems(draft),
        *(senders.format_problems(draft.sender) if product.has_sender else ()),
        *timing.schedule_problems(draft.schedule, now),
    ]
    return found + _undeclared(found, product.send, arguments.of_campaign(draft))


def _undeclared(
    found: list[Problem], operation: Operation[..., Any], asked: Mapping[str, Any]
) -> list[Problem]:
    """What the declaration of the operation objects to, if nothing else stops it."""
    if any(problem.stops for problem in found):
        return []
    try:
        operation.bind(asked)
    except InvalidInput as error:
        name = next((step for step in reversed(error.field.split(".")) if not step.isdecimal()), "")
        return [Problem(name, str(error))]
    return []


def _not_taken_by_campaign(draft: CampaignDraft) -> Iterator[Problem]:
    product = draft.product
    for name in draft.content:
        if name not in product.fields:
            yield Problem(name, f"{product.title}: there is no place for {name}. Leave it out.")
    if draft.sender and not product.has_sender:
        yield Problem("sender", f"{product.title}: there is no place for a sender. Leave it empty.")
    if draft.body.strip() and not product.body:
        yield Problem("body", f"{product.title} has no text. Write it into the document.")


def _not_taken(draft: MessageDraft) -> Iterator[Problem]:
    """What was typed and would not be sent, because the channel has no place for it."""
    product = draft.product
    for name in draft.content:
        if name not in product.row_fields and name not in product.shared_fields:
            yield Problem(name, f"{product.title}: there is no place for {name}. Leave it out.")
    if draft.body.strip() and not product.body:
        yield Problem("body", f"A {product.one} has no text. Write it into the document.")
    if draft.sender and not product.has_sender and product.reach is not Reach.EMAIL:
        yield Problem("sender", f"Where a {product.one} comes from cannot be chosen. Leave it empty.")


def _sender_problems(draft: MessageDraft) -> Iterator[Problem]:
    product = draft.product
    if not product.has_sender:
        return
    yield from senders.format_problems(draft.sender, only_numbers=product.reach is Reach.FAX)
    yield from reach_problems(draft, senders.by_country(draft.to))


def reach_problems(draft: MessageDraft, to: senders.Recipients) -> Iterator[Problem]:
    """Which recipients its sender does not work to, as far as that is seen from how it is written."""
    kind = senders.kind_of(draft.sender)
    if kind and draft.product.reach is Reach.PHONE:
        yield from senders.reach_problems(kind, to)


def _name_and_list(draft: CampaignDraft) -> Iterator[Problem]:
    if not draft.name:
        yield Problem("name", "The campaign has no name. Type one to know it by.")
    if draft.product.to_list and draft.list_id < 1:
        yield Problem("list_id", "No list. Choose the contact list it goes to.")
