"""Faxes: one document to one or many fax numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tui.api.types import Convert
from tui.core import phone
from tui.core.errors import InvalidInput
from tui.sandbox import offers, prices
from tui.sandbox.collection import Record
from tui.sandbox.delivery import DELIVERED
from tui.sandbox.outgoing import QUEUED, Channel, Outgoing, Step
from tui.sandbox.uploads import is_usable, pages_of

if TYPE_CHECKING:
    from tui.sandbox.world import World


class FaxChannel(Channel):
    """Paid by pages."""

    name = "fax"
    counted = "message_pages"
    contact_field = "fax_number"
    tests = frozenset({"+61261111111", "+61262222222", "+61263333333"})
    steps = (QUEUED, Step("Sent", DELIVERED, "Sent", (20, 60)))

    def judge(self, world: World, message: Outgoing, batch: Mapping[str, Any]) -> str:
        url = str(batch["file_url"])
        message.details = {"_file_url": url}
        if not is_usable(world, url, Convert.FAX):
            return "INVALID_MEDIA_FILE"
        verdict = offers.unreachable(world, message)
        if verdict != "SUCCESS":
            return verdict
        sender = _sender(message)
        if sender is None:
            return "INVALID_SENDER_ID"
        message.sender, message.parts = sender, pages_of(world, url)
        message.price = message.parts * prices.FAX_PAGE
        return "SUCCESS"

    def said(self, message: Outgoing) -> object:
        return message.details["_file_url"]

    def receipt_rules(self, world: World) -> Iterable[Record]:
        return world.fax_receipt_rules


def _sender(message: Outgoing) -> str | None:
    """The account's fax number that is asked for, or the one it has; None for any other number."""
    owned = prices.FAX_NUMBERS
    asked = str(message.request.get("from") or "")
    if not asked:
        return owned.get(message.country) or next(iter(owned.values()))
    try:
        number = phone.parse(asked, message.country)
    except InvalidInput:
        return None
    return number if number in owned.values() else None


FAX = FaxChannel()
