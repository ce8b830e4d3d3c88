"""Text messages to numbers: how they are priced and sent, and what the answers say of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tui.api import codes, sms
from tui.api.models.sms import PricedSms, SentSms, SmsPrice, SmsSent
from tui.api.operation import Request
from tui.core.parts import measure
from tui.core.phone import TEST_NUMBERS, country_of
from tui.core.text import clean_line
from tui.sending.channel import SOURCE, Channel, Pricing, clean_currency
from tui.sending.draft import SmsDraft
from tui.sending.quote import Line
from tui.sending.result import Outcome, fate_of
from tui.store.messages import local_id

_NOBODY = "ClickSend would reject every recipient. Mend them and price it again."
_ROUNDING = Decimal("0.001")
"""ClickSend rounds totals: a price of "0.0792" comes with a total of 0.079."""
_NO_WORD = "ClickSend's answer does not mention it. Whether it was sent is not known."


class SmsChannel(Channel[SmsDraft, SmsPrice, SmsSent]):
    """POST /sms/price and POST /sms/send."""

    def price_request(self, draft: SmsDraft) -> Request[SmsPrice]:
        """One message per recipient. Without references: pricing may leave traces nobody documents."""
        return sms.price.bind({"messages": _messages(draft, [""] * len(draft.to))})

    def send_request(self, draft: SmsDraft, send_id: str) -> Request[SmsSent]:
        """The same messages, each with its reference as custom_string."""
        references = [outcome.reference for outcome in self.outcomes(draft, send_id)]
        return sms.send.bind({"messages": _messages(draft, references)})

    def outcomes(self, draft: SmsDraft, send_id: str) -> tuple[Outcome, ...]:
        """One per recipient."""
        parts = measure(draft.body).parts
        return tuple(
            Outcome(local_id(send_id, number), to, "not sent", sender=draft.sender, parts=parts)
            for number, to in enumerate(draft.to)
        )

    def unpriced(self, draft: SmsDraft) -> Pricing:
        """Recipients and parts as counted here."""
        parts = measure(draft.body).parts
        lines = tuple(Line(to, country_of(to), parts, None) for to in draft.to)
        return Pricing(lines, accepted_count=len(lines))

    def read_price(self, draft: SmsDraft, answer: SmsPrice) -> Pricing:
        """A recipient that the answer leaves out, or says nothing clear of, makes the price unknown."""
        answered = {_bare(priced.to): priced for priced in answer.messages}
        lines = tuple(_line(to, answered.get(_bare(to))) for to in draft.to)
        accepted = [line for line in lines if not line.problem]
        rejected = sum(_is_rejected(answered.get(_bare(to))) for to in draft.to)
        warnings = [*_price_warnings(draft, lines, answer)]
        total = _total(accepted, answer.total_price) if len(accepted) + rejected == len(lines) else None
        if total == 0 and any(line.to not in TEST_NUMBERS for line in accepted):
            warnings.append("ClickSend states a price of zero for a message that is not free.")
            total = None
        refusal = _NOBODY if rejected == len(lines) else ""
        return Pricing(
            lines, total, clean_currency(answer.currency), len(accepted), rejected, tuple(warnings), refusal
        )

    def read_answer(
        self, outcomes: tuple[Outcome, ...], answer: SmsSent
    ) -> tuple[tuple[Outcome, ...], Decimal | None]:
        """Matched by reference, and by number where ClickSend does not return the reference."""
        by_reference = {sent.custom_string: sent for sent in answer.messages if sent.custom_string}
        by_number = {_bare(sent.to): sent for sent in answer.messages}
        read = [
            _outcome(outcome, by_reference.get(outcome.reference) or by_number.get(_bare(outcome.to)))
            for outcome in outcomes
        ]
        ids = Counter(outcome.message_id for outcome in read)
        # Two messages under one id would become one in the store.
        told = tuple(
            outcome if ids[outcome.message_id] == 1 else replace(outcome, message_id="") for outcome in read
        )
        charged = _sum(outcome.price for outcome in read if outcome.fate == "accepted")
        return told, answer.total_price if charged is None else charged


def _messages(draft: SmsDraft, references: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "to": to,
            "body": draft.body,
            "sender": draft.sender or None,
            "schedule": draft.schedule,
            "custom_string": reference or None,
            "source": SOURCE,
        }
        for to, reference in zip(draft.to, references, strict=True)
    ]


def _is_rejected(priced: PricedSms | None) -> bool:
    return priced is not None and codes.outcome(priced.status) is codes.Outcome.REJECTED


def _line(to: str, priced: PricedSms | None) -> Line:
    if priced is None:
        return Line(to, country_of(to), None, None, "ClickSend did not price it.")
    country, sender = clean_line(priced.country) or country_of(to), clean_line(priced.sender)
    if priced.accepted:
        return Line(to, country, priced.message_parts, priced.message_price, sender=sender)
    words, hint = codes.meaning(priced.status)
    return Line(to, country, None, None, f"{words} {hint}".strip(), sender)


def _price_warnings(draft: SmsDraft, lines: Sequence[Line], answer: SmsPrice) -> Iterable[str]:
    ours = {_bare(line.to) for line in lines}
    if others := [clean_line(priced.to) for priced in answer.messages if _bare(priced.to) not in ours]:
        yield f"ClickSend also priced numbers that are not yours: {', '.join(others[:3])}."
    parts = measure(draft.body).parts
    if counted := sorted({line.parts for line in lines if line.parts is not None and line.parts != parts}):
        yield f"Parts of the message: ClickSend counts {_either(counted)}, the console {parts}."
    added, stated = _sum(line.price for line in lines if not line.problem), answer.total_price
    if added is not None and stated is not None and abs(added - stated) >= _ROUNDING:
        yield f"The prices add up to {added}, and ClickSend states {stated} in total."


def _total(accepted: Sequence[Line], stated: Decimal | None) -> Decimal | None:
    """The exact sum where each price is told; what is stated where it is not, or where it is more."""
    added = _sum(line.price for line in accepted)
    if added is None or stated is None:
        return stated if added is None else added
    return stated if stated - added >= _ROUNDING else added


def _outcome(outcome: Outcome, sent: SentSms | None) -> Outcome:
    if sent is None:
        return outcome.became("unknown", _NO_WORD)
    fate, reason = fate_of(sent.status)
    return replace(
        outcome,
        fate=fate,
        reason=reason,
        code=clean_line(sent.status),
        message_id=clean_line(sent.message_id),
        sender=clean_line(sent.sender) or outcome.sender,
        parts=sent.message_parts if sent.message_parts is not None else outcome.parts,
        price=sent.message_price,
    )


def _sum(prices: Iterable[Decimal | None]) -> Decimal | None:
    """All prices together; None as soon as one is not known."""
    total = Decimal(0)
    for price in prices:
        if price is None:
            return None
        total += price
    return total


def _either(numbers: Sequence[int]) -> str:
    return " or ".join(str(number) for number in numbers)


def _bare(number: str) -> str:
    """A number as it can be compared: ClickSend does not always return the plus sign."""
    return number.strip().lstrip("+")
