"""Numbers to send from."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import numbers as m
from tui.api.models.base import Page


@op.get("/numbers", title="Dedicated numbers", paged=True)
def list_(
    q: t.Search | None = None,
    q2: t.Search | None = None,
    excluding_number_type: t.ExcludedNumberType | None = None,
    exclude_10dlc_campaign: t.Exclude10DlcCampaign | None = None,
) -> Page[m.DedicatedNumber]:
    """The numbers that belong to the account."""
