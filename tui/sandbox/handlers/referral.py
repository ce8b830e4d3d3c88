"""Accounts that were opened on this one's recommendation."""

from __future__ import annotations

from tui.sandbox.answers import Answer
from tui.sandbox.registry import Call, answers


@answers("referral.accounts_list")
def accounts_list(call: Call) -> Answer:
    return Answer(call.page(list(call.world.referrals), dict), "Here are your referrals.")
