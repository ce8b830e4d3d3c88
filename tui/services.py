"""The running parts of the console: the store at once, what speaks to ClickSend after the first frame."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from tui.core.clock import Clock, SystemClock, short_time
from tui.core.errors import (
    ConsoleError,
    CredentialError,
    Forbidden,
    InvalidInput,
    StoreError,
    Unauthorized,
    for_people,
)
from tui.core.money import Currency
from tui.drafts import Drafts
from tui.signing_in import NOT_ACTIVE
from tui.store.database import Store
from tui.store.facts import CONTACTS_READ
from tui.whereabouts import Whereabouts

if TYPE_CHECKING:
    from tui.api.answer import Reply
    from tui.api.client import ApiClient
    from tui.api.lookups import Lookups
    from tui.api.operation import Operation, Request
    from tui.api.uploading import Uploads
    from tui.core.settings import Launch
    from tui.credentials import Credentials
    from tui.sending.bulk import BulkSender
    from tui.sending.draft import Draft
    from tui.sending.quote import Confirmation, Quote
    from tui.sending.result import SendResult
    from tui.sending.scheduled import Stopped
    from tui.sending.sender import Sender
    from tui.store.rows import Message
    from tui.sync.engine import Sync, SyncStatus

log = logging.getLogger(__name__)
T = TypeVar("T")
D = TypeVar("D", bound="Draft")
RECENT = 50
"""Messages that are looked through for the number that a counterpart wrote to."""
STALE_LIST = 300
"""Seconds after which a contact list is read again before everybody on it is written to."""
DRAIN_LIMIT = 10.0
"""Seconds that the way out waits for the answer to a send in flight."""


class Services:
    """Owns the store, the client, sync and the sender. Screens read the store and ask these for the rest.

    `on_status` is called when what the header says of the connection changes, `on_sent` and `on_problem`
    with what became of work that no screen waits for, `on_held` with what can be taken back, and until when;
    all on the event loop.
    """

    def __init__(self, launch: Launch, *, clock: Clock | None = None) -> None:
        self.launch = launch
        self.clock = clock or SystemClock()
        self.store = Store(launch.database, who=launch.settings.name)
        self.whereabouts = Whereabouts(self.store, self.clock)
        self.drafts = Drafts(self.store, self._keep)
        self.credentials: Credentials | None = None
        self.problem: ConsoleError | None = None
        """Why there is no connection, when there is none."""
        self.on_status: Callable[[], None] = lambda: None
        self.on_sent: Callable[[SendResult], None] = lambda _result: None
        self.on_held: Callable[[str, float], None] = lambda _outbox_id, _until: None
        self.on_problem: Callable[[ConsoleError], None] = lambda _error: None
        self._client: ApiClient | None = None
        self._sync: Sync | None = None
        self._sender: Sender | None = None
        self._bulk: BulkSender | None = None
        self._watched = True
        self._connecting = asyncio.Lock()
        self._lookups: Lookups | None = None
        self._uploads: Uploads | None = None
        self._going_on: set[asyncio.Future[object]] = set()

    # Life

    async def connect(self, given: Credentials | None = None) -> bool:
        """Find a key, load what speaks to ClickSend, start polling; False if there is no key.

        Everything that blocks (keyring, credential command, imports, the demo) is off the event loop.
        """
        if given is not None and self._connecting.locked():
            from tui.credentials import abandon

            abandon()  # Who signs in does not wait for a slower place to answer.
        async with self._connecting:  # Two at once would leave one that nobody stops.
            return await self._connect(given)

    async def _connect(self, given: Credentials | None) -> bool:
        await self.disconnect()
        self.problem = None
        try:
            credentials, base_url = await asyncio.to_thread(self._prepare, given)
        except CredentialError as error:
            self.problem = error
            self.on_status()
            return False
        self.credentials = credentials
        self._build(credentials, base_url)
        await self.sender.recover()
        await self.bulk.recover()
        self.sync.start()
        self.on_status()
        return True

    def _prepare(self, given: Credentials | None) -> tuple[Credentials, str]:
        if self.launch.demo:
            self.launch.demo.start()  # first, so that it gets ready while this loads
        import tui.sending.sender
        import tui.sync.engine  # noqa: F401  loaded here, off the event loop
        from tui.api.client import trust
        from tui.credentials import find_credentials

        base_url = self.launch.demo.wait_for_url() if self.launch.demo else self.launch.base_url
        if base_url.startswith("https:"):
            trust()  # builds the TLS context, which takes long enough to be felt as a late keystroke
        return given or find_credentials(self.launch), base_url

    def _build(self, credentials: Credentials, base_url: str) -> None:
        from tui.api.client import ApiClient
        from tui.api.uploading import Uploads
        from tui.sending.bulk import BulkSender
        from tui.sending.sender import Sender
        from tui.sync.engine import Sync

        read_only = self.launch.read_only
        self._client = ApiClient(
            credentials.username, credentials.key.reveal(), base_url=base_url, clock=self.clock
        )
        settings = self.launch.settings
        self._uploads = Uploads(self._client, self.clock)
        self._sender = Sender(
            self._client,
            self.store,
            self.clock,
            read_only=read_only,
            undo_seconds=settings.undo_seconds,
            limits=settings.limits,
        )
        self._sender.on_held = lambda outbox_id, until: self.on_held(outbox_id, until)
        self._bulk = BulkSender(
            self._client,
            self.store,
            self.clock,
            read_only=read_only,
            limits=settings.limits,
            uploads=self._uploads,
        )
        self._sync = Sync(
            self._client,
            self.store,
            self.clock,
            intervals=self.launch.settings.poll,
            on_status=lambda _status: self.on_status(),
            read_only=read_only,
        )
        self._sync.watched = self._watched

    async def disconnect(self) -> None:
        """Stop polling, let a send in flight be answered, and close the connections."""
        if self._sync is not None:
            await self._sync.stop()
        # Together: no batch leaves while another send is waited for, and the way out takes no longer.
        parts = (self._sender, self._bulk)
        await asyncio.gather(*(part.drain(DRAIN_LIMIT) for part in parts if part is not None))
        if self._client is not None:
            await self._client.aclose()
        self._client = self._sync = self._sender = self._bulk = self._lookups = self._uploads = None

    async def close(self) -> None:
        """Leave everything as it should be found again."""
        try:
            self.drafts.flush()
            self.whereabouts.leave()
        except StoreError as error:
            self.problem = error
        try:
            await asyncio.to_thread(self._stop_waiting)
            await self.disconnect()
        finally:
            self.store.close()

    def _stop_waiting(self) -> None:
        """End what `_prepare` may still be waiting for: a credential command, a keyring, the demo."""
        if "tui.credentials" in sys.modules:
            sys.modules["tui.credentials"].abandon()
        if self.launch.demo is not None and not self.connected:
            self.launch.demo.close()

    def be_at(self, counterpart: str, *, writing: bool) -> None:
        """Let other consoles know at once which conversation is open here ("" for none)."""
        self.whereabouts.be_at(counterpart, writing=writing)
        self._keep(self.whereabouts.tick())

    def tick(self) -> None:
        """Once a second: hear other consoles, be heard by them, and bring back what was snoozed until now."""
        self.store.notice_others()
        self._keep(self.whereabouts.tick())

    # Parts

    @property
    def connected(self) -> bool:
        return self._client is not None

    @property
    def client(self) -> ApiClient:
        """The client, or a ConsoleError that says why there is none."""
        return self._part(self._client)

    @property
    def sync(self) -> Sync:
        return self._part(self._sync)

    @property
    def sender(self) -> Sender:
        return self._part(self._sender)

    @property
    def bulk(self) -> BulkSender:
        """What sends files and lists, in batches."""
        return self._part(self._bulk)

    @property
    def lookups(self) -> Lookups:
        """The listings that forms choose from."""
        if self._lookups is None:
            from tui.api.lookups import Lookups

            self._lookups = Lookups(self.client, self.clock)
        return self._lookups

    @property
    def uploads(self) -> Uploads:
        """The local files that were uploaded."""
        return self._part(self._uploads)

    @property
    def status(self) -> SyncStatus | None:
        """What sync says of the connection; None before there is one."""
        return self._sync.status if self._sync is not None else None

    def note_refusal(self) -> bool:
        """Note as the problem that ClickSend refuses the key or the account; True when that is news."""
        problems = self._sync.problems if self._sync is not None else {}
        # What an account may use differs; itself, every good key of it may read.
        refusals = [
            error
            for name, error in problems.items()
            if isinstance(error, Unauthorized) or (name == "account" and isinstance(error, Forbidden))
        ]
        if not refusals:
            if isinstance(self.problem, Unauthorized | Forbidden):
                self.problem = None
            return False
        is_news = self.problem is None
        self.problem = self.problem or refusals[0]
        return is_news

    def why_unread(self, poll: str) -> str:
        """Why ClickSend cannot be read for what this poll brings, and what to do; empty if it can."""
        if self.problem is not None:
            return f"{self.problem.message}\n{self.problem.hint}"
        account = self.store.account()
        if account is not None and account.extra.get("active") is False:
            return NOT_ACTIVE
        problem = self._sync.problems.get(poll) if self._sync is not None else None
        if problem is not None:
            return f"{problem.message}\n{problem.hint}"
        status = self.status
        return status.message if status is not None and status.kind not in ("starting", "live") else ""

    def _part(self, part: T | None) -> T:
        if part is None:
            raise self.problem or ConsoleError(
                "Still connecting to ClickSend.", hint="Try again in a moment."
            )
        return part

    async def call(self, request: Request[T], *topics: str) -> T:
        """Make a call that neither sends nor spends, then poll again the topics that it changed."""
        return (await self.ask(request, *topics)).result

    async def ask(self, request: Request[T], *topics: str) -> Reply[T]:
        """The same, with the answer as it came beside the result."""
        client = self.client
        async with self._audited(request):
            reply = await client.ask(request)
        if request.operation.effect.changes:
            self._forget_lookups()
        self.refresh(*topics)
        return reply

    def _audited(self, request: Request[Any]) -> AbstractAsyncContextManager[None]:
        if not request.operation.effect.changes:
            return nullcontext()
        return self.store.audited(request.operation.id, self.clock.now())

    def _forget_lookups(self) -> None:
        if self._lookups is not None:
            self._lookups.forget()

    def refresh(self, *topics: str) -> None:
        """Poll these topics now, if there is a connection."""
        if topics and self._sync is not None:
            self._sync.refresh(*topics)

    def watch(self, *, watched: bool) -> None:
        """Say whether somebody looks at the terminal: when nobody does, ClickSend is asked less often."""
        self._watched = watched
        if self._sync is not None:
            self._sync.watched = watched

    async def operations(self) -> Sequence[Operation[..., Any]]:
        """Everything that ClickSend can be asked for; in read-only mode only what changes nothing."""
        # The first time it imports every declaration, and pydantic, off the event loop.
        return await asyncio.to_thread(self._operations)

    def _operations(self) -> Sequence[Operation[..., Any]]:
        from tui.api.operation import Effect, catalogue

        read_only = self.launch.read_only
        return [each for each in catalogue().values() if each.effect is Effect.READ or not read_only]

    # Sending

    async def quote_reply(self, counterpart: str, body: str) -> Quote:
        """The price of an answer in a conversation, from the number that they wrote to."""
        from tui.sending.draft import MessageDraft

        return await self.sender.quote(
            MessageDraft.sms((counterpart,), body, sender=self.reply_sender(counterpart))
        )

    def reply_sender(self, counterpart: str) -> str:
        """The number that they wrote to last, so that an answer comes from where they know us; else ""."""
        thread = self.store.thread(counterpart)
        newest = thread.page(max(0, -(-thread.count() // RECENT) - 1), RECENT)
        return next((message.sender for message in reversed(newest) if message.direction == "in"), "")

    async def send(self, confirmation: Confirmation) -> SendResult:
        """Send a confirmed quote; what became of it. It goes on when whoever awaits this is cancelled."""
        self.drafts.flush()
        result = await self.sender.send(confirmation)
        self._forget_lookups()
        self.refresh(*confirmation.quote.draft.changes)
        return result

    def hand_over(self, confirmation: Confirmation) -> None:
        """Send, and tell `on_sent` what became of it: for a screen that does not wait for that."""
        self._keep(self._send_and_tell(confirmation))

    async def _send_and_tell(self, confirmation: Confirmation) -> None:
        self.on_sent(await self.send(confirmation))

    async def move(self, cancelling: Coroutine[Any, Any, Stopped], confirmation: Confirmation) -> Stopped:
        """Cancel a scheduled send, and once all of it is seen to be cancelled send what was confirmed in its
        place. Both go on when whoever awaits this is cancelled: else it would be missing.
        """
        moving = asyncio.ensure_future(cancelling)

        def go(done: asyncio.Future[Stopped]) -> None:
            if not done.cancelled() and done.exception() is None and done.result().is_complete:
                self.hand_over(confirmation)

        moving.add_done_callback(go)
        try:
            return await asyncio.shield(moving)
        except asyncio.CancelledError:
            self._keep(moving)  # What comes of it is told to whoever is there.
            raise

    async def take_back(self, outbox_id: str) -> bool:
        """Give up a send that is still held back (`on_held` told until when); False if it has left."""
        return await self.sender.take_back(outbox_id)

    async def renew_list(self, list_id: int) -> None:
        """Read a contact list anew that was not read for some minutes, before it is written to. Raises
        ApiError where that cannot be done: those who opted out since would be written to.
        """
        read = json.loads(self.store.fact(CONTACTS_READ.format(list_id)) or "{}")
        if self.clock.now() - read.get("at", 0) > STALE_LIST:
            await self.sync.renewed("contacts")

    async def with_files(self, draft: D) -> D:
        """A draft of something that was sent before, with its files uploaded anew. Raises ConsoleError."""
        from tui.sending.draft_files import uploaded_anew

        return await uploaded_anew(self.uploads, draft)

    async def check_files(self, draft: Draft, hint: str = "") -> None:
        """Raise ConsoleError where the files that were priced are not those that would be sent now; `hint`
        says how they are priced again.
        """
        try:
            is_same = await self.with_files(draft) == draft
        except InvalidInput as error:
            raise ConsoleError(f"Nothing was sent: {error.message}", hint=hint or error.hint) from error
        if not is_same:
            raise ConsoleError(
                "Nothing was sent: since it was priced, the upload of a file ran out.",
                hint=hint or "Try it again.",
            )

    async def hand_over_bulk(self, confirmation: Confirmation) -> None:
        """Let a large send go; it ends or is paused without anybody waiting for it. Raises ConsoleError where
        it must not: then it is as it was before the yes.
        """
        self.drafts.flush()
        bulk, id = self.bulk, confirmation.quote.id
        confirming = asyncio.ensure_future(bulk.confirm(confirmation))

        def go(done: asyncio.Future[None]) -> None:
            # What a person said yes to goes, also if whoever asked them is gone by now.
            if not done.cancelled() and done.exception() is None:
                self._keep(self._run_bulk(bulk.go(id)))

        confirming.add_done_callback(go)
        await asyncio.shield(confirming)

    def resume_bulk(self, outbox_id: str) -> None:
        """Let a paused large send go on."""
        self._keep(self._run_bulk(self.bulk.resume(outbox_id)))

    async def _run_bulk(self, run: Awaitable[None]) -> None:
        await run
        self.refresh("account", "history")

    def _keep(self, work: Awaitable[object]) -> None:
        """Hold on to something that goes on by itself."""
        task = asyncio.ensure_future(work)
        self._going_on.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Future[object]) -> None:
        self._going_on.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("what goes on by itself failed", exc_info=error)
            self.on_problem(for_people(error, self.launch.log))

    # What several screens say alike

    @property
    def currency(self) -> Currency:
        """The account's currency, or ClickSend's home currency until the account is known."""
        account = self.store.account()
        return Currency(account.currency_code, account.currency_symbol) if account else Currency()

    def price_of(self, message: Message) -> str:
        """What a message cost, in the account's currency; empty when it is not known."""
        return self.currency.price(message.price) if message.price is not None else ""

    def now(self) -> int:
        return int(self.clock.now())

    def clock_time(self, at: float) -> str:
        """A time as a narrow column shows it."""
        return short_time(int(at), self.now())
