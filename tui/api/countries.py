"""Countries and what sending to them costs."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import countries as m


@op.get("/countries", title="Countries", public=True)
def list_() -> list[m.Country]:
    """The countries that ClickSend knows, with their codes. No key is needed for it."""


@op.get("/pricing/{country}", title="Price list")
def pricing(country: t.CountryCode, currency: t.CurrencyCode) -> m.Pricing:
    """The list prices for one country, by product and price tier."""
