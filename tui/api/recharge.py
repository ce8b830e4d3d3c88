"""Credit: packages, the card that pays for them, and what was paid."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import recharge as m
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/recharge/credit-card", title="Stored card")
def card_get() -> m.Card:
    """The card that credit is paid with. Its number is not told in full."""


@op.put("/recharge/credit-card", title="Replace stored card", effect=Effect.WRITE)
def card_update(
    number: t.CardNumber,
    expiry_month: t.ExpiryMonth,
    expiry_year: t.ExpiryYear,
    cvc: t.CardCode,
    name: t.NameOnCard,
    bank_name: t.BankName,
) -> m.CardStored:
    """Pay with this card from now on. The one stored before is forgotten."""


@op.get("/recharge/packages", title="Credit packages")
def packages(country: t.PackageCountry | None = None) -> m.Packages:
    """The amounts of credit that can be bought, and what a message costs after each."""


@op.put(
    "/recharge/purchase/{package_id}",
    title="Buy credit",
    effect=Effect.SPEND,
    listed_by=packages,
    adds_credit=True,
)
def purchase(package_id: t.PackageId) -> m.Purchase:
    """Buy a package of credit. The stored card is charged at once."""


@op.get("/recharge/transactions", title="Payments", paged=True)
def transactions_list() -> Page[m.Transaction]:
    """What was paid for credit so far."""


@op.get("/recharge/transactions/{transaction_id}", title="One payment")
def transactions_get(transaction_id: t.TransactionId) -> m.Transaction:
    """One payment by its invoice number."""
