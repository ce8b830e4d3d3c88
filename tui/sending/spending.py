"""What was sent today costs: charged, or quoted where ClickSend has not said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from tui.core.errors import SendRefused
from tui.core.limits import Limits
from tui.core.local_zone import LocalZone
from tui.sending.quote import Quote
from tui.store import outbox_messages
from tui.store.database import Store
from tui.store.transaction import Transaction


async def spent_today(store: Store, limits: Limits, now: float) -> Decimal:
    """Since midnight here; not looked up where no limit asks for it."""
    if limits.per_day is None:
        return Decimal(0)
    return await store.write(outbox_messages.spent_since, _midnight(now))


def check_day(tx: Transaction, quote: Quote, limits: Limits, now: float) -> None:
    """Raise SendRefused when, with what was confirmed since the quote, today costs more than its limit: here
    or at another console, since nothing else is written meanwhile. Who typed words has said yes to more.
    """
    if limits.per_day is None or quote.total is None or quote.words:
        return
    today = outbox_messages.spent_since(tx, _midnight(now)) + quote.total
    if today > limits.per_day:
        money = quote.currency
        raise SendRefused(
            f"Nothing was sent: with what was sent since it was priced, today costs {money.price(today)}, "
            f"and your limit for a day is {money.price(limits.per_day)}.",
            hint="Price it again.",
        )


def _midnight(now: float) -> int:
    """When today began here, also on a day on which clocks are changed."""
    today = datetime.fromtimestamp(now, LocalZone())
    return int(today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
