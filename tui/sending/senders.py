"""Who a message may come from: what a sender looks like, and where it works."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from tui.core.phone import country_of, display
from tui.sending.problem import Problem, warning
from tui.sending.products import NO_SHARED

if TYPE_CHECKING:
    from tui.sending.quote import CountryPrice, Quote

SenderKind = Literal["alpha tag", "own number", "shared number", "dedicated number", "number"]
""""number" where all that is known are its digits."""
_NUMBER = re.compile(r"\+?\d{2,15}")
_ALPHA_TAG = re.compile(r"(?=.*[A-Za-z+])[A-Za-z0-9+]{3,11}")
_HOME_ONLY: frozenset[SenderKind] = frozenset({"alpha tag", "own number", "shared number"})
_WORDS: dict[SenderKind, str] = {
    "alpha tag": "A name as the sender",
    "own number": "A number of your own",
    "shared number": "A shared number",
}


def kind_of(sender: str) -> SenderKind | None:
    """What a sender is, as far as it can be seen from it; None if it can be none."""
    if _NUMBER.fullmatch(sender):
        return "number"
    return "alpha tag" if _ALPHA_TAG.fullmatch(sender) else None


def format_problems(sender: str, *, only_numbers: bool = False) -> Iterator[Problem]:
    """What is wrong with how a sender is written."""
    kind = kind_of(sender)
    if only_numbers and sender and kind != "number":
        yield Problem(
            "sender",
            f'"{sender}" cannot send a fax. Type a fax number of yours with its country code, '
            "or leave it empty.",
        )
    elif sender and kind is None:
        yield Problem(
            "sender",
            f'"{sender}" cannot be a sender. '
            "Type a number of yours, or a name of 3 to 11 letters and digits without spaces.",
        )


Recipients = Mapping[str, Sequence[str] | int]
"""By country: their numbers (E.164), or where there are too many how many they are."""


def recipients_of(quote: Quote) -> Recipients:
    """Whom a quote is for, as far as it says."""
    if quote.lines:
        return by_country(line.to for line in quote.lines)
    return counted(quote.by_country)


def counted(countries: Iterable[CountryPrice]) -> Recipients:
    """How many are in each country."""
    return {each.country: each.recipients for each in countries}


def by_country(to: Iterable[str]) -> Recipients:
    """Numbers (E.164) by their country."""
    found: dict[str, list[str]] = {}
    for number in to:
        found.setdefault(country_of(number), []).append(number)
    return found


def reach_problems(kind: SenderKind, to: Recipients) -> Iterator[Problem]:
    """Which of these a sender of this kind does not work to: ClickSend would replace it."""
    if kind not in _HOME_ONLY:
        return
    beyond = [to[country] for country in to if country in NO_SHARED]
    if beyond:
        count = sum(map(_count, beyond))
        first = beyond[0]
        whom = f"{count:,} of {sum(map(_count, to.values())):,} recipients"
        if count == 1 and not isinstance(first, int):
            whom = display(first[0])
        yield warning(
            "sender",
            f"{_WORDS[kind]} does not work to the US and Canada ({whom}). "
            "Choose a dedicated number for them.",
        )


def _count(some: Sequence[str] | int) -> int:
    return some if isinstance(some, int) else len(some)
