"""How an account pays: the stored card, and what was paid with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tui.sandbox.answers import bad_request, not_found
from tui.sandbox.collection import Record

_LENGTHS = range(12, 20)
_LONGEST_CODE = 4


class Billing:
    """The card and the payments of one account. Of a card's number only the last digits are kept."""

    def __init__(self) -> None:
        self.card: Record | None = None
        self.payments: list[Record] = []
        """Newest last."""

    def store(self, values: Mapping[str, Any], now: float) -> None:
        """Pay with this card from now on. Refuses a card that nobody could have."""
        digits = str(values["number"]).replace(" ", "")
        month, year, code = (str(values[name]) for name in ("expiry_month", "expiry_year", "cvc"))
        if not (digits.isdecimal() and len(digits) in _LENGTHS and _adds_up(digits)):
            raise bad_request({"number": "The credit card number is invalid."})
        if not (month.isdecimal() and 1 <= int(month) <= 12):
            raise bad_request({"expiry_month": "The expiry month is invalid."})
        today = datetime.fromtimestamp(now, UTC)
        if not year.isdecimal() or (int(year), int(month)) < (today.year, today.month):
            raise bad_request({"expiry_year": "The credit card has expired."})
        if not (code.isdecimal() and len(code) <= _LONGEST_CODE):
            raise bad_request({"cvc": "The cvc is invalid."})
        self.card = {
            "display_number": f"XXXX-XXXX-XXXX-{digits[-4:]}",
            "expiry_month": int(month),
            "expiry_year": int(year),
            "name": str(values["name"]),
        }

    def stored_card(self) -> Record:
        """The card to charge. Refuses with 404 when there is none."""
        if self.card is None:
            raise not_found("Customer token not found.")
        return self.card

    def note(self, amount: int, currency: str, at: int, random_bits: int) -> None:
        """Add a payment, under an invoice number made of the random bits."""
        payment = {
            "invoice_number": str(UUID(int=random_bits, version=4)),
            "amount": amount,
            "currency": currency,
            "date": at,
        }
        self.payments.append(payment)

    def payment(self, invoice_number: str) -> Record:
        """One payment."""
        found = (one for one in self.payments if one["invoice_number"] == invoice_number)
        payment = next(found, None)
        if payment is None:
            raise not_found("Transaction not found.")
        return payment


def _adds_up(digits: str) -> bool:
    """Luhn's check, which every card's number passes."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    return (sum(map(int, digits[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0
