"""Messages of every channel: how they are priced and sent, and what the answers say of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tui.api import codes
from tui.api.models.messages import PriceAnswer, SendAnswer, Told
from tui.api.operation import Request
from tui.core.phone import country_of, display
from tui.core.text import clean_line
from tui.sending import arguments
from tui.sending.channel import Channel, Pricing, clean_currency
from tui.sending.draft import MessageDraft
from tui.sending.matching import matched, strangers
from tui.sending.products import NO_SHARED, TEST_RECIPIENTS, Product, Reach
from tui.sending.quote import Line
from tui.sending.recipient import Recipient
from tui.sending.result import NO_WORD, Outcome, fate_of, fate_of_whole
from tui.sending.rounding import added, charged, is_rounded, quoted
from tui.store.messages import local_id

_NOBODY = "ClickSend would reject every recipient. Mend them and price it again."


class MessageChannel(Channel[MessageDraft, PriceAnswer, SendAnswer]):
    """The price and the send operation of the draft's channel."""

    def price_request(self, draft: MessageDraft) -> Request[PriceAnswer]:
        """One row per recipient. Without references: pricing may leave traces nobody documents."""
        asked = arguments.of_messages(draft, [""] * len(draft.recipients))
        known = draft.product.price.arguments.model_fields
        return draft.product.price.bind({name: value for name, value in asked.items() if name in known})

    def send_request(self, draft: MessageDraft, outcomes: Sequence[Outcome]) -> Request[SendAnswer]:
        """The same rows, each with its reference as custom_string where the channel has one."""
        references = [outcome.reference for outcome in outcomes]
        return draft.product.send.bind(arguments.of_messages(draft, references))

    def outcomes(
        self, draft: MessageDraft, send_id: str, numbers: Sequence[int] | None = None
    ) -> tuple[Outcome, ...]:
        """One per recipient."""
        places = numbers if numbers is not None else range(len(draft.recipients))
        return tuple(
            _expected(draft, recipient, body, local_id(send_id, number))
            for number, recipient, body in zip(places, draft.recipients, draft.bodies, strict=True)
        )

    def unpriced(self, draft: MessageDraft) -> Pricing:
        """Recipients and parts as counted here."""
        lines = _counted(draft)
        return Pricing(lines, accepted_count=len(lines))

    def read_price(self, draft: MessageDraft, answer: PriceAnswer) -> Pricing:
        """A recipient that the answer leaves out, or says nothing clear of, makes the price unknown."""
        if draft.product.as_a_whole:
            return _price_of_whole(draft, answer)
        told = matched(draft.product.reach, draft.recipients, answer.rows)
        rows = zip(draft.recipients, told, strict=True)
        lines = tuple(_line(draft.product, each, row) for each, row in rows)
        accepted = [line for line in lines if not line.problem]
        rejected = sum(_is_rejected(row) for row in told)
        warnings = [*_price_warnings(draft, lines, answer), *_shared_abroad(lines, told)]
        prices = [line.price for line in accepted]
        total = quoted(prices, answer.total_price) if len(accepted) + rejected == len(lines) else None
        if total == 0 and not all(_is_free(each) for each, line in _pairs(draft, lines) if not line.problem):
            warnings.append("ClickSend states a price of zero for a message that is not free.")
            total = None
        refusal = _NOBODY if rejected == len(lines) else ""
        return Pricing(
            lines, total, clean_currency(answer.currency), len(accepted), rejected, tuple(warnings), refusal
        )

    def read_answer(
        self, draft: MessageDraft, outcomes: tuple[Outcome, ...], answer: SendAnswer
    ) -> tuple[tuple[Outcome, ...], Decimal | None]:
        """Each recipient's own fate; of what goes as a whole, the same for all."""
        if draft.product.as_a_whole:
            return _fate_of_all(draft, outcomes, answer), answer.total_price
        references = [outcome.reference for outcome in outcomes] if draft.product.has_reference else ()
        told = matched(draft.product.reach, draft.recipients, answer.rows, references)
        read = [_outcome(outcome, row) for outcome, row in zip(outcomes, told, strict=True)]
        ids = Counter(outcome.message_id for outcome in read)
        # Two messages under one id would become one in the store.
        own = tuple(
            outcome if ids[outcome.message_id] == 1 else outcome._replace(message_id="") for outcome in read
        )
        return own, charged([each.price for each in read if each.fate == "accepted"], answer.total_price)


def _expected(draft: MessageDraft, recipient: Recipient, body: str, reference: str) -> Outcome:
    parts = draft.product.count(body)
    return Outcome(reference, recipient.to, "not sent", sender=draft.sender, parts=parts, body=body)


# Prices


def country(product: Product, recipient: Recipient) -> str:
    """The ISO code of the country that it goes to; "" where nothing tells."""
    if product.reach is Reach.POST:
        return recipient.fields.get("address_country", "").upper()
    return "" if product.reach is Reach.EMAIL else country_of(recipient.to)


