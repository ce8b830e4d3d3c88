"""Large sends: a file or a contact list becomes rows in the store, is priced and sent in batches, and can be
paused, resumed and cancelled at any moment. The rows are the truth; nothing is held in memory but a batch.

One send goes through `prepare`, `price`, `Quote.confirm`, `send`; each can be repeated or given up until
`send`. Progress is read from the store (`store.sends.progress`), which tells its topic "outbox".
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tui.api.client import ApiClient
from tui.api.models.messages import SendAnswer
from tui.api.operation import Request
from tui.api.pacing import Pace, Sleep
from tui.api.uploading import Uploads
from tui.core.clock import Clock
from tui.core.errors import ConsoleError, InvalidInput, SendRefused, StoreError
from tui.core.limits import NO_LIMITS, Limits
from tui.sending import bulk_journal, prepared, preparing, reporting, senders
from tui.sending.bulk_files import BulkFiles
from tui.sending.bulk_pricing import BulkPricing
from tui.sending.checks import reach_problems
from tui.sending.draft import MessageDraft, restore
from tui.sending.journal import SOURCE
from tui.sending.message import MessageChannel
from tui.sending.prepared import Prepared
from tui.sending.preparing import Source
from tui.sending.pricing import judge
from tui.sending.problem import Problem
from tui.sending.quote import Confirmation, Quote
from tui.sending.result import Outcome
from tui.sending.spending import spent_today
from tui.sending.transmitting import Answered, transmit
from tui.sending.worker import Worker
from tui.store import outbox, outbox_batches
from tui.store.database import Store
from tui.store.outbox_messages import Addressee
from tui.store.rows import OutboxItem, OutboxState

Step = Callable[[int, int], None]
"""Told on the event loop how much is done, and of how much: bytes of a file, messages that are priced."""

MOST = 1000
_STARTABLE: tuple[OutboxState, ...] = ("confirmed", "paused")
_CANCELLED = "It was cancelled before it left."
CLOSED = "The console was closed."
_ANEW = "Cancel the rest, and compose it anew for those who are left."

log = logging.getLogger(__name__)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


class BulkSender:
    """Prepares, prices and sends what is more than one request. A send goes on when whoever awaits it is
    cancelled; `drain` ends it between two batches.
    """

    def __init__(
        self,
        client: ApiClient,
        store: Store,
        clock: Clock,
        *,
        read_only: bool = False,
        sleep: Sleep = asyncio.sleep,
        most: int = MOST,
        limits: Limits = NO_LIMITS,
        uploads: Uploads | None = None,
    ) -> None:
        """`most` messages are in one request, where ClickSend takes so many. Beyond the `limits` a quote
        wants words. `uploads` are shared with whoever priced the same files before.
        """
        self._limits = limits
        self._most = most
        self._client = client
        self._store = store
        self._clock = clock
        self._read_only = read_only
        self._pace = Pace(client, clock, sleep)
        self._channel = MessageChannel()
        self._runs: dict[str, asyncio.Task[None]] = {}
        self._worker = Worker()
        self._files = BulkFiles(uploads or Uploads(client, clock), clock)
        self._closing = False

    # Before it is confirmed

    async def prepare(
        self,
        source: Source,
        draft: MessageDraft,
        *,
        country: str = "",
        progress: Step = _silent,
    ) -> Prepared:
        """Read a file or a list into the store: numbers as E.164 (those without country code are in
        `country`); what cannot or must not be sent to is left out, with the reason and its line.

        `draft` has no recipients. Raises InvalidInput for what is wrong with it or with a file.
        """
        self.check(draft)
        id = secrets.token_hex(10)
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            loop.call_soon_threadsafe(progress, done, total)

        item = OutboxItem(
            id=id,
            created_at=int(self._clock.now()),
            kind=draft.kind,
            draft=draft.record() | {SOURCE: source.record()},
            quote={},
            state="draft",
            schedule=draft.schedule or 0,
        )
        try:
            await self._store.write(outbox.outbox_add, item)
            await self._worker.run(preparing.prepare, self._store, id, source, draft, country, tell)
        except BaseException:
            await self._store.write(outbox_batches.discard, id)
            raise
        return await self._store.write(prepared.count, id, source.notes)

    def check(self, draft: MessageDraft) -> list[Problem]:
        """What is wrong with a draft, whoever it goes to, and does not stop it. Raises InvalidInput for what
        does.
        """
        account = self._store.account()
        found = draft.check(self._clock.now(), account.message_part_limit if account else None)
        problems = [problem for problem in found if problem.field != "to"]
        for problem in problems:
            if problem.stops:
                raise InvalidInput(problem.message, field=problem.field)
        return problems

    async def price(self, outbox_id: str, *, progress: Step = _silent) -> Quote:
        """What all that is ready would cost, asked batch by batch; the price of each is in its row.

        What ClickSend would reject is left out, too. Priced again, everything is asked anew. Raises
        ApiError when ClickSend cannot be asked: what was priced until then is kept.
        """
        draft = await self._with_files(outbox_id)
        problems = self.check(draft)
        if not await self._store.write(bulk_journal.begin_pricing, outbox_id):
            raise SendRefused("This was confirmed before.", hint="Look at the outbox.")
        pricing = BulkPricing(self._client, self._store, self._pace, self._channel, self._worker, self._most)
        found = await pricing.run(outbox_id, draft, progress)
        now = self._clock.now()
        problems += await pricing.night_problems(outbox_id, draft, now)
        problems += reach_problems(draft, senders.counted(found.tally.by_country if found.tally else ()))
        quote = judge(
            draft,
            found,
            self._store.account(),
            now,
            problems=problems,
            limits=self._limits,
            spent=await spent_today(self._store, self._limits, now),
            id=outbox_id,
        )
        await self._store.write(bulk_journal.quoted, quote)
        return quote

    async def discard(self, outbox_id: str) -> bool:
        """Forget what was prepared and never confirmed."""
        self._files.forget(outbox_id)
        return await self._store.write(outbox_batches.discard, outbox_id)

    async def retry(self, outbox_id: str) -> Prepared:
        """Prepare a new send to those alone whom a large send surely did not reach; never to those of whom it
        is unknown. It is priced and confirmed like any other. Raises InvalidInput where nobody is left.
        """
        id, at = secrets.token_hex(10), int(self._clock.now())
        return await self._store.write(prepared.again, outbox_id, id, at)

    # Sending

    async def send(self, confirmation: Confirmation) -> None:
        """Confirm a quote and let it go. Returns when it has ended or is paused; raises SendRefused if it
        must not be sent: then nothing left.
        """
        await self.confirm(confirmation)
        await self.go(confirmation.quote.id)

    async def confirm(self, confirmation: Confirmation) -> None:
        """Write down a person's yes. Raises SendRefused if it must not be sent, also for a file of it that is
        not what was priced.
        """
        quote = confirmation.quote
        self._files.forget(quote.id)
        draft = await self._check_may_send(quote.id)
        if not quote.is_fresh(self._clock.now()):
            raise SendRefused("The price is no longer fresh.", hint="Price it again.")
        operation = draft.product.send.id
        now = int(self._clock.now())
        if not await self._store.write(bulk_journal.confirm, quote, now, operation, self._limits):
            raise SendRefused(
                "This was sent before, or priced anew.", hint="Look at the outbox, or price it anew."
            )

    async def go(self, outbox_id: str) -> None:
        """Let go what was confirmed. Returns when it has ended or is paused."""
        await self._run(outbox_id)

    async def resume(self, outbox_id: str) -> None:
        """Let a paused send go on. Returns when it has ended or is paused again; raises SendRefused."""
        await self._check_may_send(outbox_id)
        await self._reclaim(outbox_id)
        await self._run(outbox_id)

    async def pause(self, outbox_id: str) -> bool:
        """Let no more batches leave; those under way are waited for. False if it does not go now."""
        await self._reclaim(outbox_id)
        return await self._store.write(outbox_batches.pause, outbox_id, "Paused.")

    async def cancel_rest(self, outbox_id: str) -> int:
        """Take back for good what has not left; how many messages that are."""
        await self._reclaim(outbox_id)
        return await self._store.write(bulk_journal.cancel_rest, outbox_id, _CANCELLED)

    async def recover(self) -> list[str]:
        """After a console that died: what it had in flight is unknown, the rest waits, paused. The ids."""
        return await self._store.write(bulk_journal.recover)

    @property
    def going(self) -> tuple[str, ...]:
        """The ids of sends that go from here now."""
        return tuple(self._runs)

    async def drain(self, timeout: float) -> bool:  # noqa: ASYNC109  cancels nothing that it has not recorded
        """Pause everything between two batches; False if some batch had to be given up as unknown."""
        self._closing = True
        for id in tuple(self._runs):  # one may end meanwhile
            try:
                await self._store.write(outbox_batches.pause, id, CLOSED)
            except StoreError as error:  # The next start does it, and what is under way must be recorded.
                log.error("bulk %s could not be paused: %s", id, error)
        tasks = set(self._runs.values())
        if not tasks:
            return True
        _, late = await asyncio.wait(tasks, timeout=timeout)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return not late

    # Files of what became of it

    async def report(self, outbox_id: str, path: Path) -> int:
        """Write a CSV file of every recipient's outcome; how many rows it has. Raises InvalidInput."""
        return await self._worker.run(reporting.report, self._store, outbox_id, path)

    async def left_out(self, outbox_id: str, path: Path) -> int:
        """Write the rows that were left out as they stood in the file, with line and reason, to be mended."""
        return await self._worker.run(reporting.left_out, self._store, outbox_id, path)

    # How it goes

    async def _check_may_send(self, outbox_id: str) -> MessageDraft:
        """The draft of a send that may go now: what was good when it was priced may be too late by now."""
        if self._read_only:
            raise SendRefused("Read-only mode: nothing is sent.", hint="Start without --read-only to send.")
        if self._closing:
            hint = "Send it when it runs again."
            raise SendRefused("The console is closing: nothing more is sent.", hint=hint)
        draft, now = await self._with_files(outbox_id), self._clock.now()
        for problem in draft.check(now):
            if problem.stops and problem.field != "to":
                raise SendRefused(problem.message, hint=_ANEW)
        return draft

    async def _reclaim(self, outbox_id: str) -> None:
        """What is noted as in flight from here while nothing goes from here was answered, but could not be
        recorded: it is unknown.
        """
        if outbox_id not in self._runs:
            await self._store.write(outbox_batches.reclaim, outbox_id)

    async def _with_files(self, outbox_id: str) -> MessageDraft:
        """What is sent. Raises SendRefused where a file of it is not what it was when it was priced."""
        item = self._item(outbox_id)
        return await self._files.put_in(outbox_id, _draft(item))

    def _item(self, outbox_id: str) -> OutboxItem:
        item = self._store.outbox_item(outbox_id)
        if item is None or SOURCE not in item.draft:
            raise SendRefused("There is no such large send.", hint="Look at the outbox.")
        return item

    async def _run(self, outbox_id: str) -> None:
        """Let it go, and again if it was let go on while its last batches were answered."""
        states = _STARTABLE
        while await self._store.write(outbox_batches.start, outbox_id, states):
            if self._closing:  # since then: whoever closes it does not know of this one
                await self._store.write(outbox_batches.pause, outbox_id, CLOSED)
                return
            task = self._runs.get(outbox_id) or self._started(outbox_id)
            try:
                await asyncio.shield(task)
            except ConsoleError:
                with suppress(StoreError):  # while nothing can be written, it is for the next key to do
                    await self._reclaim(outbox_id)
                raise
            states = ("sending",)
        if states == _STARTABLE:
            raise SendRefused(
                "It cannot go from here now: it is not confirmed, at its end, or another console sends it.",
                hint="Look at the outbox.",
            )

    def _started(self, outbox_id: str) -> asyncio.Task[None]:
        task = asyncio.create_task(
            self._go(outbox_id, _draft(self._item(outbox_id))), name=f"bulk {outbox_id}"
        )
        self._runs[outbox_id] = task
        task.add_done_callback(lambda done: self._finished(outbox_id, done))
        return task

    async def _go(self, id: str, draft: MessageDraft) -> None:
        """Batches, as many at once as ClickSend's limits allow, until nothing is left or it is paused."""
        name, under_way = draft.product.send.id, set[asyncio.Task[bool]]()
        goes_on, fault = True, None
        try:
            while goes_on or under_way:
                while goes_on and len(under_way) < self._pace.at_once(name):
                    under_way.add(asyncio.create_task(self._batch(id, draft)))
                ended, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    # After a fault of one, the others are still answered: cancelled, they would be unknown.
                    fault = fault or task.exception()
                    goes_on = goes_on and fault is None and task.result()
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        if fault is not None:
            raise fault
        await self._store.write(bulk_journal.end, id)

    async def _batch(self, id: str, draft: MessageDraft) -> bool:
        """One request; False when no more may follow."""
        return await self._pace.run(draft.product.send.id, lambda: self._exchange(id, draft))

    async def _exchange(self, id: str, draft: MessageDraft) -> bool:
        try:
            draft = await self._with_files(id)
        except SendRefused as error:
            await self._store.write(outbox_batches.pause, id, str(error))
            return False
        most = min(self._most, draft.product.batch)
        taken = await self._store.write(outbox_batches.take, id, most, self._clock.now())
        if taken is None:
            return False
        batch, messages = taken
        answered = Answered((), has_left=False)
        try:
            part, outcomes, request = await self._worker.run(self._request, id, draft, messages)
            answered = Answered(())
            answered = await transmit(self._client, self._channel, part, outcomes, request, self._worker)
        finally:
            # Also on the way out of a cancellation: then nobody knows what became of it.
            now = self._clock.now()
            goes_on = await self._store.write(bulk_journal.settle, id, batch, messages, answered, now)
        return goes_on

    def _request(
        self, id: str, draft: MessageDraft, messages: Sequence[Addressee]
    ) -> tuple[MessageDraft, tuple[Outcome, ...], Request[SendAnswer]]:
        part = preparing.draft_of(draft, messages)
        outcomes = self._channel.outcomes(part, id, [message.number for message in messages])
        return part, outcomes, self._channel.send_request(part, outcomes).brief()

    def _finished(self, outbox_id: str, task: asyncio.Task[None]) -> None:
        self._runs.pop(outbox_id, None)
        self._files.forget(outbox_id)
        # Whoever awaited it may be gone: a failure is logged here, so that it is never lost.
        if not task.cancelled() and (error := task.exception()):
            log.error("%s: %s", task.get_name(), error)


def _draft(item: OutboxItem) -> MessageDraft:
    """What is sent, but for its files."""
    record = {name: value for name, value in item.draft.items() if name != SOURCE}
    draft = restore(item.kind, record)
    assert isinstance(draft, MessageDraft)
    return draft
