"""The account in words: who it is, what holds for sending, and whether messages can reach this console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.core.money import Currency
from tui.store.rows import FIRING_RULES
from tui.widgets.sheet import Fact
from tui.widgets.spans import Line, Span

if TYPE_CHECKING:
    from tui.store.rows import AccountFacts, Rule


def balance_words(account: AccountFacts, money: Currency) -> Sequence[Line]:
    """What the balance means for sending."""
    if account.balance is not None and account.balance <= 0:
        return ((Span("! No credit: ClickSend refuses to send.", "bad"),), _TOP_UP)
    if account.is_low:
        mark = money.balance(account.low_credit)
        return ((Span(f"! Below your low-credit mark of {mark}.", "warn"),), _TOP_UP)
    if account.low_credit is None:
        return ()
    return ((Span(f"Your low-credit mark is {money.balance(account.low_credit)}.", "muted"),),)


_TOP_UP: Line = (Span("Top up in the ClickSend dashboard, under Billing.", "muted"),)


def account_facts(account: AccountFacts) -> Sequence[Fact]:
    """Who the account belongs to, and whether it may be used."""
    place = " · ".join(filter(None, (account.country, account.timezone)))
    words = [("User", account.username), ("Name", account.name), ("Email", account.email), ("Place", place)]
    facts: list[Fact] = [(label, ((Span(word),),)) for label, word in words if word]
    return [*facts, ("State", _state(account))]


def _state(account: AccountFacts) -> Sequence[Line]:
    if account.extra.get("banned"):
        return ((Span("! banned", "bad"),), (Span("ask ClickSend's support", "muted"),))
    if account.extra.get("active") is False:
        return ((Span("! not active", "bad"),), (Span("activate it at ClickSend", "muted"),))
    if account.extra.get("on_trial"):
        return ((Span("! on trial", "warn"),),)
    return ((Span("✓ active"),),)


def setting_facts(account: AccountFacts) -> Sequence[Fact]:
    """Settings at ClickSend that change what is sent."""
    extra, limit = account.extra, account.message_part_limit
    unicode = (Span("on"),) if account.unicode_on else (Span("! off: emoji are lost", "warn"),)
    facts: list[Fact] = [
        ("Longest text", ((Span(f"{limit} parts, the rest is cut" if limit else "not known"),),)),
        ("Unicode", (unicode,)),
    ]
    if country := str(extra.get("default_country_sms") or account.country):
        facts.append(("Home country", ((Span(country),),)))
    if "setting_fix_sender_id" in extra:
        facts.append(("Sender fix", ((Span("on" if _yes(extra["setting_fix_sender_id"]) else "off"),),)))
    return facts


def rule_facts(inbound: Sequence[Rule], receipt: Sequence[Rule]) -> Sequence[Fact]:
    """Whether POLL rules let messages and receipts reach this console, and early enough."""
    return [
        ("Messages", _rule_lines(inbound, "1, then P creates it")),
        ("Receipts", _rule_lines(receipt, "states come late")),
    ]


def _rule_lines(rules: Sequence[Rule], without: str) -> Sequence[Line]:
    polls = [rule.position + 1 for rule in rules if rule.action == "POLL" and rule.enabled]
    if not polls:
        return ((Span("! no POLL rule", "warn"),), (Span(without, "muted"),))
    first = min(polls)
    if first > FIRING_RULES:
        late = (Span(f"only the first {FIRING_RULES} fire", "muted"),)
        return ((Span(f"! POLL rule is number {first}", "warn"),), late)
    return ((Span(f"✓ POLL rule, {first} of {len(rules)}"),),)


def _yes(raw: object) -> bool:
    return str(raw).casefold() in ("1", "true", "yes")
