"""What was sent today costs: charged, or quoted where ClickSend has not said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from tui.core.limits import Limits
from tui.store import outbox_messages
from tui.store.database import Store


async def spent_today(store: Store, limits: Limits, now: float) -> Decimal:
    """Since midnight here; not looked up where no limit asks for it."""
    if limits.per_day is None:
        return Decimal(0)
    midnight = datetime.fromtimestamp(now).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return await store.write(outbox_messages.spent_since, int(midnight.timestamp()))
