"""Direct mail to whole areas: places, price and campaigns."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import direct_mail as m
from tui.api.models.base import Page
from tui.api.operation import Effect

CLOSED = "ClickSend no longer offers direct mail to new customers."


@op.get("/post/direct-mail/campaigns", title="Direct mail campaigns", paged=True, closed=CLOSED)
def campaigns_list() -> Page[m.DirectMailCampaign]:
    """All direct mail campaigns with their areas, oldest first."""


@op.post("/post/direct-mail/campaigns/price", title="Price direct mail", effect=Effect.READ, closed=CLOSED)
def campaigns_price(
    name: t.CampaignName,
    size: t.MailSize,
    file_urls: t.FlyerFiles,
    areas: t.Areas[m.MailArea],
    schedule: t.Schedule | None = None,
    source: t.Source | None = None,
) -> m.DirectMailPrice:
    """What flyers to every letterbox of some areas would cost. Nothing is printed."""


@op.post(
    "/post/direct-mail/campaigns/send",
    title="Send direct mail",
    effect=Effect.SEND,
    priced_by=campaigns_price,
    closed=CLOSED,
)
def campaigns_send(
    name: t.CampaignName,
    size: t.MailSize,
    file_urls: t.FlyerFiles,
    areas: t.Areas[m.MailArea],
    schedule: t.Schedule | None = None,
    source: t.Source | None = None,
) -> m.DirectMailSend:
    """Have flyers printed and put into the letterboxes of some areas, now or at a set time."""


@op.get(
    "/post/direct-mail/locations/search/{country}",
    title="Search direct mail areas",
    paged=True,
    closed=CLOSED,
)
def locations_search(country: t.CountryCode, q: t.PlaceWords) -> Page[m.Location]:
    """The areas of a country that match a postal code or the name of a place."""