def _counted(draft: MessageDraft) -> tuple[Line, ...]:
    product = draft.product
    return tuple(
        Line(each.to, country(product, each), product.count(body), None)
        for each, body in zip(draft.recipients, draft.bodies, strict=True)
    )


def _line(product: Product, recipient: Recipient, row: Told | None) -> Line:
    to = recipient.to
    where = (row and clean_line(row.country)) or country(product, recipient)
    if row is None:
        return Line(to, where, None, None, "ClickSend did not price it.")
    sender = clean_line(row.sender)
    if row.accepted:
        return Line(to, where, row.message_parts, row.message_price, sender=sender)
    words, hint = codes.meaning(row.status)
    return Line(to, where, None, None, f"{words} {hint}".strip(), sender, _is_rejected(row))


def _is_rejected(row: Told | None) -> bool:
    return row is not None and codes.outcome(row.status) is codes.Outcome.REJECTED


def _price_of_whole(draft: MessageDraft, answer: PriceAnswer) -> Pricing:
    """One price for all recipients together; each has a share of it only if it is alone."""
    total, warnings = answer.total_price, []
    if total == 0 and not all(map(_is_free, draft.recipients)):
        warnings.append("ClickSend states a price of zero for a message that is not free.")
        total = None
    share = total if len(draft.recipients) == 1 else None
    lines = tuple(line._replace(price=share) for line in _counted(draft))
    return Pricing(lines, total, clean_currency(answer.currency), len(lines), warnings=tuple(warnings))


def _price_warnings(draft: MessageDraft, lines: Sequence[Line], answer: PriceAnswer) -> Iterator[str]:
    others = strangers(draft.product.reach, draft.recipients, answer.rows)
    if named := [clean_line(row.to) for row in others if row.to]:
        yield f"ClickSend also priced numbers that are not yours: {', '.join(named[:3])}."
    yield from _other_parts(draft, lines)
    prices, stated = [line.price for line in lines if not line.problem], answer.total_price
    sum_ = added(prices)
    if sum_ is not None and stated is not None and not is_rounded(sum_, stated, len(prices)):
        yield f"The prices add up to {sum_}, and ClickSend states {stated} in total."


def _other_parts(draft: MessageDraft, lines: Sequence[Line]) -> Iterator[str]:
    """Where ClickSend counts other parts than the console, whether the text is the same for all or not."""
    differing = set()
    for body, line in zip(draft.bodies, lines, strict=True):
        ours = draft.product.count(body)
        if None not in (ours, line.parts) and ours != line.parts:
            differing.add((line.parts, ours))
    if differing:
        theirs, counted = (" or ".join(map(str, sorted(set(side)))) for side in zip(*differing, strict=True))
        yield f"Parts of the message: ClickSend counts {theirs}, the console {counted}."


def _shared_abroad(lines: Sequence[Line], rows: Sequence[Told | None]) -> Iterator[str]:
    """ClickSend's shared numbers do not work to some countries, whatever the price answer says."""
    to = [
        line.to
        for line, row in zip(lines, rows, strict=True)
        if not line.problem and line.country in NO_SHARED and getattr(row, "is_shared_system_number", False)
    ]
    if to:
        whom = display(to[0]) if len(to) == 1 else f"{len(to)} recipients in the US or Canada"
        yield f"A shared number does not reach {whom}. Choose a number of yours for them as the sender."


def _pairs(draft: MessageDraft, lines: Sequence[Line]) -> Iterator[tuple[Recipient, Line]]:
    return zip(draft.recipients, lines, strict=True)


def _is_free(recipient: Recipient) -> bool:
    """Whether it is one of ClickSend's test recipients."""
    return not TEST_RECIPIENTS.isdisjoint((recipient.to, recipient.fields.get("address_postal_code", "")))


# Answers


def _outcome(outcome: Outcome, sent: Told | None) -> Outcome:
    if sent is None:
        return outcome.became("unknown", NO_WORD)
    fate, reason = fate_of(sent.status)
    return Outcome(
        outcome.reference,
        outcome.to,
        fate,
        reason,
        clean_line(sent.status),
        clean_line(sent.message_id),
        clean_line(sent.sender) or outcome.sender,
        sent.message_parts if sent.message_parts is not None else outcome.parts,
        sent.message_price,
        outcome.body,
    )


def _fate_of_all(
    draft: MessageDraft, outcomes: tuple[Outcome, ...], answer: SendAnswer
) -> tuple[Outcome, ...]:
    """The status, the id and, if there is only one recipient, the price of the one message to all of them."""
    told = [clean_line(str(getattr(row, "email", ""))).casefold() for row in getattr(answer, "to", ())]
    if any(told) and not {to.casefold() for to in draft.to} & set(told):
        return tuple(outcome.became("unknown", NO_WORD) for outcome in outcomes)
    status = clean_line(str(getattr(answer, "status", "")))
    fate, reason = fate_of_whole(status)
    return tuple(
        outcome._replace(
            fate=fate,
            reason=reason,
            code=status,
            message_id=clean_line(str(getattr(answer, "message_id", ""))),
            price=answer.total_price if len(outcomes) == 1 else None,
        )
        for outcome in outcomes
    )
