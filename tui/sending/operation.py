"""Any operation that sends or spends, by its declaration: how it is priced, made and answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self

from pydantic import BaseModel

from tui.api import codes
from tui.api.fields import facts
from tui.api.models.base import MASK, Offer, OfferList, Page
from tui.api.models.messages import PriceAnswer, SendAnswer, Told
from tui.api.operation import Operation, Request, catalogue
from tui.api.types import Kind
from tui.core.errors import InvalidInput
from tui.core.phone import country_of
from tui.core.text import clean_line
from tui.sending.channel import Channel, Pricing, clean_currency
from tui.sending.draft import Draft
from tui.sending.draft_files import recorded
from tui.sending.problem import Problem
from tui.sending.products import TEST_RECIPIENTS
from tui.sending.quote import Line
from tui.sending.result import NO_WORD, Outcome, fate_of, fate_of_whole

_RECIPIENT_FIELDS = frozenset({"to", "email", "address_postal_code"})

_LISTING_ARGUMENTS: Mapping[str, Callable[[str], Mapping[str, str]]] = {
    "dedicated_number": lambda number: {"country": country_of(number), "search": number.lstrip("+")},
}
"""How a listing is asked for one thing, by what the thing is called; without, it lists all."""


@dataclass(frozen=True, slots=True)
class OperationDraft(Draft):
    """One call of an operation that sends or spends, with the arguments that `Operation.bind` takes."""

    operation_id: str
    arguments: Mapping[str, Any] = field(repr=False)
    files: Mapping[str, Any] = field(default_factory=dict, hash=False)
    retry_of: str = field(default="", init=False)
    body: str = field(default="", init=False)
    sender: str = field(default="", init=False)
    schedule: int | None = field(default=None, init=False)

    @property
    def kind(self) -> str:
        return "operation"

    @property
    def operation(self) -> Operation[..., Any]:
        """What is called."""
        return catalogue()[self.operation_id]

    def with_arguments(self, arguments: Mapping[str, Any]) -> Self:
        return replace(self, arguments={**self.arguments, **arguments})

    def check(self, now: float, part_limit: int | None = None) -> list[Problem]:
        """What the declaration says of the arguments, and times that are past."""
        found = self._problems()
        if not found and any(at <= now for at in _schedules(self._values())):
            found.append(Problem("schedule", "The time to send at is in the past. Type a later time."))
        return found

    def _problems(self) -> list[Problem]:
        """The first thing that the declaration says is wrong with the arguments."""
        try:
            self.operation.bind(self.arguments)
        except InvalidInput as error:
            return [Problem(error.field, str(error))]
        return []

    def record(self) -> dict[str, Any]:
        """The operation and its arguments, without secrets and without the contents of files."""
        told = _told(self.operation.arguments, self._values())
        files = {"files": recorded(self.files)} if self.files else {}
        return {"operation": self.operation_id, "arguments": told, **files}

    @property
    def fingerprint(self) -> str:
        """Of all the arguments, also those that are not recorded."""
        text = json.dumps([self.operation_id, self._values()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def numbers(self) -> list[str]:
        """Where its messages go, one by one; empty where any of them does not say it by a number."""
        rows = self._values().get("messages", [])
        found = [str(row["to"]) for row in rows if isinstance(row, dict) and row.get("to")]
        return found if len(found) == len(rows) else []

    def _values(self) -> dict[str, Any]:
        values = self.operation.arguments.model_validate(dict(self.arguments))
        return values.model_dump(mode="json", exclude_none=True)


class OperationChannel(Channel[OperationDraft, Any, Any]):
    """The price operation or listing that the declaration names, then the operation itself."""

    def price_request(self, draft: OperationDraft) -> Request[Any] | None:
        """The price question with the same arguments, or the listing that shows the thing."""
        operation = draft.operation
        if operation.listed_by is None:
            return operation.price_of(draft.arguments)
        name = operation.path_names[-1]
        asked = _LISTING_ARGUMENTS.get(name)
        return operation.listed_by.bind(asked(str(draft.arguments[name])) if asked else {})

    def send_request(self, draft: OperationDraft, outcomes: Sequence[Outcome]) -> Request[Any]:
        """The call as it was confirmed."""
        return draft.operation.bind(draft.arguments)

    def outcomes(
        self, draft: OperationDraft, send_id: str, numbers: Sequence[int] | None = None
    ) -> tuple[Outcome, ...]:
        """One for the call as a whole, until its answer tells of each recipient."""
        return (Outcome(send_id, "", "not sent"),)

    def unpriced(self, draft: OperationDraft) -> Pricing:
        """Why there is no price."""
        reason = draft.operation.unpriced
        return Pricing(warnings=(reason,) if reason else ())

    def read_price(self, draft: OperationDraft, answer: Any) -> Pricing:
        """The total that was answered, or the price of the thing in the listing."""
        if draft.operation.listed_by is not None:
            return _listed(draft, answer)
        return _priced(draft, answer)

    def read_answer(
        self, draft: OperationDraft, outcomes: tuple[Outcome, ...], answer: Any
    ) -> tuple[tuple[Outcome, ...], Decimal | None]:
        """Each recipient by itself where the answer tells of them; else the status of the whole."""
        (whole,) = outcomes
        if isinstance(answer, SendAnswer):
            rows = [_outcome(whole, number, row) for number, row in enumerate(answer.rows)]
            told = tuple(_of_ours(draft, whole, rows))
            return told or (_as_a_whole(draft, whole, answer),), answer.total_price
        return (_as_a_whole(draft, whole, answer),), None


def _priced(draft: OperationDraft, answer: PriceAnswer) -> Pricing:
    lines = tuple(_line(row) for row in answer.rows)
    refused = sum(codes.outcome(row.status) is codes.Outcome.REJECTED for row in answer.rows)
    accepted = len(lines) - refused if lines else answer.total_count or 0
    total, warnings = answer.total_price, []
    if total == 0 and not _is_free(draft.arguments) and (accepted or not lines):
        warnings.append("ClickSend states a price of zero for something that is not free.")
        total = None
    nobody = "ClickSend would reject every recipient. Mend them and price it again."
    return Pricing(
        lines,
        total,
        clean_currency(answer.currency),
        accepted,
        refused,
        tuple(warnings),
        nobody if lines and refused == len(lines) else "",
    )


def _line(row: Told) -> Line:
    to, country = clean_line(row.to), clean_line(row.country)
    if row.accepted:
        return Line(to, country, row.message_parts, row.message_price, sender=clean_line(row.sender))
    words, hint = codes.meaning(row.status)
    refused = codes.outcome(row.status) is codes.Outcome.REJECTED
    return Line(to, country, None, None, f"{words} {hint}".strip(), refused=refused)


def _listed(draft: OperationDraft, answer: Page[Any] | OfferList) -> Pricing:
    """The price of the thing that the last argument in the path names."""
    wanted = str(draft.arguments[draft.operation.path_names[-1]])
    listed = answer.items if isinstance(answer, Page) else answer.offers
    offer = next((offer for offer in listed if isinstance(offer, Offer) and offer.offer_id == wanted), None)
    if offer is None:
        return Pricing(refusal=f"ClickSend does not offer {wanted} any more. Choose another.")
    return Pricing(
        total=offer.offer_price,
        currency=clean_currency(answer.currency),
        accepted_count=1,
        adds_credit=draft.operation.adds_credit,
        monthly=offer.offer_monthly,
    )


def _outcome(whole: Outcome, number: int, row: Told) -> Outcome:
    fate, reason = fate_of(row.status)
    return whole._replace(
        reference=f"{whole.reference}-{number}",
        to=clean_line(row.to),
        fate=fate,
        reason=reason,
        code=clean_line(row.status),
        message_id=clean_line(row.message_id),
        sender=clean_line(row.sender),
        parts=row.message_parts,
        price=row.message_price,
    )


def _of_ours(draft: OperationDraft, whole: Outcome, told: Sequence[Outcome]) -> Iterator[Outcome]:
    """What is told of the numbers that were asked for, and those of which nothing is; what is told of others
    is nothing. Where the arguments name no numbers, all that is told.
    """
    asked = draft.numbers
    if not asked:
        yield from told
        return
    for outcome in told:
        # A number may be typed without its country, and is answered with it.
        mine = next((to for to in asked if _digits(outcome.to).endswith(_digits(to).lstrip("0"))), None)
        if mine is not None:
            asked.remove(mine)
            yield outcome
    for number, to in enumerate(asked, len(told)):
        yield whole._replace(reference=f"{whole.reference}-{number}", to=to).became("unknown", NO_WORD)


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number))


def _as_a_whole(draft: OperationDraft, whole: Outcome, answer: object) -> Outcome:
    """A campaign says by its status whether it was taken; what has none was taken when it was answered."""
    if isinstance(answer, SendAnswer) and type(answer).rows is not SendAnswer.rows:
        return whole.became("unknown", NO_WORD)  # It has rows, and there are none.
    for name in draft.operation.path_names:
        told = clean_line(str(getattr(answer, name, "") or ""))
        if told and told != str(draft.arguments.get(name, told)):
            return whole.became("unknown", NO_WORD)
    status = clean_line(str(getattr(answer, "status", "") or ""))
    fate, reason = fate_of_whole(status)
    if not status or not isinstance(answer, BaseModel):
        fate, reason = "accepted", ""
    return whole._replace(fate=fate, reason=reason, code=status)


def _is_free(arguments: Mapping[str, Any]) -> bool:
    """Whether it goes to ClickSend's test recipients alone."""
    recipients = list(_recipients(arguments))
    return bool(recipients) and all(recipient in TEST_RECIPIENTS for recipient in recipients)


def _recipients(value: object) -> Iterator[str]:
    for name, inner in _entries(value):
        if name in _RECIPIENT_FIELDS and isinstance(inner, str | int):
            yield str(inner)
        else:
            yield from _recipients(inner)


def _schedules(value: object) -> Iterator[int]:
    for name, inner in _entries(value):
        if name == "schedule" and isinstance(inner, int):
            yield inner
        else:
            yield from _schedules(inner)


def _entries(value: object) -> Sequence[tuple[str, object]]:
    """What stands in an object by its names, and in a list without any."""
    if isinstance(value, Mapping):
        return list(value.items())
    return [("", inner) for inner in value] if isinstance(value, list | tuple) else []


def _told(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments as they may be written down."""
    fields = {field.name: field for field in facts(model)}
    told: dict[str, Any] = {}
    for name, value in values.items():
        known = fields[name]
        if known.kind is Kind.SECRET:
            told[name] = MASK
        elif known.is_content:
            told[name] = f"({len(value)} characters of a file)"
        elif not issubclass(known.type, BaseModel):
            told[name] = value
        else:
            told[name] = [_told(known.type, row) for row in value] if known.many else _told(known.type, value)
    return told
