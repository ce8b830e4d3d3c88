"""Prices drafts and sends what was confirmed: the only place that lets a message leave."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from tui.api.client import ApiClient
from tui.core.clock import Clock
from tui.core.errors import (
    ApiError,
    InvalidInput,
    RateLimited,
    SendRefused,
    StoreError,
    Unauthorized,
    Unreachable,
)
from tui.core.limits import NO_LIMITS, Limits
from tui.sending import journal
from tui.sending.campaign import CampaignChannel
from tui.sending.channel import Channel, Pricing
from tui.sending.draft import CampaignDraft, Draft, MessageDraft
from tui.sending.message import MessageChannel
from tui.sending.operation import OperationChannel, OperationDraft
from tui.sending.pricing import judge
from tui.sending.quote import QUOTE_LIFETIME, Confirmation, Quote
from tui.sending.result import TAKEN_BACK, Fate, Outcome, SendResult, differences
from tui.sending.retrying import check_retry
from tui.sending.spending import check_day, spent_today
from tui.sending.transmitting import STOPPED, alike, transmit
from tui.store import conversations
from tui.store.database import Store
from tui.store.rows import OutboxItem

if TYPE_CHECKING:
    from tui.api.operation import Request
    from tui.store.transaction import Transaction

CHANNELS: dict[type[Draft], Channel[Any, Any, Any]] = {
    MessageDraft: MessageChannel(),
    CampaignDraft: CampaignChannel(),
    OperationDraft: OperationChannel(),
}
_STOPPED_BEFORE = "It was stopped before it left."

log = logging.getLogger(__name__)


class Sender:
    """Quotes drafts and sends confirmed quotes, each at most once.

    A send goes on when whoever awaits it is cancelled. Only `drain` ends it, and then it is recorded.
    """

    def __init__(
        self,
        client: ApiClient,
        store: Store,
        clock: Clock,
        *,
        read_only: bool = False,
        undo_seconds: float = 0.0,
        limits: Limits = NO_LIMITS,
    ) -> None:
        """A message or campaign that was confirmed is held back for `undo_seconds`, in which `take_back` can
        be called; beyond the `limits` a quote wants words.
        """
        self._undo_seconds = undo_seconds
        self._limits = limits
        self.on_held: Callable[[str, float], None] = lambda _id, _until: None
        """Told the outbox id of what is held back, and until when (Unix seconds)."""
        self._held: dict[str, asyncio.Event] = {}
        self._client = client
        self._store = store
        self._clock = clock
        self._read_only = read_only
        self._quotes: dict[str, Quote] = {}
        self._sends: set[asyncio.Task[SendResult]] = set()
        self._closing = False

    async def quote(self, draft: Draft) -> Quote:
        """The price of a draft. Raises InvalidInput for what stops it, ApiError if ClickSend cannot be asked.

        Where ClickSend answers but tells no price, the quote says so.
        """
        account = self._store.account()
        problems = draft.check(self._clock.now(), account.message_part_limit if account else None)
        for problem in problems:
            if problem.stops:
                raise InvalidInput(problem.message, field=problem.field)
        pricing = await self._price(draft)
        stopped = await self._store.read(conversations.stopped, [line.to for line in pricing.lines])
        now = self._clock.now()
        quote = judge(
            draft,
            pricing,
            account,
            now,
            problems=problems,
            stopped=stopped,
            limits=self._limits,
            spent=await spent_today(self._store, self._limits, now),
        )
        self._forget_old_quotes()
        self._quotes[quote.id] = quote
        return quote

    async def _price(self, draft: Draft) -> Pricing:
        channel = CHANNELS[type(draft)]
        request = channel.price_request(draft)
        if request is None:
            return channel.unpriced(draft)
        try:
            # Not repeated: nobody documents what a price question leaves behind.
            return channel.read_price(draft, await self._client.call(request, retry=False))
        except (Unauthorized, RateLimited, Unreachable):
            raise
        except ApiError as error:
            reason = f"No price could be had. {error.message}"
            return replace(channel.unpriced(draft), warnings=(reason,))

    async def send(self, confirmation: Confirmation) -> SendResult:
        """Send a confirmed quote; what became of each message is in the store before this returns.

        Raises SendRefused if this must not be sent, StoreError if it cannot be recorded beforehand: in both
        cases nothing left.
        """
        quote = self._claim(confirmation)
        send = asyncio.create_task(self._send(quote), name=f"send {quote.id}")
        self._sends.add(send)
        send.add_done_callback(self._finished)
        return await asyncio.shield(send)

    @property
    def in_flight(self) -> int:
        """Sends that are not recorded yet."""
        return len(self._sends)

    async def drain(self, timeout: float) -> bool:  # noqa: ASYNC109  cancels nothing that it has not recorded
        """Take no more sends and wait for those in flight; False if some had to be given up as unknown.

        Afterwards nothing is in flight and everything is recorded.
        """
        self._closing = True
        # A person said yes to what is held, and nobody is there any more to take it back.
        for released in self._held.values():
            released.set()
        sends = set(self._sends)
        if not sends:
            return True
        _, late = await asyncio.wait(sends, timeout=timeout)
        for send in late:
            send.cancel()
        if late:
            await asyncio.wait(late)
        return not late

    async def recover(self) -> list[OutboxItem]:
        """Record as unknown what a console that died left in flight, and return it."""
        return await self._store.write(journal.recover)

    def _claim(self, confirmation: Confirmation) -> Quote:
        """The quote, taken out of those that may be sent. No `await` in here: of two sends one gets it."""
        if self._read_only:
            raise SendRefused("Read-only mode: nothing is sent.", hint="Start without --read-only to send.")
        if self._closing:
            raise SendRefused(
                "The console is closing: nothing more is sent.", hint="Send it when it runs again."
            )
        quote = confirmation.quote
        if self._quotes.pop(quote.id, None) is not quote:
            raise SendRefused(
                "This was sent before, or never priced.", hint="Look at the outbox, or price it anew."
            )
        now = self._clock.now()
        if not quote.is_fresh(now):
            raise SendRefused("The price is no longer fresh.", hint="Price it again.")
        for problem in quote.draft.check(now):
            if problem.stops:
                raise SendRefused(problem.message)
        return quote

    async def _send(self, quote: Quote) -> SendResult:
        channel = CHANNELS[type(quote.draft)]
        outcomes = channel.outcomes(quote.draft, quote.id)
        request = channel.send_request(quote.draft, outcomes)
        result = _alike(quote, outcomes, "not sent", _STOPPED_BEFORE)
        at = int(self._clock.now())
        try:
            if not await self._begin(quote, outcomes, at, request.operation.id):
                result = _alike(quote, outcomes, "not sent", TAKEN_BACK)
                return result
            result = _alike(quote, outcomes, "unknown", STOPPED)
            result = await self._transmit(quote, outcomes, request)
        finally:
            # Also on the way out of a cancellation: the store writes whatever it was asked to.
            result = await self._record(quote, result, at)
        return result

    async def _begin(self, quote: Quote, outcomes: tuple[Outcome, ...], at: int, operation: str) -> bool:
        """Write down that it leaves, once it is not held back any more; False if it was taken back."""
        held = self._undo_seconds > 0 and not isinstance(quote.draft, OperationDraft) and not self._closing
        until = self._clock.now() + self._undo_seconds if held else 0.0
        released = self._held[quote.id] = asyncio.Event()
        try:
            await self._store.write(self._note, quote, outcomes, at, operation, ceil(until))
            if not held:
                return True
            self.on_held(quote.id, until)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._undo_seconds):
                    await released.wait()
            return await self._store.write(journal.leave, quote.id)
        except StoreError as error:
            raise StoreError(f"Nothing was sent. {error.message}", hint=error.hint) from error
        finally:
            self._held.pop(quote.id, None)

    def _note(
        self, tx: Transaction, quote: Quote, outcomes: tuple[Outcome, ...], at: int, *more: Any
    ) -> None:
        check_day(tx, quote, self._limits, at)
        check_retry(tx, quote)
        journal.begin(tx, quote, outcomes, at, *more)

    async def take_back(self, outbox_id: str) -> bool:
        """Give up a send that is still held back, which is then surely not sent; False if it has left."""
        taken = await self._store.write(journal.take_back, outbox_id)
        if taken and outbox_id in self._held:
            self._held[outbox_id].set()
        return taken

    async def _transmit(
        self, quote: Quote, outcomes: tuple[Outcome, ...], request: Request[Any]
    ) -> SendResult:
        channel = CHANNELS[type(quote.draft)]
        found = await transmit(self._client, channel, quote.draft, outcomes, request)
        if found.error is not None:
            return SendResult(quote.id, found.outcomes, error=found.error)
        notes = differences(quote, found.outcomes, found.charged)
        return SendResult(quote.id, found.outcomes, found.charged, notes, found.reply)

    async def _record(self, quote: Quote, result: SendResult, at: int) -> SendResult:
        """Write down what became of a send. Where that fails it is still told, with a note that says so."""
        try:
            return await self._store.write(journal.finish, quote, result, at)
        except StoreError as error:
            log.error("send %s: %s, and it could not be recorded: %s", quote.id, result.state, error)
            note = f"This could not be recorded, and will show as unknown. {error}"
            return replace(result, notes=(*result.notes, note))

    def _finished(self, send: asyncio.Task[SendResult]) -> None:
        self._sends.discard(send)
        # Whoever awaited it may be gone: a failure is logged here, so that it is never lost.
        if not send.cancelled() and (error := send.exception()):
            log.error("%s: %s", send.get_name(), error)

    def _forget_old_quotes(self) -> None:
        oldest = self._clock.now() - QUOTE_LIFETIME
        self._quotes = {id: quote for id, quote in self._quotes.items() if quote.made_at >= oldest}


def _alike(quote: Quote, outcomes: tuple[Outcome, ...], fate: Fate, reason: str) -> SendResult:
    """The same fate for all messages of a send."""
    return SendResult(quote.id, alike(outcomes, fate, reason))
