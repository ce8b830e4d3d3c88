"""Scheduled sends: stopped at ClickSend, and looked up afterwards, since its answer alone proves nothing.

ClickSend cannot move a message to another time: it is cancelled, seen to be cancelled, and sent anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tui.api import mms, mms_campaigns, sms, sms_campaigns, voice
from tui.api.client import ApiClient
from tui.api.models.base import Page
from tui.api.operation import Request
from tui.core.clock import Clock
from tui.core.errors import ApiError, InvalidInput, SendRefused
from tui.core.text import clean_line
from tui.sending.draft import CampaignDraft, Draft, MessageDraft, restore
from tui.sending.products import CAMPAIGN
from tui.store import outbox_tracking
from tui.store.database import Store
from tui.store.outbox_tracking import Seen
from tui.store.rows import FINAL, OutboxItem, OutboxMessage

THROTTLE = 6
"""Seconds, one more than ClickSend's, in which it takes a message that is sent anew for a duplicate."""
AT_ONCE = 4
"""Messages that are cancelled together."""
_OVERLAP = 60
"""Seconds that clocks may differ."""
_PAGE = 100
_MOST_PAGES = 100
_CANCELLED = ("cancelled", "cancelledafterreview")

_MESSAGES: Mapping[str, tuple[Callable[[str], Request[Any]], Callable[[int], Request[Page[Any]]]]] = {
    "sms": (sms.cancel, lambda since: sms.history(date_from=since)),
    "mms": (mms.cancel, lambda since: mms.history(date_from=since)),
    "voice": (voice.cancel, lambda since: voice.history(date_from=since)),
}
"""The channels whose messages can be stopped: how, and the history that shows it."""
_CAMPAIGNS: Mapping[str, tuple[Callable[[int], Request[Any]], Callable[[int], Request[Any]]]] = {
    f"sms{CAMPAIGN}": (sms_campaigns.cancel, sms_campaigns.get),
    f"mms{CAMPAIGN}": (mms_campaigns.cancel, mms_campaigns.get),
}


@dataclass(frozen=True, slots=True)
class Stopped:
    """What became of the attempt to stop a scheduled send."""

    asked: int
    """Messages (or campaigns) that were to be stopped, also those that cannot be."""
    cancelled: int
    """Those that ClickSend shows as cancelled."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it will leave any more."""
        return self.asked > 0 and self.cancelled == self.asked


def is_waiting(item: OutboxItem, now: float) -> bool:
    """Whether a send was accepted for a time that is still to come."""
    return item.state == "accepted" and item.schedule > now


def moved(item: OutboxItem, schedule: int, now: float) -> Draft:
    """The same to be sent at another time (Unix seconds), its files as they were recorded. InvalidInput for
    what cannot be sent again.
    """
    if now < item.created_at + THROTTLE:
        raise InvalidInput(
            "ClickSend refuses the same text to the same person twice within seconds.",
            hint="Try again in a moment.",
        )
    draft = restore(item.kind, item.draft) if "source" not in item.draft else None
    if not isinstance(draft, MessageDraft | CampaignDraft):
        raise InvalidInput("Only what was written here can be moved.", hint="Cancel it, and send it anew.")
    # It stands for itself: whoever it is to reach has it from no other once that is cancelled.
    return replace(draft, schedule=schedule, retry_of="")


class ScheduledSends:
    """Stops sends that ClickSend keeps for a later time."""

    def __init__(self, client: ApiClient, store: Store, clock: Clock, *, read_only: bool = False) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._read_only = read_only

    async def cancel(self, outbox_id: str) -> Stopped:
        """Stop what of a send has not left, then look what ClickSend shows. Raises SendRefused where nothing
        can be stopped, ApiError where ClickSend cannot be asked what became of it.
        """
        item = self._store.outbox_item(outbox_id)
        if self._read_only:
            raise SendRefused("Read-only mode: nothing is cancelled.", hint="Start without --read-only.")
        if item is None or item.kind not in _MESSAGES.keys() | _CAMPAIGNS.keys():
            raise SendRefused(
                "ClickSend cannot stop this kind of message.", hint="Ask its support, if it must not go out."
            )
        accepted = self._accepted(outbox_id)
        waiting = [each for each in accepted if each.message_id and each.became not in FINAL]
        if not waiting:
            raise SendRefused("Nothing of it waits any more.", hint="Look at what became of each message.")
        stop = _MESSAGES[item.kind][0] if item.kind in _MESSAGES else _campaign_stop(item.kind)
        await self._stop(waiting, stop)
        seen = await (
            self._messages(item, waiting) if item.kind in _MESSAGES else self._campaigns(item, waiting)
        )
        await self._store.write(outbox_tracking.follow, item.kind, seen)
        # What has no id of ClickSend's (a person settled it) cannot be stopped, and may still leave.
        beyond = [each for each in accepted if not each.message_id or each.became in FINAL]
        left = sum(each.became != "cancelled" for each in beyond)
        return Stopped(len(waiting) + left, len(seen))

    def _accepted(self, outbox_id: str) -> list[OutboxMessage]:
        window = self._store.sends.messages(outbox_id, ("accepted",))
        pages = -(-window.count() // _PAGE)
        return [each for number in range(pages) for each in window.page(number, _PAGE)]

    async def _stop(self, waiting: Sequence[OutboxMessage], stop: Callable[[str], Request[Any]]) -> None:
        at_once = asyncio.Semaphore(AT_ONCE)

        async def one(message: OutboxMessage) -> None:
            request = stop(message.message_id)
            async with at_once, self._store.audited(request.operation.id, self._clock.now()):
                await self._client.call(request)

        for result in await asyncio.gather(*map(one, waiting), return_exceptions=True):
            # A refusal says no more than a lost answer does: what is shown afterwards counts.
            if isinstance(result, BaseException) and not isinstance(result, ApiError):
                raise result

    async def _messages(self, item: OutboxItem, waiting: Sequence[OutboxMessage]) -> list[Seen]:
        """Those that history shows as cancelled."""
        wanted = {message.message_id: message for message in waiting}
        request = _MESSAGES[item.kind][1](max(0, item.created_at - _OVERLAP))
        found: list[Seen] = []
        for number in range(1, _MOST_PAGES + 1):
            page = await self._client.call(request.at(number, _PAGE))
            for record in page.items:
                id, status = clean_line(record.message_id), clean_line(record.status)
                if id in wanted and status.lower() in _CANCELLED:
                    del wanted[id]
                    found.append(Seen(id, "", "cancelled", status))
            if not wanted or len(page.items) < _PAGE:
                break
        return found

    async def _campaigns(self, item: OutboxItem, waiting: Sequence[OutboxMessage]) -> list[Seen]:
        get = _CAMPAIGNS[item.kind][1]
        found = [(each, await self._client.call(get(int(each.message_id)))) for each in waiting]
        return [
            Seen(each.message_id, "", "cancelled", clean_line(campaign.status))
            for each, campaign in found
            if clean_line(campaign.status).lower() in _CANCELLED
        ]


def _campaign_stop(kind: str) -> Callable[[str], Request[Any]]:
    cancel = _CAMPAIGNS[kind][0]
    return lambda id: cancel(int(id))
