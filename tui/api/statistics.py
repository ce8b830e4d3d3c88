"""Statistics of messages and of short links."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import statistics as m


@op.get("/statistics/sms", title="SMS statistics")
def sms() -> m.SmsStatistics:
    """Messages sent, received and failed on each of the last thirty days, and what they cost."""


@op.get("/statistics/voice", title="Voice statistics")
def voice() -> m.VoiceStatistics:
    """Calls made and failed on each of the last thirty days, and what they cost."""


@op.get("/short-url/statistics/{source}/{source_id}", title="Short link statistics")
def short_url(source: t.LinkSource, source_id: t.LinkSourceId) -> list[m.ShortLink]:
    """How often the short links of one message or campaign were opened."""


@op.get("/short-url/tracking/{long_url_id}", title="Short link visits", cursor="offset", envelope=False)
def short_url_tracking(
    long_url_id: t.LongUrlId, offset: t.Offset | None = None, limit: t.PageSize | None = None
) -> m.ShortLinkVisits:
    """Who opened one short link, with the last visit of each recipient."""
