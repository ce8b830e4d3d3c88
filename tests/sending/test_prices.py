"""The price shown is the price charged, to the last decimal, whatever is sent to whomever on any channel.

The sandbox is the judge: what its account has less. `CLICKSEND_TUI_SENDS=10000` makes the run a long one,
and `CLICKSEND_TUI_RECIPIENTS=200` makes each send a large one.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.sending.conftest import TurnableClock
from tests.sending.random_drafts import Drafts
from tui.core.errors import SendRefused
from tui.sandbox.world import World
from tui.sending.draft import CampaignDraft, Draft
from tui.sending.quote import Quote
from tui.sending.sender import Sender
from tui.store.account import save_account
from tui.store.database import Store

SENDS = int(os.environ.get("CLICKSEND_TUI_SENDS", "150"))
SEED = int(os.environ.get("CLICKSEND_TUI_SEED", "5"))
MOST = int(os.environ.get("CLICKSEND_TUI_RECIPIENTS", "12"))
PLENTY = Decimal("100000000.000000")


@pytest.fixture
def patience() -> float:
    """A long run outlives minutes in which the machine has no time for it."""
    return 600.0


async def test_the_price_shown_is_the_price_charged(
    to_sandbox: Sender, world: World, store: Store, clock: TurnableClock
) -> None:
    rich(world, store)
    drafts = Drafts(world, SEED)
    seen: Counter[str] = Counter()
    for _ in range(SENDS):
        draft = drafts.next(MOST)
        quote = await to_sandbox.quote(draft)
        before = world.account.balance
        if quote.refusal:
            seen["refused"] += 1
            assert_refused(quote)
            continue
        result = await to_sandbox.send(quote.confirm())
        clock.at += 6  # A campaign is paid for when it starts; the same text may go again.
        world.catch_up()
        charged = before - world.account.balance
        assert quote.total is not None, draft
        assert quote.total == charged, draft
        assert result.total == (None if result.total is None else charged), draft
        assert result.notes == (), draft
        assert_each(
            quote, draft, [outcome.price for outcome in result.outcomes if outcome.fate == "accepted"]
        )
        seen[draft.kind] += 1
        seen["messages"] += quote.accepted_count
        seen["rejected"] += quote.rejected_count
    print(f"{SENDS} sends with seed {SEED}: {dict(seen)}")
    assert len(seen) > 8


def rich(world: World, store: Store) -> None:
    """Nothing is to fail for want of credit."""
    world.account.balance = PLENTY
    known = store.account()
    assert known
    store.write_now(save_account, replace(known, balance=PLENTY))


def assert_refused(quote: Quote) -> None:
    """What cannot be sent to anybody is not confirmed."""
    try:
        quote.confirm("price unknown")
    except SendRefused:
        return
    raise AssertionError(quote)


def assert_each(quote: Quote, draft: Draft, charged: list[Decimal | None]) -> None:
    """Recipient by recipient, where ClickSend tells each price."""
    if isinstance(draft, CampaignDraft):
        return
    shown = [line.price for line in quote.lines if not line.problem]
    assert shown == charged, draft
