"""Countries and what sending to them costs."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import countries as m
from tui.api.operation import Effect


@op.get("/countries", title="Countries", public=True)
def list_() -> list[m.Country]:
    """The countries that ClickSend knows, with their codes. No key is needed for it."""


@op.get("/country-list", title="Countries to select")
def global_list() -> list[m.ListedCountry]:
    """Every country that can be selected, with the number that it is selected by."""


@op.get("/user-countries", title="Selected countries")
def selected_get() -> list[m.SelectedCountry]:
    """The countries that the account sends to, with their rules."""


@op.post("/user-countries", title="Replace selected countries", effect=Effect.WRITE)
def selected_set(country_list_ids: t.CountryIds) -> list[m.SelectedCountry]:
    """Replace the whole selection: messages to a country that is left out are rejected from now on."""


@op.post("/user-countries/agree", title="Agree to country rules", effect=Effect.WRITE)
def agree() -> list[m.SelectedCountry]:
    """Agree, for your company, to the rules of all selected countries. Read them before."""


@op.get("/pricing/{country}", title="Price list")
def pricing(country: t.CountryCode, currency: t.CurrencyCode) -> m.Pricing:
    """The list prices for one country, by product and price tier."""


@op.get("/timezones", title="Time zones")
def timezones() -> list[str]:
    """The time zones that ClickSend knows."""
