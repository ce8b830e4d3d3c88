"""Prices a large send batch by batch, several in flight, and adds up what the answers say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tui.api.answer import Reply
from tui.api.client import ATTEMPTS, LONGEST_WAIT, ApiClient
from tui.api.models.messages import PriceAnswer
from tui.api.operation import Request
from tui.api.pacing import Pace
from tui.core.errors import ApiError, RateLimited, Unauthorized, Unreachable
from tui.core.money import Currency
from tui.sending import preparing
from tui.sending.channel import Pricing
from tui.sending.draft import MessageDraft
from tui.sending.message import MessageChannel
from tui.sending.problem import Problem
from tui.sending.quote import Line
from tui.sending.tally import Tally
from tui.sending.timing import night_problems
from tui.sending.worker import Worker
from tui.store import outbox_batches, outbox_messages
from tui.store.database import Store
from tui.store.outbox_messages import Addressee, Priced
from tui.store.transaction import Transaction

LOOKED_AT = 1000
"""Recipients whose time of day is looked at."""
_NOBODY = "ClickSend would reject every recipient. Mend the file and read it again."
_NO_ROWS = "Nobody is left to send to. Mend the file and read it again."


@dataclass(slots=True)
class _Sum:
    """What all answers say together."""

    total: Decimal | None = Decimal(0)
    currency: Currency | None = None
    accepted: int = 0
    rejected: int = 0
    warnings: dict[str, None] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def add(self, found: Pricing) -> None:
        """Take in the answer for one batch."""
        self.total = None if self.total is None or found.total is None else self.total + found.total
        self.currency = found.currency or self.currency
        self.accepted += found.accepted_count
        self.rejected += found.rejected_count
        self.warnings |= dict.fromkeys(found.warnings)
        self.tally.add(found.lines)

    def pricing(self) -> Pricing:
        """The same as an answer to one question."""
        nothing = not (self.accepted or self.rejected)
        return Pricing(
            lines=(),
            total=self.total,
            currency=self.currency,
            accepted_count=self.accepted,
            rejected_count=self.rejected,
            warnings=tuple(self.warnings),
            refusal=_NO_ROWS if nothing else "" if self.accepted else _NOBODY,
            tally=self.tally,
        )


class BulkPricing:
    """Asks what the messages of one send cost."""

    def __init__(
        self,
        client: ApiClient,
        store: Store,
        pace: Pace,
        channel: MessageChannel,
        worker: Worker,
        most: int,
    ) -> None:
        """`most` messages are in one question, where ClickSend takes so many."""
        self._most = most
        self._client = client
        self._store = store
        self._pace = pace
        self._channel = channel
        self._worker = worker
        self._sum = _Sum()
        self._last = -1

    async def run(self, outbox_id: str, draft: MessageDraft, progress: Callable[[int, int], None]) -> Pricing:
        """The price of all that is ready. Raises ApiError when ClickSend cannot be asked."""
        counts = await self._store.write(outbox_messages.counts, outbox_id)
        total, done = counts.get("draft", 0) + counts.get("quoted", 0), 0
        name, under_way, more = draft.product.price.id, set[asyncio.Task[int]](), True
        most = min(self._most, draft.product.batch)
        try:
            while more or under_way:
                while more and len(under_way) < self._pace.at_once(name):
                    messages = await self._store.write(self._next, outbox_id, most)
                    if more := bool(messages):
                        under_way.add(asyncio.create_task(self._batch(outbox_id, draft, messages)))
                if under_way:
                    ended, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                    done += sum([await task for task in ended])
                    progress(done, total)
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        return self._sum.pricing()

    async def night_problems(self, outbox_id: str, draft: MessageDraft, now: float) -> list[Problem]:
        """Whom it would wake, judged by the first of them: what zone a number is in takes long to find."""
        if not draft.product.rings:
            return []
        rows = await self._store.read(outbox_messages.some, outbox_id, "quoted", LOOKED_AT + 1)
        first, of_more = [row.recipient for row in rows[:LOOKED_AT]], len(rows) > LOOKED_AT
        at = draft.schedule or now
        return await self._worker.run(lambda: list(night_problems(first, at, of_more=of_more)))

    def _next(self, tx: Transaction, outbox_id: str, most: int) -> list[Addressee]:
        found = outbox_messages.addressees(tx, outbox_id, self._last, most, ("draft", "quoted"))
        self._last = found[-1].number if found else self._last
        return found

    async def _batch(self, outbox_id: str, draft: MessageDraft, messages: Sequence[Addressee]) -> int:
        part = await self._worker.run(preparing.draft_of, draft, messages)
        found = await self._ask(part)
        rows = await self._worker.run(_priced, messages, found)
        self._sum.add(found)
        await self._store.write(outbox_batches.price, outbox_id, rows)
        return len(messages)

    async def _ask(self, part: MessageDraft) -> Pricing:
        request = await self._worker.run(lambda: self._channel.price_request(part).brief())
        try:
            reply = await self._answer(request)
        except (Unauthorized, RateLimited, Unreachable):
            raise
        except ApiError as error:
            reason = f"No price could be had. {error.message}"
            return replace(self._channel.unpriced(part), warnings=(reason,))
        return await self._worker.run(self._channel.read_price, part, reply.result)

    async def _answer(self, request: Request[PriceAnswer]) -> Reply[PriceAnswer]:
        """Asked again only where ClickSend asks to wait: what a price question leaves behind is not known."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._pace.run(
                    request.operation.id, lambda: self._client.ask(request, retry=False)
                )
            except RateLimited as error:
                if attempt == ATTEMPTS or error.retry_after > LONGEST_WAIT:
                    raise
                await self._pace.sleep(error.retry_after)
        raise AssertionError


def _priced(messages: Sequence[Addressee], found: Pricing) -> list[Priced]:
    return [_row(message.number, line) for message, line in zip(messages, found.lines, strict=True)]


def _row(number: int, line: Line) -> Priced:
    # What was only not priced may still be sent.
    return Priced(
        "left out" if line.refused else "quoted",
        line.problem,
        line.country,
        line.sender,
        line.parts,
        None if line.price is None else str(line.price),
        number,
    )
