"""Follows what was sent from here by MMS, voice, fax, e-mail and post, in the histories of those channels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tui.api import email, fax, mms, post, voice
from tui.api.models.email import EmailRecord
from tui.api.models.messages import SentRecord
from tui.api.operation import Request
from tui.core.text import clean_line
from tui.store import outbox_tracking
from tui.store.outbox_tracking import Seen
from tui.sync.states import state_of

if TYPE_CHECKING:
    from tui.api.models.base import Page
    from tui.store.database import Store
    from tui.sync.endpoint import Endpoints

FOLLOWED = 14 * 86_400
"""Seconds for which a message is followed after it was to leave: post takes days to be handed over."""
_OVERLAP = 60
"""Seconds that clocks may differ."""

_HISTORIES: Mapping[str, Callable[[int], Request[Page[Any]]]] = {
    "mms": lambda since: mms.history(date_from=since),
    "voice": lambda since: voice.history(date_from=since),
    "fax": lambda since: fax.history(date_from=since),
    "email": lambda since: email.history(date_from=since),
    "letter": lambda since: post.letters_history(),
    "postcard": lambda since: post.postcards_history(),
}
"""How each channel's history is asked for from a time on; that of post is always whole."""


class OtherChannels:
    """Asks only where something is still to become of a message: without one it makes no call."""

    def __init__(self, endpoints: Endpoints, store: Store) -> None:
        self._endpoints = endpoints
        self._store = store

    async def poll(self) -> None:
        """The histories of the channels on which something is under way."""
        since = self._endpoints.server_now() - FOLLOWED
        for kind, oldest in self._store.sends.waited_for(tuple(_HISTORIES), since).items():
            request = _HISTORIES[kind](max(0, oldest - _OVERLAP))
            async for page in self._endpoints.pages(request):
                seen = [_seen(record) for record in page.items]
                await self._store.write(outbox_tracking.follow, kind, seen)


def _seen(record: SentRecord | EmailRecord) -> Seen:
    id, reference = clean_line(record.message_id), clean_line(record.custom_string)
    words = clean_line(record.status_text or record.status)
    if isinstance(record, EmailRecord):
        return Seen(id, reference, state_of(record.status, ""), words, record.price)
    state = state_of(record.status, record.status_code)
    return Seen(id, reference, state, words, record.message_price, record.message_parts)
