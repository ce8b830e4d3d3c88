"""Judges what a price operation said: may it be sent, and what must the person see before saying yes."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from decimal import ROUND_UP, Decimal

from tui.api.operation import Effect
from tui.core.clock import short_time
from tui.core.limits import NO_LIMITS, Limits
from tui.core.money import Currency
from tui.core.phone import display
from tui.sending.channel import Pricing
from tui.sending.draft import Draft, same_sender
from tui.sending.problem import Problem
from tui.sending.quote import Quote
from tui.sending.tally import Tally
from tui.store.rows import AccountFacts

_LEAST = Decimal("0.0001")
STALE_BALANCE = 600
"""Seconds after which a balance is shown with its time: sync reads it every minute."""


def judge(
    draft: Draft,
    pricing: Pricing,
    account: AccountFacts | None,
    now: float,
    *,
    problems: Sequence[Problem] = (),
    stopped: Sequence[str] = (),
    limits: Limits = NO_LIMITS,
    spent: Decimal = Decimal(0),
    id: str = "",
) -> Quote:
    """The quote for a draft; `problems` are those of its check that do not stop it, `stopped` the recipients
    whose last word was STOP, `spent` what was sent today costs, `id` that of the send if it has one already.
    """
    tally = pricing.tally or Tally.of(pricing.lines)
    currency = pricing.currency or _currency(account)
    after = _balance_after(pricing, account)
    warnings = (
        *(problem.message for problem in problems),
        *_stops(stopped, tally),
        *_rejections(tally),
        *_sender_swaps(draft, tally),
        *pricing.warnings,
        *_rent(pricing, currency),
        *_balance_warnings(pricing, account, now),
    )
    return Quote(
        id=id or secrets.token_hex(10),
        draft=draft,
        fingerprint=draft.fingerprint,
        total=pricing.total,
        currency=currency,
        lines=pricing.lines,
        accepted_count=pricing.accepted_count,
        rejected_count=pricing.rejected_count,
        balance_after=after,
        warnings=warnings,
        refusal=_refusal(pricing, currency, after),
        made_at=now,
        by_country=tally.by_country,
        beyond=limits.beyond(pricing.total, tally.dearest, spent, currency, _average(draft, pricing, tally)),
    )


def _average(draft: Draft, pricing: Pricing, tally: Tally) -> Decimal | None:
    """What each message costs where ClickSend tells only what all of them do, to the fourth decimal: of a
    campaign, of an e-mail to several. None where there is a price for each, and of what is no message.
    """
    is_priced = tally.dearest is None and pricing.total is not None and pricing.accepted_count
    if not is_priced or pricing.total is None or draft.operation.effect is not Effect.SEND:
        return None
    return (pricing.total / pricing.accepted_count).quantize(_LEAST, ROUND_UP)


def _currency(account: AccountFacts | None) -> Currency:
    known = account is not None and account.currency_code
    return Currency(account.currency_code, account.currency_symbol) if account and known else Currency()


def _foreign(pricing: Pricing, account: AccountFacts | None) -> bool:
    codes = (account.currency_code if account else "", pricing.currency.code if pricing.currency else "")
    return all(codes) and codes[0] != codes[1]


def _balance_after(pricing: Pricing, account: AccountFacts | None) -> Decimal | None:
    if account is None or account.balance is None or pricing.total is None or _foreign(pricing, account):
        return None
    return account.balance + pricing.total if pricing.adds_credit else account.balance - pricing.total


def _refusal(pricing: Pricing, currency: Currency, after: Decimal | None) -> str:
    if pricing.refusal:
        return pricing.refusal
    if after is not None and after < 0 and pricing.total and not pricing.adds_credit:
        return f"Not enough credit: {currency.price(-after)} is missing. Top up, or send to fewer people."
    return ""


def _stops(stopped: Sequence[str], tally: Tally) -> Iterator[str]:
    if stopped:
        who = display(stopped[0]) if len(stopped) == 1 else f"{len(stopped)} of {tally.size} recipients"
        yield f"{who} asked not to be written to: their last word was STOP."


def _rejections(tally: Tally) -> Iterator[str]:
    for reason, count in tally.problems.items():
        whom = f"{count:,} of {tally.size:,} recipients" if tally.size > 1 else "The recipient"
        yield f"{whom}: {reason}"


def _sender_swaps(draft: Draft, tally: Tally) -> Iterator[str]:
    if not draft.sender:
        return
    for sender, count in tally.senders.items():
        if not same_sender(sender, draft.sender):
            whom = f" to {count:,} of {tally.size:,} recipients" if tally.size > 1 else ""
            yield f"ClickSend would send it from {sender} and not from {draft.sender}{whom}."


def _rent(pricing: Pricing, currency: Currency) -> Iterator[str]:
    if pricing.monthly:
        yield f"From then on it costs {currency.price(pricing.monthly)} every month, until it is given up."


def _balance_warnings(pricing: Pricing, account: AccountFacts | None, now: float) -> Iterator[str]:
    if pricing.adds_credit:
        yield "The stored card is charged at once, not the balance."
    if _foreign(pricing, account) and account and pricing.currency:
        yield (
            f"The price is in {pricing.currency.code} and the balance in {account.currency_code}: "
            "what will be left cannot be told."
        )
    elif account is None or account.balance is None:
        yield "The balance is not known yet: whether it is enough cannot be told."
    elif now - account.at > STALE_BALANCE:
        yield f"The balance is that of {short_time(account.at, int(now))}: it may be less now."
