"""Referral: accounts that came through this one."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api.models import referral as m
from tui.api.models.base import Page


@op.get("/referral/accounts", title="Referred accounts", paged=True)
def accounts_list() -> Page[m.Referral]:
    """The accounts that were opened on this one's recommendation, and its share in each."""
