"""What no check objects to can be asked for: the declarations find nothing that the console did not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sending.conftest import NOW, TurnableClock
from tests.sending.drafts import address, campaign_drafts, message_drafts
from tui.core.errors import InvalidInput
from tui.sandbox.world import World
from tui.sending.campaign import CampaignChannel
from tui.sending.draft import CampaignDraft, Draft, MessageDraft
from tui.sending.message import MessageChannel
from tui.sending.products import CAMPAIGNS as CAMPAIGN_PRODUCTS
from tui.sending.products import PRODUCTS, Reach
from tui.sending.recipient import ADDRESS, Recipient

WORLD = World(messages=50, clock=TurnableClock(), traffic=False)
MESSAGES, CAMPAIGNS = message_drafts(WORLD), campaign_drafts(WORLD)
TEXT = st.text(max_size=25)
ODD = st.one_of(TEXT, st.none(), st.integers(-2, 20), st.just("https://example.com/a.pdf"), st.booleans())


@st.composite
def recipients(draw: st.DrawFn, reach: Reach, good: tuple[Recipient, ...]) -> tuple[Recipient, ...]:
    """Good ones, and one that may be anything."""
    if reach is Reach.POST:
        parts = draw(st.dictionaries(st.sampled_from(ADDRESS), TEXT, max_size=2))
        other = address("Eve", **parts)
    else:
        other = Recipient(draw(TEXT), draw(TEXT), draw(st.dictionaries(TEXT, TEXT, max_size=2)))
    return (*good, other) if draw(st.booleans()) else good


@st.composite
def contents(draw: st.DrawFn, good: dict[str, Any]) -> dict[str, Any]:
    """The good content with something else in one place, or without it."""
    if not good or draw(st.booleans()):
        return good
    name = draw(st.sampled_from(sorted(good)))
    return {**good, name: draw(ODD)}


@st.composite
def messages(draw: st.DrawFn) -> MessageDraft:
    channel = draw(st.sampled_from(list(PRODUCTS)))
    good = MESSAGES[channel]
    return replace(
        good,
        recipients=draw(recipients(good.product.reach, good.recipients)),
        body=draw(st.one_of(st.just(good.body), TEXT, st.just("a" * 1501), st.just("(First Name)"))),
        sender=draw(st.one_of(st.just(good.sender), TEXT)),
        content=draw(contents(dict(good.content))),
    )


@st.composite
def campaigns(draw: st.DrawFn) -> CampaignDraft:
    good = CAMPAIGNS[draw(st.sampled_from(list(CAMPAIGN_PRODUCTS)))]
    return replace(
        good,
        name=draw(st.one_of(st.just(good.name), TEXT)),
        sender=draw(st.one_of(st.just(""), TEXT)),
        body=draw(st.one_of(st.just(good.body), TEXT, st.just("a" * 1501))),
        content=draw(contents(dict(good.content))),
    )


@settings(max_examples=300, deadline=None)
@given(st.one_of(messages(), campaigns()))
def test_what_no_check_stops_can_be_priced_and_sent(draft: Draft) -> None:
    stops = [problem for problem in draft.check(NOW, 8) if problem.stops]
    channel: Any = MessageChannel() if isinstance(draft, MessageDraft) else CampaignChannel()
    if stops:
        assert all(problem.message.endswith((".", "?")) and problem.field for problem in stops)
        return
    try:
        channel.price_request(draft)
        channel.send_request(draft, channel.outcomes(draft, "s"))
    except InvalidInput as error:
        raise AssertionError(f"{draft} was let through: {error}") from error
