"""Who a message may come from: what a sender looks like, and where it works."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from tui.core.phone import country_of, display
from tui.sending.problem import Problem, warning
from tui.sending.products import NO_SHARED

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


def reach_problems(kind: SenderKind, to: Sequence[str]) -> Iterator[Problem]:
    """Which of these numbers (E.164) a sender of this kind does not work to: ClickSend would replace it."""
    if kind not in _HOME_ONLY:
        return
    beyond = [number for number in to if country_of(number) in NO_SHARED]
    if beyond:
        whom = display(beyond[0]) if len(beyond) == 1 else f"{len(beyond)} of {len(to)} recipients"
        yield warning(
            "sender",
            f"{_WORDS[kind]} does not work to the US and Canada ({whom}). "
            "Choose a dedicated number for them.",
        )
