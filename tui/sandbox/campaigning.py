"""The operations that campaigns of every kind have: list, price, send, get, update and cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tui.sandbox.answers import Answer
from tui.sandbox.campaigns import Campaigns
from tui.sandbox.registry import Call, answers
from tui.sandbox.search import selected
from tui.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What ClickSend says after each operation. Some campaigns cannot be shown, updated or cancelled."""

    listed: str
    priced: str
    sent: str
    shown: str = ""
    updated: str = ""
    cancelled: str = ""


def serve_campaigns(
    prefix: str, campaigns: Callable[[World], Campaigns[Any]], words: Words, *, bare: bool = False
) -> None:
    """Answer `<prefix>list`, `price` and `send`, and what else there are words for.

    `bare` leaves the envelope off the listing.
    """

    @answers(f"{prefix}list")
    def listed(call: Call) -> Answer:
        owner = campaigns(call.world)
        since, until = call.number("date_from"), call.number("date_to", 1 << 40)
        found = [record for record in owner if since <= record["date_added"] <= until]
        chosen = selected(map(owner.shown, found), call.query, order="date_added:asc")
        return Answer(call.page(chosen, dict), words.listed, bare=bare)

    @answers(f"{prefix}price")
    def price(call: Call) -> Answer:
        return Answer(campaigns(call.world).quote(call.body), words.priced)

    @answers(f"{prefix}send")
    def send(call: Call) -> Answer:
        owner = campaigns(call.world)
        return Answer(owner.created(owner.open(call.body)), words.sent)

    if words.shown:
        _serve_one(prefix, campaigns, words)


def _serve_one(prefix: str, campaigns: Callable[[World], Campaigns[Any]], words: Words) -> None:
    """Answer what is asked of one campaign, whose number is all that the path names."""

    def number(call: Call) -> str:
        return next(iter(call.path.values()))

    @answers(f"{prefix}get")
    def get(call: Call) -> Answer:
        owner = campaigns(call.world)
        return Answer(owner.shown(owner.get(number(call))), words.shown)

    @answers(f"{prefix}update")
    def update(call: Call) -> Answer:
        owner = campaigns(call.world)
        return Answer(owner.shown(owner.change(number(call), call.body)), words.updated)

    @answers(f"{prefix}cancel")
    def cancel(call: Call) -> Answer:
        owner = campaigns(call.world)
        return Answer(owner.shown(owner.cancel(number(call))), words.cancelled)
